"""Blanks the room of a vector graph that has no vector in it.

Chroma's graph is written with the memory that it reserved. Past its last vector that is whatever the process had there
before: texts of articles, or keys.
"""

from pathlib import Path
from struct import Struct

HEADER = "header.bin"
_FIELDS = Struct("<i4Q")
"""The format, where the vectors begin, how many there is room for, how many there are, bytes of each."""
FORMAT = 1
LENGTH = 4
"""Bytes that length.bin has of each vector."""


def blank_unused(folder: Path) -> None:
    """Overwrites with zeros what follows the last vector in the files of each graph below a folder."""
    for header in folder.rglob(HEADER):
        written, _, _, vectors, size = _FIELDS.unpack(header.read_bytes()[: _FIELDS.size])
        if written == FORMAT:
            _blank(header.with_name("data_level0.bin"), vectors * size)
            _blank(header.with_name("length.bin"), vectors * LENGTH)


def _blank(path: Path, start: int) -> None:
    unused = path.stat().st_size - start
    if unused > 0:
        with path.open("r+b") as file:
            file.seek(start)
            file.write(bytes(unused))
