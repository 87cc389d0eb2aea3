"""Chroma's cost and recall: python -m benchmarks.vector_store [rows] [vectors.npy].

Without a file of unit vectors, random ones around random centres: harder to search than those of real texts.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

import chromadb
import numpy as np

from index.storage.local_vectors import BATCH
from index.storage.snapshot import Vector
from index.storage.vectors import HNSW, VectorStore

QUERIES = 100
TOP = 100
DIMENSIONS = 384


def main(rows: int, path: str | None) -> None:
    """Prints rows per second with and without documents, recall by setting, and patching beside building whole."""
    vectors, queries = loaded(path, rows) if path else random(rows)
    for documents in (False, True):
        print(f"documents {documents!s:<6} {added(vectors, documents):8.0f} rows/s")
    exact = [set(row) for row in np.argsort(-(queries @ vectors.T), axis=1)[:, :TOP].tolist()]
    for neighbours, search in ((16, 100), (16, 300), (24, 300), (24, 500), (32, 800)):
        HNSW.update(max_neighbors=neighbours, ef_search=search)
        print(f"max_neighbors {neighbours:>3}, ef_search {search:>4}:", found(vectors, queries, exact))
    patches(vectors)


def patches(vectors: Vector) -> None:
    """Seconds to change a share of a copied store, compared with building it anew."""
    HNSW.update(max_neighbors=24, ef_search=500)
    rows = len(vectors)
    names = [f"{row:016x}" for row in range(rows)]
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch) / "base"
        print(f"built whole: {timed(lambda: write(base, names, vectors)):.1f} s")
        for share in (0.01, 0.1, 0.25, 0.5):
            copy = Path(scratch) / f"copy-{share}"
            changed = names[: int(rows * share / 2)]
            seconds = timed(lambda copy=copy, changed=changed: patch(base, copy, changed, vectors))
            print(f"patched {share:4.0%} (half deleted, half added): {seconds:.1f} s")


def write(folder: Path, names: list[str], vectors: Vector) -> None:
    """Builds a store and settles it."""
    with closing(VectorStore(folder, create=True)) as store:
        store.put(names, vectors)
    with closing(VectorStore(folder)) as store:
        store.settle()


def patch(base: Path, copy: Path, changed: list[str], vectors: Vector) -> None:
    """Copies a store, deletes some rows and adds as many."""
    shutil.copytree(base, copy)
    with closing(VectorStore(copy)) as store:
        store.delete(changed)
        store.put([f"new{name}" for name in changed], vectors[::-1][: len(changed)])
    with closing(VectorStore(copy)) as store:
        store.settle()


def found(vectors: Vector, queries: Vector, exact: list[set[int]]) -> str:
    """Recall and time of queries."""
    with tempfile.TemporaryDirectory() as scratch, closing(VectorStore(Path(scratch), create=True)) as store:
        store.put([f"{row:016x}" for row in range(len(vectors))], vectors)
        seconds, shared = [], 0
        for query, best in zip(queries, exact, strict=True):
            started = perf_counter()
            nearest = store.nearest(query, TOP)
            seconds.append(perf_counter() - started)
            shared += len({int(name, 16) for name, _ in nearest} & best)
    return f"recall@{TOP} {shared / TOP / len(queries):.4f}, median {np.median(seconds) * 1000:.1f} ms"


def added(vectors: Vector, documents: bool) -> float:
    """Rows per second."""
    words = np.random.default_rng(0).integers(0, 20_000, (len(vectors), 150))
    texts = [" ".join(f"word{word}" for word in row) for row in words.tolist()]
    with tempfile.TemporaryDirectory() as scratch:
        client = chromadb.PersistentClient(scratch)
        collection = client.create_collection("passages", configuration={"hnsw": HNSW}, embedding_function=None)
        started = perf_counter()
        for first in range(0, len(vectors), BATCH):
            rows = range(first, min(first + BATCH, len(vectors)))
            chosen = [texts[row] for row in rows] if documents else None
            collection.add(ids=[str(row) for row in rows], embeddings=vectors[rows.start : rows.stop], documents=chosen)
        return len(vectors) / (perf_counter() - started)


def random(rows: int) -> tuple[Vector, Vector]:
    """Vectors around one centre for every 20 rows, and queries around the same centres."""
    noise = np.random.default_rng(0)
    centres = noise.standard_normal((rows // 20, DIMENSIONS), np.float32)

    def around(count: int) -> Vector:
        near = centres[noise.integers(0, len(centres), count)]
        return unit(near + 0.8 * noise.standard_normal((count, DIMENSIONS), np.float32))

    return around(rows), around(QUERIES)


def loaded(path: str, rows: int) -> tuple[Vector, Vector]:
    """The first rows of a file, and others of it as queries."""
    vectors = np.load(path).astype(np.float32)
    return vectors[:rows], vectors[rows : rows + QUERIES]


def unit(vectors: Vector) -> Vector:
    """The vectors, scaled to length 1."""
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def timed(work: Callable[[], object]) -> float:
    """Seconds a call takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2] if len(sys.argv) > 2 else None)
