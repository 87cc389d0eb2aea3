"""The generation that a rebuild starts from."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import DatabaseError

from corpus.errors import BylineError, IndexMissing, IndexUnreachable
from index.search.lexical import Wordlists
from index.split import SPLITTER
from index.storage.articles import ArticleStore
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from index.storage.opened import ARTICLES, WORDS, OpenGeneration


@dataclass(frozen=True, slots=True)
class Last:
    """The generation in use, as far as a rebuild can start from it.

    Attributes:
        generation: Its id; None if there is none.
        open: The opened generation; None if it cannot be used.
        digests: The digests of its articles by id, if readable.
        unusable: Why `open` is None, if there is a generation.
    """

    generation: str | None = None
    open: OpenGeneration | None = None
    digests: dict[str, str] = field(default_factory=dict)
    unusable: str | None = None


@contextmanager
def last_generation(generations: Generations, embedder: str, *, full: bool) -> Iterator[Last]:
    """Holds the generation in use, and opens it if its rows can be carried over.

    Args:
        generations: Those of the index.
        embedder: The name of the embedder in use.
        full: Whether to carry nothing over.

    Raises:
        IndexUnreachable: The server that has its vectors does not answer.
    """
    with ExitStack() as stack:
        yield _opened(stack, generations, embedder, full=full)


def _opened(stack: ExitStack, generations: Generations, embedder: str, *, full: bool) -> Last:
    try:
        current = generations.current()
    except IndexMissing:
        return Last()
    except BylineError as error:
        return Last(unusable=str(error))
    try:
        folder = stack.enter_context(generations.held(current))
        made = Manifest.read(folder)
    except BylineError as error:
        return Last(current, unusable=str(error))
    reasons = {
        "a full rebuild was requested": full,
        f"the embedder was {made.embedder!r}": made.embedder != embedder,
        f"the articles were split by {made.splitter!r}": made.splitter != SPLITTER,
    }
    unusable = "; ".join(reason for reason, holds in reasons.items() if holds)
    if unusable:  # it is not opened, even if it is also damaged
        return Last(current, digests=_digests(folder), unusable=unusable)
    try:
        generation = stack.enter_context(closing(OpenGeneration(folder, generations.server)))
        Wordlists.read(folder / WORDS)
    except IndexUnreachable:  # all would be embedded anew, in vain
        raise
    except BylineError as error:
        return Last(current, unusable=str(error))
    return Last(current, generation, generation.store.digests())


def _digests(folder: Path) -> dict[str, str]:
    """The digests of a generation's articles; empty if unreadable."""
    try:
        with closing(ArticleStore.open(folder / ARTICLES)) as store:
            return store.digests()
    except DatabaseError:
        return {}
