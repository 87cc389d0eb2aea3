"""Real pages of public test sets, and what each states: none of them is part of this repository.

Clone htmldate (github.com/adbar/htmldate), fundus (github.com/flairNLP/fundus) and readability
(github.com/mozilla/readability); each is read from its working tree.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_VERSION = re.compile(r"(.+?)_\d{4}_\d\d_\d\d")


@dataclass(frozen=True, slots=True)
class RealPage:
    """A page and its correct fields: a set has several versions of some, and lacks others.

    Attributes:
        html: Its bytes.
        title: Headlines, any of which is right.
        published: Days, as 2024-03-05.
        authors: Bylines, each the names in it.
    """

    html: bytes
    title: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    authors: list[set[str]] = field(default_factory=list)


def of_htmldate(folder: Path) -> Iterator[RealPage]:
    """The pages of htmldate's evaluation, with their days."""
    for known in ("eval_default.json", "eval_mediacloud_2020.json"):
        for metadata in json.loads((folder / "tests" / known).read_text("utf-8")).values():
            place = next((folder / "tests").glob(f"*/{metadata['file']}"), None)
            if place:
                yield RealPage(place.read_bytes(), published=[metadata["date"]])


def of_fundus(folder: Path) -> Iterator[RealPage]:
    """The pages of fundus's parser tests, with what its parsers read of any of an outlet's pages."""
    for place in sorted((folder / "tests" / "resources" / "parser" / "test_data").glob("*/*.html.gz")):
        outlet = _VERSION.match(place.name)
        versions = json.loads((place.parent / f"{outlet[1]}.json").read_text("utf-8")).values() if outlet else []
        yield RealPage(
            gzip.decompress(place.read_bytes()),
            [one["title"] for one in versions if one.get("title")],
            [str(one["publishing_date"])[:10] for one in versions if one.get("publishing_date")],
            [set(one["authors"]) for one in versions if one.get("authors")],
        )


def of_readability(folder: Path) -> Iterator[RealPage]:
    """The pages of readability's tests, with what its metadata should be."""
    for place in sorted((folder / "test" / "test-pages").iterdir()):
        metadata = json.loads((place / "expected-metadata.json").read_text("utf-8"))
        byline = re.sub(r"^by ", "", metadata["byline"] or "", flags=re.IGNORECASE)
        yield RealPage(
            (place / "source.html").read_bytes(),
            [metadata["title"]] if metadata["title"] else [],
            [metadata["publishedTime"][:10]] if metadata.get("publishedTime") else [],
            [{byline}] if byline else [],
        )


SETS: dict[str, Callable[[Path], Iterator[RealPage]]] = {
    "htmldate": of_htmldate,
    "fundus": of_fundus,
    "readability": of_readability,
}
