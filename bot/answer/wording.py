"""What an answer says besides the articles' own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby, pairwise
from typing import Literal

from bot.answer import Answer, Citation, Shape
from bot.answer.leaning import leans
from corpus.article import Article, instant
from index.question import Question
from index.split import Span

DECLINED = "I found nothing in the archive that answers this."
DIFFERING = "Sources differ:"
Reach = Literal["within", "above_all", "nothing"]
LONGEST = 150
"""Characters of a headline in running text."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An answer's text, with what in it is more than text.

    Attributes:
        pieces: The text in pieces, as it is streamed.
        emphasis: The words that answer, as (start, end) in the text, in order.
        marks: The same for the marks.
        quotes: The same for the quotes, each in front of its mark.
        notes: The same for what is said of the search and of the sources.
        shape: What the quotes are, together.
        note: What is said before the quotes.
    """

    pieces: tuple[str, ...]
    emphasis: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()
    notes: tuple[Span, ...] = ()
    shape: Shape = "fact"
    note: str = ""

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
            shape=self.shape,
        )

    def behind(self, paragraphs: Sequence[str], emphasis: Sequence[Span] = ()) -> "Wording":
        """The wording with paragraphs before it, and what is emphasised in these."""
        pieces = [f"{paragraph}\n\n" for paragraph in paragraphs]
        if pieces and not self.pieces:
            pieces[-1] = pieces[-1].rstrip()
        offset = sum(map(len, pieces))
        return replace(
            self,
            pieces=(*pieces, *self.pieces),
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


def worded(citations: Sequence[Citation], shape: Shape = "fact", differing: bool = False, note: str = "") -> Wording:
    """Each quote with its mark, where it comes from before the first of an article.

    Args:
        citations: In the order in which they are shown.
        shape: A timeline puts the date before the outlet.
        differing: Whether they give different answers; that is said first.
        note: What else is said first.
    """
    pieces = [*([_Piece(f"{note}\n\n", "note")] if note else []), *_pieces(citations, shape, differing)]
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
        shape=shape,
        note=note,
    )


def newest_before(citations: Sequence[Citation]) -> str:
    """Says that the days asked for hold nothing, and of which day the newest article on it is."""
    days = [one.passage.article.published for one in citations if one.passage.article.published]
    if not days:
        return ""
    newest = day(max(days, key=instant))
    return f"Nothing of those days is in the archive. The newest article on this is of {newest}:"


def searched(answer: Answer) -> str:
    """What the question's own words made of the search: its window and outlets, or the days preferred; else empty."""
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
    """What the question's own words made of the search, with the limits that this is about; None if nothing.

    "within" are limits that were kept, "above_all" days that were preferred, "nothing" days that nothing was found of.
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
    """Whether an article is of these days."""
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
    """Names as one says them: "Reuters, CNN and BBC"; nothing of none."""
    return f" {conjunction} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def origin(article: Article) -> list[str]:
    """Outlet and date, as far as they are known: ["Reuters", "19 August 2020"]."""
    return [part for part in (on_one_line(article.source or ""), article.published and day(article.published)) if part]


def day(published: date) -> str:
    """A day as people write it: 19 August 2020."""
    return f"{published.day} {published:%B %Y}"


def _pieces(citations: Sequence[Citation], shape: Shape, differing: bool) -> Iterator[_Piece]:
    if differing:
        yield _Piece(f"{DIFFERING}\n\n", "note")
    for number, (_, group) in enumerate(groupby(citations, lambda citation: citation.passage.article)):
        together = list(group)
        if opening := "\n\n" * bool(number) + _lead_in(together, shape):
            yield _Piece(opening)
        for citation in together:
            space = "" if citation is together[0] else " "
            answering = _answering(citation, len(space))
            yield _Piece(f"{space}{on_one_line(citation.quote)} ", "quote", answering)
            yield _Piece(f"[{citation.number}]", "mark")


def _lead_in(citations: Sequence[Citation], shape: Shape) -> str:
    """Outlet and date before the quotes of an article, and its headline if they do not say what they are about."""
    article = citations[0].passage.article
    told = list(reversed(origin(article))) if shape != "fact" else origin(article)
    if needs_headline(citations):
        told.append(f"{'in' if told else 'In'} “{cut(on_one_line(article.title))}”")
    return f"{', '.join(told)}: " if told else ""


def needs_headline(citations: Sequence[Citation]) -> bool:
    """Whether quotes of one article do not say by themselves what they are about."""
    return any(leans(own.quote) and not _follows(own, last) for last, own in pairwise([None, *citations]) if own)


def _follows(citation: Citation, last: Citation | None) -> bool:
    """Whether a quote stands right behind the one before in their article, and so is understood from it."""
    if last is None or last.end > citation.start:
        return False
    return not citation.passage.article.text[last.end : citation.start].strip()


def _answering(citation: Citation, indent: int) -> Span | None:
    """Where the answering words stand in the quote as it is shown; None if there are none inside it."""
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
    """Where a piece is in the whole text, without the white space around it."""
    start = place + len(text) - len(text.lstrip())
    return start, max(start, place + len(text.rstrip()))


def _all_moved(spans: Sequence[Span], places: int) -> tuple[Span, ...]:
    return tuple(_moved(span, places) for span in spans)


def _moved(span: Span, places: int) -> Span:
    return span[0] + places, span[1] + places


def on_one_line(text: str) -> str:
    """The text with each white space as one space."""
    return " ".join(text.split())


def cut(headline: str) -> str:
    """A headline that is not too long for running text."""
    return headline if len(headline) <= LONGEST else f"{headline[:LONGEST].rsplit(' ', 1)[0]}…"
