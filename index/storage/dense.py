"""Writes the vectors of a new generation: one for each distinct text, however many passages have it.

Equal vectors break Chroma's graph: of 30 ordinary ones beside 700 equal ones it finds 18 to 24. So each vector is
stored once, under an id made from it, and SQLite links the passages to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import fingerprint
from index.search.embed import Embedder
from index.storage.articles import ArticleStore
from index.storage.opened import OpenGeneration
from index.storage.rows import BATCH, Rows, Show, texts_of
from index.storage.served_vectors import SAMPLED
from index.storage.vector_server import VectorServer
from index.storage.vectors import VECTORS, VectorStore, copied

PATCHED_AT_MOST = 0.5
"""The share of vectors changed in copies of a store beyond which it is built whole.

Changing a tenth costs a sixth of building, changing half a half; beyond that, deleted vectors crowd Chroma's graph.
Source: benchmarks/vector_store.py.
"""

GRID = 1e-4
"""Vectors whose components round to the same multiples of this are equal.

Texts of the same word pieces get vectors that differ by 5e-7, depending on their batch; "March 1" and "March 2" in a
text of thirty words differ by 0.1.
"""


def vector_ids(vectors: NDArray[np.float32]) -> list[str]:
    """An id for each vector, made from it."""
    cells = np.round(vectors / GRID).astype("<i2")
    return [sha256(cell.tobytes()).hexdigest()[:16] for cell in cells]


@dataclass(slots=True)
class Dense:
    """The vectors of a generation being written.

    Attributes:
        folder: The generation's folder.
        last: The generation to carry over from, if any.
        show: Called with the stage, how much is done, and of how much.
        whole: Whether to copy no store, as a copy still holds deleted vectors.
        server: Where the vectors are to be, unless in the folder.
        named: The id of each row's vector, as far as known.
        carried: For a vector that is carried over, its id in the last generation by its id in this one.
        embedded: How many texts have been embedded.
    """

    folder: Path
    last: OpenGeneration | None
    show: Show
    whole: bool = False
    server: VectorServer | None = None
    named: list[str] = field(default_factory=list)
    carried: dict[str, str] = field(default_factory=dict)
    embedded: int = 0

    def write(self, store: ArticleStore, rows: Rows, embedder: Embedder) -> int:
        """Writes the vectors, and each passage's vector into the articles' store.

        Returns:
            How many vectors have been patched since the store was built whole; 0 if it was built whole now.
        """
        self.named = [""] * len(rows.ids)
        if self.last:
            self._carry(self.last, store, rows)
        patched = self._patched(rows)
        copy = None if patched is None else self._copied()
        with closing(copy or self._rebuilt()) as vectors:
            self._embed(vectors, texts_of(store, rows.new, "embedding", self.show), rows.new, embedder)
        ids = sorted(set(self.named))
        with closing(VectorStore(self.folder / VECTORS, server=self.server)) as vectors:
            vectors.settle([ids[place] for place in np.unique(np.linspace(0, len(ids) - 1, SAMPLED).astype(int))])
        store.put_vectors(self.named)
        return (copy and patched) or 0

    def _carry(self, last: OpenGeneration, store: ArticleStore, rows: Rows) -> None:
        """Names the vectors of rows that the last generation has too."""
        kept = [row for row, was in enumerate(rows.carried) if was >= 0]
        were = last.store.passage_vectors()
        old = [were[rows.carried[row]] for row in kept]
        new = old if last.manifest.has_distinct_vectors else self._folded(last, store, kept, old)
        for row, was, now in zip(kept, old, new, strict=True):
            self.named[row] = now
            self.carried.setdefault(now, was)

    def _folded(
        self, last: OpenGeneration, store: ArticleStore, kept: Sequence[int], old: Sequence[str]
    ) -> Iterator[str]:
        """The ids for rows of a generation with a vector per passage: all passages of a text get the first one's."""
        firsts: dict[str, str] = {}
        for place, texts in enumerate(texts_of(store, kept, "comparing", self.show)):
            ids = vector_ids(last.stored_vectors(old[place * BATCH : (place + 1) * BATCH]))
            yield from (firsts.setdefault(fingerprint(text), name) for text, name in zip(texts, ids, strict=True))

    def _patched(self, rows: Rows) -> int | None:
        """The number of patched vectors after copying and changing the last store; None if it should be built whole."""
        if self.last is None or self.whole or not self.last.manifest.has_distinct_vectors:
            return None
        patched = self.last.manifest.patched + len(rows.new) + len(self._gone())
        return patched if patched <= PATCHED_AT_MOST * (len(self.carried) + len(rows.new)) else None

    def _gone(self) -> list[str]:
        """The vectors of the last generation that no row uses any more."""
        assert self.last is not None
        return sorted(set(self.last.store.vector_ids()) - self.carried.keys())

    def _copied(self) -> VectorStore | None:
        """A copy of the last store without the vectors that are gone; None where it cannot be copied as a whole."""
        assert self.last is not None
        vectors = copied(self.last.folder / VECTORS, self.folder / VECTORS, self.server)
        if vectors:
            vectors.delete(self._gone())
        return vectors

    def _rebuilt(self) -> VectorStore:
        """A new store with the carried-over vectors."""
        vectors = VectorStore(self.folder / VECTORS, create=True, server=self.server)
        names = list(self.carried)
        for first in range(0, len(names), BATCH):
            assert self.last is not None
            self.show("carrying over", first, len(names))
            batch = names[first : first + BATCH]
            vectors.put(batch, self.last.stored_vectors([self.carried[name] for name in batch]))
        return vectors

    def _embed(
        self, vectors: VectorStore, batches: Iterable[Sequence[str]], rows: Sequence[int], embedder: Embedder
    ) -> None:
        """Adds the vectors of new rows, each text and each vector once."""
        ids: dict[str, str] = {}
        stored = set(self.carried)
        places = iter(rows)
        for texts in batches:
            prints = [fingerprint(text) for text in texts]
            unseen = {name: text for name, text in zip(prints, texts, strict=True) if name not in ids}
            if unseen:
                embedded = embedder.embed(list(unseen.values()))
                if self.last:
                    self.last.manifest.check_dimensions(embedded.shape[1])
                self.embedded += len(unseen)
                ids |= zip(unseen, names := vector_ids(embedded), strict=True)
                fresh = {name: place for place, name in enumerate(names) if name not in stored}
                vectors.put(list(fresh), embedded[list(fresh.values())])
                stored |= fresh.keys()
            for name in prints:
                self.named[next(places)] = ids[name]
