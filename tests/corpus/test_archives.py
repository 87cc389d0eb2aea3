import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from backports import zstd

from corpus.article import Article, Rejected
from corpus.errors import ReadError, SettingsError
from corpus.read import packed, read, zip_and_tar
from tests.corpus.reading import STORY, only_article, only_rejected, origins, read_bytes, reasons

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}
LINE = b'{"title": "Ferry sails", "text": "It sails at nine."}\n'


def zipped(members: dict[str, bytes], **options: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(members: dict[str, bytes | str]) -> bytes:
    """Members that are text are links to what it names."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            if isinstance(content, str):
                entry.type, entry.linkname = tarfile.SYMTYPE, content
                archive.addfile(entry)
            else:
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return data.getvalue()


MEMBERS = {"b.txt": STORY, "a/news.jsonl": LINE * 2, "a/.hidden.txt": STORY, "__MACOSX/._b.txt": b"\0", "c.jpg": b"x"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("news.zip", zipped(MEMBERS)),
        ("news.tar", tarred({**MEMBERS})),
        ("news.tgz", gzip.compress(tarred({**MEMBERS}))),
        ("news.TXZ", lzma.compress(tarred({**MEMBERS}))),
        *((f"news.tar{suffix}", pack(tarred({**MEMBERS}))) for suffix, pack in PACK.items()),
    ],
)
def test_the_files_of_an_archive_are_read_in_its_order(
    tmp_path: Path, name: str, data: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    found = read_bytes(tmp_path, name, data)
    assert origins(found, tmp_path) == [f"{name}!b.txt", f"{name}!a/news.jsonl:1", f"{name}!a/news.jsonl:2"]
    assert len(found) == 3
    assert caplog.messages == ["skipped 1 file of other kinds: .jpg"]


def test_an_archive_of_a_folder_made_within_it_is_read(tmp_path: Path) -> None:
    data = tarred({"./a.txt": STORY, "./b/c.txt": STORY, "./.d.txt": STORY, "./b/old.txt": STORY})
    (tmp_path / "a.tar").write_bytes(data)
    found = list(read([tmp_path / "a.tar"], exclude=["/b/old.txt"]))
    assert origins(found, tmp_path) == ["a.tar!./a.txt", "a.tar!./b/c.txt"]


@pytest.mark.parametrize("suffix", PACK)
def test_a_packed_file_is_read_and_a_cut_one_to_its_end(tmp_path: Path, suffix: str) -> None:
    lines = b"".join(LINE.replace(b"nine", os.urandom(40).hex().encode()) for _ in range(5000))
    whole = PACK[suffix](lines)
    assert len(read_bytes(tmp_path, f"a.jsonl{suffix}", whole)) == 5000
    *_, last = read_bytes(tmp_path, f"b.jsonl{suffix}", whole[: len(whole) // 2])
    assert "cannot be read to its end" in only_rejected([last]).reason
    assert only_rejected(read_bytes(tmp_path, f"c.jsonl{suffix}", b"not packed at all")).reason


def test_an_archive_inside_an_archive_is_opened_and_one_inside_that_is_not(tmp_path: Path) -> None:
    inner = {"deep.txt": STORY, "more.zip": zipped({"deeper.txt": STORY})}
    outer = {"in.zip": zipped(inner), "in.tar.gz": gzip.compress(tarred({**inner})), "a.txt.gz": gzip.compress(STORY)}
    for name, data in (("out.zip", zipped(outer)), ("out.tar.gz", gzip.compress(tarred({**outer})))):
        found = read_bytes(tmp_path, name, data)
        assert origins(found, tmp_path) == [f"{name}!in.zip!deep.txt", f"{name}!in.tar.gz!deep.txt", f"{name}!a.txt.gz"]
        assert sorted(reasons(found)) == [f"{tmp_path}/{name}!in.tar.gz!more.zip", f"{tmp_path}/{name}!in.zip!more.zip"]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt"])
def test_a_path_that_leads_out_of_its_archive_is_rejected(tmp_path: Path, name: str) -> None:
    data = zipped({name: STORY, "in.txt": STORY})
    for archive_name, packing in (("a.zip", data), ("a.tar", tarred({name: STORY, "in.txt": STORY}))):
        found = read_bytes(tmp_path, archive_name, packing)
        assert origins(found, tmp_path) == [f"{archive_name}!in.txt"]
        (reason,) = reasons(found).values()
        assert reason == "has a path that leads out of the archive"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar", "a.zip"]


def test_a_very_long_name_is_shortened(tmp_path: Path) -> None:
    data = zipped({"a" * 60_000 + ".html": b"", "b" * 50_000: b""})
    rejected = only_rejected(read_bytes(tmp_path, "a.zip", data))
    assert len(rejected.origin) < 1000
    renamed = data.replace(b"a" * 60_000, b"c" + b"a" * 59_999, 1)
    assert len(only_rejected(read_bytes(tmp_path, "b.zip", renamed)).reason) < 1000


def test_links_are_not_followed(tmp_path: Path) -> None:
    assert [*reasons(read_bytes(tmp_path, "a.tar", tarred({"passwd.txt": "/etc/passwd"}))).values()] == [
        "is a link, which is not followed"
    ]
    link = zipfile.ZipInfo("passwd.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert only_rejected(read_bytes(tmp_path, "a.zip", data.getvalue())).reason == "is a link, which is not followed"


def test_an_encrypted_member_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": STORY, "b.txt": STORY}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = read_bytes(tmp_path, "a.zip", bytes(data))
    assert origins(found, tmp_path) == ["a.zip!b.txt"]
    assert reasons(found) == {f"{tmp_path}/a.zip!a.txt": "is encrypted; unpack the archive with its password"}


def test_a_damaged_member_costs_that_member_alone(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": STORY * 50, "b.txt": STORY}))
    data[45] ^= 0xFF
    found = read_bytes(tmp_path, "a.zip", bytes(data))
    assert origins(found, tmp_path) == ["a.zip!b.txt"]
    assert [*reasons(found)] == [f"{tmp_path}/a.zip!a.txt"]


def test_a_cut_archive_says_so_after_what_it_still_holds(tmp_path: Path) -> None:
    whole = tarred({f"{number}.txt": STORY for number in range(30)})
    for length in (20 * 1024, 20 * 1024 + 300, 20 * 1024 + 540):
        found = read_bytes(tmp_path, "a.tar", whole[:length])
        assert len(origins(found, tmp_path)) == 20
        assert isinstance(found[-1], Rejected)
    damaged = bytearray(whole)
    damaged[10 * 1024 + 20] ^= 0xFF
    *found, last = read_bytes(tmp_path, "b.tar", bytes(damaged))
    assert len(found) == 10
    assert "damaged" in only_rejected([last]).reason
    packed_whole = gzip.compress(whole)
    assert "cannot be read to its end" in only_rejected(read_bytes(tmp_path, "c.tgz", packed_whole[:-9])[-1:]).reason
    assert only_rejected(read_bytes(tmp_path, "d.zip", zipped({"a.txt": STORY})[:-9])).reason


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz", "a.tar.zst"])
def test_an_empty_or_foreign_archive_is_rejected(tmp_path: Path, name: str) -> None:
    assert only_rejected(read_bytes(tmp_path, name, b"")).reason
    assert only_rejected(read_bytes(tmp_path, name, b"no archive at all" * 100)).reason
    assert only_rejected(read_bytes(tmp_path, "empty.zip", zipped({}))).reason == "holds no file"


ZEROS = b" " * 10 * 1024**2


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    blank = gzip.compress(ZEROS)
    return {
        "bomb.jsonl.gz": blank,
        "bomb.jsonl.bz2": bz2.compress(ZEROS),
        "bomb.zip": zipped({"a.jsonl": ZEROS, "b.txt": STORY}),
        "bomb.tgz": gzip.compress(tarred({"a.jsonl": ZEROS, "b.txt": STORY})),
        "many.zip": zipped({f"{number}.txt": ZEROS[: 1024**2] for number in range(10)}),
        "nested.zip": zipped({"in.jsonl.gz": blank}),
    }


@pytest.mark.parametrize("name", ["bomb.jsonl.gz", "bomb.jsonl.bz2", "bomb.zip", "bomb.tgz", "many.zip", "nested.zip"])
def test_a_zip_bomb_is_rejected(
    tmp_path: Path, name: str, bombs: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "FREE", 4 * 1024**2)
    found = reasons(read_bytes(tmp_path, name, bombs[name]))
    assert any("like a zip bomb" in reason for reason in found.values()), found


def test_an_archive_unpacks_to_no_more_than_the_limit_and_has_no_more_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 1000)
    (reason,) = reasons(read_bytes(tmp_path, "a.zip", zipped({f"{n}.txt": STORY for n in range(30)}))).values()
    assert "unpacks to more than" in reason
    monkeypatch.setattr(zip_and_tar, "MOST_MEMBERS", 2)
    for name, data in (("a.zip", zipped(dict.fromkeys("abc", STORY))), ("a.tar", tarred(dict.fromkeys("abc", STORY)))):
        assert "holds" in only_rejected(read_bytes(tmp_path, name, data)).reason


def test_a_file_too_large_to_be_one_article_is_rejected_and_one_that_is_streamed_is_not(tmp_path: Path) -> None:
    for name in ("a.html", "a.txt", "a.json"):
        path = tmp_path / name
        path.touch()
        os.truncate(path, 200 * 1024**2)
        assert "larger than 64 MB" in only_rejected(list(read([path]))).reason
    lines = tmp_path / "a.jsonl"
    lines.write_bytes(LINE)
    os.truncate(lines, 200 * 1024**2)
    assert [type(one) for one in islice(read([lines]), 1)] == [Article]
    assert "a line of more than 64 MB" in only_rejected(list(read([lines]))[1:]).reason


def test_a_folder_leaves_out_what_its_list_and_the_options_say(tmp_path: Path) -> None:
    for name in ("a.txt", "drafts/b.txt", "old/c.txt", "old/keep.txt", "d.md", "e.zip"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(zipped({"f.md": STORY, "g.txt": STORY}) if name == "e.zip" else STORY)
    (tmp_path / ".bylineignore").write_text("# not yet\ndrafts/\nold/*\n!old/keep.txt\n")
    kept = ["a.txt", "d.md", "e.zip!f.md", "e.zip!g.txt", "old/keep.txt"]
    assert origins(list(read([tmp_path])), tmp_path) == kept
    left = origins(list(read([tmp_path], exclude=["*.md"])), tmp_path)
    assert left == [name for name in kept if not name.endswith(".md")]


def test_an_invalid_pattern_or_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--exclude"):
        read([tmp_path], exclude=["!"])
    (tmp_path / ".bylineignore").write_bytes(b"\xff\xfe")
    with pytest.raises(ReadError, match="bylineignore"):
        list(read([tmp_path]))


def test_a_named_file_is_read_even_where_a_list_leaves_it_out(tmp_path: Path) -> None:
    (tmp_path / ".bylineignore").write_text("*.txt")
    assert only_article(read_bytes(tmp_path, "a.txt", STORY)).title == "Ferry sails"


@pytest.mark.parametrize("suffix", [".gz.gz", ".gz.xz", ".bz2.gz.zst"])
def test_a_file_packed_more_than_once_is_read(tmp_path: Path, suffix: str) -> None:
    data = f"Headline\n\n{STORY}".encode()
    pack = {"gz": gzip.compress, "xz": lzma.compress, "bz2": bz2.compress, "zst": zstd.compress}
    for packing in suffix.split(".")[1:]:
        data = pack[packing](data)
    (tmp_path / f"news.txt{suffix}").write_bytes(data)
    assert only_article(list(read([tmp_path]))).title == "Headline"


def test_a_bomb_in_a_packed_file_is_measured_by_the_file_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "FREE", 1024)
    (tmp_path / "news.txt.gz.gz").write_bytes(gzip.compress(gzip.compress(b"0" * 10_000_000)))
    assert "like a zip bomb" in only_rejected(list(read([tmp_path]))).reason
