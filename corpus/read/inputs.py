"""Whether files are the same as when they were last read."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import corpus
from corpus.read.folder import Excluded, walk
from corpus.read.packed import PACKINGS, SHORT
from corpus.read.readers import CONTAINERS, EXTRAS, READERS

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
    """What changes when Byline is changed or upgraded, or when an extra that reads a kind is installed."""
    home = Path(corpus.__file__).parent
    states = [(str(file.relative_to(home)), file.stat()) for file in sorted(home.rglob("*.py"))]
    return [
        ("byline", version("byline")),
        *((name, (state.st_size, state.st_mtime_ns)) for name, state in states),
        *((package, find_spec(package) is not None) for _, package in EXTRAS.values()),
    ]
