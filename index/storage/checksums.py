"""Whether the files of a generation are still as written.

Native libraries do not check most of them: a damaged header of Chroma's graph ends the process.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path

from corpus.errors import IndexDamaged
from index.storage.obstacles import named

MANIFEST = "manifest.json"
ADVICE = "run: byline rebuild --full, or byline rollback"

WHOLE = 1 << 20
"""Bytes; a file up to this size is always hashed whole."""
SAMPLES, BLOCK = 64, 4096
"""Of a larger file, blocks spread evenly from its first to its last byte."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """The checksum of a file as written.

    Attributes:
        bytes: Its size.
        sampled: SHA-256 of blocks spread over it.
        sha256: SHA-256 of all of it.
    """

    bytes: int
    sampled: str
    sha256: str


def checksums(folder: Path) -> dict[str, Checksum]:
    """The checksum of every file of a generation except its manifest, by its path in the folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix(): _checksum(path) for path in paths}


def check(folder: Path, stated: Mapping[str, Checksum], *, whole: bool = False) -> None:
    """Compares the files of a generation with their checksums: size and samples, or every byte.

    Raises:
        IndexDamaged: Names the files that differ.
    """
    damaged = [f"{name} ({reason})" for name, was in stated.items() for reason in _damage(folder / name, was, whole)]
    if damaged:
        raise IndexDamaged(f"{str(folder)!r} is damaged: {', '.join(damaged)}; {ADVICE}")


def _damage(path: Path, was: Checksum, whole: bool) -> Iterator[str]:
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if size != was.bytes:
                yield f"{size:,} bytes in place of {was.bytes:,}"
            elif _sampled(file, size) != was.sampled or (whole and _whole(file) != was.sha256):
                yield "other bytes than were written"
    except OSError as error:
        if named(error):  # the fault of the machine, not of the file
            raise
        yield error.strerror or str(error)


def _checksum(path: Path) -> Checksum:
    size = path.stat().st_size
    with path.open("rb") as file:
        return Checksum(size, _sampled(file, size), _whole(file))


def _sampled(file: BufferedReader, size: int) -> str:
    if size <= WHOLE:
        return _whole(file)
    digest = sha256()
    for sample in range(SAMPLES):
        file.seek((size - BLOCK) * sample // (SAMPLES - 1))
        digest.update(file.read(BLOCK))
    return digest.hexdigest()


def _whole(file: BufferedReader) -> str:
    file.seek(0)
    return file_digest(file, "sha256").hexdigest()
