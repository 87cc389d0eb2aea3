"""A real HTTP server on a thread that serves what a test sets, and misbehaves on request."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from tests.local_server import Quiet, running

Act = Callable[["Request"], None]
"""What the server does with one request."""


class Request(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append(self.path)
        site.headers.append(dict(self.headers))
        act = site.acts.get(self.path)
        if act is None:
            self.send(404, b"not here")
        else:
            act(self)

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.begin(status, **{"content_length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


class _Server(Quiet, HTTPServer):
    site: "Site"


class Site:
    """What it serves by path, and what it was asked for."""

    def __init__(self, acts: Mapping[str, Act]) -> None:
        self.acts = dict(acts)
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.root = ""

    def asked_anew(self) -> list[str]:
        """What was asked for since the last call, robots.txt aside."""
        asked = [path for path in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return asked


@contextmanager
def serving(acts: Mapping[str, Act] | None = None) -> Iterator[Site]:
    """The site, at its `root`, until the block ends."""
    site = Site(acts or {})
    server = _Server(("127.0.0.1", 0), Request)
    server.site = site
    site.root = f"http://127.0.0.1:{server.server_address[1]}"
    with running(server):
        yield site


def says(body: bytes | str, kind: str = "text/html", **headers: str) -> Act:
    """Serves a body. One with an ETag is not sent again to who has it."""
    data = body.encode() if isinstance(body, str) else body

    def act(request: Request) -> None:
        if headers.get("etag") and request.headers.get("if-none-match") == headers["etag"]:
            request.send(304, **headers)
        else:
            request.send(200, data, content_type=kind, **headers)

    return act


def answers(status: int, **headers: str) -> Act:
    return lambda request: request.send(status, b"", **headers)


def in_turn(*acts: Act) -> Act:
    """Each act once, the last one again and again."""
    left = list(acts)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


def endless(request: Request) -> None:
    request.begin(content_type="text/html")
    while True:
        request.wfile.write(b"<p>and so on" * 5000)


def drips(waits: Callable[[], object]) -> Act:
    """A byte at a time."""

    def act(request: Request) -> None:
        request.begin(content_type="text/html")
        while True:
            request.wfile.write(b"<")
            request.wfile.flush()
            waits()

    return act


def bomb(request: Request) -> None:
    """A hundred megabytes of nothing in a hundred kilobytes."""
    request.send(200, gzip.compress(bytes(100 * 2**20)), content_type="text/html", content_encoding="gzip")
