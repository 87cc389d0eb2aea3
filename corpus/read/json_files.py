"""JSON: one article a line, or one document with an article, a list of them, or {"articles": [...]}.

The largest archives have an article a line, and are never held whole.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import TextIOWrapper
from typing import IO, AnyStr

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.read.decode import contents, decode, marked, unmarked
from corpus.read.file import LARGEST_WHOLE, File, Stated, Unreadable, whole
from corpus.read.ghost import ghost_posts
from corpus.read.record import one_of, read_record

LONGEST_LINE = LARGEST_WHOLE  # bytes
SAMPLE = 1024  # bytes that show how a file is laid out
_LAID_OUT = re.compile(rb"\s*[\[{]\s*\n")
# Keys under which an object wraps the article itself: AP, Elasticsearch, GraphQL.
WRAPPERS = ("item", "_source", "node", "article")
# Keys under which an API or an export holds its list of articles, perhaps nested.
LISTS = (
    *("articles", "items", "results", "documents", "docs", "news", "posts", "stories", "entries", "records"),
    *("hits", "nodes", "edges", "data", "response"),
)
KEYED = 20
"""Objects examined to decide whether a document holds its articles by their ids."""
_GAP = re.compile(r"[\s,]*")
FEED = "jsonfeed.org/version"


def read_json_lines(file: File) -> Iterator[Article | Rejected]:
    """Every line's article, one at a time. A bad line affects no other.

    A file laid out over several lines is read whole, as JSON.
    """
    with file.open() as stream:
        start = stream.peek(SAMPLE)[:SAMPLE]
        encoding = marked(start) or unmarked(start)
        if encoding is None and _LAID_OUT.match(start):
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


def read_json(file: File) -> Iterator[Article | Rejected]:
    """Every article of the file. A broken file is rejected whole: JSON has no next line to resume at."""
    text, origin = contents(file), file.origin
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and (documents := _one_after_another(text)):
            for document in documents:
                yield from _read_document(document, file)
        elif error.msg == "Extra data":  # JSON Lines under the wrong name
            yield from read_lines((line.encode() for line in text.split("\n")), file)
        else:
            yield Rejected(origin, error.lineno, f"is not valid JSON: {error.msg} at column {error.colno}")
        return
    except (ValueError, RecursionError) as error:
        yield Rejected(origin, None, f"is JSON that cannot be read: {error}")
        return
    yield from _read_document(document, file)


def _one_after_another(text: str) -> list[object]:
    """The concatenated values of a text; none where the first is one line, or any is broken."""
    decoder, place, values = json.JSONDecoder(), 0, list[object]()
    try:
        while place < len(text):
            value, place = decoder.raw_decode(text, _GAP.match(text, place).end())  # type: ignore[union-attr]
            if not values and "\n" not in text[:place].strip():
                return []
            values.append(value)
            place = _GAP.match(text, place).end()  # type: ignore[union-attr]
    except (ValueError, RecursionError):
        return []
    return values


def _read_document(document: object, file: File) -> Iterator[Article | Rejected]:
    if isinstance(document, Mapping) and FEED in str(document.get("version")):
        file = replace(file, stated=_stated(document))
        document = _fed(document)
    posts = ghost_posts(document)
    items = _listed(document, file) if posts is None else posts
    if items is None:
        yield read_item(document, file)
        return
    if not items:
        yield Rejected(file.origin, None, "holds an empty list of articles")
    for number, item in enumerate(items, start=1):
        article = read_item(item, file)
        if isinstance(article, Rejected):
            article = one_of(article, f"an item {number}")
        yield article


def _fed(feed: Mapping[str, object]) -> object:
    """The items of a JSON Feed; one without content has its summary."""
    items = feed.get("items")
    if not isinstance(items, list):
        return items
    return [
        {**item, "content_text": item.get("content_text") or item.get("summary")} if isinstance(item, Mapping) else item
        for item in items
    ]


def _stated(feed: Mapping[str, object]) -> Stated:
    """The metadata that a feed states for all its items."""
    title = feed.get("title")
    return Stated(source=one_line(title) if isinstance(title, str) else None)


def _listed(document: object, file: File) -> list[object] | None:
    """The list of articles a document is or holds; None if it is an article itself."""
    file = replace(file, cache=None)  # the whole of a document would be made a key, at each level
    while isinstance(document, Mapping) and not isinstance(read_item(document, file), Article):
        held = (document.get(name) for name in LISTS)
        held_list = next((value for value in held if isinstance(value, list | Mapping)), None)
        document = _keyed(document, file) if held_list is None else held_list
    return document if isinstance(document, list) else None


def _keyed(document: Mapping[str, object], file: File) -> list[object] | None:
    """The articles of an object that holds them by their ids."""
    values = list(document.values())
    if not values or not all(isinstance(value, Mapping) for value in values):
        return None
    return values if any(isinstance(read_item(value, file), Article) for value in values[:KEYED]) else None
