"""Title, date, byline, outlet and URL of an article pasted as plain text.

They are on lines of their own, near the top or the end; recognised lines are removed from the body.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from corpus.authors import people, split_names
from corpus.boilerplate import AGENCIES, NO_WORD, TRAILER
from corpus.clean import characters
from corpus.dates import date_of_line, stated_date
from corpus.newspaper_line import is_masthead

# How far from the top and the end such lines may be, counted in lines that are not blank.
TOP, END = 12, 4

_LABEL = re.compile(
    r"(?P<label>title|headline|(?:original |source |canonical )?(?:url|link|article)|read more at|available at|via"
    r"|source|outlet|publisher|publication|(?:date )?published(?: on)?|posted(?: on)?|date|authors?|byline|by"
    r"|written by)"
    r"\s*:\s*(?P<value>.*)$",
    re.IGNORECASE,
)
LABELS = {
    "title": ("title", "headline"),
    "published": ("date", "published", "published on", "date published", "posted", "posted on"),
    "authors": ("author", "authors", "byline", "by", "written by"),
    "source": ("source", "outlet", "publisher", "publication", "via"),
}
URL = re.compile(r"<?(https?://[^\s<>\"]+)>?$", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By|BY|Written by|Story by|Von|VON|Par|Por|Door|Av|Af):?\s+(?P<names>[^!?:]{2,120})$")
_BYLINE_AND_DAY = re.compile(r"(?P<byline>(?:By|BY|Written by|Story by)\s.{2,90}?)\s*[,|·•–—-]\s*(?P<day>.*\d{4}.*)$")
_AGENCY = re.compile(rf"{AGENCIES}$")
# A dash distinguishes a dateline with a place from a sentence; one without a place needs parentheses.
_DATELINE = re.compile(rf"(?:[A-Z][^()\n]{{1,80}}(?=\([^()]+\)\s*[\u2014\u2013-]))?\(({AGENCIES})\)(?=\s*\S)")
_REPORTED = re.compile(
    r"\(\s*(?:Reporting|Writing|Reported|Written)(?: and [a-z]+)? by (.+?)(?:;|\)|\. |$)", re.IGNORECASE
)
_PARTICLES = {"al", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "la", "le", "ter", "van", "von"}


@dataclass(slots=True)
class Pasted:
    """The metadata found so far; `lines` are those left for the body."""

    lines: list[str]
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: date | None = None
    authors: tuple[str, ...] = field(default=())


def read_pasted(text: str) -> Pasted:
    """Finds the metadata in a text without markup. The title is its first line, unless one is labelled."""
    found = Pasted([line.strip() for line in characters(text).split("\n")])
    filled = [number for number, line in enumerate(found.lines) if line]
    for number in dict.fromkeys(filled[:TOP] + filled[-END:]):
        _read_line(found, number)
    _read_masthead(found, filled[:TOP])
    if found.title is None:
        first = next((number for number, line in enumerate(found.lines) if not NO_WORD.match(line)), None)
        if first is not None:
            found.title, found.lines[first] = found.lines[first], ""
    _read_story(found)
    return found


def agency_of(text: str) -> str | None:
    """The news agency that the story's first dateline names: "MOSCOW, Aug 19 (Reuters) - ..."."""
    dateline = _DATELINE.match(text.lstrip())
    return dateline[1] if dateline else None


def _read_line(found: Pasted, number: int) -> None:
    line = found.lines[number]
    if labelled := _LABEL.match(line):
        _read_label(found, number, labelled)
    elif address := URL.match(line):
        found.url, found.lines[number] = found.url or address[1], ""
    elif found.published is None and (day := date_of_line(line)):
        found.published, found.lines[number] = day, ""
    elif byline := _BYLINE.match(line):
        _read_names(found, number, byline["names"])
        _read_byline_and_day(found, number)


def _read_label(found: Pasted, number: int, labelled: re.Match[str]) -> None:
    """A label's value is on its line or, if that is empty, on the next line that is not blank."""
    at, value = number, labelled["value"].strip()
    if not value:
        at = next((later for later in range(number + 1, len(found.lines)) if found.lines[later]), number)
        value = found.lines[at] if at != number else ""
    label = labelled["label"].lower()
    name = next((name for name, labels in LABELS.items() if label in labels), "url")
    if address := URL.match(value):
        found.url = address[1]
    elif at != number or not _take(found, name, value):
        return
    found.lines[number] = found.lines[at] = ""


def _take(found: Pasted, name: str, value: str) -> bool:
    """Keeps the value of a label if it is valid for that label."""
    if name == "published":
        day = stated_date(value)
        found.published = found.published or day
        return day is not None
    if name == "authors":
        found.authors = people([value], found.source)
    elif name == "title" or (name == "source" and len(value) <= 60 and not value.endswith(".")):
        setattr(found, name, value)
    else:
        return False
    return True


def _read_names(found: Pasted, number: int, text: str) -> None:
    names = split_names(text)
    if not all(_is_name(name) for name in names):
        return
    found.lines[number] = ""
    found.source = found.source or next((name for name in names if _AGENCY.match(name)), None)
    found.authors = found.authors or tuple(name for name in names if not _AGENCY.match(name))


def _read_byline_and_day(found: Pasted, number: int) -> None:
    """A line with author and date: "By Ada Moreau, March 5, 2024"."""
    both = _BYLINE_AND_DAY.match(found.lines[number])
    day = date_of_line(both["day"]) if both else None
    byline = _BYLINE.match(both["byline"]) if both else None
    if not day or not byline or not all(map(_is_name, split_names(byline["names"]))):
        return
    _read_names(found, number, byline["names"])
    found.published = found.published or day


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 5 and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)


def _read_masthead(found: Pasted, top: list[int]) -> None:
    """The outlet on a line of its own: above the story, and beside the line of its date or byline."""
    for before, number, after in zip(top, top[1:], top[2:], strict=False):
        line = found.lines[number]
        if found.source or line.endswith((".", "!", "?", "\u201d", '"')):
            return
        beside_metadata = not found.lines[before] or not found.lines[after]
        if beside_metadata and is_masthead(line):
            found.source, found.lines[number] = line, ""


def _read_story(found: Pasted) -> None:
    """The dateline names an agency; the staff credit at the end names the authors."""
    opening = next((line for line in found.lines if line and _DATELINE.match(line)), "")
    found.source = found.source or agency_of(opening)
    credits = (TRAILER.search(line) for line in reversed(found.lines) if line.endswith(")"))
    credit = next((match[0] for match in credits if match), "")
    if not found.authors and (reported := _REPORTED.search(credit)):
        names = (re.sub(r" (?:in|at) [A-Z].*", "", name) for name in split_names(reported[1]))
        found.authors = tuple(name for name in names if _is_name(name) and not _AGENCY.match(name))
