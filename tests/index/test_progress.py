"""What other processes see of a rebuild."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.article import Article
from index.storage.rebuild_progress import FILE, Report, under_way
from tests.index.building import build, corpus, process, rebuild_and_die_in


class Watching:
    """Looks from outside whenever the rebuild reports."""

    def __init__(self, index: Path) -> None:
        self.index = index
        self.seen: list[Report | None] = []

    def show(self, stage: str, done: int, total: int | None) -> None:
        self.seen.append(under_way(self.index))


def test_a_rebuild_is_seen_from_outside_stage_by_stage_until_it_ends(tmp_path: Path) -> None:
    watching = Watching(tmp_path)
    assert under_way(tmp_path) is None
    build(tmp_path, corpus(), progress=watching)
    stages = list(dict.fromkeys(report.stage for report in watching.seen if report))
    assert stages[:3] == ["", "reading", "cutting"]
    assert None not in watching.seen
    assert under_way(tmp_path) is None
    assert not (tmp_path / FILE).exists()


def test_a_failed_rebuild_leaves_no_progress(tmp_path: Path) -> None:
    def breaking() -> Iterator[Article]:
        yield from corpus(2)
        raise LookupError("the source broke off")

    with pytest.raises(LookupError):
        build(tmp_path, breaking())
    assert under_way(tmp_path) is None


def test_a_killed_rebuild_does_not_count_as_running(tmp_path: Path) -> None:
    killed = process(rebuild_and_die_in, "cutting", tmp_path, corpus())
    killed.join(60)
    assert (tmp_path / FILE).exists()
    assert under_way(tmp_path) is None
    build(tmp_path, corpus())
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("left", [b"", b"[]", b"{", b'{"stage": 1, "more": 2}'])
def test_an_invalid_progress_report_is_ignored(tmp_path: Path, left: bytes) -> None:
    (tmp_path / FILE).write_bytes(left)
    assert under_way(tmp_path) is None
