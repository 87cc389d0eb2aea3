"""Feeds, sitemaps and pages by their address.

    from corpus.fetch import fetch
    for article in fetch(["https://news.example/feed.xml"], Path("byline-index/fetched.sqlite")): ...

No server reply can raise: what cannot be fetched becomes a `Rejected` with the reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import closing
from functools import partial
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.fetch.addresses import checked_address, is_address
from corpus.fetch.client import Client, Limits
from corpus.fetch.fetched_pages import FILE, Kept
from corpus.fetch.source import Source

__all__ = ["FILE", "Limits", "fetch", "is_address"]


def fetch(
    addresses: Iterable[str],
    kept: Path | None = None,
    *,
    ask: bool = True,
    lasting: bool = True,
    anew: bool = False,
    allow_private: bool = False,
    fields: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    contact: str | None = None,
    barred: Set[str] = frozenset(),
) -> Iterator[Article | Rejected]:
    """The articles at these addresses now, and those fetched from them before: a feed forgets, an archive does not.

    Args:
        addresses: Of feeds, sitemaps, or pages.
        kept: The file of fetched pages; None to keep nothing.
        ask: Whether to send requests, or to return only what was kept.
        lasting: Whether to write that file, or only to read it.
        anew: Whether to read unchanged pages again.
        allow_private: Whether these addresses, but not those they link to, may be in the private network.
        fields: The corpus's own names for fields, by the names of `Article`.
        limits: How much to fetch, and how fast.
        contact: A mail or web address that servers can turn to.
        barred: The ids of articles of which nothing is kept.

    Raises:
        ReadError: An address is invalid, or the file cannot be used.
    """
    named = [checked_address(address) for address in addresses]
    if not named:
        return iter(())
    opened = partial(Kept.at, kept, barred, lasting=lasting)
    if not ask:
        return _kept_of(named, opened)
    client = Client(limits or Limits(), named if allow_private else (), contact)
    return _fetch_all(named, client, opened, fields or {}, anew)


def _kept_of(addresses: list[str], opened: Callable[[], Kept]) -> Iterator[Article | Rejected]:
    with closing(opened()) as kept:
        for address in addresses:
            yield from kept.rejected(address, address)
            yield from (article for _, article in kept.articles(address))


def _fetch_all(
    addresses: list[str], client: Client, opened: Callable[[], Kept], fields: Mapping[str, str], anew: bool
) -> Iterator[Article | Rejected]:
    with closing(opened()) as kept, client:
        for address in addresses:
            yield from Source(address, client, kept, fields, anew, client.limits.pages).read()
