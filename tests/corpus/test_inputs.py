from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.read import inputs
from corpus.read.inputs import inputs_digest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    (folder / "more").mkdir(parents=True)
    (folder / "one.txt").write_text("The ferry sails again.")
    (folder / "more" / "two.jsonl.gz").write_bytes(b"packed")
    (folder / "week.TGZ").write_bytes(b"some articles")
    (folder / "photo.jpg").write_bytes(b"pixels")
    return folder


def edited(folder: Path) -> None:
    (folder / "one.txt").write_text("The ferry sails never.")  # as long as before


def packed_edited(folder: Path) -> None:
    (folder / "more" / "two.jsonl.gz").write_bytes(b"Packed")


def archive_edited(folder: Path) -> None:
    (folder / "week.TGZ").write_bytes(b"other articles")


def added(folder: Path) -> None:
    (folder / "three.md").write_text("")


def renamed(folder: Path) -> None:
    (folder / "one.txt").rename(folder / "first.txt")


def removed(folder: Path) -> None:
    (folder / "one.txt").unlink()


def list_of_excluded(folder: Path) -> None:
    (folder / ".bylineignore").write_text("one.txt")


@pytest.mark.parametrize("change", [edited, packed_edited, archive_edited, added, renamed, removed, list_of_excluded])
def test_the_digest_changes_with_the_files(folder: Path, change: Callable[[Path], None]) -> None:
    before = inputs_digest([folder])
    assert before
    assert before == inputs_digest([folder])
    change(folder)
    assert inputs_digest([folder]) not in (before, None)


def test_files_of_kinds_that_are_not_read_count_by_name(folder: Path) -> None:
    before = inputs_digest([folder])
    (folder / "photo.jpg").write_bytes(b"other pixels")
    assert inputs_digest([folder]) == before


def test_the_digest_changes_with_the_options(folder: Path) -> None:
    digests = {
        inputs_digest([folder]),
        inputs_digest([folder], exclude=["*.txt"]),
        inputs_digest([folder], fields={"text": "body"}),
        inputs_digest([folder / "one.txt", folder / "more"]),
    }
    assert len(digests) == 4


def test_the_digest_changes_with_the_readers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs_digest([folder])
    monkeypatch.setattr(inputs, "readers_state", lambda: [("byline", "9")])
    assert inputs_digest([folder]) != before


def test_a_file_that_is_gone_gives_no_digest(tmp_path: Path) -> None:
    assert inputs_digest([tmp_path / "gone.txt"]) is None
