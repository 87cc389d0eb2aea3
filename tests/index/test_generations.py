import fcntl
import os
from pathlib import Path

import pytest

from corpus.errors import IndexBusy, IndexDamaged, IndexMissing
from index.storage.generations import Generations
from index.storage.manifest import Manifest


def manifest(generation: str, parent: str | None = None) -> Manifest:
    return Manifest(generation, "words", 64, "sentences", 1, 1, "", "2022-01-01T00:00:00+00:00", 0.1, parent=parent)


def publish(generations: Generations, name: str, parent: str | None = None) -> None:
    with generations.locked(), generations.building() as folder:
        manifest(name, parent).write(folder)
        generations.publish(folder, name)


def fail_halfway(folder: Path) -> None:
    (folder / "half").write_text("written")
    raise OSError("disk full")


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "index")


def test_an_index_that_was_never_built_says_what_to_run(generations: Generations) -> None:
    with pytest.raises(IndexMissing, match=r"no index in .*index'; run: byline rebuild"):
        generations.current()


def test_publishing_switches_the_current_generation(generations: Generations) -> None:
    publish(generations, "a")
    publish(generations, "b", parent="a")
    assert generations.current() == "b"
    assert generations.kept() == ["a", "b"]


def test_a_build_that_fails_leaves_no_folder(generations: Generations) -> None:
    publish(generations, "a")
    with pytest.raises(OSError, match="disk"), generations.locked(), generations.building() as folder:
        fail_halfway(folder)
    assert [path.name for path in (generations.index / "generations").iterdir()] == ["a"]
    assert generations.current() == "a"


def test_the_next_build_sweeps_what_a_killed_one_left(generations: Generations) -> None:
    publish(generations, "a")
    (generations.index / "generations" / "dead.building").mkdir()
    (generations.index / "generations" / "old.removed").mkdir()
    publish(generations, "b", parent="a")
    assert sorted(path.name for path in (generations.index / "generations").iterdir()) == ["a", "b"]


def test_a_second_build_at_the_same_time_is_refused(generations: Generations) -> None:
    with (
        generations.locked(),
        pytest.raises(IndexBusy, match=r"another rebuild of .* is running"),
        Generations(generations.index).locked(),
    ):
        pytest.fail("both are in")


def test_rollback_goes_to_the_generation_before_and_forward_again_by_name(generations: Generations) -> None:
    publish(generations, "a")
    publish(generations, "b", parent="a")
    assert generations.rollback() == "a"
    assert generations.current() == "a"
    assert generations.rollback("b") == "b"


def test_after_a_rollback_a_build_goes_back_to_the_good_one_not_the_bad(generations: Generations) -> None:
    publish(generations, "a")
    publish(generations, "bad", parent="a")
    generations.rollback()
    publish(generations, "c", parent="a")
    assert generations.rollback() == "a"


@pytest.mark.parametrize("asked", [None, "z", "../a", "a"])
def test_rollback_to_what_is_not_there_names_what_is(generations: Generations, asked: str | None) -> None:
    publish(generations, "a")
    with pytest.raises(IndexMissing, match=r"kept: a \(in use\)$"):
        generations.rollback(asked)
    assert generations.current() == "a"


def test_reclaim_keeps_the_current_one_and_the_one_before(generations: Generations) -> None:
    for name, parent in [("a", None), ("b", "a"), ("c", "b")]:
        publish(generations, name, parent)
    with generations.locked():
        assert generations.reclaim() == ["a"]
    assert generations.kept() == ["b", "c"]


def test_reclaim_never_removes_a_generation_that_a_reader_holds(generations: Generations) -> None:
    publish(generations, "a")
    with generations.held("a") as folder:
        for name, parent in [("b", "a"), ("c", "b")]:
            publish(generations, name, parent)
        with generations.locked():
            assert generations.reclaim() == []
        assert Manifest.read(folder).generation == "a"
    with generations.locked():
        assert generations.reclaim() == ["a"]


def test_a_generation_being_removed_cannot_be_opened(generations: Generations) -> None:
    publish(generations, "a")
    removing = os.open(generations.folder("a") / "manifest.json", os.O_RDONLY)
    fcntl.flock(removing, fcntl.LOCK_EX)
    with pytest.raises(IndexDamaged, match="being removed"), generations.held("a"):
        pytest.fail("held")
    os.close(removing)
    with generations.held("a") as folder:
        assert folder.is_dir()
