"""The rows of a generation being written, compared with those of the last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.storage.articles import ArticleStore

BATCH = 1024
"""Passages per batch; the embedder sorts them by length."""

Show = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the new generation, compared with those of the last.

    Attributes:
        ids: The passage ids, by row.
        carried: Each row's row in the last generation, or -1.
        new: The rows that it lacks.
    """

    ids: list[str]
    carried: list[int]
    new: list[int]

    @classmethod
    def compare(cls, ids: list[str], last: list[str]) -> "Rows":
        """Compares these passages with those of the last generation."""
        old = {name: row for row, name in enumerate(last)}
        carried = [old.get(name, -1) for name in ids]
        return cls(ids, carried, [row for row, was in enumerate(carried) if was < 0])


def texts_of(store: ArticleStore, rows: Sequence[int], stage: str, show: Show) -> Iterator[list[str]]:
    """The indexed texts of these rows, in batches; a batch counts as done when the next is requested."""
    for first in range(0, len(rows), BATCH):
        show(stage, first, len(rows))
        yield [passage.indexed_text for passage in store.passages(rows[first : first + BATCH])]
    show(stage, len(rows), len(rows))
