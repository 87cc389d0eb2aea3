"""Bytes to be read as articles: on disk, inside an archive, or fetched."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from corpus.read.cache import ReadCache

# Bytes of a file that is read as a whole: a page of the largest live blog has 10 MB.
LARGEST_WHOLE = 64 * 1024 * 1024
# Characters quoted of a library's error, and of a name inside an archive.
LONGEST_REASON, LONGEST_NAME = 160, 400


class Unreadable(ValueError):
    """These bytes cannot be read; the message is the end of "it ..."."""


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """Turns the errors of a parsing library, which can be of any kind, into `Unreadable`.

    Args:
        what: What the file then is, as "no PDF that can be read".
    """
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        detail = " ".join(str(error).split())[:LONGEST_REASON] or type(error).__name__
        raise Unreadable(f"is {what}: {detail}") from error


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of an article from outside its file; used where the file itself does not say."""

    url: str | None = None
    source: str | None = None
    published: date | None = None
    authors: tuple[str, ...] = ()
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One file of a corpus.

    Attributes:
        name: Its suffix determines the kind.
        origin: Its place in messages: a path, or "archive.zip!member".
        open: Opens its bytes, from the start. A member of an archive may be opened only once.
        stated: What is known of its article from outside.
        size: Bytes on disk or in memory; 0 where unknown.
        fields: The corpus's own names for fields, by the names of `Article`.
        cache: Finds what was read before from the same bytes.
    """

    name: str
    origin: str
    open: Callable[[], BufferedReader]
    stated: Stated = Stated()
    fields: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    cache: "ReadCache | None" = None

    @classmethod
    def at(cls, path: Path, fields: Mapping[str, str] | None = None) -> "File":
        """A file on disk."""
        size = path.stat().st_size if path.exists() else 0
        return cls(path.name, printable(path), partial(_on_disk, path), fields=fields or {}, size=size)

    @classmethod
    def of(
        cls,
        name: str,
        data: bytes,
        origin: str,
        stated: Stated | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> "File":
        """A file held in memory, such as a fetched page."""
        return cls(name, origin, partial(_at_hand, data), stated or Stated(), fields or {}, len(data))

    @property
    def kind(self) -> str:
        """Its suffix, in lower case."""
        return Path(self.name.lower()).suffix

    def member(self, name: str, opened: Callable[[], BufferedReader]) -> "File":
        """A file inside this one."""
        origin = f"{self.origin}!{printable(name)[:LONGEST_NAME]}"
        return replace(self, name=name, origin=origin, open=opened, stated=Stated(), size=0)

    def holding(self, data: bytes) -> "File":
        """The same file with its bytes in memory, to be opened at any time."""
        return replace(self, open=partial(_at_hand, data), size=len(data))

    def contents(self) -> bytes:
        """All its bytes.

        Raises:
            Unreadable: There are none, or too many.
        """
        with self.open() as stream:
            return whole(stream)


def whole(stream: BufferedReader) -> bytes:
    """All of a stream's bytes.

    Raises:
        Unreadable: There are none, or too many.
    """
    data = stream.read(LARGEST_WHOLE + 1)
    if len(data) > LARGEST_WHOLE:
        raise Unreadable(f"is larger than {LARGEST_WHOLE >> 20} MB, which no article of this kind is; split it")
    if not data.strip():
        raise Unreadable("is empty")
    return data


def filled(stream: BufferedReader) -> BufferedReader:
    """The stream, if it is not empty.

    Raises:
        Unreadable: It is empty.
    """
    if not stream.peek(1):
        raise Unreadable("is empty")
    return stream


def printable(path: Path | str) -> str:
    """The path for people and logs: bytes of a name that is no valid text are escaped."""
    name = str(path).encode("utf-8", "surrogateescape" if isinstance(path, Path) else "backslashreplace")
    text = name.decode("utf-8", "backslashreplace")
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def _on_disk(path: Path) -> BufferedReader:
    return path.open("rb")


def _at_hand(data: bytes) -> BufferedReader:
    return BufferedReader(cast(RawIOBase, BytesIO(data)))
