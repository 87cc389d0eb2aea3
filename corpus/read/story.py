"""The story in a piece of HTML, extracted by trafilatura, and HTML as plain paragraphs."""

import logging
import re
from configparser import ConfigParser
from copy import deepcopy
from functools import cache

import lxml.etree
import lxml.html
import trafilatura  # noqa: TID253 (this module is itself imported only for a page)
from trafilatura.settings import DEFAULT_CONFIG  # noqa: TID253

from corpus.read.file import Unreadable

# The longest live blogs have a fifth of it. Beyond it, extraction takes minutes.
MOST_TAGS = 100_000
# With its default minimum length trafilatura takes the whole page, menus included, for a short article; with a far
# smaller one, a single post of a live blog for all of it.
BRIEF, USUAL = 20, 250
# Extraction is retried where it kept less of the story's paragraphs; paragraphs longer than this are no menu.
ENOUGH_KEPT, SENTENCE = 0.6, 40
_PARAGRAPHS = (
    "(//main | //article[not(ancestor::main)])//p"
    "[not(ancestor::footer or ancestor::aside or ancestor::nav or ancestor::figure or ancestor::form)]"
)
_BLOCK_END = re.compile(r"(?=</(?:p|div|li|h\d|blockquote|tr)>)|(?=<br ?/?>)", re.IGNORECASE)


def paragraphs(markup: str) -> str:
    """The words of a piece of HTML, one block a paragraph."""
    tree = _tree(_BLOCK_END.sub("\n\n", markup))
    return "" if tree is None else str(tree.text_content())


def story(markup: str) -> str:
    """The article in a piece of HTML, or all of its text where none is found."""
    tree = page_tree(markup)
    extracted = "" if tree is None else extracted_story(markup, tree)
    return extracted.replace("\n", "\n\n") or paragraphs(markup)


def page_tree(page: str) -> lxml.html.HtmlElement | None:
    """The page as trafilatura parses it, so that it is parsed once; its own parser repairs more than lxml's."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # our own messages report what is missing
    try:
        tree = trafilatura.load_html(page)
    except (lxml.etree.LxmlError, ValueError, TypeError, AssertionError):
        tree = None
    return _tree(page) if tree is None else tree


def _tree(page: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def extracted_story(page: str, tree: lxml.html.HtmlElement) -> str:
    """What trafilatura extracts; where that omits much, as of a live blog, what it extracts with looser settings."""
    if page.count("<") > MOST_TAGS:
        raise Unreadable(f"has more than {MOST_TAGS:,} tags, as no article has")
    found = trafilatura.extract(tree, include_comments=False, config=_settings(BRIEF)) or ""
    shown_paragraphs = {
        words for part in tree.xpath(_PARAGRAPHS) if len(words := _letters(part.text_content())) > SENTENCE
    }
    if not found or _share(found, shown_paragraphs) >= ENOUGH_KEPT:
        return found
    more = trafilatura.extract(tree, include_comments=False, config=_settings(USUAL)) or ""
    return more if _share(more, shown_paragraphs) > _share(found, shown_paragraphs) else found


def _share(text: str, shown_paragraphs: set[str]) -> float:
    """The share of the letters of a page's paragraphs that are in a text; all if the page has none."""
    kept = shown_paragraphs & set(map(_letters, text.split("\n")))
    return sum(map(len, kept)) / sum(map(len, shown_paragraphs)) if shown_paragraphs else 1.0


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


@cache
def _settings(least: int) -> ConfigParser:
    """With less text than so many characters, trafilatura takes more of the page."""
    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    return settings
