"""The values of a record's fields, under the names that sites use for them."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import chain

from corpus.article import instant
from corpus.authors import people
from corpus.clean import characters
from corpus.dates import stated_date

# Field names of feeds, exports, front matter, schema.org and OpenGraph: the first with a usable value
# wins. Compared in lower case, letters and digits only.
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
    " ogupdatedtime lastmodified lastmod lastmodifiedat updatedtime updateddate versioncreated",
    "source": "source outlet publisher publication sitename ogsitename site newspaper sourcename provider",
    "groups": "groups",
    "authors": "authors author byline bylines byl creator dccreator writer writers articleauthor",
}
LONGEST_PLACE = 10  # digits of a place in a list
FARTHEST_ZONE = timedelta(hours=14)
NAME_KEYS = ("name", "fullName", "full_name", "displayName", "display_name", "by", "byline")
_ABSENT = {"", "null", "none", "nan", "n/a", "undefined"}
_SAYS_PUBLISHED = re.compile(r"publi|pubdate|firstcreated")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)


def plain_name(name: object) -> str:
    """A name as in the table: in lower case, letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", str(name).lower())


def looked_up(record: Mapping[str, object], name: str) -> object:
    """The value under one of the corpus's own names; "a.b" is b within a, unless a field has that very name."""
    exact = next((value for other, value in record.items() if plain_name(other) == plain_name(name)), None)
    if exact is not None or "." not in name:
        return exact
    outer, _, inner = name.partition(".")
    return _within(record.get(outer), inner)


def _within(value: object, name: str) -> object:
    """The value at a path: a number from 0 indexes a list, a name applies to all its entries."""
    if isinstance(value, Mapping):
        return looked_up(value, name)
    if not isinstance(value, list):
        return None
    outer, _, inner = name.partition(".")
    if outer.isdecimal():
        entry = value[int(outer)] if len(outer) < LONGEST_PLACE and int(outer) < len(value) else None
        return _within(entry, inner) if inner else entry
    found = [one for entry in value if (one := _within(entry, name)) is not None]
    return found[0] if len(found) == 1 else found or None


def texts_of(fields: Mapping[str, object], name: str) -> Iterator[str]:
    """The texts under a field's names, in order; all of a list of paragraphs, the address of links."""
    for value in _values(fields, name):
        if isinstance(value, list) and name == "url":
            value = _link(value)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and characters(value).strip().lower() not in _ABSENT:
            yield value


def day_of(fields: Mapping[str, object], name: str) -> date | None:
    """The first of a field's values that is a date."""
    return next(_days(fields, name), None)


def published_day(fields: Mapping[str, object], updated: date | None) -> date | None:
    """The first date; if that is the moment of the last change, an earlier stated one instead."""
    first = day_of(fields, "published")
    if not first or not updated or instant(first) != instant(updated):
        return first
    named = {name: value for name, value in fields.items() if _SAYS_PUBLISHED.search(name)}
    return next((day for day in _days(named, "published") if instant(day) < instant(first)), first)


def authors_of(fields: Mapping[str, object], outlet: str | None) -> tuple[str, ...]:
    """The people in the first usable byline."""
    for value in _values(fields, "authors"):
        entries = value if isinstance(value, list) else [value]
        named = chain.from_iterable(_named(entry) for entry in entries)
        if kept := people((name for name in named if not web_address(name)), outlet):
            return kept
    return ()


def groups_of(fields: Mapping[str, object]) -> tuple[str, ...] | None:
    """The groups that may read an article; empty for everyone, None where the value is invalid."""
    for alias in ("=groups", *FIELDS["groups"].split()):
        names = _group_names(fields.get(alias))
        if names != ():
            return names
    return ()


def web_address(text: str) -> str | None:
    """The URL letter for letter, without quotes or brackets; None for other schemes (javascript:, data:)."""
    address = text.strip().removeprefix("<").removesuffix(">").strip()
    return address if _WEB_ADDRESS.fullmatch(address) and address.isprintable() else None


def _group_names(stated: object) -> tuple[str, ...] | None:
    """A list of names, also as JSON or as text separated by commas or semicolons."""
    if stated is None or (isinstance(stated, str) and stated.strip().lower() in _ABSENT):
        return ()
    if isinstance(stated, str) and stated.lstrip().startswith("["):
        try:
            stated = json.loads(stated)
        except ValueError:
            return None
    elif isinstance(stated, str):
        stated = stated.split(";" if ";" in stated else ",")
    names = stated if isinstance(stated, list) else [stated]
    if not all(isinstance(name, str | int) and not isinstance(name, bool) for name in names):
        return None
    kept = {str(name).strip() for name in names} - {""}
    return tuple(sorted(kept)) if kept or not names else None


def _days(fields: Mapping[str, object], name: str) -> Iterator[date]:
    for alias in (f"={name}", *FIELDS[name].split()):
        if day := stated_date(_unpacked(fields.get(alias))):
            yield _in_zone(day, stated_date(fields.get(f"{alias}gmt")))


def _in_zone(local: date, utc: date | None) -> date:
    """WordPress states a moment in local time and in UTC: the difference is the zone."""
    if not isinstance(local, datetime) or not isinstance(utc, datetime) or local.tzinfo:
        return local
    offset = local.replace(tzinfo=UTC) - instant(utc)
    return local.replace(tzinfo=timezone(offset)) if abs(offset) <= FARTHEST_ZONE else local


def _values(fields: Mapping[str, object], name: str) -> Iterator[object]:
    """The values under all the names of a field, with {"name": ...}, {"@id": ...} and the like unwrapped."""
    for alias in (f"={name}", *FIELDS[name].split()):
        value = _unpacked(fields.get(alias))
        if value is not None:
            yield value


def _unpacked(value: object) -> object:
    """The value inside an object that wraps it; MongoDB exports wrap dates twice."""
    while isinstance(value, Mapping):
        held = ("rendered", "name", "@id", "url", "$date", "$numberLong")
        value = next((value[key] for key in held if key in value), None)
    return value


def _link(links: list[object]) -> object:
    """The address among an article's links: the canonical one, else the first that is no alternative form."""
    objects = [link for link in links if isinstance(link, Mapping) and link.get("href")]
    canonical = [link["href"] for link in objects if link.get("rel") == "canonical"]
    first = [link["href"] for link in objects if link.get("rel") in {None, "", "alternate"}]
    return next(iter(canonical + first), None)


def _named(entry: object) -> Iterator[str]:
    """The names in an object that describes a person, but not an organization."""
    if isinstance(entry, Mapping):
        kind = str(entry.get("@type"))[:100]
        if "Organization" in kind and "Person" not in kind:
            return
        entry = next((entry[key] for key in NAME_KEYS if isinstance(entry.get(key), str | list)), None)
    yield from (name for name in (entry if isinstance(entry, list) else [entry]) if isinstance(name, str))
