import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from chromadb import Collection

import index.storage.live
from corpus.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.opened import OpenGeneration
from index.storage.purge import purge
from tests.fakes import WordEmbedder
from tests.index.building import build, corpus, process


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def live(folder: Path) -> Iterator[LiveIndex]:
    opened = LiveIndex(folder, "words")
    yield opened
    opened.close()


def current(folder: Path) -> Path:
    generations = Generations(folder)
    return generations.folder(generations.current())


def size(live: LiveIndex) -> int:
    with live.snapshot() as snapshot:
        return len(snapshot.days)


def test_an_index_built_after_the_first_question_is_found(live: LiveIndex, folder: Path) -> None:
    with pytest.raises(IndexMissing), live.snapshot():
        pytest.fail("there is nothing")
    build(folder, corpus(3))
    assert size(live) == 3


def test_a_rebuild_by_another_process_is_seen_without_a_restart(live: LiveIndex, folder: Path) -> None:
    build(folder, corpus(3))
    assert size(live) == 3
    rebuilding = process(build, folder, corpus(5))
    rebuilding.join(60)
    assert rebuilding.exitcode == 0
    assert size(live) == 5


def test_a_rollback_is_seen_too(live: LiveIndex, folder: Path) -> None:
    build(folder, corpus(3))
    build(folder, corpus(5))
    assert size(live) == 5
    Generations(folder).rollback()
    assert size(live) == 3


def test_a_snapshot_in_use_stays_as_it_is_and_is_closed_by_its_last_user(live: LiveIndex, folder: Path) -> None:
    build(folder, corpus(3))
    first = current(folder)
    with live.snapshot() as old:
        build(folder, corpus(5))
        assert size(live) == 5
        build(folder, corpus(6))
        assert size(live) == 6
        assert len(old.lexical("mayor", 10)) == 3
        assert len(old.dense(WordEmbedder().embed(["mayor"])[0], 10)) == 3
        assert first.is_dir()
    build(folder, corpus(7))
    assert not first.exists()


def test_closing_gives_back_every_file(live: LiveIndex, folder: Path) -> None:
    build(folder, corpus(3))

    def held() -> list[str]:
        links = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
        return [str(path) for path in links if path.is_relative_to(folder)]

    assert size(live) == 3
    assert held()
    live.close()
    patience = monotonic() + 5  # Chroma closes in the background
    while held() and monotonic() < patience:
        sleep(0.01)
    assert held() == []


