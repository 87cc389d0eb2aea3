"""The text of an answer around the articles' own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby, pairwise
from typing import Literal

from bot.answer import Answer, Citation, Shape
from bot.answer.back_reference import refers_back
from bot.note import Note, Statement
from corpus.article import Article, instant
from index.question import Question
from index.split import Span

DECLINED = "I found nothing in the archive that answers this."
DIFFERING = "Sources differ:"
Reach = Literal["within", "above_all", "nothing"]
LONGEST_HEADLINE = 150
"""Characters of a headline in running text."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An answer's text, with the spans of its parts.

    Attributes:
        pieces: The text in pieces, as it is streamed.
        emphasis: The answering words, as (start, end) in the text, in order.
        marks: The same for the marks.
        quotes: The same for the quotes, each in front of its mark.
        notes: The same for statements about the search and the sources.
        statements: What is not the articles' own words, and is to be worded in the reader's language.
        shape: How the quotes belong together.
        opening: The notes before the quotes.
    """

    pieces: tuple[str, ...]
    emphasis: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()
    notes: tuple[Span, ...] = ()
    statements: tuple[Statement, ...] = ()
    shape: Shape = "fact"
    opening: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)

    def put(self, answer: Answer) -> Answer:
        """An answer with this text and the places of its parts."""
        return replace(
            answer,
            text=self.text,
            emphasis=self.emphasis,
            marks=self.marks,
            quotes=self.quotes,
            notes=self.notes,
            statements=self.statements,
            shape=self.shape,
        )

    def behind(self, paragraphs: Sequence[Sequence[Note]], emphasis: Sequence[Span] = ()) -> "Wording":
        """The wording with paragraphs of notes before it, and the emphasis in those."""
        pieces = [f"{joined(paragraph)}\n\n" for paragraph in paragraphs]
        if pieces and not self.pieces:
            pieces[-1] = pieces[-1].rstrip()
        places = accumulate(map(len, pieces), initial=0)
        own = [one for notes, place in zip(paragraphs, places, strict=False) for one in _stated(notes, place)]
        offset = sum(map(len, pieces))
        return replace(
            self,
            pieces=(*pieces, *self.pieces),
            statements=(*own, *(Statement(one.note, one.start + offset) for one in self.statements)),
            emphasis=(*emphasis, *_all_moved(self.emphasis, offset)),
            marks=_all_moved(self.marks, offset),
            quotes=_all_moved(self.quotes, offset),
            notes=_all_moved(self.notes, offset),
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    sort: Literal["lead", "mark", "note", "quote"] = "lead"
    answering: Span | None = None
    notes: tuple[Note, ...] = ()


def worded(
    citations: Sequence[Citation], shape: Shape = "fact", differing: bool = False, opening: Sequence[Note] = ()
) -> Wording:
    """Each quote with its mark; before the first of an article, its origin.

    Args:
        citations: In order of appearance.
        shape: A timeline puts the date before the outlet.
        differing: Whether they give different answers; the text then opens with that.
        opening: Other notes to open with.
    """
    first = [_Piece(f"{joined(opening)}\n\n", "note", notes=tuple(opening))] if opening else []
    pieces = [*first, *_pieces(citations, shape, differing)]
    places = list(accumulate((len(piece.text) for piece in pieces), initial=0))
    placed = list(zip(pieces, places, strict=False))

    def spans(sort: str) -> tuple[Span, ...]:
        return tuple(_bare(piece.text, place) for piece, place in placed if piece.sort == sort)

    return Wording(
        pieces=tuple(piece.text for piece in pieces),
        emphasis=tuple(_moved(piece.answering, place) for piece, place in placed if piece.answering),
        marks=spans("mark"),
        quotes=spans("quote"),
        notes=spans("note"),
        statements=tuple(one for piece, place in placed for one in _stated(piece.notes, _bare(piece.text, place)[0])),
        shape=shape,
        opening=tuple(opening),
    )


def joined(notes: Sequence[Note]) -> str:
    """A paragraph of notes."""
    return " ".join(note.text for note in notes)


def _stated(notes: Sequence[Note], start: int) -> Iterator[Statement]:
    """The notes of a paragraph that starts at an offset."""
    for note in notes:
        yield Statement(note, start)
        start += len(note.text) + 1


def newest_before(citations: Sequence[Citation]) -> Note | None:
    """States that nothing was found of the requested days, and the date of the newest article that was."""
    days = [one.passage.article.published for one in citations if one.passage.article.published]
    if not days:
        return None
    newest = max(days, key=instant)
    said = f"I found nothing on this from those days. The newest article I found is from {day(newest)}:"
    return Note("newest_before", said, {"day": newest})


def searched(answer: Answer) -> str:
    """How the question's words limited the search: its window and outlets, or the preferred days; else empty."""
    reach = search_reach(answer)
    if not reach:
        return ""
    sort, limited = reach
    limits = narrowing(limited)
    return {
        "within": limits,
        "above_all": f"all days, above all {limits}",
        "nothing": f"all days, as nothing was found {limits}",
    }[sort]


