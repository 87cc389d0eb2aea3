"""Where an index is: in a folder, or at a URL with folders for its copies on this machine."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_OPTIONS = "?#"


def is_url(text: str) -> bool:
    """Whether the place of an index is written as a URL."""
    return bool(_URL.match(text))


@dataclass(frozen=True, slots=True)
class Origin:
    """An index at a URL.

    Attributes:
        url: Its address, without a slash at the end.
        cache: The folder that the copies of all URLs are in.
    """

    url: str
    cache: Path

    @classmethod
    def at(cls, url: str, cache: Path) -> "Origin":
        """The index at a URL.

        Raises:
            ValueError: The URL cannot be one of an index; the message says how to write it.
        """
        parts = urlsplit(url)
        if parts.password or any(sign in url for sign in _OPTIONS) or not url.isprintable():
            raise ValueError(
                "leave passwords, ?query and #fragment out of the URL; stores read credentials from the environment"
            )
        if not (parts.netloc or parts.path.strip("/")):
            raise ValueError("name a bucket or a folder, like s3://bucket/byline")
        return cls(url.rstrip("/"), cache.absolute())

    @property
    def copy(self) -> Path:
        """The folder that readers open: published generations only."""
        return self.cache / self._name

    @property
    def workshop(self) -> Path:
        """The folder that a publisher builds in."""
        return self.cache / f"{self._name}.build"

    @property
    def _name(self) -> str:
        """Readable, and another one for each URL."""
        readable = re.sub(r"[^A-Za-z0-9]+", "-", self.url)[:60].strip("-")
        return f"{readable}-{sha256(self.url.encode()).hexdigest()[:8]}"


Place = Path | Origin
"""Where an index is."""


def shown(place: Place) -> str:
    """A place as it is written."""
    return place.url if isinstance(place, Origin) else str(place)
