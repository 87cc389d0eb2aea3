"""What a server replies, as far as it may reply."""

import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import time

import httpx

from corpus.article import instant
from corpus.read.file import Unreadable

GONE = 410
# Too many requests, and what a server says that is out of order for now.
PASSING = {408, 425, 429, 500, 502, 503, 504}
REASONS = {
    401: "may not be read without a password",
    403: "may not be read",
    404: "is not there",
    GONE: "is there no longer",
    429: "is not to be had for now: too many were asked for",
}


class Unfetched(Unreadable):
    """Something could not be fetched; says why, as the end of "it ...".

    Attributes:
        status: What the server replied; None if it did not.
        passing: Whether it may go better the next time.
    """

    def __init__(self, reason: str, *, status: int | None = None, passing: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave along with a document, by which it tells whether there is a newer one."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """To ask for a newer one only."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in stated.items() if value}


NONE = Validators()


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of a server.

    Attributes:
        status: Its number.
        headers: What it says of itself.
        data: Its body, unpacked; empty unless the status is 200.
        onward: Where it leads, if it is a redirection.
    """

    status: int
    headers: httpx.Headers
    data: bytes
    onward: str | None = None

    @property
    def validators(self) -> Validators:
        """For the next time."""
        return Validators(self.headers.get("ETag"), self.headers.get("Last-Modified"))

    @property
    def retry_after(self) -> float | None:
        """Seconds after which to ask again; None if it does not say."""
        stated = self.headers.get("Retry-After", "").strip()
        if stated.isascii() and stated.isdigit():
            return float(stated)
        try:
            return max(0.0, instant(parsedate_to_datetime(stated)).timestamp() - time())
        except (ValueError, TypeError, OverflowError):
            return None

    def fault(self) -> Unfetched:
        """Why there is no document in it."""
        told = REASONS.get(self.status, "is answered with an error")
        return Unfetched(f"{told} ({self.status})", status=self.status, passing=self.status in PASSING)


async def read_reply(response: httpx.Response, most: int) -> Reply:
    """Reads a reply that is being received.

    Args:
        response: The reply.
        most: Bytes that its body may have, packed or unpacked.

    Raises:
        Unfetched: There are more, or they are packed in an unknown way.
    """
    onward = str(response.next_request.url) if response.next_request else None
    data = b"".join([part async for part in _body(response, most)]) if response.status_code == httpx.codes.OK else b""
    return Reply(response.status_code, response.headers, data, onward)


async def _body(response: httpx.Response, most: int) -> AsyncIterator[bytes]:
    """Unpacked here: httpx unpacks what it is sent at once, however much comes out."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise Unfetched(f"is packed as {packing[:20]!r}, which was not asked for")
    unpack = None if packing == "identity" else zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    size = 0
    async for data in response.aiter_raw():
        try:
            part = unpack.decompress(data, most + 1 - size) if unpack else data
        except zlib.error as error:
            raise Unfetched(f"is packed in a broken way: {error}") from error
        size += len(part)
        if size > most:
            raise Unfetched(f"is larger than {most / 2**20:,.0f} MB")
        yield part
    if unpack and not unpack.eof:
        raise Unfetched("breaks off", passing=True)
