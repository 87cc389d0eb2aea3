"""JSON Lines: one article per line. The largest archives have this form, and are never held whole."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from typing import IO, AnyStr

from corpus.article import Article, Rejected
from corpus.read.decode import decode, marked, unmarked
from corpus.read.file import LARGEST_WHOLE, File, Unreadable, whole
from corpus.read.record import read_record

LONGEST_LINE = LARGEST_WHOLE  # bytes
SAMPLE = 1024  # bytes that show how a file is laid out
_LAID_OUT = re.compile(rb"\s*[\[{]\s*\n")
# Keys under which an object wraps the article itself: AP, Elasticsearch, GraphQL.
WRAPPERS = ("item", "_source", "node", "article")


def read_json_lines(file: File) -> Iterator[Article | Rejected]:
    """Every line's article, one at a time. A bad line affects no other.

    A file laid out over several lines is read whole, as JSON.
    """
    with file.open() as stream:
        start = stream.peek(SAMPLE)[:SAMPLE]
        encoding = marked(start) or unmarked(start)
        if encoding is None and _LAID_OUT.match(start):
            from corpus.read.whole_json import read_json

            yield from read_json(file.holding(whole(stream)))
        elif encoding is None:
            yield from read_lines(lines_of(stream), file)
        else:
            text = TextIOWrapper(stream, encoding, errors="replace", newline="\n")
            yield from read_lines((line.encode() for line in lines_of(text)), file)


def read_lines(lines: Iterable[bytes], file: File) -> Iterator[Article | Rejected]:
    """Reads lines that may each have an encoding of their own, as in concatenated archives."""
    empty = True
    for number, line in enumerate(lines, start=1):
        if line.strip():
            empty = False
            yield _read_line(line, file, number)
    if empty:
        yield Rejected(file.origin, None, "is empty")


def lines_of(stream: IO[AnyStr]) -> Iterator[AnyStr]:
    """The lines; only the start of one that is too long."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and line[-1:] not in {"\n", b"\n"}:
            line = stream.readline(LONGEST_LINE + 1)


def _read_line(line: bytes, file: File, number: int) -> Article | Rejected:
    origin = file.origin
    if len(line) > LONGEST_LINE:
        return Rejected(origin, number, f"is a line of more than {LONGEST_LINE >> 20} MB, which is no single article")
    try:
        item = json.loads(decode(line))
    except json.JSONDecodeError as error:
        return Rejected(origin, number, f"is not valid JSON: {error.msg} at column {error.colno}")
    except Unreadable as error:
        return Rejected(origin, number, str(error))
    except (ValueError, RecursionError) as error:
        return Rejected(origin, number, f"is JSON that cannot be read: {error}")
    return read_item(item, file, number)


def read_item(item: object, file: File, line: int | None = None) -> Article | Rejected:
    """Reads one parsed value."""
    if not isinstance(item, Mapping):
        return Rejected(file.origin, line, f"is not an object with fields but a {type(item).__name__}")
    return read_record(_unwrapped(item), file, line)


def _unwrapped(item: Mapping[str, object]) -> Mapping[str, object]:
    """The article inside an object that wraps it, perhaps with its rank."""
    inner = next((item[name] for name in WRAPPERS if isinstance(item.get(name), Mapping)), None)
    return inner if isinstance(inner, Mapping) and not {"title", "headline", "text"} & item.keys() else item
