"""Questions proposed from an index, for the archive's operator to edit."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bot.evaluate.drafts import Draft, drafts
from corpus.article import Article
from index.storage.articles import ArticleStore
from index.storage.newest import newest_articles

SEED = 0
DAYS = 30
"""Articles of one outlet within so many days form one group to draw from."""
READ_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft, and the articles that hold its answer.

    Attributes:
        draft: The question and its answer.
        article: The article it was made from.
        urls: Its address and those of its near-identical copies.
    """

    draft: Draft
    article: Article
    urls: tuple[str, ...]

    def to_json(self, number: int) -> dict[str, Any]:
        """The line of a questions file, with the source sentence for the person who edits it."""
        published = self.article.published
        asked = date(published.year, published.month, published.day) + timedelta(days=1) if published else None
        return {
            "id": f"draft-{number}",
            "question": self.draft.question,
            "asked": asked.isoformat() if asked else None,
            "answers": [self.draft.answer],
            "urls": list(self.urls),
            "answerable": True,
            "draft": True,
            "sentence": self.draft.sentence,
        }


def propose(index: Path, count: int) -> list[Proposal]:
    """At most so many questions, the same each time: spread over outlets and months, at most one per article.

    Raises:
        IndexMissing: There is no index.
        IndexDamaged: It cannot be read.
    """
    with newest_articles(index) as store:
        return _varied(store, count)


def _varied(store: ArticleStore, count: int) -> list[Proposal]:
    """Of three times as many drafts, those with the most varied patterns."""
    groups = store.column("articles", "duplicate_group")
    found = list(islice(_drafted(store), 3 * count))
    proposals = []
    for place in in_rounds([draft.pattern for _, _, draft in found])[:count]:
        number, article, draft = found[place]
        copies = store.articles(np.flatnonzero(groups == groups[number]).tolist())
        urls = dict.fromkeys(copy.url for copy in (article, *copies) if copy.url)
        proposals.append(Proposal(draft, article, tuple(urls)))
    return proposals


def _drafted(store: ArticleStore) -> Iterator[tuple[int, Article, Draft]]:
    """At most one draft per article, of the least used pattern so far, and no question twice."""
    met: Counter[str] = Counter()
    asked: set[str] = set()
    for number, article in _spread(store):
        fresh = [draft for draft in drafts(article) if draft.question not in asked]
        if fresh:
            draft = min(fresh, key=lambda one: met[one.pattern])
            met[draft.pattern] += 1
            asked.add(draft.question)
            yield number, article, draft


def _spread(store: ArticleStore) -> Iterator[tuple[int, Article]]:
    """All articles with their numbers, at random, but one of each outlet and month before a second of any."""
    shuffled = np.random.default_rng(SEED).permutation(store.counts()[0]).tolist()
    outlets, months = store.sources(), store.column("articles", "day") // DAYS
    order = [shuffled[place] for place in in_rounds([(outlets[one], int(months[one])) for one in shuffled])]
    for start in range(0, len(order), READ_AT_ONCE):
        numbers = order[start : start + READ_AT_ONCE]
        yield from zip(numbers, store.articles(numbers), strict=True)


def in_rounds(kinds: Sequence[Hashable]) -> list[int]:
    """The list's places, one of each kind before a second of any."""
    seen: Counter[Hashable] = Counter()
    rounds = []
    for kind in kinds:
        rounds.append(seen[kind])
        seen[kind] += 1
    return sorted(range(len(kinds)), key=rounds.__getitem__)
