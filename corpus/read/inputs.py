"""Whether files are the same as when they were last read."""

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import corpus
from corpus.read.folder import Excluded, walk
from corpus.read.packed import PACKINGS, SHORT
from corpus.read.readers import CONTAINERS, READERS

_NAME_ENDS = re.compile(r"[^\w.-]")
_KINDS = {*READERS, *CONTAINERS, *PACKINGS, *SHORT}


def inputs_digest(
    paths: Iterable[Path], *, exclude: Sequence[str] = (), fields: Mapping[str, str] | None = None
) -> str | None:
    """A digest of all that `read` depends on: names and bytes of the files, options, and the readers themselves.

    Two equal digests mean that reading again finds the same articles. Files of kinds that are not read count by name.

    Args:
        paths: As for `read`.
        exclude: As for `read`.
        fields: As for `read`.

    Returns:
        64 hexadecimal characters; None if something cannot be opened.
    """
    digest = hashlib.sha256(repr((readers_state(), sorted((fields or {}).items()))).encode())
    excluded = Excluded.by(exclude)
    try:
        for path in paths:
            for part in _parts(path, excluded):
                digest.update(part)
    except OSError:
        return None
    return digest.hexdigest()


def _parts(path: Path, excluded: Excluded) -> Iterator[bytes]:
    named = not path.is_dir()
    for found in [path] if named else walk(path, excluded):
        yield f"\n{found!r}\n".encode("utf-8", "surrogatepass")
        if isinstance(found, Path) and (named or not _KINDS.isdisjoint(map(str.lower, found.suffixes[-2:]))):
            with found.open("rb") as stream:
                yield hashlib.file_digest(stream, "sha256").digest()


@cache
def readers_state() -> list[tuple[str, object]]:
    """What changes when Byline, a package that it uses or Python is changed, or an extra is installed."""
    home = Path(corpus.__file__).parent
    states = [(str(file.relative_to(home)), file.stat()) for file in sorted(home.rglob("*.py"))]
    return [
        ("python", sys.version_info[:2]),
        ("byline", version("byline")),
        *(
            (name, _installed(name))
            for name in sorted({_NAME_ENDS.split(each)[0] for each in requires("byline") or ()})
        ),
        *((name, (state.st_size, state.st_mtime_ns)) for name, state in states),
    ]


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