def test_threads_that_ask_at_once_open_once(live: LiveIndex, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(folder, corpus(3))
    opened = []

    class Counted(OpenGeneration):
        def __init__(self, folder: Path, *rest: Any) -> None:
            opened.append(folder)
            super().__init__(folder, *rest)

    monkeypatch.setattr(index.storage.live, "OpenGeneration", Counted)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(size, [live] * 40)) == [3] * 40
    assert len(opened) == 1


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Generations open only once it is set, and no question waits for that."""
    go_on = Event()
    go_on.set()

    class Slow(OpenGeneration):
        def __init__(self, folder: Path, *rest: Any) -> None:
            go_on.wait(60)
            super().__init__(folder, *rest)

    monkeypatch.setattr(index.storage.live, "OpenGeneration", Slow)
    monkeypatch.setattr(index.storage.live, "PATIENCE", 0.0)
    yield go_on
    go_on.set()


def size_in_time(live: LiveIndex, expected: int) -> int:
    """The size, waited for."""
    patience = monotonic() + 30
    while (found := size(live)) != expected and monotonic() < patience:
        sleep(0.01)
    return found


def test_the_older_generation_serves_while_a_newer_one_opens(live: LiveIndex, folder: Path, slow: Event) -> None:
    build(folder, corpus(3))
    assert size(live) == 3
    slow.clear()
    build(folder, corpus(5))
    assert [size(live), size(live)] == [3, 3]
    build(folder, corpus(6))
    assert size(live) == 3
    slow.set()
    assert size_in_time(live, 6) == 6


def test_a_purged_article_is_gone_at_once_however_long_opening_takes(
    live: LiveIndex, folder: Path, slow: Event
) -> None:
    build(folder, corpus(3))
    with live.snapshot() as snapshot:
        name = snapshot.passages([0])[0].article.id
    slow.clear()
    purge(folder, [name], lambda *_: None)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(size, live)
        with pytest.raises(TimeoutError):
            asked.result(0.2)
        slow.set()
        assert asked.result(60) == 2


def test_a_newer_generation_that_fails_to_open_leaves_the_old_one_serving(
    live: LiveIndex, folder: Path, slow: Event, caplog: pytest.LogCaptureFixture
) -> None:
    build(folder, corpus(3))
    assert size(live) == 3
    slow.clear()
    build(folder, corpus(5))
    (current(folder) / "articles.sqlite").unlink()
    assert size(live) == 3
    slow.set()
    patience = monotonic() + 30
    while "still serving generation" not in caplog.text and monotonic() < patience:
        assert size(live) == 3
    assert "still serving generation" in caplog.text


def test_threads_may_ask_while_generations_change(live: LiveIndex, folder: Path) -> None:
    build(folder, corpus(3))
    sizes = {3}

    def ask(_: int) -> bool:
        with live.snapshot() as snapshot:
            rows = [row for row, _ in snapshot.dense(WordEmbedder().embed(["mayor"])[0], 10)]
            return len(snapshot.passages(rows)) == len(snapshot.lexical("mayor", 10)) == len(snapshot.days)

    with ThreadPoolExecutor(4) as pool:
        asked = pool.map(ask, range(200))
        for count in (5, 6, 4):
            build(folder, corpus(count))
            sizes.add(count)
        assert all(asked)
    assert size(live) == 4


def test_a_broken_newest_generation_leaves_the_old_one_serving(
    live: LiveIndex, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build(folder, corpus(3))
    assert size(live) == 3
    build(folder, corpus(5))
    (current(folder) / "articles.sqlite").unlink()
    with caplog.at_level(logging.WARNING):
        assert [size(live), size(live)] == [3, 3]
    assert caplog.text.count("still serving generation") == 1
    (folder / "CURRENT").unlink()
    assert size(live) == 3


def test_a_broken_generation_is_an_error_where_no_older_one_is_open(live: LiveIndex, folder: Path) -> None:
    build(folder, corpus(3))
    (current(folder) / "lexical" / "borders.npy").unlink()
    with pytest.raises(IndexDamaged, match="run: byline rebuild --full"), live.snapshot():
        pytest.fail("it opened")


def test_an_index_of_another_embedder_or_schema_is_refused(folder: Path) -> None:
    build(folder, corpus(3))
    other = LiveIndex(folder, "MiniLM")
    with pytest.raises(IndexMismatch, match="'words', but 'MiniLM' is in use; run: byline rebuild"), other.snapshot():
        pytest.fail("it opened")
    manifest = current(folder) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema": 99}))
    with pytest.raises(IndexMismatch, match="schema 99"), LiveIndex(folder, "words").snapshot():
        pytest.fail("it opened")


@pytest.mark.parametrize("content", ["", "null", "{}", '{"schema": 2}', "\x00"])
def test_an_invalid_manifest_is_reported_as_damage(folder: Path, content: str) -> None:
    build(folder, corpus(3))
    (current(folder) / "manifest.json").write_text(content)
    with pytest.raises(IndexDamaged, match=r"manifest\.json"), LiveIndex(folder, "words").snapshot():
        pytest.fail("it opened")


def test_cosines_are_those_of_the_rows_asked_for_repeated_or_none(live: LiveIndex, folder: Path) -> None:
    build(folder, corpus(5))
    (vector,) = WordEmbedder().embed(["Report 3 describes harbour3"])
    with live.snapshot() as snapshot:
        rows = [3, 1, 3]
        vectors = WordEmbedder().embed([passage.indexed_text for passage in snapshot.passages(rows)])
        assert snapshot.cosines(vector, rows) == pytest.approx(vectors @ vector, abs=1e-4)
        assert snapshot.cosines(vector, []).tolist() == []
        by_row = dict(snapshot.dense(vector, 5))
        assert snapshot.cosines(vector, [0, 4]) == pytest.approx([by_row[0], by_row[4]], abs=1e-5)


def test_the_graph_is_read_by_a_search_as_counting_would_stop_all_other_threads(
    folder: Path, live: LiveIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder, corpus(3))
    called = list[str]()
    for name in ("query", "count"):
        method = getattr(Collection, name)

        def noting(self: Collection, *given: Any, _name: str = name, _method: Any = method, **named: Any) -> Any:
            called.append(_name)
            return _method(self, *given, **named)

        monkeypatch.setattr(Collection, name, noting)
    with live.snapshot():
        assert called == ["query", "count"]
