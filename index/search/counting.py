"""Counts the articles that mention a topic, by month and by outlet: exactly, over a whole generation."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, instant
from index.passage import article_to_json
from index.search.outlets import check_outlets, plain_name
from index.search.topic import Finder, Lookup, PhraseFinder, Topic, finders_of
from index.storage.snapshot import Snapshot

LISTED = 200
"""The most articles listed."""
EARLIEST = 20
"""The most articles listed a second time, earliest first."""
READ_AT_ONCE = 500
"""Articles in memory while texts are checked."""

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class ArticleCount:
    """The articles that mention a topic.

    Attributes:
        topic: The topic; empty for all articles.
        total: The number of articles, copies included.
        stories: The number of different stories.
        since: Only articles of this day or later were counted.
        until: Only articles of this day or earlier.
        sources: Only these outlets; empty for all.
        by_month: The number of articles by month ("2024-05"), in order; empty months are left out.
        by_outlet: The number of articles by outlet, largest first.
        first: The earliest day of publication; None if no article has one.
        last: The latest.
        articles: Newest first, those without a date last; at most LISTED.
        earliest: Those with a date, earliest first; at most EARLIEST.
        without_date: The number in no month.
        without_outlet: The number without an outlet.
    """

    topic: Topic
    total: int
    stories: int
    since: date | None
    until: date | None
    sources: tuple[str, ...]
    by_month: Mapping[str, int]
    by_outlet: Mapping[str, int]
    first: date | None
    last: date | None
    articles: tuple[Article, ...]
    earliest: tuple[Article, ...]
    without_date: int
    without_outlet: int

    def to_json(self) -> dict[str, Any]:
        """The count in the form the command line prints and the API returns."""
        return {
            "topic": self.topic.text,
            "total": self.total,
            "stories": self.stories,
            "since": _iso(self.since),
            "until": _iso(self.until),
            "sources": list(self.sources),
            "by_month": dict(self.by_month),
            "by_outlet": dict(self.by_outlet),
            "first": _iso(self.first),
            "last": _iso(self.last),
            "without_date": self.without_date,
            "articles": [article_to_json(article) for article in self.articles],
        }


def count_articles(
    snapshot: Snapshot, topic: Topic, since: date | None, until: date | None, sources: Sequence[str], asked: date
) -> ArticleCount:
    """Counts the articles whose headline or text mentions all parts of a topic, or of one of its alternatives.

    Args:
        snapshot: The generation.
        topic: The topic; an empty one counts all articles.
        since: Only articles published on this day or later; with it or `until`, only dated ones.
        until: Only articles published on this day or earlier.
        sources: Only these outlets, compared without case and leading "The"; empty for all.
        asked: Articles of a later date are not counted.

    Raises:
        SettingsError: No article is from one of `sources`.
    """
    check_outlets(sources, snapshot.outlets)
    days = _days(snapshot)
    admitted = _admitted(snapshot, days, since, until, sources) & (days <= asked.toordinal())
    mentioning = []
    for one in topic.alternatives:
        mentioning.append(_mentioning(snapshot, one, admitted))
        admitted[mentioning[-1]] = False  # read no article twice
    numbers = np.unique(np.concatenate(mentioning))
    dates = [date.fromordinal(day) for day in days[numbers].tolist() if day]
    outlets = _outlets(snapshot, numbers)
    return ArticleCount(
        topic,
        total=len(numbers),
        stories=len(np.unique(snapshot.group_of[numbers])),
        since=since,
        until=until,
        sources=tuple(sources),
        by_month=dict(sorted(Counter(f"{day:%Y-%m}" for day in dates).items())),
        by_outlet=outlets,
        first=min(dates, default=None),
        last=max(dates, default=None),
        articles=_newest(snapshot, numbers, days),
        earliest=_earliest(snapshot, numbers, days),
        without_date=len(numbers) - len(dates),
        without_outlet=len(numbers) - sum(outlets.values()),
    )


def _days(snapshot: Snapshot) -> Numbers:
    """(articles,) the ordinal of each article's day, 0 where unknown."""
    days = np.zeros(len(snapshot.group_of), np.int32)
    days[snapshot.article_of] = snapshot.days
    return days


