"""Writing the parts of a new generation, each from what the last one holds and what is new."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.duplicates import groups
from index.passage import Passage
from index.search.embed import Embedder
from index.search.lexical import Wordlists
from index.split import split
from index.storage.articles import ArticleStore, Span
from index.storage.incoming import Incoming
from index.storage.opened import ARTICLES, VECTORS, WORDS, OpenGeneration
from index.storage.vectors import VectorStore

BATCH = 1024
"""Passages handed on at once; the embedder sorts them by length."""

PATCHED_AT_MOST = 0.5
"""The share of rows changed in copies of a vector store beyond which it is built whole.

Changing a tenth costs a sixth of building, changing half a half; past that, deleted vectors crowd Chroma's graph.
Source: benchmarks/vector_store.py.
"""

SPREAD = 1e-4
"""How far a vector is moved in a direction of its own, which changes a cosine by less than a thousandth of a percent.

Of 30 ordinary vectors beside 700 equal ones Chroma's graph finds 18 to 24, and 29 or 30 where the equal ones lie apart.
"""

Show = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of a generation that is being written.

    Attributes:
        folder: Where.
        last: The generation to carry over from, if any.
        show: Is told the stage, how much is done, and of how much.
    """

    folder: Path
    last: OpenGeneration | None
    show: Show

    def write_articles(self, incoming: Incoming) -> int:
        """The texts, and the passages they are cut into, in the order of the articles' ids, however they were read.

        Returns:
            The number of passages.
        """
        kept = incoming.kept if self.last else set()
        rows = 0
        with closing(ArticleStore.create(self.folder / ARTICLES)) as store:
            for number, name in enumerate(sorted(incoming.digests)):
                source = self.last.store if self.last and name in kept else incoming.store
                assert source is not None  # what is not kept was put there
                stored = source.get(name)
                spans = source.spans(name) if name in kept else [_span(passage) for passage in split(stored.article)]
                store.put(stored, number)
                store.put_spans(number, rows, spans)
                rows += len(spans)
                self.show("cutting", number + 1, len(incoming.digests))
            store.put_groups(groups(store.signatures()))
        return rows

    def write_rankings(self, embedder: Embedder) -> tuple[int, int]:
        """The word index and the vectors, over the articles already written.

        Returns:
            How many passages were embedded, and how many rows of the vector store are patched by now.
        """
        with closing(ArticleStore.open(self.folder / ARTICLES)) as store:
            rows = _Rows.compare(store.passage_ids(), self.last.store.passage_ids() if self.last else [])
            words = Wordlists.read(self.last.folder / WORDS) if self.last else None
            texts = self._texts(store, rows.new, "indexing words")
            Wordlists.join(rows.carried, words, texts).write(self.folder / WORDS)
            patched = self._patched(rows)
            with closing(self._rebuilt(rows) if patched is None else self._copied(rows)) as vectors:
                new = [rows.ids[row] for row in rows.new]
                for place, batch in enumerate(self._texts(store, rows.new, "embedding")):
                    names = new[place * BATCH : (place + 1) * BATCH]
                    vectors.put(names, spread(names, embedder.embed(batch)))
        with closing(VectorStore(self.folder / VECTORS)) as vectors:
            vectors.settle()
        return len(rows.new), patched or 0

    def _patched(self, rows: "_Rows") -> int | None:
        """The rows patched once the last vector store is copied and changed; None if it had better be built whole."""
        if self.last is None:
            return None
        patched = self.last.manifest.patched + len(rows.new) + len(rows.gone)
        return patched if patched <= PATCHED_AT_MOST * len(rows.ids) else None

    def _copied(self, rows: "_Rows") -> VectorStore:
        """A copy of the last vectors without those that are gone."""
        assert self.last is not None
        shutil.copytree(self.last.folder / VECTORS, self.folder / VECTORS)
        vectors = VectorStore(self.folder / VECTORS)
        vectors.delete(rows.gone)
        return vectors

    def _rebuilt(self, rows: "_Rows") -> VectorStore:
        """A new store with the vectors that are carried over."""
        vectors = VectorStore(self.folder / VECTORS, create=True)
        same = [name for name, was in zip(rows.ids, rows.carried, strict=True) if was >= 0]
        for first in range(0, len(same), BATCH):
            assert self.last is not None
            self.show("carrying over", first, len(same))
            vectors.put(same[first : first + BATCH], self.last.vectors(same[first : first + BATCH]))
        return vectors

    def _texts(self, store: ArticleStore, rows: Sequence[int], stage: str) -> Iterator[list[str]]:
        """What is indexed of these rows, in batches; a batch counts as done when the next is asked for."""
        for first in range(0, len(rows), BATCH):
            self.show(stage, first, len(rows))
            yield [passage.indexed_text for passage in store.passages(rows[first : first + BATCH])]
        self.show(stage, len(rows), len(rows))


def spread(names: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """(passages, dimensions) unit vectors, none equal to another: of a passage always the same."""
    dimensions = vectors.shape[1]
    chances = (np.random.default_rng(crc32(name.encode())) for name in names)
    moved = vectors + SPREAD / sqrt(dimensions) * np.stack([chance.normal(size=dimensions) for chance in chances])
    units: NDArray[np.float32] = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
    return units


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of the new generation beside those of the last.

    Attributes:
        ids: The passage ids, by row.
        carried: The row each has in the last generation, or -1.
        new: The rows that are not in it.
        gone: The ids that were in it and are no more.
    """

    ids: list[str]
    carried: list[int]
    new: list[int]
    gone: list[str]

    @classmethod
    def compare(cls, ids: list[str], last: list[str]) -> "_Rows":
        old = {name: row for row, name in enumerate(last)}
        carried = [old.get(name, -1) for name in ids]
        new = [row for row, was in enumerate(carried) if was < 0]
        return cls(ids, carried, new, sorted(old.keys() - set(ids)))


def _span(passage: Passage) -> Span:
    return passage.id, passage.start, passage.end
