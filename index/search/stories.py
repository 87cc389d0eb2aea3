"""One result per story: near-identical copies of an article are folded into the canonical one."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from index.storage.snapshot import Ranking, Snapshot

PER_ARTICLE = 2
"""The most passages of one article among the results."""


def one_per_story(snapshot: Snapshot, ranked: Ranking) -> Iterator[tuple[int, float]]:
    """At most PER_ARTICLE rows per article, and only those of one article among near-identical copies."""
    stories: defaultdict[int, list[int]] = defaultdict(list)
    for number in dict.fromkeys(int(snapshot.article_of[row]) for row, _ in ranked):
        stories[int(snapshot.group_of[number])].append(number)
    shown: dict[int, int] = {}
    taken: Counter[int] = Counter()
    for row, score in ranked:
        number = int(snapshot.article_of[row])
        story = int(snapshot.group_of[number])
        if story not in shown:
            shown[story] = canonical_copy(snapshot, stories[story])
        if shown[story] == number and taken[number] < PER_ARTICLE:
            taken[number] += 1
            yield row, score


def canonical_copy(snapshot: Snapshot, copies: Sequence[int]) -> int:
    """The best-ranked copy or, where its outlet has the story at several addresses, the one at the shortest.

    Archives hold pages twice, with "/index.html" or a campaign's parameters at the end of the address.
    """
    if len(copies) == 1:
        return copies[0]
    best, *_ = articles = snapshot.articles(copies)
    same = [place for place, article in enumerate(articles) if article.source == best.source and article.url]
    return copies[min(same, key=lambda place: len(articles[place].url or ""), default=0)]


def other_copies(snapshot: Snapshot, row: int, let_in: NDArray[np.bool_]) -> tuple[Article, ...]:
    """The admitted near-identical copies of the article of a row."""
    number = snapshot.article_of[row]
    others = np.flatnonzero(let_in & (snapshot.group_of == snapshot.group_of[number]))
    return tuple(snapshot.articles([int(other) for other in others if other != number]))