def _admitted(
    snapshot: Snapshot, days: Numbers, since: date | None, until: date | None, sources: Sequence[str]
) -> Mask:
    """(articles,) which articles are within the window and from the outlets."""
    admitted = np.ones(len(days), bool)
    if since:
        admitted &= days >= since.toordinal()
    if until:
        admitted &= (days > 0) & (days <= until.toordinal())
    if sources:
        wanted = {plain_name(source) for source in sources}
        admitted &= np.array([plain_name(outlet or "") in wanted for outlet in snapshot.outlets], bool)
    return admitted


def _mentioning(snapshot: Snapshot, topic: Topic, admitted: Mask) -> Numbers:
    """The numbers of the admitted articles that mention a topic without alternatives, in order.

    The index of words narrows the candidates. It decides on a word in any form; the texts decide on a spelling.
    """
    finders = finders_of(topic)
    for finder in finders:
        for lookup in finder.lookups:
            admitted = admitted & _holding(snapshot, lookup)
    numbers = np.flatnonzero(admitted).astype(np.int32)
    if unsure := [finder for finder in finders if _is_unsure(finder)]:
        numbers = np.fromiter(_checked(snapshot, unsure, numbers), np.int32)
    return numbers


def _holding(snapshot: Snapshot, lookup: Lookup) -> Mask:
    """(articles,) which articles may have a word; all if the index cannot decide."""
    holding = np.zeros(len(snapshot.group_of), bool)
    for word in lookup.words:
        rows = snapshot.rows_with(word)
        if rows is None:
            return np.ones(len(holding), bool)
        holding[snapshot.article_of[rows]] = True
    if lookup.dotted:
        holding[snapshot.articles_with(lookup.dotted)] = True
    return holding


def _is_unsure(finder: Finder) -> bool:
    """Whether the index of words cannot decide: it has no spellings, and also indexes the dates of passages."""
    return isinstance(finder, PhraseFinder) or finder.is_month


def _checked(snapshot: Snapshot, finders: Sequence[Finder], numbers: Numbers) -> Iterator[int]:
    """The articles among these that match."""
    for start in range(0, len(numbers), READ_AT_ONCE):
        batch = numbers[start : start + READ_AT_ONCE].tolist()
        for number, article in zip(batch, snapshot.articles(batch), strict=True):
            if all(finder.is_in(article.title) or finder.is_in(article.text) for finder in finders):
                yield number


def _outlets(snapshot: Snapshot, numbers: Numbers) -> dict[str, int]:
    """The outlets with their articles, largest first. "The Week" and "Week" are one, under the commoner name."""
    spellings = Counter(outlet for number in numbers.tolist() if (outlet := snapshot.outlets[number]))
    names: dict[str, str] = {}
    counts = Counter[str]()
    for outlet, count in sorted(spellings.items(), key=lambda item: (-item[1], item[0])):
        counts[names.setdefault(plain_name(outlet), outlet)] += count
    return dict(counts.most_common())


def _newest(snapshot: Snapshot, numbers: Numbers, days: Numbers) -> tuple[Article, ...]:
    ranked = numbers[np.lexsort((numbers, -days[numbers]))][:LISTED]
    return tuple(sorted(snapshot.articles(ranked.tolist()), key=_age))


def _earliest(snapshot: Snapshot, numbers: Numbers, days: Numbers) -> tuple[Article, ...]:
    dated = numbers[days[numbers] > 0]
    ranked = dated[np.lexsort((dated, days[dated]))][:EARLIEST]
    return tuple(sorted(snapshot.articles(ranked.tolist()), key=_age, reverse=True))


def _age(article: Article) -> float:
    """Less for newer articles; the most where the date is unknown."""
    return -instant(article.published).timestamp() if article.published else float("inf")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
