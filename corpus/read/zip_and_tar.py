"""Archives: .zip and .tar, read member by member. Only members that need seeking are copied to disk."""

import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from io import BufferedReader
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from corpus.article import Rejected
from corpus.read.file import File, Unreadable, filled
from corpus.read.packed import Bomb, Gauge, MeteredFile, metered

MOST_MEMBERS = 1_000_000
# Bytes: an archive inside another is kept in memory up to here, then in a temporary file, and then refused.
KEPT, LARGEST_INNER = 32 * 1024**2, 2 * 1024**3
ENCRYPTED = 0x1
Members = Iterator[File | Rejected]


def read_zip(file: File) -> Members:
    """The files in a .zip."""
    gauge = Gauge()
    with file.open() as source, wound_back(filled(source)) as stream:
        counted = BufferedReader(MeteredFile(stream, gauge.take_in))
        with zipfile.ZipFile(counted) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_MEMBERS:
                raise Bomb(f"holds {len(entries):,} files, more than {MOST_MEMBERS:,}; unpack it and name its folder")
            for entry in entries:
                yield _member(file, entry.filename, partial(_open_entry, archive, entry, gauge), _zip_fault(entry))


def _zip_fault(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & ENCRYPTED:
        return "is encrypted; unpack the archive with its password"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link, which is not followed"
    return None


def _open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, gauge: Gauge) -> BufferedReader:
    return metered(archive.open(entry), gauge.give_out)


def read_tar(file: File) -> Members:
    """The files in a .tar, read once from front to end."""
    count = 0
    with file.open() as stream, tarfile.open(fileobj=filled(stream), mode="r|") as archive:
        while (entry := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
            count += 1
            if count > MOST_MEMBERS:
                raise Bomb(f"holds more than {MOST_MEMBERS:,} files; unpack it and name its folder")
            if not entry.isdir():
                yield _member(file, entry.name, partial(_extract, archive, entry), _tar_fault(entry))
        _check_end(cast(IO[bytes], archive.fileobj))


def _tar_fault(entry: tarfile.TarInfo) -> str | None:
    if entry.islnk() or entry.issym():
        return "is a link, which is not followed"
    return None if entry.isreg() and not entry.issparse() else "is not a regular file"


def _extract(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> BufferedReader:
    extracted = archive.extractfile(entry)
    assert extracted is not None  # it is a regular file
    left = entry.size

    def count(some: int) -> None:
        nonlocal left
        left -= some
        if left and not some:
            raise EOFError("the archive ends within it")

    return metered(extracted, count)


def _check_end(stream: IO[bytes]) -> None:
    """A damaged header ends tarfile silently: then more data follows, or the end mark is missing.

    Raises:
        Unreadable: The archive is damaged or cut.
    """
    rest = stream.read(tarfile.BLOCKSIZE)
    if not rest:
        raise Unreadable("breaks off: the rest is lost")
    while rest:
        if rest.strip(b"\0"):
            raise Unreadable("is damaged: what follows a broken header in it is lost")
        rest = stream.read(1 << 16)


def _member(file: File, name: str, opened: Callable[[], BufferedReader], fault: str | None) -> File | Rejected:
    member = file.member(name, opened)
    if _climbs(name):
        fault = "has a path that leads out of the archive"
    return Rejected(member.origin, None, fault) if fault else member


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or (":" in path.parts[0] if path.parts else True)


def wound_back(source: BufferedReader) -> IO[bytes]:
    """The stream itself if it is seekable, else a copy.

    Raises:
        Unreadable: It is too large to be copied.
    """
    if source.seekable():
        return source
    copy = SpooledTemporaryFile(KEPT)  # noqa: SIM115 (the caller closes it)
    while data := source.read(1 << 20):
        if copy.tell() + len(data) > LARGEST_INNER:
            copy.close()
            raise Unreadable(f"is larger than {LARGEST_INNER >> 30} GB inside another archive; unpack that first")
        copy.write(data)
    copy.seek(0)
    return copy
