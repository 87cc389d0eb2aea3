"""A generation is read without a byte of it being written."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest

import index.storage.local_vectors
from corpus.errors import BylineError
from index.storage.live import LiveIndex
from tests.fakes import WordEmbedder
from tests.index.building import build, corpus, process

NOBODY = 65534


def contents(folder: Path) -> dict[str, str]:
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def ask(folder: Path) -> tuple[int, int, int]:
    """How many rows each way of looking finds."""
    live, (vector,) = LiveIndex(folder, "words"), WordEmbedder().embed(["mayor"])
    with live.snapshot() as snapshot:
        found = len(snapshot.dense(vector, 10)), len(snapshot.lexical("mayor", 10)), len(snapshot.cosines(vector, [0]))
    live.close()
    return found


def ask_as_another_user(folder: Path) -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    assert not os.access(folder, os.W_OK)
    assert ask(folder) == (3, 3, 1)


def close_to_writers(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in list(folder.parents)[: len(folder.relative_to(tempfile.gettempdir()).parts) - 1]:
        path.chmod(0o755)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(tmp_path / "index", corpus(3))
    return tmp_path / "index"


@pytest.mark.parametrize("size", [1, 2, 12])
def test_searching_leaves_every_byte_of_a_generation(tmp_path: Path, size: int) -> None:
    build(tmp_path / "index", corpus(size))
    before = contents(tmp_path)
    for _ in range(2):
        assert ask(tmp_path / "index") == (min(size, 10), min(size, 10), 1)
    assert contents(tmp_path) == before


def test_a_rebuild_leaves_every_byte_of_the_generation_before(folder: Path) -> None:
    before = contents(folder / "generations")
    build(folder, corpus(4))
    assert contents(folder / "generations").items() >= before.items()


def test_an_index_that_may_not_be_written_can_be_asked(folder: Path) -> None:
    close_to_writers(folder)
    asking = process(ask_as_another_user, folder)
    asking.join(60)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    assert asking.exitcode == 0


def test_a_full_temporary_folder_falls_back_to_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.storage.local_vectors, "gettempdir", lambda: str(folder / "missing"))
    assert ask(folder) == (3, 3, 1)
    monkeypatch.setattr(index.storage.local_vectors, "MEMORY", folder / "missing")
    with pytest.raises(BylineError, match="free some space, or name another folder in TMPDIR"):
        ask(folder)


def test_closing_leaves_nothing_in_the_temporary_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (temporary := tmp_path / "temporary").mkdir()
    monkeypatch.setattr(index.storage.local_vectors, "gettempdir", lambda: str(temporary))
    ask(folder)
    assert list(temporary.iterdir()) == []


def test_a_copy_that_a_killed_process_left_is_swept_and_one_in_use_is_not(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (temporary := tmp_path / "temporary").mkdir()
    monkeypatch.setattr(index.storage.local_vectors, "gettempdir", lambda: str(temporary))
    left, another = temporary / "byline-vectors-left", temporary / "another"
    for path in (left, another):
        path.mkdir()
        (path / "held").touch()
    live = LiveIndex(folder, "words")
    with live.snapshot():
        assert left.is_dir()  # it may be about to be used
        copies = set(temporary.iterdir())
        for copy in copies:
            os.utime(copy, (0, 0))
        ask(folder)
        assert set(temporary.iterdir()) == copies - {left}
    live.close()
    assert list(temporary.iterdir()) == [another]
