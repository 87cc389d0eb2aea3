"""What the page says of the archive, and offers out of it: looked up anew whenever a page is opened."""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.sample import QUESTIONS, SAMPLE
from index.storage.articles import ArticleStore
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from index.storage.opened import ARTICLES

OFFERED = 4
"""Questions offered before the first one."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive, as its visitors see it.

    Attributes:
        articles: How many.
        first: The day of the oldest; None if no article tells its day.
        last: The day of the newest.
        outlets: Whose articles it holds, most first.
        examples: Questions to begin with.
        browsable: Whether the page at archive shows them.
    """

    articles: int
    first: date | None = None
    last: date | None = None
    outlets: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    browsable: bool = False


Describe = Callable[[], Archive]
"""Raises BylineError where there is no index; the page then shows the message."""


def describe_index(index: Path, offered: Callable[[str], Sequence[str]] | None = None) -> Archive:
    """The archive in the newest generation of an index.

    Args:
        index: Its folder.
        offered: Questions to begin with, by the generation's id; the sample has its own.

    Raises:
        IndexMissing: There is no index yet.
        IndexDamaged: Its files cannot be read.
    """
    generations = Generations(index)
    current = generations.current()
    with (
        generations.held(current) as folder,
        closing(ArticleStore.open(folder / ARTICLES)) as store,
    ):
        first, last = store.days() or (None, None)
        outlets = tuple(outlet for outlet, _ in store.outlets() if outlet)
        is_sample = Manifest.read(folder).sources == (str(SAMPLE),)
        examples = _sample_questions() if is_sample else offered(current) if offered else ()
        return Archive(store.counts()[0], first, last, outlets, tuple(examples), browsable=True)


def _sample_questions() -> list[str]:
    """Spread over those that the sample answers."""
    questions = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    answerable = [one["question"] for one in questions if one["answerable"]]
    return answerable[:: max(1, len(answerable) // OFFERED)][:OFFERED]
