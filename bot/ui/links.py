"""Addresses that a reader may follow."""

from urllib.parse import quote, urlsplit

from bot.answer import Citation
from bot.ui.paragraphs import literal
from corpus.article import Article

WHOLE = 12
"""Words of a quote that a text fragment has all of; of a longer one it has the first and the last."""
ENDS = 5
"""Words at either end of a longer one."""


def web_address(url: str | None) -> str | None:
    """The URL if a reader may follow it: http or https, with a host, and nothing that is not a URL's character."""
    if url is None or not url.isprintable() or " " in url or "\\" in url:  # browsers read a backslash as a slash
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def quote_address(url: str | None, words: str) -> str | None:
    """The address of a page at which a browser scrolls to these words and marks them; None if it may not be followed.

    Source: the URL fragment text directives of the WICG, `#:~:text=start,end`.
    """
    address = web_address(url)
    if address is None or not words.strip():
        return address
    address = address.partition(":~:")[0].removesuffix("#")
    return f"{address}{'' if '#' in address else '#'}:~:text={_directive(words)}"


def link(article: Article, label: str, words: str = "") -> str:
    """A link to where an article was published, at these words of it; the label alone where that is no web address.

    Args:
        article: Which.
        label: HTML.
        words: A quote.
    """
    address = quote_address(article.url, words)
    if address is None:
        return label
    return f'<a class="away" href="{literal(address)}" target="_blank" rel="noopener noreferrer">{label}</a>'


def read_button(article: Article, label: str, words: Citation | None = None) -> str:
    """A button that opens the whole article in the page, at these words of it; js/reader.js does. The label is HTML."""
    place = f' data-start="{words.start}" data-quote="{literal(words.quote)}"' if words else ""
    return f'<button type="button" class="read" data-article="{article.id}"{place}>{label}</button>'


def site(article: Article) -> str:
    """Where an article was published: its outlet, else the host of its address; empty if neither is known."""
    return " ".join((article.source or "").split()) or urlsplit(web_address(article.url) or "").hostname or ""


def _directive(words: str) -> str:
    """Words over a border of paragraphs match only as a range."""
    split = words.split()
    if len(split) <= WHOLE and "\n" not in words.strip():
        return _encoded(split)
    ends = min(ENDS, len(split) // 2) or 1
    first = words.strip().partition("\n")[0].split()[:ends]
    last = words.strip().rpartition("\n")[2].split()[-ends:]
    return f"{_encoded(first)},{_encoded(last)}"


def _encoded(words: list[str]) -> str:
    """In a directive a hyphen has a meaning of its own, as the comma and the ampersand do."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
