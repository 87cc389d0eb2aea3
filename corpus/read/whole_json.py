"""JSON: one article, a list of them, or {"articles": [...]}."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.read.decode import contents
from corpus.read.file import File, Stated
from corpus.read.json_lines import read_item, read_lines
from corpus.read.record import one_of

# Names under which an API or an export puts its list of articles, perhaps one inside another.
LISTS = ("articles", "items", "results", "documents", "docs", "news", "posts", "data", "response")
FEED = "jsonfeed.org/version"


def read_json(file: File) -> Iterator[Article | Rejected]:
    """Every article of the file. A broken file is given up as a whole: JSON has no next line to go on from."""
    text, origin = contents(file), file.origin
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # JSON Lines under the wrong name
            yield from read_lines((line.encode() for line in text.split("\n")), file)
        else:
            yield Rejected(origin, error.lineno, f"is not valid JSON: {error.msg} at column {error.colno}")
        return
    except (ValueError, RecursionError) as error:
        yield Rejected(origin, None, f"is JSON that cannot be read: {error}")
        return
    yield from _read_document(document, file)


def _read_document(document: object, file: File) -> Iterator[Article | Rejected]:
    if isinstance(document, Mapping) and FEED in str(document.get("version")):
        file = replace(file, stated=_stated(document))
        document = _fed(document)
    items = _listed(document, file)
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
    """The items of a JSON Feed; one that has no content has a summary."""
    items = feed.get("items")
    if not isinstance(items, list):
        return items
    return [
        {**item, "content_text": item.get("content_text") or item.get("summary")} if isinstance(item, Mapping) else item
        for item in items
    ]


def _stated(feed: Mapping[str, object]) -> Stated:
    """What a feed says of all its items."""
    title = feed.get("title")
    return Stated(source=one_line(title) if isinstance(title, str) else None)


def _listed(document: object, file: File) -> list[object] | None:
    """The list of articles a document is or holds; None if it is an article itself."""
    while isinstance(document, Mapping) and not isinstance(read_item(document, file), Article):
        held = (document.get(name) for name in LISTS)
        document = next((value for value in held if isinstance(value, list | Mapping)), None)
    return document if isinstance(document, list) else None