def search_reach(answer: Answer) -> tuple[Reach, Question] | None:
    """How the question's words limited the search, with those limits; None if they did not.

    "within": the limits were kept; "above_all": these days were preferred; "nothing": these days had no articles.
    """
    if not answer.searched:
        return None
    asked, period = answer.question, answer.period
    if (found := narrowing(answer.searched)) != narrowing(asked):
        return ("within", answer.searched) if found else None
    if not period or asked.since or asked.until:
        return None
    days = replace(asked, since=period.since, until=period.until, sources=())
    since, until = period.published(asked.asked)
    found_there = any(_between(scored.passage.article.published, since, until) for scored in answer.passages)
    return "above_all" if found_there else "nothing", days


def _between(published: date | None, since: date | None, until: date | None) -> bool:
    """Whether an article is within these days."""
    if not published:
        return False
    return (since or date.min).toordinal() <= published.toordinal() <= (until or date.max).toordinal()


def narrowing(question: Question) -> str:
    """The window and the outlets of a question: "from 1 August 2020, until 31 August 2020, only Reuters"; or empty."""
    limits = [
        f"from {day(question.since)}" if question.since else "",
        f"until {day(question.until)}" if question.until else "",
        f"only {', '.join(question.sources)}" if question.sources else "",
    ]
    return ", ".join(limit for limit in limits if limit)


def counted(count: int, noun: str) -> str:
    """A count with its noun, as "1 article" or "8,657 articles"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """A list in words: "Reuters, CNN and BBC"; empty for no names."""
    return f" {conjunction} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def origin(article: Article) -> list[str]:
    """Outlet and date, as far as known: ["Reuters", "19 August 2020"]."""
    return [part for part in (on_one_line(article.source or ""), article.published and day(article.published)) if part]


def day(published: date) -> str:
    """A date in words: 19 August 2020."""
    return f"{published.day} {published:%B %Y}"


def _pieces(citations: Sequence[Citation], shape: Shape, differing: bool) -> Iterator[_Piece]:
    if differing:
        yield _Piece(f"{DIFFERING}\n\n", "note", notes=(Note("differing", DIFFERING),))
    for number, (_, group) in enumerate(groupby(citations, lambda citation: citation.passage.article)):
        together = list(group)
        lead_in = _lead_in(together, shape)
        if number or lead_in:
            text = "\n\n" * bool(number) + (f"{lead_in.text} " if lead_in else "")
            yield _Piece(text, notes=(lead_in,) if lead_in else ())
        for citation in together:
            space = "" if citation is together[0] else " "
            answering = _answering(citation, len(space))
            yield _Piece(f"{space}{on_one_line(citation.quote)} ", "quote", answering)
            yield _Piece(f"[{citation.number}]", "mark")


def _lead_in(citations: Sequence[Citation], shape: Shape) -> Note | None:
    """Outlet and date before the quotes of an article, and its headline if the quotes do not name their topic."""
    article = citations[0].passage.article
    lead = list(reversed(origin(article))) if shape != "fact" else origin(article)
    headline = cut(on_one_line(article.title)) if needs_headline(citations) else ""
    if headline:
        lead.append(f"{'in' if lead else 'In'} “{headline}”")
    values = {"article": article, "dated": shape != "fact", "headline": headline}
    return Note("origin", f"{', '.join(lead)}:", values) if lead else None


def needs_headline(citations: Sequence[Citation]) -> bool:
    """Whether quotes of one article cannot be understood without its headline."""
    return any(refers_back(own.quote) and not _follows(own, last) for last, own in pairwise([None, *citations]) if own)


def _follows(citation: Citation, last: Citation | None) -> bool:
    """Whether a quote directly follows the one before in their article, and so is understood from it."""
    if last is None or last.end > citation.start:
        return False
    return not citation.passage.article.text[last.end : citation.start].strip()


def _answering(citation: Citation, indent: int) -> Span | None:
    """The span of the answering words in the quote as shown; None if they are not inside it."""
    start, end, words = citation.answer_start, citation.answer_end, citation.answer
    if (
        start is None
        or end is None
        or not (words and words.strip() and citation.start <= start and end <= citation.end)
    ):
        return None
    before = citation.passage.article.text[citation.start : end - len(words.lstrip())]
    place = indent + len(on_one_line(f"{before}|")) - 1
    return place, place + len(on_one_line(words))


def _bare(text: str, place: int) -> Span:
    """The span of a piece in the whole text, without the white space around it."""
    start = place + len(text) - len(text.lstrip())
    return start, max(start, place + len(text.rstrip()))


def _all_moved(spans: Sequence[Span], places: int) -> tuple[Span, ...]:
    return tuple(_moved(span, places) for span in spans)


def _moved(span: Span, places: int) -> Span:
    return span[0] + places, span[1] + places


def on_one_line(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def cut(headline: str) -> str:
    """A headline, shortened for running text."""
    return headline if len(headline) <= LONGEST_HEADLINE else f"{headline[:LONGEST_HEADLINE].rsplit(' ', 1)[0]}…"
