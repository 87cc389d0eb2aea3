"""A damaged file is named before a native library opens it, and the index can be built and rolled back."""

import json
import shutil
from pathlib import Path

import pytest

from bot.doctor import examine
from bot.settings import Settings
from corpus.errors import IndexDamaged, IndexMissing
from index.storage.checksums import BLOCK, WHOLE, check, checksums
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.manifest import Manifest
from index.storage.report import recorded_sources, report, verify
from tests.index.building import build, corpus

PARTS = [
    "articles.sqlite",
    "chroma/chroma.sqlite3",
    "chroma/*/data_level0.bin",
    "chroma/*/header.bin",
    "chroma/*/index_metadata.pickle",
    "lexical/borders.npy",
    "lexical/indptr.csc.index.npy",
    "lexical/word_ids.npy",
    "lexical/words.json",
    "manifest.json",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("built") / "index"
    for size in (3, 4):
        build(index, corpus(size), sources=["/news"])
    return index


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "index"))


def size(folder: Path) -> int:
    live = LiveIndex(folder, "words")
    try:
        with live.snapshot() as snapshot:
            return len(snapshot.days)
    finally:
        live.close()


def newest(folder: Path) -> Path:
    generations = Generations(folder)
    return generations.folder(generations.kept()[-1])


def spoil(path: Path) -> None:
    """Other bytes in the middle, the size being the same."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle - 8 : middle + 8] = b"\xff" * 16
    path.write_bytes(content)


def forget_checksums(generation: Path) -> None:
    stated = json.loads((generation / "manifest.json").read_text())
    del stated["files"]
    (generation / "manifest.json").write_text(json.dumps(stated))


@pytest.mark.parametrize("part", PARTS)
def test_a_damaged_file_is_named_and_stops_neither_rebuild_nor_rollback(folder: Path, part: str) -> None:
    (damaged,) = newest(folder).glob(part)
    spoil(damaged)
    with pytest.raises(IndexDamaged, match=f"{damaged.name}.*run: byline rebuild --full, or byline rollback"):
        size(folder)
    with pytest.raises(IndexDamaged, match=damaged.name):
        report(folder)
    assert [damaged.name in line for line in verify(folder)] == [True]
    assert recorded_sources(folder) == ["/news"]
    Generations(folder).rollback()
    assert size(folder) == 3
    build(folder, corpus(5))
    assert size(folder) == 5


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("part", ["chroma/*/header.bin", "lexical/words.json", "manifest.json"])
def test_a_rebuild_over_a_damaged_generation_says_why_nothing_is_carried_over(
    folder: Path, part: str, full: bool
) -> None:
    (damaged,) = newest(folder).glob(part)
    spoil(damaged)
    summary = build(folder, corpus(5), full=full)
    assert damaged.name in (summary.whole or "") or (full and summary.whole == "a full rebuild was requested")
    assert size(folder) == 5


def test_a_truncated_and_a_missing_file_are_named(folder: Path) -> None:
    (newest(folder) / "lexical" / "words.json").write_text("[")
    (newest(folder) / "articles.sqlite").unlink()
    with pytest.raises(IndexDamaged, match=r"articles\.sqlite \(No such file.*words\.json \(1 bytes in place of"):
        size(folder)


def test_rollback_refuses_a_damaged_generation_and_names_the_file(folder: Path) -> None:
    generations = Generations(folder)
    spoil(generations.folder(generations.kept()[0]) / "articles.sqlite")
    with pytest.raises(IndexDamaged, match=r"articles\.sqlite"):
        generations.rollback()
    assert size(folder) == 4


@pytest.mark.parametrize("damage", ["other bytes", "a name", "a folder", "missing", "a lost generation"])
def test_a_damaged_current_is_left_by_rollback_and_by_rebuild(folder: Path, damage: str) -> None:
    generations, current = Generations(folder), folder / "CURRENT"
    first, second = generations.kept()
    current.unlink()
    if damage == "other bytes":
        current.write_bytes(b"\xff\xfe\x00")
    elif damage == "a name":
        current.write_text("../../elsewhere")
    elif damage == "a lost generation":
        current.write_text("20200101T000000000000-00000000")
    elif damage == "a folder":
        (current / "within").mkdir(parents=True)
    with pytest.raises(IndexDamaged, match=f"CURRENT.*byline rollback.*{second}, {first}"):
        size(folder)
    assert recorded_sources(folder) == ["/news"]
    copy = Path(shutil.copytree(folder, folder.with_name("copy")))
    assert generations.rollback() == second
    assert generations.rollback(first) == first
    assert size(folder) == 3
    build(copy, corpus(5), full=True)
    assert size(copy) == 5


def test_a_generation_without_checksums_opens_and_carries_over(folder: Path) -> None:
    forget_checksums(newest(folder))
    assert size(folder) == 4
    assert build(folder, corpus(5)).embedded == 1
    assert Manifest.read(newest(folder)).files


def test_a_full_rebuild_opens_no_native_file_of_a_generation_without_checksums(folder: Path) -> None:
    forget_checksums(newest(folder))
    (header,) = newest(folder).glob("chroma/*/header.bin")
    spoil(header)
    summary = build(folder, corpus(5), full=True)
    assert (summary.whole, summary.added, summary.unchanged) == ("a full rebuild was requested", 1, 4)
    assert size(folder) == 5


def test_damaged_words_of_a_generation_without_checksums_are_named(folder: Path) -> None:
    forget_checksums(newest(folder))
    (newest(folder) / "lexical" / "words.json").write_text("[")
    assert "lexical' cannot be read" in (build(folder, corpus(5)).whole or "")


def test_a_folder_without_generations_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "generations").mkdir()
    with pytest.raises(IndexMissing):
        Generations(tmp_path).current()


def test_a_large_file_is_sampled_on_opening_and_read_whole_on_request(tmp_path: Path) -> None:
    content = bytearray(WHOLE * 4)
    (tmp_path / "large").write_bytes(content)
    stated = checksums(tmp_path)
    content[BLOCK * 2] = 1  # between two samples
    (tmp_path / "large").write_bytes(content)
    check(tmp_path, stated)
    with pytest.raises(IndexDamaged, match=r"large \(other bytes"):
        check(tmp_path, stated, whole=True)
    content[-1] = 1
    (tmp_path / "large").write_bytes(content)
    with pytest.raises(IndexDamaged, match="large"):
        check(tmp_path, stated)


def test_doctor_names_a_damaged_file_of_any_kept_generation(folder: Path) -> None:
    spoil(Generations(folder).folder(Generations(folder).kept()[0]) / "lexical" / "words.json")
    (check,) = (check for check in examine(Settings(index=folder), {}) if check.name == "index")
    assert not check.ok
    assert "lexical/words.json (other bytes than were written)" in check.told
