"""The articles of the last rebuild, by the bytes that they were read from: what did not change is not parsed again."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from corpus.article import Article, Rejected
from corpus.read.file import File
from corpus.read.inputs import readers_state

Find = Callable[[str], Article | None]
KEY = 32
"""Hexadecimal characters: articles may be written to share a shorter key."""


class ReadCache:
    """Finds what has been read before; empty until a rebuild opens the last generation.

    A copy in another process gives the same keys and finds nothing.

    Attributes:
        find: The article with a key, if there is one; None where there is nothing to be found.
    """

    def __init__(self) -> None:
        self.find: Find | None = None
        self._readers = repr(readers_state())

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"find": None}

    def read(self, file: File, data: bytes, parse: Callable[[], Article | Rejected]) -> Article | Rejected:
        """The article that was read before from these bytes, else what they are parsed to."""
        key = self.key(file, data)
        found = self.find(key) if self.find else None
        return found or keyed(parse(), key)

    def key(self, file: File, data: bytes) -> str:
        """Equal for bytes that give the same article: of a whole file, or of one line."""
        options = f"{self._readers}{file.kind}{file.stated}{sorted(file.fields.items())}"
        return sha256(options.encode("utf-8", "surrogatepass") + b"\0" + data).hexdigest()[:KEY]


def keyed(article: Article | Rejected, key: str) -> Article | Rejected:
    """The same with the key it is to be found by."""
    return replace(article, cache_key=key) if isinstance(article, Article) else article
