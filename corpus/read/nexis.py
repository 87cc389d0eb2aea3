"""Nexis as plain text: many articles in one file, each after a line "1 of 2 DOCUMENTS" or before "End of Document"."""

import re
from collections.abc import Iterator
from itertools import chain

from corpus.article import Article, Rejected
from corpus.clean import characters, one_line
from corpus.dates import stated_date
from corpus.read.file import File
from corpus.read.record import one_of, read_record

_NUMBERED = re.compile(r"^[ \t]*(?:Document )?\d{1,7} of \d{1,7} DOCUMENTS?[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_LABEL = re.compile(
    r"(?P<label>[A-Z][A-Za-z]{2,14}(?:[ -][A-Z][A-Za-z]{2,14}){0,2}) ?:(?:\s+(?P<value>.*))?$", re.DOTALL
)
# Labels between headline and story, and those below the story.
_ABOVE = {
    "byline",
    "section",
    "length",
    "dateline",
    "highlight",
    "headline",
    "series",
    "distribution",
    "column",
    "source",
}
_BELOW = {
    *("load-date", "language", "publication-type", "graphic", "graphics", "subject", "classification", "document-type"),
    *("journal-code", "correction-date", "organization", "company", "industry", "geographic", "person", "ticker"),
    *("category", "type", "acc-no", "notes", "url", "state", "city", "country"),
}
_RIGHTS = re.compile(r"(?:Copyright|\(c\)|©) ?(?:©|\(c\))? ?(?:19|20)\d\d\b|All Rights Reserved\b", re.IGNORECASE)
_EDITION = re.compile(r"(?:.{0,40}\bEdition\b.{0,20}|Page \d+ of \d+|Body)$", re.IGNORECASE)
_DAY_LINE = 80  # characters


def is_nexis(text: str) -> bool:
    """Whether the text is such an export."""
    return bool(_NUMBERED.match(text.lstrip("\ufeff \t\r\n")[:200])) or bool(
        _END.search(text[-400:]) and "\nLoad-Date:" in text
    )


def read_nexis(text: str, file: File) -> Iterator[Article | Rejected]:
    """Every document of the export."""
    text = characters(text)
    numbered = bool(_NUMBERED.search(text))
    documents = [part for part in (_NUMBERED if numbered else _END).split(text) if part.strip()]
    for number, document in enumerate(documents, start=1):
        article = read_record(_fields(_END.sub("", document)), file, line=None)
        yield one_of(article, f"a document {number}") if isinstance(article, Rejected) else article


def _fields(document: str) -> dict[str, object]:
    """A document's fields; its blocks are separated by blank lines, and line ends within a block mean nothing."""
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", document) if block.strip()]
    head, labelled, story = _parted(blocks)
    title, source, day = _heading(head)
    return {
        "title": labelled.get("headline") or title,
        "source": labelled.get("source") or source,
        "published": day,
        "authors": labelled.get("byline", ""),
        "text": "\n\n".join(story),
    }


def _parted(blocks: list[str]) -> tuple[list[str], dict[str, str], list[str]]:
    """The blocks above the first label, the values of the labels above the story, and the story."""
    head: list[str] = []
    labelled: dict[str, str] = {}
    story: list[str] = []
    for block in chain.from_iterable(map(_label_lines, blocks)):
        label = _label(block)
        if label and label[0] in _BELOW and story:
            break
        if label and not story and label[0] in _ABOVE | _BELOW:
            labelled.setdefault(*label)
        elif not labelled:
            head.append(block)
        elif block != "Body" and not _RIGHTS.match(block):
            story.append(one_line(block))
    return head, labelled, story


def _label_lines(block: str) -> list[str]:
    """A block of several labels, one per line, as its lines."""
    lines = block.split("\n")
    return lines if sum(bool(_label(line.strip())) for line in lines) > 1 else [block]


def _label(block: str) -> tuple[str, str] | None:
    found = _LABEL.match(block.strip())
    label = found["label"].lower().replace(" ", "-") if found else ""
    return (label, one_line(found["value"] or "")) if found and label in _ABOVE | _BELOW else None


def _heading(head: list[str]) -> tuple[str, str, str]:
    """Headline, outlet and day: the outlet is above the day, the headline below it, or above both."""
    blocks = [[one_line(line) for line in block.split("\n")] for block in head]
    lines = [(place, line) for place, block in enumerate(blocks) for line in block if not _idle(line)]
    at = next((number for number, (_, line) in enumerate(lines) if len(line) < _DAY_LINE and stated_date(line)), None)
    if at is None:
        return " ".join(line for _, line in lines[:1]), "", ""
    below, above = lines[at + 1 :], lines[:at]
    if below:
        title = " ".join(line for place, line in below if place == below[0][0])
    else:
        title = " ".join(line for _, line in above[:-1])
    return title, above[-1][1] if above else "", lines[at][1]


def _idle(line: str) -> bool:
    return bool(_RIGHTS.search(line) or _EDITION.fullmatch(line))
