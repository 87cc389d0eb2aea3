"""Word documents (.docx): read as pasted text, with the metadata of their properties."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import docx  # noqa: TID253 (this module is itself imported only for a document)
from docx.document import Document  # noqa: TID253
from docx.table import Table  # noqa: TID253
from docx.text.paragraph import Paragraph  # noqa: TID253

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.read.file import LARGEST_WHOLE, File, Stated, Unreadable, guarded
from corpus.read.plain import read_text
from corpus.read.properties import headline, persons, written

DEEPEST_TABLE = 8
"""Levels of nested tables."""


def read_docx(file: File) -> Iterator[Article | Rejected]:
    """One article a document."""
    data = file.contents()
    with guarded("no Word document that can be read"):
        _check_size(data)
        document = docx.Document(BytesIO(data))
        lines = list(_lines(document))
        if not lines:
            raise Unreadable("holds no text")
        title = _title(document, lines)
        stated = _stated(document)
    if title in lines[:4]:
        lines.remove(title)
    yield read_text("\n\n".join([title, *lines]), replace(file, stated=stated))


def _check_size(data: bytes) -> None:
    """Refuses a document that unpacks to too much.

    Raises:
        Unreadable: It unpacks to too much.
    """
    with zipfile.ZipFile(BytesIO(data)) as parts:
        if (
            sum(part.file_size for part in parts.infolist() if part.filename.endswith((".xml", ".rels")))
            > LARGEST_WHOLE
        ):
            raise Unreadable(f"unpacks to more than {LARGEST_WHOLE >> 20} MB of text, like a zip bomb")


def _lines(document: Document) -> Iterator[str]:
    """The paragraphs, and the rows of tables, in order."""
    for part in document.iter_inner_content():
        words = [part.text] if isinstance(part, Paragraph) else _rows(part)
        yield from (line for text in words for line in text.split("\n") if line.strip())


def _rows(table: Table, depth: int = 0) -> Iterator[str]:
    """A table's rows; a table in a cell follows its row."""
    for row in table.rows:
        cells = list({cell._tc: cell for cell in row.cells}.values())  # a merged cell is listed several times
        yield " | ".join(dict.fromkeys(cell.text for cell in cells))
        for inner in (table for cell in cells if depth < DEEPEST_TABLE for table in cell.tables):
            yield from _rows(inner, depth + 1)


def _title(document: Document, lines: list[str]) -> str:
    """The paragraph in the style of a title or first heading, else the title property, else the first line."""
    styled = {
        (paragraph.style.name if paragraph.style else ""): paragraph.text
        for paragraph in reversed(document.paragraphs)
        if paragraph._p.style and paragraph.text.strip()  # looking up the default style takes a millisecond each time
    }
    marked = styled.get("Title") or styled.get("Heading 1") or headline(document.core_properties.title)
    return one_line(marked) or lines[0]


def _stated(document: Document) -> Stated:
    properties = document.core_properties
    return Stated(published=written(properties.created, properties.modified), authors=persons(properties.author))
