"""A server's reply, within the limits for one."""

import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import time

import httpx

from corpus.article import instant
from corpus.read.file import Unreadable

GONE = 410
# Statuses that may pass: too many requests, and errors of the server.
PASSING = {408, 425, 429, 500, 502, 503, 504}
REASONS = {
    401: "may not be read without a password",
    403: "may not be read",
    404: "is not there",
    GONE: "is there no longer",
    429: "is not available for now: too many requests were made",
}


class Unfetched(Unreadable):
    """An address could not be fetched; the message is the end of "it ...".

    Attributes:
        status: The HTTP status; None without a reply.
        passing: Whether a later attempt may succeed.
    """

    def __init__(self, reason: str, *, status: int | None = None, passing: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Validators:
    """The ETag and date that came with a document, for conditional requests."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in stated.items() if value}


NONE = Validators()


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of a server.

    Attributes:
        status: The HTTP status.
        headers: The HTTP headers.
        data: The body, decompressed; empty unless the status is 200.
        onward: The target of a redirection.
    """

    status: int
    headers: httpx.Headers
    data: bytes
    onward: str | None = None

    @property
    def validators(self) -> Validators:
        """For the next request."""
        return Validators(self.headers.get("ETag"), self.headers.get("Last-Modified"))

    @property
    def retry_after(self) -> float | None:
        """Seconds after which to retry; None if the server does not say."""
        stated = self.headers.get("Retry-After", "").strip()
        if stated.isascii() and stated.isdigit():
            return float(stated)
        try:
            return max(0.0, instant(parsedate_to_datetime(stated)).timestamp() - time())
        except (ValueError, TypeError, OverflowError):
            return None

    def fault(self) -> Unfetched:
        """Why the reply holds no document."""
        reason = REASONS.get(self.status, "is answered with an error")
        return Unfetched(f"{reason} ({self.status})", status=self.status, passing=self.status in PASSING)


async def read_reply(response: httpx.Response, most: int) -> Reply:
    """Reads a streamed reply.

    Args:
        response: The reply.
        most: The most bytes that its body may have, compressed or not.

    Raises:
        Unfetched: It has more, or an unknown compression.
    """
    onward = str(response.next_request.url) if response.next_request else None
    data = b"".join([part async for part in _body(response, most)]) if response.status_code == httpx.codes.OK else b""
    return Reply(response.status_code, response.headers, data, onward)


async def _body(response: httpx.Response, most: int) -> AsyncIterator[bytes]:
    """Decompresses here: httpx decompresses each chunk at once, without a limit."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise Unfetched(f"is compressed as {packing[:20]!r}, which was not asked for")
    unpack = None if packing == "identity" else zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    size = 0
    async for data in response.aiter_raw():
        try:
            part = unpack.decompress(data, most + 1 - size) if unpack else data
        except zlib.error as error:
            raise Unfetched(f"has a damaged compression: {error}") from error
        size += len(part)
        if size > most:
            raise Unfetched(f"is larger than {most / 2**20:,.0f} MB")
        yield part
    if unpack and not unpack.eof:
        raise Unfetched("breaks off", passing=True)
