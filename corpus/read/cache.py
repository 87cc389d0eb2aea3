"""Articles of the generation in use, by what they were read from: what did not change is not parsed again."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256

from corpus.article import Article, Rejected
from corpus.read.file import File

Find = Callable[[str], Article | None]
LENGTH = 32
"""Hexadecimal characters of a key: articles may be written to share a shorter one."""


class ReadCache:
    """Finds what has been read before; empty until a rebuild opens the generation in use.

    A copy in another process gives the same keys and finds nothing.

    Attributes:
        find: The article with a key, if there is one; None where there is nothing to be found.
    """

    def __init__(self) -> None:
        from corpus.read.inputs import readers_state

        self.find: Find | None = None
        self._readers = sha256(repr(readers_state()).encode()).hexdigest()

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"find": None}

    @contextmanager
    def finding(self, find: Find | None) -> Iterator[None]:
        """Inside the `with` block, this finds what was read before."""
        self.find = find
        try:
            yield
        finally:
            self.find = None

    def found(self, key: str) -> Article | None:
        """The article with a key, if it was read before."""
        return self.find(key) if self.find else None

    def key_of_file(self, file: File, data: bytes) -> str:
        """Equal only where the same bytes are read as a whole, with the same readers and options."""
        return self._key("file", file, data)

    def key_of_record(self, file: File, record: Mapping[str, object]) -> str | None:
        """Equal only where the same fields are read with the same readers and options; None where they have no text."""
        fields = {name: sha256(value).digest() if isinstance(value, bytes) else value for name, value in record.items()}
        try:
            text = repr(fields)
        except (ValueError, RecursionError):  # a number of very many digits; lists in lists in lists
            return None
        return self._key("record", file, text.encode("utf-8", "surrogatepass"))

    def _key(self, unit: str, file: File, data: bytes) -> str:
        options = f"{self._readers}{unit}{file.kind}{file.stated}{sorted(file.fields.items())}"
        return sha256(options.encode("utf-8", "surrogatepass") + b"\0" + data).hexdigest()[:LENGTH]


def with_key(article: Article | Rejected, key: str) -> Article | Rejected:
    """The same article with the key it is to be found by."""
    return replace(article, cache_key=key) if isinstance(article, Article) else article
