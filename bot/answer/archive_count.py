"""The wording of an article count, with articles to open."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.answer import Citation
from bot.answer.archive_request import ArchiveRequest
from bot.answer.wording import Wording, counted, day, listed, narrowing, worded
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


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """A count in words.

    Attributes:
        wording: The text, with its marks.
        citations: The targets of the marks.
    """

    wording: Wording
    citations: tuple[Citation, ...]


def count_answer(request: ArchiveRequest, count: ArticleCount) -> CountAnswer:
    """States how many articles there are and what else was asked, and cites some.

    The number is exact; a count of 0 has no citations.
    """
    lead, emphasis = _lead(request, count)
    citations = tuple(_citations(request, count))
    paragraphs = [lead, *_tables(request, count)]
    if citations:
        paragraphs.append(_heading(request, count, len(citations)))
    wording = worded(citations, "timeline").behind(paragraphs, [emphasis] if emphasis else [])
    return CountAnswer(wording, citations)


def topic_words(topic: Topic) -> str:
    """A topic in running text: Halden, “bridge” and “toll”."""
    names = [phrase if phrase[:1].isupper() or phrase[:1].isdigit() else f"“{phrase}”" for phrase in topic.phrases]
    return listed([*names, *(f"“{word}”" for word in topic.words)])


def _lead(request: ArchiveRequest, count: ArticleCount) -> tuple[str, Span | None]:
    """The sentences with the number, and the answering words in them."""
    if not count.total:
        limits = narrowing(Question("", since=count.since, until=count.until, sources=count.sources))
        about = f" mentions {topic_words(count.topic)}" if count.topic else " is in the archive"
        return f"No article{about}{f' ({limits})' if limits else ''}.", None
    answering, sentence = _first_words(request, count)
    more = []
    if count.stories < count.total:
        stories = "story" if count.stories == 1 else "different stories"
        more.append(f"They tell {count.stories:,} {stories}; the others are copies.")
    if count.without_date:
        more.append(f"{count.without_date:,} of them {'has' if count.without_date == 1 else 'have'} no date.")
    start = sentence.index(answering)
    return " ".join([sentence, *more]), (start, start + len(answering))


def _first_words(request: ArchiveRequest, count: ArticleCount) -> tuple[str, str]:
    """The answering words, and their sentences."""
    number = counted(count.total, "article")
    outlets = len(count.by_outlet)
    origin = f" from {next(iter(count.by_outlet)) if outlets == 1 else counted(outlets, 'outlet')}" if outlets else ""
    about = _about(count)
    whole = f"{number}{origin} {about}{_span(count)}."
    if request.asks in ("first", "last") and count.first and count.last:
        chosen = day(count.first if request.asks == "first" else count.last)
        which = "The only article" if count.total == 1 else f"The {request.asks} of {number}"
        return chosen, f"{which} that {about} is of {chosen}."
    if request.asks == "outlets" and outlets > 1:
        return _most(count, whole)
    return number, whole


def _about(count: ArticleCount) -> str:
    """What the articles do: "mention Halden"."""
    if count.topic:
        return f"{'mentions' if count.total == 1 else 'mention'} {topic_words(count.topic)}"
    return f"{'is' if count.total == 1 else 'are'} in the archive"


def _most(count: ArticleCount, whole: str) -> tuple[str, str]:
    """Which outlet has the most articles."""
    largest = max(count.by_outlet.values())
    leading = [outlet for outlet, number in count.by_outlet.items() if number == largest]
    if len(leading) > 3:
        return counted(len(count.by_outlet), "outlet"), whole
    names = listed(leading)
    has, each = ("has", "") if len(leading) == 1 else ("have", " each")
    return names, f"{whole} {names} {has} the most: {counted(largest, 'article')}{each}."


def _span(count: ArticleCount) -> str:
    """The days of the articles: ", from 2 May to 9 July 2024"."""
    if not count.first or not count.last:
        return ""
    if count.first == count.last:
        return f", {'' if count.total == 1 else 'all '}of {day(count.first)}"
    start = day(count.first)
    return f", from {start.removesuffix(f' {count.last.year}')} to {day(count.last)}"


def _tables(request: ArchiveRequest, count: ArticleCount) -> Iterator[str]:
    """The numbers by outlet or by month, one per line."""
    if request.asks == "outlets" and count.by_outlet:
        shown = dict(islice(count.by_outlet.items(), MOST_OUTLETS))
        if others := len(count.by_outlet) - len(shown):
            shown[counted(others, "other outlet")] = sum(count.by_outlet.values()) - sum(shown.values())
        yield _lines(shown)
    if request.asks == "months" and count.by_month:
        yield _lines(_periods(count.by_month))


def _periods(by_month: Mapping[str, int]) -> dict[str, int]:
    """The months by their names, or the years of too many months."""
    if len(by_month) <= MOST_MONTHS:
        return {f"{date.fromisoformat(f'{month}-01'):%B %Y}": number for month, number in by_month.items()}
    years = Counter[str]()
    for month, number in by_month.items():
        years[month[:4]] += number
    return dict(years)


def _lines(numbers: Mapping[str, int]) -> str:
    # The semicolons still separate them where lines are joined.
    return ";\n".join(f"{' '.join(name.split())}: {number:,}" for name, number in numbers.items()) + "."


def _heading(request: ArchiveRequest, count: ArticleCount, cited: int) -> str:
    if request.asks == "first":
        return "The first:" if cited == 1 else "The first ones:"
    if cited == count.total:
        return "The article:" if cited == 1 else "The articles:"
    return "The newest:"


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
    """The first of the sentences with the most of the topic; the opening where only the headline has it."""
    spans = sentences(article.text[:READ])
    return max(spans, key=lambda span: _parts(finders, article.text[slice(*span)]), default=(0, 0))


def _parts(finders: Iterable[Finder], text: str) -> int:
    return sum(finder.is_in(text) for finder in finders)
