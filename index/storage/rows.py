"""The rows of a generation that is being written, beside those of the last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.storage.articles import ArticleStore

BATCH = 1024
"""Passages handed on at once; the embedder sorts them by length."""

Show = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the new generation beside those of the last.

    Attributes:
        ids: The passage ids, by row.
        carried: The row each has in the last generation, or -1.
        new: The rows that are not in it.
    """

    ids: list[str]
    carried: list[int]
    new: list[int]

    @classmethod
    def compare(cls, ids: list[str], last: list[str]) -> "Rows":
        """The rows of these passages beside those of the last generation."""
        old = {name: row for row, name in enumerate(last)}
        carried = [old.get(name, -1) for name in ids]
        return cls(ids, carried, [row for row, was in enumerate(carried) if was < 0])


def texts_of(store: ArticleStore, rows: Sequence[int], stage: str, show: Show) -> Iterator[list[str]]:
    """What is indexed of these rows, in batches; a batch counts as done when the next is asked for."""
    for first in range(0, len(rows), BATCH):
        show(stage, first, len(rows))
        yield [passage.indexed_text for passage in store.passages(rows[first : first + BATCH])]
    show(stage, len(rows), len(rows))
