"""What the page says of the archive, and offers out of it: looked up anew whenever a page is opened."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.sample import SAMPLE, START_QUESTIONS
from index.storage.browse import browsed
from index.storage.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive, as its visitors see it.

    Attributes:
        articles: How many.
        first: The day of the oldest; None if no article states its day.
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


Describe = Callable[[Collection[str] | None], Archive]
"""What callers in some groups see of it; all for None. Raises BylineError where there is no index."""


def describe_index(
    index: Path, offered: Callable[[], Sequence[str]] | None = None, groups: Collection[str] | None = None
) -> Archive:
    """The archive in the newest generation of an index.

    Args:
        index: Its folder.
        offered: Questions to begin with; the sample has its own. They rest on all articles, so callers who may not read
            all are offered none.
        groups: Only what callers in these groups may read; None for all.

    Raises:
        IndexMissing: There is no index yet.
        IndexDamaged: Its files cannot be read.
    """
    with browsed(index, groups) as shelf:
        overview = shelf.overview
        outlets = tuple(outlet for outlet, _ in overview.outlets if outlet)
        first, last = (one.day if one else None for one in (overview.oldest, overview.newest))
        examples = _examples(overview.manifest, offered) if shelf.is_whole else ()
        return Archive(overview.articles, first, last, outlets, tuple(examples), browsable=True)


def _examples(manifest: Manifest, offered: Callable[[], Sequence[str]] | None) -> Sequence[str]:
    if manifest.sources == (str(SAMPLE),):
        return START_QUESTIONS
    return offered() if offered else ()
