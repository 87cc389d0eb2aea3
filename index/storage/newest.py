"""The articles of an index's newest generation, for a single access."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.storage.articles import ArticleStore
from index.storage.generations import Generations
from index.storage.opened import ARTICLES


@contextmanager
def newest_articles(index: Path) -> Iterator[ArticleStore]:
    """The store of the articles; the generation is not removed inside the `with` block.

    Raises:
        IndexMissing: There is no index.
        IndexDamaged: It cannot be read.
    """
    generations = Generations(index)
    with (
        generations.held(generations.current()) as folder,
        closing(ArticleStore.open(folder / ARTICLES)) as store,
    ):
        yield store
