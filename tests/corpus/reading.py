"""Files to be read by a test, and what comes out of them."""

from collections.abc import Mapping
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.read import File, parse, read

STORY = b"Ferry sails\n\nThe ferry to the island sails at nine."


def read_bytes(folder: Path, name: str, data: bytes) -> list[Article | Rejected]:
    path = folder / name
    path.write_bytes(data)
    return list(read([path]))


def parsed(name: str, data: bytes, fields: Mapping[str, str] | None = None) -> list[Article | Rejected]:
    return list(parse(File.of(name, data, name, fields=fields)))


def only_article(found: list[Article | Rejected]) -> Article:
    assert [type(article) for article in found] == [Article], found
    assert isinstance(found[0], Article)
    return found[0]


def only_rejected(found: list[Article | Rejected]) -> Rejected:
    assert [type(article) for article in found] == [Rejected], found
    assert isinstance(found[0], Rejected)
    return found[0]


def reasons(found: list[Article | Rejected]) -> dict[str, str]:
    """The reasons of what was rejected, by origin."""
    return {one.origin: one.reason for one in found if isinstance(one, Rejected)}


def origins(found: list[Article | Rejected], folder: Path) -> list[str]:
    """Where the articles were read, relative to a folder."""
    return [one.origin.removeprefix(f"{folder}/") for one in found if isinstance(one, Article)]
