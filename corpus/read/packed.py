"""Compressed files (.gz, .bz2, .xz, .zst), unpacked as they are read, and not without end."""

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

# News as JSON or HTML packs to a tenth, a page saved over and over to a fiftieth; a bomb to a thousandth and less.
LARGEST_RATIO = 200
# Bytes that any archive may unpack to, and that none may exceed.
FREE, MOST = 64 * 1024**2, 100 * 1024**3
BUFFER = 128 * 1024
# Packings of a file within each other.
DEEPEST = 3

BROKEN = (
    *(OSError, EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError, tarfile.TarError, zipfile.BadZipFile),
    *(NotImplementedError, MemoryError),
)
"""What reading a file that is cut or damaged can raise."""

_OPENERS: dict[str, Callable[..., Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zst": zstd.open,
}
PACKINGS = tuple(_OPENERS)
SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}


class Bomb(Unreadable):
    """It unpacks to too much; what is left of it is not read."""


@dataclass(slots=True)
class Gauge:
    """Compares what comes out of a packed file with what went in."""

    packed: int = 0
    unpacked: int = 0

    def take_in(self, count: int) -> None:
        """Counts packed bytes."""
        self.packed += count

    def give_out(self, count: int) -> None:
        """Counts unpacked bytes.

        Raises:
            Bomb: There are too many.
        """
        self.unpacked += count
        if self.unpacked > MOST:
            raise Bomb(f"unpacks to more than {MOST >> 30} GB; unpack it and name its folder")
        if self.unpacked > max(FREE, LARGEST_RATIO * self.packed):
            raise Bomb(f"unpacks to more than {LARGEST_RATIO} times its size, like a zip bomb; unpack it yourself")


class Metered(RawIOBase):
    """A stream that tells how many bytes are read from it."""

    def __init__(self, stream: IO[bytes], count: Callable[[int], None], *below: IO[bytes]) -> None:
        self._streams = (stream, *below)
        self._count = count

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer, as far as there are bytes."""
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
    """One that can be read at any place."""

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Goes there."""
        return self._streams[0].seek(offset, whence)

    def tell(self) -> int:
        """Where it is."""
        return self._streams[0].tell()


def metered(stream: IO[bytes], count: Callable[[int], None], *below: IO[bytes]) -> BufferedReader:
    """The stream with its bytes counted; those below it are closed along with it."""
    return BufferedReader(Metered(stream, count, *below), BUFFER)


def unpacked(file: File) -> File:
    """What a file holds whose name ends in .gz or its like, or in several; any other file as it is."""
    name, packings = full_name(file.name), list[str]()
    while (packing := Path(name.lower()).suffix) in _OPENERS and len(packings) < DEEPEST:
        packings.append(packing)
        name = name[: -len(packing)]
    return replace(file, name=name, open=partial(_unpack, file.open, packings)) if packings else file


def full_name(name: str) -> str:
    """The name with .tgz and its like written out."""
    short = Path(name.lower()).suffix
    return name[: -len(short)] + SHORT[short] if short in SHORT else name


def _unpack(opened: Callable[[], BufferedReader], packings: Sequence[str]) -> BufferedReader:
    """A gauge for each packing; all of them compare with what was read from the file itself."""
    gauges = [Gauge() for _ in packings]

    def take_in(count: int) -> None:
        for gauge in gauges:
            gauge.take_in(count)

    stream = metered(opened(), take_in)
    for packing, gauge in zip(packings, gauges, strict=True):
        stream = metered(_OPENERS[packing](stream), gauge.give_out, stream)
    return stream
