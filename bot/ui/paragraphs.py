"""Plain text to HTML paragraphs, with its marks and other words set off by their places."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from index.split import Span

_MARK = re.compile(r"\[(\d{1,3})\]")
_BREAK = re.compile(r"\n\s*\n")


def literal(text: str) -> str:
    """The text as it is, safe in HTML and in quoted attributes; a lone surrogate becomes `?`."""
    return escape(text.encode("utf-8", "replace").decode("utf-8"))


def strong(text: str) -> str:
    """Words that answer."""
    return f"<strong>{literal(text)}</strong>"


def marks_in(text: str, known: Sequence[Span] | None) -> Sequence[Span]:
    """Where the marks of a text are, if that is known; else where it has what looks like one."""
    return [found.span() for found in _MARK.finditer(text)] if known is None else known


def paragraphs(text: str, marks: Mapping[Span, str]) -> str:
    """The text as HTML; blank lines part its paragraphs.

    Args:
        text: Plain text.
        marks: What to show for the marks, by their places.
    """
    kept = unbroken(text, marks)
    return "".join(f"<p>{paragraph(kept, start, end, marks)}</p>" for start, end in borders(text))


def unbroken(text: str, marks: Iterable[Span]) -> str:
    """The text with unbreaking spaces before its marks, or one might begin a line."""
    signs = list(text)
    for start, _ in marks:
        if signs[start - 1 : start] == [" "]:
            signs[start - 1] = "\u00a0"
    return "".join(signs)


def borders(text: str) -> list[Span]:
    """Where the paragraphs of a text are."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    breaks = [place for found in _BREAK.finditer(text, first, last) for place in found.span()]
    borders = [first, *breaks, last]
    return [(start, end) for start, end in zip(borders[::2], borders[1::2], strict=True) if start < end]


def paragraph(text: str, start: int, end: int, set_off: Mapping[Span, str]) -> str:
    """A part of a text, with what is shown for other places than text; each is in one paragraph."""
    pieces, place = [], start
    for span in sorted(set_off):
        if place <= span[0] and span[1] <= end:
            pieces += [literal(text[place : span[0]]), set_off[span]]
            place = span[1]
    return "".join([*pieces, literal(text[place:end])])
