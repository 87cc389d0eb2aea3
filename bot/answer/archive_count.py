"""The wording of an article count, with articles to open."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from bot.answer import Citation
from bot.answer.declining import no_outlet
from bot.answer.shape import is_statement
from bot.answer.wording import Wording, counted, day, joined, listed, narrowing, worded
from bot.note import Note
from bot.question.archive_request import ArchiveRequest, Asks
from corpus.article import Article
from index.passage import Passage
from index.question import Question
from index.search.counting import ArticleCount
from index.search.topic import Finder, Topic, finders_of
from index.split import Span, sentences

CITED = 6
"""The most articles cited."""
CITED_AS_FIRST = 2
"""The most articles cited where the first or the last is asked for."""
READ = 20_000
"""The characters of an article that are searched for a sentence on the topic."""
MOST_MONTHS = 24
"""Longer periods are counted by year."""
MOST_OUTLETS = 15
"""Outlets listed by name; the others are summed."""
_QUESTIONS: Mapping[Asks, tuple[str, str]] = {
    "count": ("How many articles{by} mention {topic}{days}?", "How many articles{by} are there{days}?"),
    "months": (
        "How many articles{by} mention {topic}{days}, by month?",
        "How many articles{by} are there{days}, by month?",
    ),
    "outlets": (
        "Which outlets have articles{by} that mention {topic}{days}?",
        "Which outlets have articles{by}{days}?",
    ),
    "list": ("List the articles{by} that mention {topic}{days}.", "List the articles{by}{days}."),
    "first": ("Which article{by} that mentions {topic}{days} is the oldest?", "Which article{by}{days} is the oldest?"),
    "last": ("Which article{by} that mentions {topic}{days} is the newest?", "Which article{by}{days} is the newest?"),
}
"""With and without a topic; they are read as the request that they are made of."""
NOT_COUNTED = Note(
    "combination",
    "Byline cannot count this combination. It counts articles that mention all of the words (“A and B”) or any of them"
    " (“A or B”), but not articles without a word.",
)
"""The reply to a request for another combination."""


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """A count in words.

    Attributes:
        wording: The text, with its marks.
        citations: The targets of the marks.
    """

    wording: Wording
    citations: tuple[Citation, ...]


def count_answer(request: ArchiveRequest, count: ArticleCount, unknown: str = "") -> CountAnswer:
    """States how many articles there are and what else was asked, and cites some.

    The number is exact; a count of 0 has no citations.

    Args:
        request: What is asked.
        count: The count.
        unknown: An outlet that is asked for and has no article here; articles may mention it.
    """
    lead, emphasis = _lead(request, count)
    if unknown:
        first = no_outlet(unknown)
        lead = [first, *lead]
        offset = len(first.text) + 1
        emphasis = emphasis and (emphasis[0] + offset, emphasis[1] + offset)
    citations = tuple(_citations(request, count))
    paragraphs = [lead, *([table] for table in _tables(request, count))]
    if citations:
        paragraphs.append([_heading(request, count, len(citations))])
    wording = worded(citations, "timeline").behind(paragraphs, [emphasis] if emphasis else [])
    return CountAnswer(wording, citations)


def question_of(request: ArchiveRequest) -> str:
    """A request as a question that stands alone: "How many articles published by CNN mention Halden?"."""
    days = f" from {day(request.since)} until {day(request.until)}" if request.since and request.until else ""
    if not days and (one := request.since or request.until):
        days = f" {'since' if request.since else 'until'} {day(one)}"
    return _QUESTIONS[request.asks][0 if request.topic else 1].format(
        by=f" published by {listed(request.sources)}" if request.sources else "",
        topic=listed([_asked(one) for one in request.topic.alternatives], "or"),
        days=days,
    )


def _asked(topic: Topic) -> str:
    """A topic in a question. Words beside an alternative are not separated: "bird flu or polio"."""
    return listed([*(f"“{part}”" for part in topic.phrases), *filter(None, [" ".join(topic.words)])])


def topic_words(topic: Topic) -> str:
    """A topic in running text: Halden, “bridge” and “toll”."""
    parts = (topic_parts(one) for one in topic.alternatives)
    return listed([listed([f"“{part}”" if quoted else part for part, quoted in one]) for one in parts], "or")


def topic_parts(topic: Topic) -> list[tuple[str, bool]]:
    """The parts of a topic without alternatives, each with whether it is no name, and so is put in quotation marks."""
    names = [(phrase, not (phrase[:1].isupper() or phrase[:1].isdigit())) for phrase in topic.phrases]
    return [*names, *((word, True) for word in topic.words)]


def _lead(request: ArchiveRequest, count: ArticleCount) -> tuple[list[Note], Span | None]:
    """The sentences with the number, and the answering words in them."""
    if not count.total:
        limits = narrowing(Question("", since=count.since, until=count.until, sources=count.sources))
        about = f" mentions {topic_words(count.topic)}" if count.topic else " is in the archive"
        return [Note("none", f"No article{about}{f' ({limits})' if limits else ''}.", {"count": count})], None
    answering, first = _first_words(request, count)
    start = joined(first).index(answering)
    more = []
    if count.stories < count.total:
        stories = "story" if count.stories == 1 else "different stories"
        copies = f"They tell {count.stories:,} {stories}; the others are copies."
        more.append(Note("copies", copies, {"n": count.stories}))
    if count.without_date:
        dateless = f"{count.without_date:,} of them {'has' if count.without_date == 1 else 'have'} no date."
        more.append(Note("dateless", dateless, {"n": count.without_date}))
    return [*first, *more], (start, start + len(answering))


def _first_words(request: ArchiveRequest, count: ArticleCount) -> tuple[str, list[Note]]:
    """The answering words, and their sentences."""
    number = counted(count.total, "article")
    about = _about(count)
    if request.asks in ("first", "last") and count.first and count.last:
        chosen = count.first if request.asks == "first" else count.last
        which = "The only article" if count.total == 1 else f"The {request.asks} of {number}"
        text = f"{which} that {about} is of {day(chosen)}."
        return day(chosen), [Note(request.asks, text, {"count": count, "day": chosen})]
    outlets = len(count.by_outlet)
    origin = f" from {next(iter(count.by_outlet)) if outlets == 1 else counted(outlets, 'outlet')}" if outlets else ""
    whole = Note("counted", f"{number}{origin} {about}{_span(count)}.", {"count": count, "answering": "articles"})
    if request.asks == "outlets" and outlets > 1:
        return _most(count, whole)
    return number, [whole]


def _about(count: ArticleCount) -> str:
    """What the articles do: "mention Halden"."""
    if count.topic:
        return f"{'mentions' if count.total == 1 else 'mention'} {topic_words(count.topic)}"
    return f"{'is' if count.total == 1 else 'are'} in the archive"


def _most(count: ArticleCount, whole: Note) -> tuple[str, list[Note]]:
    """Which outlet has the most articles."""
    largest = max(count.by_outlet.values())
    leading = [outlet for outlet, number in count.by_outlet.items() if number == largest]
    if len(leading) > 3:
        return counted(len(count.by_outlet), "outlet"), [
            replace(whole, values={**whole.values, "answering": "outlets"})
        ]
    names = listed(leading)
    has, each = ("has", "") if len(leading) == 1 else ("have", " each")
    most = f"{names} {has} the most: {counted(largest, 'article')}{each}."
    return names, [whole, Note("most", most, {"names": leading, "largest": largest})]


def _span(count: ArticleCount) -> str:
    """The days of the articles: ", from 2 May to 9 July 2024"."""
    if not count.first or not count.last:
        return ""
    if count.first == count.last:
        return f", {'' if count.total == 1 else 'all '}of {day(count.first)}"
    start = day(count.first)
    return f", from {start.removesuffix(f' {count.last.year}')} to {day(count.last)}"


def _tables(request: ArchiveRequest, count: ArticleCount) -> Iterator[Note]:
    """The numbers by outlet or by month, one per line."""
    if request.asks == "outlets" and count.by_outlet:
        shown = dict(islice(count.by_outlet.items(), MOST_OUTLETS))
        rows: list[tuple[str | date, int]] = [(" ".join(outlet.split()), number) for outlet, number in shown.items()]
        others = len(count.by_outlet) - len(shown)
        rest = sum(count.by_outlet.values()) - sum(shown.values())
        lines = [*rows, (counted(others, "other outlet"), rest)] if others else rows
        yield Note("table", _lines(lines), {"rows": rows, "others": others, "rest": rest})
    if request.asks == "months" and count.by_month:
        rows = _periods(count.by_month)
        yield Note("table", _lines(rows), {"rows": rows, "others": 0, "rest": 0})


def _periods(by_month: Mapping[str, int]) -> list[tuple[str | date, int]]:
    """The months, or the years of too many months."""
    if len(by_month) <= MOST_MONTHS:
        return [(date.fromisoformat(f"{month}-01"), number) for month, number in by_month.items()]
    years = Counter[str]()
    for month, number in by_month.items():
        years[month[:4]] += number
    return list(years.items())


def _lines(rows: Sequence[tuple[str | date, int]]) -> str:
    # The semicolons still separate them where lines are joined.
    named = ((f"{name:%B %Y}" if isinstance(name, date) else name, number) for name, number in rows)
    return ";\n".join(f"{name}: {number:,}" for name, number in named) + "."


def _heading(request: ArchiveRequest, count: ArticleCount, cited: int) -> Note:
    if request.asks == "first":
        return Note("heading_first", "The first:" if cited == 1 else "The first ones:", {"n": cited})
    if cited == count.total:
        return Note("heading_all", "The article:" if cited == 1 else "The articles:", {"n": cited})
    return Note("heading_newest", "The newest:")


def _citations(request: ArchiveRequest, count: ArticleCount) -> Iterator[Citation]:
    """A sentence of each article, with one article of each group of copies."""
    if not count.topic and request.asks not in ("first", "last", "list"):
        return
    articles = count.earliest if request.asks == "first" else count.articles
    most = CITED_AS_FIRST if request.asks in ("first", "last") else CITED
    finders = finders_of(count.topic)
    seen: set[str] = set()
    for article in articles:
        if len(seen) == most:
            return
        start, end = _sentence(finders, article)
        words = " ".join(article.text[start:end].split())
        if words and words not in seen:
            seen.add(words)
            yield Citation(len(seen), Passage(article, start, end), start, end)


def _sentence(finders: Sequence[Finder], article: Article) -> Span:
    """The first of the sentences with the most of the topic, statements before headings and captions."""

    def has(span: Span) -> tuple[int, bool]:
        text = article.text[slice(*span)]
        return _parts(finders, text), is_statement(text)

    return max(sentences(article.text[:READ]), key=has, default=(0, 0))


def _parts(finders: Iterable[Finder], text: str) -> int:
    return sum(finder.is_in(text) for finder in finders)
