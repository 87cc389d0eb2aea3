import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamaged
from index.storage.snapshot import Vector
from index.storage.vectors import VectorStore


def unit_vectors(count: int, seed: int = 0) -> Vector:
    vectors = np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def names(count: int) -> list[str]:
    return [f"{number:016x}" for number in range(count)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    with closing(VectorStore(tmp_path / "chroma", create=True)) as created:
        created.put(names(300), unit_vectors(300))
        yield created


def test_the_nearest_are_those_of_exact_search(store: VectorStore) -> None:
    vectors, (query,) = unit_vectors(300), unit_vectors(1, seed=1)
    exact = vectors @ query
    found = store.nearest(query, 50)
    assert [name for name, _ in found] == [names(300)[row] for row in np.argsort(-exact)[:50]]
    assert [score for _, score in found] == pytest.approx(np.sort(exact)[::-1][:50], abs=1e-5)


def test_asking_for_more_than_there_is_gives_all(store: VectorStore) -> None:
    assert len(store.nearest(unit_vectors(1)[0], 1000)) == 300
    assert store.nearest(unit_vectors(1)[0], 0) == []


def test_vectors_come_back_in_the_order_asked_for(store: VectorStore) -> None:
    assert store.vectors([names(300)[7], names(300)[3]]) == pytest.approx(unit_vectors(300)[[7, 3]])
    with pytest.raises(IndexDamaged, match="lacks vectors"):
        store.vectors(["unknown"])


def test_a_store_opens_elsewhere_with_all_it_held(store: VectorStore, tmp_path: Path) -> None:
    store.put(["more"], unit_vectors(1, seed=2))
    store.delete([names(300)[0]])
    store.close()
    (tmp_path / "chroma").rename(tmp_path / "moved")
    with closing(VectorStore(tmp_path / "moved")) as opened:
        assert opened.count() == 300
        assert opened.nearest(unit_vectors(1, seed=2)[0], 1)[0][0] == "more"
        assert names(300)[0] not in [name for name, _ in opened.nearest(unit_vectors(300)[0], 300)]


def test_threads_may_ask_at_once(store: VectorStore) -> None:
    queries = unit_vectors(40, seed=3)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: store.nearest(query, 10), queries))
    assert together == [store.nearest(query, 10) for query in queries]


def test_a_folder_that_is_no_store_raises_our_own_error(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(IndexDamaged, match="run: byline rebuild --full"):
        VectorStore(tmp_path / "chroma")


def graph(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.glob("*/*")}


@pytest.mark.parametrize("rows", [1, 2, 700, 1700])
def test_opening_a_settled_store_writes_no_graph(tmp_path: Path, rows: int) -> None:
    with closing(VectorStore(tmp_path, create=True)) as created:
        created.put(names(rows), unit_vectors(rows))
    with closing(VectorStore(tmp_path)) as settled:
        settled.settle()
    before = graph(tmp_path)
    with closing(VectorStore(tmp_path)) as opened:
        assert opened.nearest(unit_vectors(rows)[-1], 1)[0][0] == names(rows)[-1]
    assert graph(tmp_path) == before != {}
    with sqlite3.connect(tmp_path / "chroma.sqlite3") as database:
        (metadata, vectors) = sorted(seq for (seq,) in database.execute("SELECT seq_id FROM max_seq_id"))
    assert metadata == vectors
