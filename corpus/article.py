"""What an article is, and what a reader says of one it could not read."""

import json
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256


def fingerprint(*parts: str) -> str:
    """A content id: 16 hexadecimal characters over the parts, in order."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def url_id(url: str) -> str:
    """The id of the article at an address."""
    return fingerprint("url", url)


def instant(published: date) -> datetime:
    """The moment to order by, in UTC: a bare date counts as its midnight, a time without zone as UTC."""
    if not isinstance(published, datetime):
        return datetime.combine(published, time(), UTC)
    return published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, as published.

    Attributes:
        title: The headline, on one line.
        text: The body. Passages and quotes are spans of exactly this string.
        url: The article's address, kept letter for letter; None if the source gives none.
        source: The outlet.
        published: A date, or a datetime where the source states the time; None if it states neither.
        authors: The byline, one name an entry.
        updated: When this version was made, where the source states it and it is later than `published`.
        origin: Where it was read: a path, with `:line` in a file of many articles. Not part of the content.
        groups: The groups of callers that may read it; everyone may where there is none.
        cache_key: Names what it was read from (`corpus.read.cache`); empty if unknown. Not part of the content.
        id: The same for every version of one URL; made from the text where there is no URL.
    """

    title: str
    text: str
    url: str | None = None
    source: str | None = None
    published: date | None = None
    authors: tuple[str, ...] = ()
    updated: date | None = None
    origin: str = field(default="", compare=False)
    groups: tuple[str, ...] = ()
    cache_key: str = field(default="", compare=False, repr=False)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        name = url_id(self.url) if self.url else fingerprint("text", self.title, self.text)
        object.__setattr__(self, "id", name)

    @property
    def revised(self) -> date | None:
        """`updated`, where it falls on another day than `published` in its own zone."""
        published, updated = self.published, self.updated
        if isinstance(published, datetime) and isinstance(updated, datetime) and published.tzinfo and updated.tzinfo:
            updated = updated.astimezone(published.tzinfo)
        same = published and str(published)[:10] == str(updated)[:10]
        return None if same else updated

    @property
    def digest(self) -> str:
        """Changes when anything indexed or shown changes."""
        published = self.published.isoformat() if self.published else ""
        updated = [f"updated {self.updated.isoformat()}"] if self.updated else []
        groups = [f"groups {json.dumps(self.groups)}"] if self.groups else []
        stated = self.url or "", self.title, self.text, self.source or "", published
        return fingerprint(*stated, *self.authors, *updated, *groups)


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that could not be read as an article.

    Attributes:
        origin: The file's path.
        line: The line it starts on, from 1; None where the format has no lines.
        reason: One plain sentence for the person who keeps the archive.
        url: The address of the page, where it has a headline and an address but no text.
    """

    origin: str
    line: int | None
    reason: str
    url: str | None = None

    def mentions(self, ids: Set[str]) -> bool:
        """Whether it concerns the page of one of these articles."""
        return bool(ids) and not ids.isdisjoint({url_id(self.url or self.origin), url_id(self.origin)})
