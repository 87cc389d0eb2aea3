"""Plain text, as pasted."""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.pasted import read_pasted
from corpus.read.decode import decode
from corpus.read.file import File, Unreadable
from corpus.read.magic_bytes import fault_of, kind_of
from corpus.read.nexis import is_nexis, read_nexis
from corpus.read.readers import reader_of
from corpus.read.record import make_article

# The length of a line that a program wrapped, and the share of such lines in a wrapped text.
NARROWEST, WIDEST, MOST_FULL = 40, 100, 0.9
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]+?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+|(?<![ \t])[ \t]+#+[ \t]*$", re.MULTILINE)


def read_plain(file: File) -> Iterator[Article | Rejected]:
    """One article per file, its first line the title; all documents of a Nexis export.

    A PDF or a page named .txt is read as that.
    """
    data = file.contents()
    if other := kind_of(data):
        yield from reader_of(other)(file.holding(data))
        return
    if fault := fault_of(data):
        raise Unreadable(fault)
    text = decode(data)
    if is_nexis(text):
        yield from read_nexis(text, file)
    else:
        yield read_text(text, file)


def read_text(text: str, file: File) -> Article | Rejected:
    """Reads a pasted article, with or without Markdown's marks."""
    found = read_pasted(without_marks(text))
    story = unwrapped("\n".join(found.lines))
    if not found.title:
        return Rejected(file.origin, None, "has no line that could be a title")
    if not story.strip():
        return Rejected(file.origin, None, f"has no text beside its title {found.title[:80]!r}")
    return make_article(
        title=one_line(found.title),
        text=story,
        url=found.url or file.stated.url,
        source=found.source or file.stated.source,
        published=found.published or file.stated.published,
        authors=found.authors or file.stated.authors,
        origin=file.origin,
    )


def unwrapped(text: str) -> str:
    """The text with hard-wrapped lines joined, as in mail: where the next word would not have fitted."""
    lines = text.split("\n")
    pairs = [(line, after) for line, after in pairwise(lines) if line and after]
    width = max((len(line) for line, _ in pairs), default=0)
    full = sum(_is_full(line, after, width) for line, after in pairs)
    if not NARROWEST <= width <= WIDEST or full < MOST_FULL * len(pairs):
        return text
    return "".join(
        line + (" " if after and line and _is_full(line, after, width) else "\n")
        for line, after in pairwise([*lines, ""])
    ).rstrip("\n")


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(maxsplit=1)[0] if after.strip() else "") > width


def without_marks(text: str) -> str:
    """The words without Markdown: [said](#) becomes said, *Kommersant* becomes Kommersant."""
    return _HEADING.sub("", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _IMAGE.sub("", text))))
