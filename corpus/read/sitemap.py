"""Sitemaps: the addresses of a site's pages, with a news sitemap's metadata of each."""

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from lxml import etree

from corpus.clean import one_line
from corpus.dates import stated_date
from corpus.read.field_names import web_address
from corpus.read.file import Stated


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site.

    Attributes:
        stated: Its address, and the sitemap's metadata of its article.
        modified: When it was last changed.
    """

    stated: Stated
    modified: date | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The entries of a sitemap: pages, or other sitemaps."""

    pages: tuple[Page, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(data: bytes) -> Sitemap | None:
    """The entries of a sitemap, up to where its XML breaks; None if this is none."""
    pages, sitemaps, is_sitemap = [], [], False
    parser = etree.iterparse(BytesIO(data), events=("end",), resolve_entities=False, no_network=True, recover=True)
    try:
        for _, element in parser:
            kind = _local(element)
            is_sitemap = is_sitemap or kind in {"urlset", "sitemapindex", "url", "sitemap"}
            if kind not in {"url", "sitemap"}:
                continue
            stated = {_local(part): one_line(part.text or "") for part in element.iter() if isinstance(part.tag, str)}
            if address := web_address(stated.get("loc", "")):
                if kind == "url":
                    pages.append(_page(address, stated))
                else:
                    sitemaps.append(address)
            element.clear()
    except etree.LxmlError:
        pass
    return Sitemap(tuple(pages), tuple(sitemaps)) if is_sitemap else None


def _page(address: str, stated: dict[str, str]) -> Page:
    published = stated_date(stated.get("publication_date"))
    return Page(Stated(address, stated.get("name") or None, published), stated_date(stated.get("lastmod")))


def _local(element: "etree._Element") -> str:
    """The tag's name without its namespace; empty for a comment."""
    return re.split("[}:]", element.tag)[-1].lower() if isinstance(element.tag, str) else ""
