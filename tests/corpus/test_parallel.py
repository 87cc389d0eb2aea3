"""Reading by several processes at once."""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BufferedReader
from multiprocessing import active_children
from pathlib import Path
from typing import cast

import pytest

from corpus.article import Rejected
from corpus.errors import ReadError
from corpus.read import read
from corpus.read.file import File
from corpus.read.files import Finder
from corpus.read.folder import Excluded
from corpus.read.parallel import AHEAD, BATCH, parse_all, processors
from tests.corpus.reading import STORY
from tests.corpus.test_archives import zipped

LINES = b'{"title": "Ferry", "text": "It sails."}\n{}\n' * 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(40):
        (tmp_path / f"a{number:02}.txt").write_bytes(STORY + str(number).encode())
    (tmp_path / "b.jsonl").write_bytes(LINES)
    (tmp_path / "c.zip").write_bytes(zipped({f"{number}.html": STORY for number in range(20)} | {"in.jsonl": LINES}))
    (tmp_path / "d.txt").write_bytes(b"")
    return tmp_path


def test_several_processes_give_what_one_gives_in_the_same_order(folder: Path) -> None:
    files = Finder(Excluded.by([])).find(folder)
    found = list(parse_all(files, workers=2, patience=0))
    assert found == list(read([folder]))
    assert [one.origin for one in found] == [one.origin for one in read([folder])]
    assert len(found) == 40 + 6 + 20 + 6 + 1
    assert not active_children()


def test_no_process_is_asked_for_help_where_little_is_to_be_read(folder: Path) -> None:
    for _ in parse_all(Finder(Excluded.by([])).find(folder), workers=processors()):
        assert not active_children()


def test_files_are_asked_for_only_as_they_are_needed() -> None:
    asked = 0

    def files() -> Iterator[File | Rejected]:
        nonlocal asked
        for asked in range(1, 10_001):
            yield File.of("a.txt", STORY, f"{asked}.txt")

    found = parse_all(files(), workers=1, patience=0)
    assert next(found).origin == "1.txt"
    assert asked == 1
    found = parse_all(files(), workers=2, patience=0)
    next(found), next(found)
    assert asked <= 1 + BATCH * (2 * AHEAD + 1)
    cast(Iterator[None], found).close()  # type: ignore[attr-defined]
    for _ in range(100):
        if not active_children():
            break
        time.sleep(0.1)
    assert not active_children()


def test_a_killed_process_is_reported_with_its_file() -> None:
    killed = File("b.txt", "b.txt", cast(Callable[[], BufferedReader], partial(os._exit, 1)))
    files: list[File | Rejected] = [File.of("a.txt", STORY, "a.txt"), killed]
    with pytest.raises(ReadError, match=r"'b\.txt'.*byline read FILE"):
        list(parse_all(files, workers=2, patience=0))
