"""What an answer says besides the articles' own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby, pairwise
from string import digits

from bot.answer import Answer, Citation
from bot.answer.leaning import leans
from bot.answer.shape import Shape
from bot.question.phrases import phrases
from corpus.article import Article, instant
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.split import Span
from index.words import code_forms, codes, content_words

DECLINED = "I found nothing in the archive that answers this."
DIFFERING = "Sources differ:"
LONGEST = 150
"""Characters of a headline in running text."""
NAMED = 3
"""Nearest articles named where no answer is given."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An answer's text, with what in it is more than text.

    Attributes:
        pieces: The text in pieces, as it is streamed.
        emphasis: The words that answer, as (start, end) in the text, in order.
        marks: The same for the marks.
        note: What is said before the quotes.
    """

    pieces: tuple[str, ...]
    emphasis: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    note: str = ""

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    mark: bool = False
    answering: Span | None = None


def worded(citations: Sequence[Citation], shape: Shape = "fact", differing: bool = False, note: str = "") -> Wording:
    """Each quote with its mark, where it comes from before the first of an article.

    Args:
        citations: In the order in which they are shown.
        shape: A timeline puts the date before the outlet.
        differing: Whether they give different answers; that is said first.
        note: What else is said first.
    """
    pieces = [*([_Piece(f"{note}\n\n")] if note else []), *_pieces(citations, shape, differing)]
    places = list(accumulate((len(piece.text) for piece in pieces), initial=0))
    placed = list(zip(pieces, places, strict=False))
    return Wording(
        pieces=tuple(piece.text for piece in pieces),
        emphasis=tuple(_moved(piece.answering, place) for piece, place in placed if piece.answering),
        marks=tuple((place, place + len(piece.text)) for piece, place in placed if piece.mark),
        note=note,
    )


def declined(
    passages: Sequence[ScoredPassage], question: str, lacking: Sequence[str] = (), notes: Sequence[str] = ()
) -> str:
    """Says that the archive does not answer, what of the question no article mentions, and which articles are nearest.

    Those named are near to the question. Of a code that none mentions, they are the ones on its kin: F-16 for F-15.
    """
    said = [DECLINED, *notes]
    if lacking:
        said.append(f"No article mentions {listed([_cut(_on_one_line(each)) for each in lacking], 'or')}.")
    kin = _kin(lacking, passages)
    near = [scored for scored, own in zip(passages, kin, strict=True) if own] or nearest(question, passages)
    articles = list(dict.fromkeys(scored.passage.article for scored in near))
    if articles:
        forms = list(dict.fromkeys(form for own in kin for form in own))
        about = f", about {listed(forms[:NAMED], 'or')}" if forms else ""
        said.append(f"Nearest{about}: {'; '.join(map(_named, articles[:NAMED]))}.")
    return " ".join(said)


def _kin(lacking: Sequence[str], passages: Sequence[ScoredPassage]) -> list[tuple[str, ...]]:
    """For each passage, its codes with the letters of one that is lacking, as it writes them."""
    letters = {code.rstrip(digits) for code in codes(" ".join(lacking))}
    return [
        tuple(form for code, form in code_forms(scored.passage.indexed_text).items() if code.rstrip(digits) in letters)
        for scored in passages
    ]


def newest_before(citations: Sequence[Citation]) -> str:
    """Says that the days asked for hold nothing, and of which day the newest article on it is."""
    days = [one.passage.article.published for one in citations if one.passage.article.published]
    if not days:
        return ""
    newest = day(max(days, key=instant))
    return f"Nothing of those days is in the archive. The newest article on this is of {newest}:"


def nearest(question: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """The passages that share a name or half of its telling words with a question.

    The ranking always has a first, however far it is from what was asked.
    """
    wanted = content_words(question)
    names = set[str]().union(*(phrase.words for phrase in phrases(question) if phrase.sort == "name"))
    telling = content_words(" ".join(sorted(names)))

    def near(passage: Passage) -> bool:
        held = content_words(passage.indexed_text)
        return bool(telling & held) or 2 * len(wanted & held) >= len(wanted) > 0

    return [scored for scored in passages if near(scored.passage)]


def searched(answer: Answer) -> str:
    """What the question's own words made of the search: its window and outlets, or the days preferred; else empty."""
    if not answer.searched:
        return ""
    found, asked = narrowing(answer.searched), answer.question
    if found != narrowing(asked):
        return found
    period = answer.period
    if not period or asked.since or asked.until:
        return ""
    days = narrowing(replace(asked, since=period.since, until=period.until, sources=()))
    since, until = period.published(asked.asked)
    found_there = any(_between(scored.passage.article.published, since, until) for scored in answer.passages)
    return f"all days, above all {days}" if found_there else f"all days, as nothing was found {days}"


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
    return [part for part in (_on_one_line(article.source or ""), article.published and day(article.published)) if part]


def day(published: date) -> str:
    """A day as people write it: 19 August 2020."""
    return f"{published.day} {published:%B %Y}"


def _pieces(citations: Sequence[Citation], shape: Shape, differing: bool) -> Iterator[_Piece]:
    parting = f"{DIFFERING}\n\n" if differing else ""
    for _, group in groupby(citations, lambda citation: citation.passage.article):
        together = list(group)
        if opening := parting + _lead_in(together, shape):
            yield _Piece(opening)
        for citation in together:
            space = "" if citation is together[0] else " "
            answering = _answering(citation, len(space))
            yield _Piece(f"{space}{_on_one_line(citation.quote)} ", answering=answering)
            yield _Piece(f"[{citation.number}]", mark=True)
        parting = "\n\n"


def _lead_in(citations: Sequence[Citation], shape: Shape) -> str:
    """Outlet and date before the quotes of an article, and its headline if they do not say what they are about."""
    article = citations[0].passage.article
    told = list(reversed(origin(article))) if shape != "fact" else origin(article)
    if any(leans(own.quote) and not _follows(own, last) for last, own in pairwise([None, *citations]) if own):
        told.append(f"{'in' if told else 'In'} “{_cut(_on_one_line(article.title))}”")
    return f"{', '.join(told)}: " if told else ""


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
    place = indent + len(_on_one_line(f"{before}|")) - 1
    return place, place + len(_on_one_line(words))


def _moved(span: Span, places: int) -> Span:
    return span[0] + places, span[1] + places


def _named(article: Article) -> str:
    """A headline with its origin, on one line."""
    told = ", ".join(origin(article))
    return f"“{_cut(_on_one_line(article.title))}”" + (f" ({told})" if told else "")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(headline: str) -> str:
    return headline if len(headline) <= LONGEST else f"{headline[:LONGEST].rsplit(' ', 1)[0]}…"
