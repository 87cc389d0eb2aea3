"""One article out of named fields, whatever a site calls them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from html import unescape
from itertools import chain

from corpus.article import Article, Rejected, instant
from corpus.authors import people
from corpus.clean import body, characters, is_wall, one_line
from corpus.dates import stated_date
from corpus.pasted import agency_of
from corpus.read.decode import repaired
from corpus.read.file import File
from corpus.read.unpublished import reason_unpublished
from corpus.read.wordpress import without_shortcodes

# Names as fields are called in feeds, exports, front matter, schema.org and OpenGraph: the first that holds
# something usable wins. Compared in lower case, letters and digits only.
FIELDS = {
    "title": "headline title webtitle articletitle posttitle ogtitle name",
    "text": "text body content articlebody bodytext maintext fulltext articletext postcontent article story"
    " contenthtml contenttext bodynitf plaintext html",
    "url": "url link canonicalurl canonical weburl articleurl originalurl sourceurl permalink ogurl"
    " mainentityofpage links id",
    "published": "published publishedat datepublished publishedtime articlepublishedtime publicationdate publisheddate"
    " publishdate pubdate webpublicationdate publishedon postdate date datetime datecreated created createdat timestamp"
    " parselypubdate dcdateissued dctermsissued dcdate dctermscreated sailthrudate firstcreated versioncreated",
    "updated": "updated updatedat datemodified dateupdated modified modifiedat modifiedtime articlemodifiedtime"
    " ogupdatedtime lastmodified updatedtime updateddate versioncreated",
    "source": "source outlet publisher publication sitename ogsitename site newspaper sourcename provider",
    "authors": "authors author byline bylines byl creator dccreator writer writers articleauthor",
}
LONGEST_SITE = 100  # characters
LONGEST_PLACE = 10  # digits of a place in a list
FARTHEST_ZONE = timedelta(hours=14)
NAME_KEYS = ("name", "fullName", "full_name", "displayName", "display_name", "by", "byline")
_ABSENT = {"", "null", "none", "nan", "n/a", "undefined"}
_MARKUP = re.compile(r"</(?:p|div|li|h\d|a|em|strong)>|<(?:p|br ?/?)>", re.IGNORECASE)
# How NewsAPI ends the start of a text.
_CUT = re.compile(r" ?\[\+\d{1,7} chars\]\s*$")
_SAYS_PUBLISHED = re.compile(r"publi|pubdate|firstcreated")
_WHOLE_PAGE = re.compile(r"\s*<(?:!doctype|html)\b", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)


def read_record(record: Mapping[str, object], file: File, line: int | None = None) -> Article | Rejected:
    """Makes an article of a record, or says what it lacks.

    Args:
        record: Field names and values, as they came.
        file: Where it stands.
        line: Where in the file the record starts, from 1.
    """
    fields = {_plain_name(name): value for name, value in record.items()}
    fields |= {f"={name}": _looked_up(record, other) for name, other in file.fields.items()}
    if reason := reason_unpublished(fields):
        return Rejected(file.origin, line, reason)
    title = next((one_line(unescape(text)) for text in _texts(fields, "title")), "")
    text = next(_texts(fields, "text"), "")
    url = next((url for text in _texts(fields, "url") if (url := web_address(text))), None)
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
    stated, updated = file.stated, _day(fields, "updated")
    source = next((one_line(text) for text in _texts(fields, "source") if not web_address(text)), stated.source)
    return make_article(
        title=title,
        text=text,
        url=url or stated.url,
        source=source,
        published=_published(fields, updated) or stated.published,
        updated=updated,
        authors=_authors(fields, source) or stated.authors,
        origin=f"{file.origin}:{line}" if line else file.origin,
    )


def one_of(rejected: Rejected, entry: str) -> Rejected:
    """What is wrong with one entry of a list, and where its text may be read."""
    wrong = f"has {entry} that {rejected.reason}"
    if rejected.url:
        wrong = f"has {entry} that has no text; point byline rebuild at its page: {rejected.url}"
    return replace(rejected, line=None, reason=wrong)


def _plain_name(name: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(name).lower())


def _looked_up(record: Mapping[str, object], name: str) -> object:
    """The value under a name of the corpus's own; "a.b" is b within a, where no field is called that."""
    exact = next((value for other, value in record.items() if _plain_name(other) == _plain_name(name)), None)
    if exact is not None or "." not in name:
        return exact
    outer, _, inner = name.partition(".")
    return _within(record.get(outer), inner)


def _within(value: object, name: str) -> object:
    """The value that a path leads to; into a list by a number from 0, or else to what all its entries have."""
    if isinstance(value, Mapping):
        return _looked_up(value, name)
    if not isinstance(value, list):
        return None
    outer, _, inner = name.partition(".")
    if outer.isdecimal():
        entry = value[int(outer)] if len(outer) < LONGEST_PLACE and int(outer) < len(value) else None
        return _within(entry, inner) if inner else entry
    found = [one for entry in value if (one := _within(entry, name)) is not None]
    return found[0] if len(found) == 1 else found or None


