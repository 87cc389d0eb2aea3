"""Real pages of public test sets, and what each is known to state: nothing of them is part of this repository.

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
    """A page and what may be right for it: a set has several versions of some; nothing where it does not say.

    Attributes:
        html: Its bytes.
        title: Headlines, of which any is right.
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
        for told in json.loads((folder / "tests" / known).read_text("utf-8")).values():
            place = next((folder / "tests").glob(f"*/{told['file']}"), None)
            if place:
                yield RealPage(place.read_bytes(), published=[told["date"]])


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
        told = json.loads((place / "expected-metadata.json").read_text("utf-8"))
        byline = re.sub(r"^by ", "", told["byline"] or "", flags=re.IGNORECASE)
        yield RealPage(
            (place / "source.html").read_bytes(),
            [told["title"]] if told["title"] else [],
            [told["publishedTime"][:10]] if told.get("publishedTime") else [],
            [{byline}] if byline else [],
        )


SETS: dict[str, Callable[[Path], Iterator[RealPage]]] = {
    "htmldate": of_htmldate,
    "fundus": of_fundus,
    "readability": of_readability,
}
