"""Passages of one text share one vector, and each of them is found."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import index.search.retriever
from corpus.article import Article
from corpus.errors import IndexDamaged
from index.question import Question
from index.search.retriever import HybridRetriever, Retrieval
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.opened import VECTORS, OpenGeneration
from index.storage.vectors import VectorStore
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus
from tests.index.test_build import CountingEmbedder, contents, opened
from tests.index.test_read_only import ask
from tests.index.test_read_only import contents as bytes_of

PLEA = "Subscribe today to read all that the valley's reporters write."


def plea_at(url: str, source: str = "Herald", day: int = 1) -> Article:
    return Article("Notice", PLEA, url, source, date(2022, 2, day))


def plea(number: int, day: int = 1) -> Article:
    return plea_at(f"https://copies.example/{number}", day=day)


def asked(folder: Path, question: Question) -> Retrieval:
    with closing(LiveIndex(folder, WordEmbedder.name)) as live:
        return HybridRetriever(live, WordEmbedder()).retrieve(question, 20)


def found_by_themselves(snapshot: OpenGeneration) -> list[bool]:
    ids = snapshot.store.vector_ids()
    vectors = snapshot.stored_vectors(ids)
    return [snapshot._vectors.nearest(vector, 1)[0][0] == name for name, vector in zip(ids, vectors, strict=True)]


def test_hundreds_of_equal_passages_share_a_vector_and_hide_no_other(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    summary = build(tmp_path, [*corpus(30), *map(plea, range(700))], embedder=embedder)
    assert (summary.passages, summary.embedded, len(embedder.texts)) == (730, 31, 31)
    with closing(opened(tmp_path)) as snapshot:
        assert len(snapshot.store.vector_ids()) == 31
        assert all(found_by_themselves(snapshot))
        vector = WordEmbedder().embed([f"Notice\nFebruary 1, 2022\n{PLEA}"])[0]
        assert len([row for row, score in snapshot.dense(vector, 1) if score == pytest.approx(1)]) == 700


def test_texts_that_the_model_cannot_distinguish_share_a_vector(tmp_path: Path) -> None:
    shouted = [
        Article("NOTICE", PLEA.upper(), f"https://copies.example/{n}", "Herald", date(2022, 2, 1)) for n in (8, 9)
    ]
    summary = build(tmp_path, [*corpus(3), plea(1), *shouted])
    with closing(opened(tmp_path)) as snapshot:
        assert (summary.passages, len(snapshot.store.vector_ids())) == (6, 4)


@pytest.mark.parametrize("exact", [2_000, 10], ids=["compared one by one", "looked up in the graph"])
def test_a_copy_of_the_outlet_asked_for_is_found_though_its_text_is_first_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exact: int
) -> None:
    monkeypatch.setattr(index.search.retriever, "EXACT", exact)
    addresses = sorted((f"https://copies.example/{number}" for number in range(60)), key=lambda url: plea_at(url).id)
    *_, far = copies = [plea_at(url, "Courier" if url == addresses[-1] else "Herald") for url in addresses]
    build(tmp_path, [*corpus(20), *copies])
    for sources in (("Courier",), ("Courier", "Gazette", "The Herald")):
        found = asked(tmp_path, Question("subscribe notice", date(2022, 3, 1), sources=sources))
        assert far in [copy for one in found.passages for copy in (one.passage.article, *one.also_in)]


class DayBlind(WordEmbedder):
    """Reads no more than the plea: a title can be so long that day and text are cut off."""

    def embed(self, texts: list[str]) -> NDArray[np.float32]:  # type: ignore[override]
        return super().embed([PLEA if PLEA in text else text for text in texts])


def test_a_copy_of_another_day_is_found_in_its_window_though_others_share_its_vector(tmp_path: Path) -> None:
    copies = [plea(number, day=1 + number % 28) for number in range(300)]
    build(tmp_path, [*corpus(3), *copies], embedder=DayBlind())
    with closing(LiveIndex(tmp_path, WordEmbedder.name)) as live:
        for day in (2, 28):
            window = date(2022, 2, day)
            question = Question("subscribe", date(2022, 3, 1), since=window, until=window)
            found = HybridRetriever(live, DayBlind()).retrieve(question, 20).passages
            assert {one.passage.article.published for one in found} == {window}
            assert any(one.parts["meaning"] > 0 for one in found)


def test_many_copies_leave_other_texts_among_the_candidates(tmp_path: Path) -> None:
    near = Article(
        "Notice", f"{PLEA} Or ask at the harbour office.", "https://n.example/1", "Gazette", date(2022, 2, 1)
    )
    build(tmp_path, [near, *map(plea, range(700))])
    found = asked(tmp_path, Question(PLEA, date(2022, 3, 1))).passages
    assert near in [one.passage.article for one in found]


def test_vectors_that_copies_share_are_carried_over_and_go_with_the_last_copy(tmp_path: Path) -> None:
    build(tmp_path, [*corpus(12), plea(1), plea(2)])
    for copies, vectors in (([2], 13), ([2, 3, 4], 13), ([], 12), ([5], 13)):
        summary = build(tmp_path, [*corpus(12), *map(plea, copies)])
        assert summary.passages == 12 + len(copies)
        with closing(opened(tmp_path)) as snapshot:
            assert len(snapshot.store.vector_ids()) == vectors
            assert all(found_by_themselves(snapshot))
        before = bytes_of(tmp_path)
        ask(tmp_path)
        assert bytes_of(tmp_path) == before


def old_generation(folder: Path) -> None:
    """Turns the generation in use into one of before: a vector for each passage, under its id."""
    generations = Generations(folder)
    generation = generations.folder(generations.current())
    with closing(OpenGeneration(generation)) as snapshot:
        names = snapshot.store.passage_ids()
        vectors = snapshot.stored_vectors(snapshot.store.passage_vectors())
    noise = np.random.default_rng(0).normal(size=vectors.shape)
    vectors = (vectors + 1e-4 / 8 * noise).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for path in sorted((generation / VECTORS).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (generation / VECTORS).rmdir()
    with closing(VectorStore(generation / VECTORS, create=True)) as store:
        store.put(names, vectors)
    with closing(VectorStore(generation / VECTORS)) as store:
        store.settle()
    with closing(sqlite3.connect(generation / "articles.sqlite", isolation_level=None)) as connection:
        connection.execute("DROP TABLE vectors")
        connection.execute("ALTER TABLE passages DROP COLUMN vector")
    stated = json.loads((generation / "manifest.json").read_text())
    (generation / "manifest.json").write_text(json.dumps(stated | {"schema": 2, "files": {}}))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    build(tmp_path, [*corpus(12), *map(plea, range(40))])
    old_generation(tmp_path)
    return tmp_path


def test_an_index_with_a_vector_for_each_passage_still_answers(old: Path) -> None:
    assert len(contents(old)) == 52
    found = asked(old, Question("harbour3", date(2022, 3, 1))).passages
    assert found[0].passage.article == article(3)


def test_an_index_with_a_vector_for_each_passage_is_carried_over_text_by_text(old: Path) -> None:
    embedder = CountingEmbedder()
    summary = build(old, [*corpus(13), *map(plea, range(40))], embedder=embedder)
    assert (summary.whole, summary.embedded, len(embedder.texts)) == (None, 1, 1)
    with closing(opened(old)) as snapshot:
        assert len(snapshot.store.vector_ids()) == 14
        assert all(found_by_themselves(snapshot))
    build(old, [*corpus(14), *map(plea, range(40))])
    with closing(opened(old)) as snapshot:
        assert (len(snapshot.store.vector_ids()), snapshot.manifest.patched) == (15, 1)
    Generations(old).rollback()
    assert len(contents(old)) == 53


def test_a_vector_that_lies_alone_and_is_not_found_stops_no_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, lost = VectorStore.nearest, []

    def first_lost(store: VectorStore, vector: NDArray[np.float32], top_k: int) -> list[tuple[str, float]]:
        ((found, score),) = real(store, vector, top_k)
        lost.append(found)
        return [("another", 0.7)] if len(lost) == 1 else [(found, score)]

    monkeypatch.setattr(VectorStore, "nearest", first_lost)
    build(tmp_path, corpus(41))
    assert len(lost) == 16
    monkeypatch.undo()
    assert len(contents(tmp_path)) == 41


def test_vectors_that_are_not_found_stop_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, corpus(40))
    real = VectorStore.nearest

    def lost(store: VectorStore, vector: NDArray[np.float32], top_k: int) -> list[tuple[str, float]]:
        return [(f"not {name}", score - 0.01) for name, score in real(store, vector, top_k)]

    monkeypatch.setattr(VectorStore, "nearest", lost)
    with pytest.raises(IndexDamaged, match="cannot be found"):
        build(tmp_path, corpus(41))
    monkeypatch.undo()
    assert len(contents(tmp_path)) == 40
