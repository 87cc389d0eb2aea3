"""JSON Lines: one article a line. The largest archives come so, and are never held whole."""

import json
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.read.decode import NotText, decode, marked_encoding, opened, printable
from corpus.read.record import read_record


def read_json_lines(path: Path) -> Iterator[Article | Rejected]:
    """Every line's article, one at a time. A bad line costs that line alone."""
    encoding, origin = marked_encoding(path), printable(path)
    with opened(path) as stream:
        if encoding is None:
            yield from read_lines(stream, origin)
        else:
            text = TextIOWrapper(stream, encoding, errors="replace", newline="\n")
            yield from read_lines((line.encode() for line in text), origin)


def read_lines(lines: Iterable[bytes], origin: str) -> Iterator[Article | Rejected]:
    """Reads lines that may each be saved in an encoding of its own, as where archives were joined."""
    empty = True
    for number, line in enumerate(lines, start=1):
        if line.strip():
            empty = False
            yield _read_line(line, origin, number)
    if empty:
        yield Rejected(origin, None, "is empty")


def _read_line(line: bytes, origin: str, number: int) -> Article | Rejected:
    try:
        item = json.loads(decode(line))
    except json.JSONDecodeError as error:
        return Rejected(origin, number, f"is not valid JSON: {error.msg} at column {error.colno}")
    except NotText as error:
        return Rejected(origin, number, str(error))
    except (ValueError, RecursionError) as error:
        return Rejected(origin, number, f"is JSON that cannot be read: {error}")
    return read_item(item, origin, number)


def read_item(item: object, origin: str, line: int | None = None) -> Article | Rejected:
    """Reads one parsed value."""
    if not isinstance(item, Mapping):
        return Rejected(origin, line, f"is not an object with fields but a {type(item).__name__}")
    return read_record(item, origin, line)
