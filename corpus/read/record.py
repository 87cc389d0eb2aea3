"""One article from named fields, under any site's names."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape

from corpus.article import Article, Rejected, instant
from corpus.clean import body, is_wall, one_line
from corpus.pasted import agency_of
from corpus.read.cache import with_key
from corpus.read.decode import repaired
from corpus.read.field_names import (
    authors_of,
    day_of,
    groups_of,
    looked_up,
    plain_name,
    published_day,
    texts_of,
    web_address,
)
from corpus.read.file import File
from corpus.read.unpublished import reason_unpublished
from corpus.read.wordpress import without_shortcodes

LONGEST_SITE = 100  # characters
_MARKUP = re.compile(r"</(?:p|div|li|h\d|a|em|strong)>|<(?:p|br ?/?)>", re.IGNORECASE)
# The end of an excerpt in NewsAPI.
_CUT = re.compile(r" ?\[\+\d{1,7} chars\]\s*$")
_WHOLE_PAGE = re.compile(r"\s*<(?:!doctype|html)\b", re.IGNORECASE)


def read_record(record: Mapping[str, object], file: File, line: int | None = None) -> Article | Rejected:
    """Makes an article of a record, or rejects it with what it lacks.

    Args:
        record: Field names and values, as read.
        file: The file that holds it.
        line: Where in the file the record starts, from 1.
    """
    key = file.cache and file.cache.key_of_record(file, record)
    if not file.cache or not key:
        return _parsed(record, file, line)
    return file.cache.found(key) or with_key(_parsed(record, file, line), key)


def _parsed(record: Mapping[str, object], file: File, line: int | None) -> Article | Rejected:
    fields = {plain_name(name): value for name, value in record.items()}
    fields |= {f"={name}": looked_up(record, other) for name, other in file.fields.items()}
    if reason := reason_unpublished(fields):
        return Rejected(file.origin, line, reason)
    groups = groups_of(fields)
    if groups is None:  # or it would be shown to everyone by mistake
        return Rejected(file.origin, line, "names groups that are no list of names; write them as a list of texts")
    title = next((one_line(unescape(text)) for text in texts_of(fields, "title")), "")
    text = next(texts_of(fields, "text"), "")
    url = next((url for text in texts_of(fields, "url") if (url := web_address(text))), None)
    if not title or not text:
        missing = "text" if title else "title"
        reason = (
            f"has no {missing}: none of the fields {_names(record)} holds one; name the one that does with"
            f" --map {missing}=FIELD"
        )
        return Rejected(file.origin, line, reason, url if title else None)
    text = without_markup(text)
    if is_wall(text, title):
        return Rejected(file.origin, line, "shows an offer to subscribe or a question about cookies, not its article")
    stated, updated = file.stated, day_of(fields, "updated")
    source = next((one_line(text) for text in texts_of(fields, "source") if not web_address(text)), stated.source)
    return make_article(
        title=title,
        text=text,
        url=url or stated.url,
        source=source,
        published=published_day(fields, updated) or stated.published,
        updated=updated,
        authors=authors_of(fields, source) or stated.authors,
        origin=f"{file.origin}:{line}" if line else file.origin,
        groups=groups,
    )


def one_of(rejected: Rejected, entry: str) -> Rejected:
    """The rejection of one entry of a list, with where its text may be read."""
    wrong = f"has {entry} that {rejected.reason}"
    if rejected.url:
        wrong = f"has {entry} that has no text; point byline rebuild at its page: {rejected.url}"
    return replace(rejected, line=None, reason=wrong)


def make_article(
    *,
    title: str,
    text: str,
    url: str | None,
    source: str | None,
    published: date | None,
    authors: tuple[str, ...],
    origin: str,
    updated: date | None = None,
    groups: tuple[str, ...] = (),
) -> Article:
    """Cleans the values; a title repeated at the top of the text is removed from it.

    A page whose text is all furniture keeps its headline as its text.
    """
    title, text = repaired(title), _CUT.sub("", repaired(text))
    opening, _, rest = text.lstrip().partition("\n")
    text_below_title = rest if one_line(opening) == title else text
    story = body(text_below_title)
    source = source or agency_of(story) or agency_of(text_below_title)
    title = without_site(title, source)
    if updated and published and instant(updated) <= instant(published):
        updated = None
    return Article(title, story or title, url, source, published, authors, updated, origin, groups)


def without_site(title: str, source: str | None) -> str:
    """The headline without " | CNN" or " - CNN" at its end, where that is the outlet."""
    if not source or len(source) > LONGEST_SITE:
        return title
    site = rf"(?: \| {re.escape(source)}(?: \w+)?| [\u2013\u2014-] {re.escape(source)})$"
    return re.sub(site, "", title, flags=re.IGNORECASE).strip() or title


def without_markup(text: str) -> str:
    """Plain paragraphs of a text field that holds HTML; other texts without shortcodes."""
    text = without_shortcodes(text)
    if not _MARKUP.search(text):
        return text
    from corpus.read.story import paragraphs, story

    return story(text) if _WHOLE_PAGE.match(text[:1000]) else paragraphs(text)


def _names(record: Mapping[str, object]) -> str:
    """The field names for a message, shortened, as they may be anything."""
    names = [one_line(str(name))[:40] for name in list(record)[:12]]
    return ", ".join(map(repr, names)) or "(none)"
