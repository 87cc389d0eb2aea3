"""Compressed files (.gz, .bz2, .xz, .zst), decompressed as they are read, within limits."""

import bz2
import gzip
import lzma
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any

from corpus.read.file import File, Unreadable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# News as JSON or HTML compresses to a tenth, a page saved repeatedly to a fiftieth; a bomb to a thousandth and less.
LARGEST_RATIO = 200
# Bytes that any archive may unpack to, and the most that one may.
FREE, MOST_BYTES = 64 * 1024**2, 100 * 1024**3
BUFFER = 128 * 1024
# Nested compressions of a file.
DEEPEST_PACKING = 3

BROKEN = (
    *(OSError, EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError, tarfile.TarError, zipfile.BadZipFile),
    *(NotImplementedError, MemoryError),
)
"""The errors that reading a cut or damaged file can raise."""

_OPENERS: dict[str, Callable[..., Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zst": zstd.open,
}
PACKINGS = tuple(_OPENERS)
SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}


class Bomb(Unreadable):
    """It unpacks to too much; the rest of it is not read."""


@dataclass(slots=True)
class Gauge:
    """Compares the bytes that come out of a compressed file with those that went in."""

    packed: int = 0
    unpacked: int = 0

    def take_in(self, count: int) -> None:
        """Counts compressed bytes."""
        self.packed += count

    def give_out(self, count: int) -> None:
        """Counts decompressed bytes.

        Raises:
            Bomb: There are too many.
        """
        self.unpacked += count
        if self.unpacked > MOST_BYTES:
            raise Bomb(f"unpacks to more than {MOST_BYTES >> 30} GB; unpack it and name its folder")
        if self.unpacked > max(FREE, LARGEST_RATIO * self.packed):
            raise Bomb(f"unpacks to more than {LARGEST_RATIO} times its size, like a zip bomb; unpack it yourself")


class Metered(RawIOBase):
    """A stream that counts the bytes read from it."""

    def __init__(self, stream: IO[bytes], count: Callable[[int], None], *below: IO[bytes]) -> None:
        self._streams = (stream, *below)
        self._count = count

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with as many bytes as there are."""
        data = self._streams[0].read(len(buffer))
        buffer[: len(data)] = data
        self._count(len(data))
        return len(data)

    def close(self) -> None:
        """Closes the streams below too."""
        if not self.closed:
            for stream in self._streams:
                stream.close()
        super().close()


class MeteredFile(Metered):
    """A metered stream that is seekable."""

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Moves to the offset."""
        return self._streams[0].seek(offset, whence)

    def tell(self) -> int:
        """The current offset."""
        return self._streams[0].tell()


def metered(stream: IO[bytes], count: Callable[[int], None], *below: IO[bytes]) -> BufferedReader:
    """The stream with its bytes counted; the streams below it are closed with it."""
    return BufferedReader(Metered(stream, count, *below), BUFFER)


def unpacked(file: File) -> File:
    """The content of a file whose name ends in .gz or the like, also nested; any other file unchanged."""
    name, packings = full_name(file.name), list[str]()
    while (packing := Path(name.lower()).suffix) in _OPENERS and len(packings) < DEEPEST_PACKING:
        packings.append(packing)
        name = name[: -len(packing)]
    return replace(file, name=name, open=partial(_unpack, file.open, packings)) if packings else file


def full_name(name: str) -> str:
    """The name with .tgz and the like written out."""
    short = Path(name.lower()).suffix
    return name[: -len(short)] + SHORT[short] if short in SHORT else name


def _unpack(opened: Callable[[], BufferedReader], packings: Sequence[str]) -> BufferedReader:
    """One gauge per compression; all compare with the bytes read from the file itself."""
    gauges = [Gauge() for _ in packings]

    def take_in(count: int) -> None:
        for gauge in gauges:
            gauge.take_in(count)

    stream = metered(opened(), take_in)
    for packing, gauge in zip(packings, gauges, strict=True):
        stream = metered(_OPENERS[packing](stream), gauge.give_out, stream)
    return stream
