"""PDF: the text of its pages rebuilt into paragraphs and read as pasted text, with the metadata of its properties."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import median, quantiles
from typing import Any

import pypdfium2  # noqa: TID253 (this module is itself imported only for a PDF)

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.dates import stated_date
from corpus.read.file import File, Stated, Unreadable, guarded
from corpus.read.plain import read_text
from corpus.read.properties import headline, persons, written

MOST_PAGES = 2000
# A headline is at least this much larger than most lines, and among so many of the first.
LARGER, TITLE_LINES = 1.2, 15
# A header or footer is on at least so many pages, and on half of them.
LEAST_REPEATED = 3
# A line this much shorter than most ends its paragraph; so does a gap of this share of a line's height.
SHORT, GAP = 0.75, 0.5
_LINE_HYPHEN = "\ufffe"
_STAMP = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:(Z)|([+-]\d\d)'?(\d\d)?)?")
# Such a file was made when the page was printed, not when it was written.
_PRINTED = re.compile(r"chrom|skia|mozilla|firefox|webkit|quartz|wkhtml|headless|scan|print to pdf", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its words and position, in points from the lower left corner.

    Two lines joined at a hyphen become one, with the height of the first and the bottom of the second.
    """

    words: str
    left: float
    top: float
    height: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


def read_pdf(file: File) -> Iterator[Article | Rejected]:
    """One article a file."""
    data = file.contents()
    with guarded("no PDF that can be read"), closing(pypdfium2.PdfDocument(data)) as document:
        if len(document) > MOST_PAGES:
            raise Unreadable(f"has {len(document):,} pages, more than {MOST_PAGES:,}; split it")
        pages = [_lines(page) for page in document]
        properties = document.get_metadata_dict()
    lines = [line for page in _without_running(pages) for line in page]
    if not lines:
        raise Unreadable("holds pictures but no text, as if scanned; run it through text recognition first")
    title = _title(lines, headline(properties["Title"]))
    paragraphs = list(_paragraphs([line for line in lines if line not in title[1]]))
    yield read_text("\n\n".join([title[0], *paragraphs]), replace(file, stated=_stated(properties)))


def _without_running(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without the headers, footers and page numbers that most of them begin or end with."""
    edges = Counter(_general(line) for page in pages for line in dict.fromkeys(page[:1] + page[-1:]))
    running = {words for words, count in edges.items() if count >= max(LEAST_REPEATED, len(pages) / 2)}
    return [
        [line for line in page if not (line in (page[0], page[-1]) and _general(line) in running)] for page in pages
    ]


def _general(line: _Line) -> str:
    """The words without numbers, which differ between pages."""
    return re.sub(r"\d+", "", line.words)


def _lines(page: Any) -> list[_Line]:
    with closing(page.get_textpage()) as text:
        found, place, count = [], 0, text.count_chars()
        for words in text.get_text_range().split("\r\n"):
            inner = words.strip()
            first = place + len(words) - len(words.lstrip())
            last = first + len(inner) - 1
            if inner and last < count:
                left, low, _, top = text.get_charbox(first, loose=True)
                _, bottom, right, _ = text.get_charbox(last, loose=True)
                found.append(_Line(inner, left, top, top - low, right, bottom))
            place += len(words) + 2
    return found


def _title(lines: list[_Line], property_: str) -> tuple[str, list[_Line]]:
    """The headline and its lines: the title property if the text holds it too, else the largest lines."""
    top = lines[:TITLE_LINES]
    if property_ and (on := [line for line in top if property_.casefold() == one_line(line.words).casefold()]):
        return property_, on[:1]
    largest = max(top, key=lambda line: line.height)
    if largest.height >= LARGER * median(line.height for line in lines) and len(lines) > 1:
        headline_lines = [line for line in top if line.height > 0.95 * largest.height]
        return one_line(" ".join(line.words for line in headline_lines)), headline_lines
    return (property_, []) if property_ else (lines[0].words, lines[:1])


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    usual = quantiles((line.width for line in lines), n=5)[-1] if len(lines) > 1 else 0.0
    words: list[str] = []
    for line, following in pairwise([*lines, None]):
        assert line is not None
        words.append(line.words)
        if following is None or _ends(line, following, usual):
            yield one_line(" ".join(words).replace(_LINE_HYPHEN, ""))
            words = []


def _ends(line: _Line, following: _Line, usual: float) -> bool:
    """Whether a paragraph ends with a line."""
    if abs(line.height - following.height) > 0.15 * line.height:
        return True
    if line.width < SHORT * usual and not following.words[0].islower():
        return True
    gap = line.bottom - following.top
    in_column = gap > -line.height
    return gap > GAP * line.height if in_column else line.words.endswith((".", "!", "?", "\u201d"))


def _stated(properties: dict[str, str]) -> Stated:
    printed = _PRINTED.search(f"{properties['Creator']} {properties['Producer']}")
    made = None if printed else written(_day(properties["CreationDate"]), _day(properties["ModDate"]))
    return Stated(published=made, authors=persons(properties["Author"]))


def _day(stamp: str) -> date | None:
    """PDF's own date format, as "D:20200831100000+02'00'"."""
    if not (parts := _STAMP.match(stamp)):
        return None
    year, month, day, hour, minute, second, utc, hours, minutes = parts.groups()
    zone = "Z" if utc else f"{hours}:{minutes or '00'}" if hours else ""
    return stated_date(f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}")
