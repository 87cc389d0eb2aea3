"""Plain text, as people paste it."""

import re
from collections.abc import Iterator

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.pasted import take_apart
from corpus.read.decode import decode
from corpus.read.file import File, Unreadable
from corpus.read.kinds import reader_of
from corpus.read.nexis import is_nexis, read_nexis
from corpus.read.record import make_article
from corpus.read.signature import fault_of, kind_of

_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]+?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+|(?<![ \t])[ \t]+#+[ \t]*$", re.MULTILINE)


def read_plain(file: File) -> Iterator[Article | Rejected]:
    """One article a file, its first line the title; of an export of Nexis all its documents.

    What is a PDF or a page, but is called .txt, is read as that.
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
    found = take_apart(without_marks(text))
    story = "\n".join(found.lines)
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


def without_marks(text: str) -> str:
    """The words alone: [said](#) becomes said, *Kommersant* becomes Kommersant."""
    return _HEADING.sub("", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _IMAGE.sub("", text))))
