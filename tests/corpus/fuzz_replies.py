"""A server whose replies are damaged in every part, and what must hold of whatever comes out."""

import gzip
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.article import Article, Rejected
from corpus.fetch import Limits, fetch
from tests.corpus.test_fetch import feed, page, urlset
from tests.local_server import Quiet, running

HURRIED = Limits(pause=0.0, seconds=2.0, whole_seconds=6.0, longest_pause=0.0, pages=3, sitemaps=3, size=2**20)


class _Handler(socketserver.StreamRequestHandler):
    server: "Babble"

    def handle(self) -> None:
        while self.rfile.readline().strip():
            pass
        self.wfile.write(self.server.reply)


class Babble(Quiet, socketserver.TCPServer):
    """Sends the same bytes for every request: robots.txt, listings and pages."""

    reply = b""

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def sound(self) -> dict[str, bytes]:
        """Whole replies of each kind, by name."""
        ferry = f"{self.root}/ferry"
        packed = gzip.compress(page("Ferry").encode())
        sitemaps = f"<sitemapindex><sitemap><loc>{self.root}/map</loc></sitemap></sitemapindex>".encode()
        return {
            "page": _reply(page("Ferry", head=f"<link rel='canonical' href='{ferry}'>").encode()),
            "packed page": _reply(packed, "Content-Encoding: gzip\r\n"),
            "feed": _reply(feed(("Ferry", ferry), ("Pier", f"{self.root}/pier")).encode()),
            "json": _reply(f'{{"items": [{{"title": "F", "content_text": "It sails.", "url": "{ferry}"}}]}}'.encode()),
            "sitemap": _reply(urlset((ferry, "2022-05-16")).encode()),
            "sitemaps": _reply(sitemaps, "Content-Type: text/xml; charset=utf-8\r\n"),
            "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n",
            "redirection": f"HTTP/1.1 302 Found\r\nLocation: {ferry}\r\nContent-Length: 0\r\n\r\n".encode(),
            "rules": _reply(b"User-agent: *\nDisallow: /x*\nCrawl-delay: 0\nSitemap: /map\n"),
            "later": b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
        }


def _reply(body: bytes, headers: str = "") -> bytes:
    head = f'HTTP/1.1 200 OK\r\nConnection: close\r\nETag: "a"\r\n{headers}Content-Length: {len(body)}\r\n\r\n'
    return head.encode() + body


@contextmanager
def babbling() -> Iterator[Babble]:
    """The server, until the block ends."""
    server = Babble(("127.0.0.1", 0), _Handler)
    with running(server):
        yield server


def check(server: Babble, reply: bytes) -> list[Article | Rejected]:
    """Fetches, and holds what comes out to what fetching promises."""
    server.reply = reply
    found = list(fetch([f"{server.root}/ferry"], allow_private=True, limits=HURRIED))
    for one in found:
        if isinstance(one, Rejected):
            assert one.reason.isprintable(), one
            assert one.origin.isprintable(), one
            assert len(one.reason) < 2000
        else:
            assert one.title.strip()
            assert one.text.strip()
            assert one.digest
    return found