def _day(fields: Mapping[str, object], name: str) -> date | None:
    """The first of a field's values that is a date."""
    return next(_days(fields, name), None)


def _days(fields: Mapping[str, object], name: str) -> Iterator[date]:
    for alias in (f"={name}", *FIELDS[name].split()):
        if day := stated_date(_unpacked(fields.get(alias))):
            yield _in_zone(day, stated_date(fields.get(f"{alias}gmt")))


def _published(fields: Mapping[str, object], updated: date | None) -> date | None:
    """The first date; where that is the moment of the last change, an earlier one that is stated too."""
    first = _day(fields, "published")
    if not first or not updated or instant(first) != instant(updated):
        return first
    named = {name: value for name, value in fields.items() if _SAYS_PUBLISHED.search(name)}
    return next((day for day in _days(named, "published") if instant(day) < instant(first)), first)


def _in_zone(local: date, utc: date | None) -> date:
    """WordPress states a moment twice, in local time and in UTC: what lies between them is the zone."""
    if not isinstance(local, datetime) or not isinstance(utc, datetime) or local.tzinfo:
        return local
    offset = local.replace(tzinfo=UTC) - instant(utc)
    return local.replace(tzinfo=timezone(offset)) if abs(offset) <= FARTHEST_ZONE else local


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
) -> Article:
    """Cleans what was found; a title that is said again atop the text goes from there.

    A page whose text is all furniture is still known by its headline, which then is its text.
    """
    title, text = repaired(title), _CUT.sub("", repaired(text))
    opening, _, rest = text.lstrip().partition("\n")
    told = rest if one_line(opening) == title else text
    story = body(told)
    source = source or agency_of(story) or agency_of(told)
    title = without_site(title, source)
    if updated and published and instant(updated) <= instant(published):
        updated = None
    return Article(title, story or title, url, source, published, authors, updated, origin)


def web_address(text: str) -> str | None:
    """The URL letter for letter, without what encloses it; None for other schemes (javascript:, data:)."""
    address = text.strip().removeprefix("<").removesuffix(">").strip()
    return address if _WEB_ADDRESS.fullmatch(address) and address.isprintable() else None


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
    from corpus.read.html import paragraphs, story

    return story(text) if _WHOLE_PAGE.match(text[:1000]) else paragraphs(text)


def _values(fields: Mapping[str, object], name: str) -> Iterator[object]:
    """The values under all the names of a field, with {"name": ...}, {"@id": ...} and their like unpacked."""
    for alias in (f"={name}", *FIELDS[name].split()):
        value = _unpacked(fields.get(alias))
        if value is not None:
            yield value


def _unpacked(value: object) -> object:
    """The value inside an object that holds it; what an export of MongoDB calls a date is one deeper."""
    while isinstance(value, Mapping):
        held = ("rendered", "name", "@id", "url", "$date", "$numberLong")
        value = next((value[key] for key in held if key in value), None)
    return value


def _texts(fields: Mapping[str, object], name: str) -> Iterator[str]:
    for value in _values(fields, name):
        if isinstance(value, list) and name == "url":
            value = _link(value)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and characters(value).strip().lower() not in _ABSENT:
            yield value


def _link(links: list[object]) -> object:
    """The address among an article's links: its canonical one, else the first that is no other form of it."""
    told = [link for link in links if isinstance(link, Mapping) and link.get("href")]
    canonical = [link["href"] for link in told if link.get("rel") == "canonical"]
    first = [link["href"] for link in told if link.get("rel") in {None, "", "alternate"}]
    return next(iter(canonical + first), None)


def _authors(fields: Mapping[str, object], outlet: str | None) -> tuple[str, ...]:
    for value in _values(fields, "authors"):
        entries = value if isinstance(value, list) else [value]
        named = chain.from_iterable(_named(entry) for entry in entries)
        if kept := people((name for name in named if not web_address(name)), outlet):
            return kept
    return ()


def _named(entry: object) -> Iterator[str]:
    """The names in an object that describes a person; an organization is none."""
    if isinstance(entry, Mapping):
        kind = str(entry.get("@type"))[:100]
        if "Organization" in kind and "Person" not in kind:
            return
        entry = next((entry[key] for key in NAME_KEYS if isinstance(entry.get(key), str | list)), None)
    yield from (name for name in (entry if isinstance(entry, list) else [entry]) if isinstance(name, str))


def _names(record: Mapping[str, object]) -> str:
    """The field names, for a message: shortened, as they may be anything."""
    names = [one_line(str(name))[:40] for name in list(record)[:12]]
    return ", ".join(map(repr, names)) or "(none)"
