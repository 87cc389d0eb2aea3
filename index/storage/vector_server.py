"""Asking a Chroma server: with a token, time limits and some patience, and with its errors in our words."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from corpus.errors import BylineError, IndexDamaged, IndexUnreachable
from index.storage.checksums import ADVICE

T = TypeVar("T")

ATTEMPTS = 3
"""Where a connection breaks: reading again, or putting again what may be there already, does no harm."""
OLDEST = 1
"""The oldest version of the server that is understood."""

_TOKEN = "set BYLINE_CHROMA_TOKEN to one that the server takes"
_ADDRESS = "correct BYLINE_CHROMA_URL"
_NOT_CHROMAS = ("its reply is none of Chroma's", f"look into the server's log, or {_ADDRESS}")
_FAILURES = {
    "TimeoutException": ("it took too long", "raise BYLINE_CHROMA_SECONDS, or look into the server's log"),
    "TransportError": ("it cannot be reached", f"start it, or {_ADDRESS}"),
    "AuthorizationError": ("it refused the token", _TOKEN),
    "ChromaAuthError": ("it refused the token", _TOKEN),
    "RateLimitError": ("it has too many requests", "wait, or ask for a higher limit"),
    "VersionMismatchError": ("it has another version", f"install Chroma {OLDEST} or later there"),
    "ChromaError": ("it failed: {words}", "look into the server's log"),
    "HTTPError": _NOT_CHROMAS,
    "ValueError": _NOT_CHROMAS,
    "KeyError": _NOT_CHROMAS,
    "TypeError": _NOT_CHROMAS,
}
"""By the name of an exception, or of what it is a kind of or came from; the first in this order counts."""


@dataclass(frozen=True, slots=True)
class VectorServer:
    """A Chroma server.

    Attributes:
        url: Its address, as http://127.0.0.1:8000.
        token: What it, or the proxy before it, wants to see; None for nothing.
        tenant: Whose database.
        database: Which one; it must be there.
        seconds: How long a request may take.
    """

    url: str
    token: str | None = field(default=None, repr=False)
    tenant: str = "default_tenant"
    database: str = "default_database"
    seconds: float = 30.0

    @property
    def place(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc

    @property
    def headers(self) -> dict[str, str]:
        """What carries the token: Chroma Cloud reads the one, proxies the other."""
        return {"X-Chroma-Token": self.token, "Authorization": f"Bearer {self.token}"} if self.token else {}


def connected(server: VectorServer) -> Any:
    """A client whose requests have a time limit.

    Raises:
        IndexUnreachable: The server is down, too slow, of another version, or refuses.
    """
    import chromadb
    from chromadb.config import Settings

    _check(server)
    with explained(server, "the database"):
        client: Any = chromadb.HttpClient(
            server.url,
            headers=server.headers,
            settings=Settings(anonymized_telemetry=False),
            tenant=server.tenant,
            database=server.database,
        )
    client._server._session.timeout = server.seconds  # Chroma's own is none, and has no setting
    return client


def disconnect(client: Any) -> None:
    """Closes a client and its sockets, which Chroma leaves open."""
    for asking in (client, client._admin_client):  # each has connections of its own
        asking._server._session.close()
    client.close()


def _check(server: VectorServer) -> None:
    """Whether a server of a version that is understood answers, takes the token, and has the database."""
    import httpx

    database = f"tenants/{quote(server.tenant)}/databases/{quote(server.database)}"
    with (
        explained(server, "the database"),
        httpx.Client(base_url=f"{server.url}/api/v2/", headers=server.headers, timeout=server.seconds) as client,
    ):
        version = patiently(lambda: client.get("version"))
        _check_token(server, version.status_code)
        stated = re.match(r'"(\d+)\.[\w.+-]{1,30}"', version.text) if version.is_success else None
        if not stated:
            raise _refused(server, f"what answers there is no Chroma of version {OLDEST} or later", _ADDRESS)
        if int(stated[1]) < OLDEST:
            raise _refused(server, f"it has version {stated[0]}", f"install Chroma {OLDEST} or later there")
        found = patiently(lambda: client.get(database))
    _check_token(server, found.status_code)
    if not found.is_success:
        lacks = f"it lacks the database {server.database!r} of the tenant {server.tenant!r}"
        raise _refused(server, lacks, "make it there, or correct BYLINE_CHROMA_TENANT and BYLINE_CHROMA_DATABASE")


def _check_token(server: VectorServer, status: int) -> None:
    if status in {401, 403}:
        raise _refused(server, f"it refused the token ({status})", _TOKEN)


def patiently(call: Callable[[], T]) -> T:
    """What a call returns, after several attempts where the connection breaks; a timeout is not waited for again."""
    from httpx import TimeoutException, TransportError
    from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

    retrying = Retrying(
        retry=retry_if_exception(
            lambda error: isinstance(error, TransportError) and not isinstance(error, TimeoutException)
        ),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(0.2),
        reraise=True,
    )
    return retrying(call)


@contextmanager
def explained(server: VectorServer, what: str) -> Iterator[None]:
    """The errors of Chroma and of the network in our words.

    Args:
        server: Which is asked.
        what: What for; if it is not there, the index is damaged.
    """
    from chromadb.errors import NotFoundError

    try:
        yield
    except BylineError:
        raise
    except NotFoundError as error:
        raise IndexDamaged(f"the Chroma server at {server.place} lacks {what}; {ADVICE}") from error
    except Exception as error:
        called = {kind.__name__ for one in (error, error.__context__) for kind in type(one).__mro__}
        known_as = next((name for name in _FAILURES if name in called), None)
        if not known_as and type(error) is not Exception:  # as which Chroma's client raises what it cannot read
            raise
        reason, advice = _FAILURES[known_as] if known_as else _NOT_CHROMAS
        words = " ".join(str(error).split())[:200].replace(server.token or "\0", "***")
        raise _refused(server, reason.format(words=words), advice) from None


def _refused(server: VectorServer, reason: str, advice: str) -> IndexUnreachable:
    return IndexUnreachable(f"the Chroma server at {server.place} cannot be used: {reason}; {advice}")
