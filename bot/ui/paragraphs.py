"""Plain text to HTML paragraphs, with its marks and the words that answer set off by their places."""

import re
from collections.abc import Callable, Mapping, Sequence
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


def paragraphs(
    text: str, mark: Callable[[int], str], marks: Sequence[Span] | None = None, emphasis: Sequence[Span] = ()
) -> str:
    """The text as HTML.

    Args:
        text: Paragraphs are parted by blank lines.
        mark: What to show for a mark's number.
        marks: Where the marks stand; None: whatever looks like one is one, as in a text that is still to come.
        emphasis: Where the words stand that answer; they lie in one paragraph each, and in no mark.
    """
    if marks is None:
        marks = [found.span() for found in _MARK.finditer(text)]
    set_off = {span: mark(int(text[span[0] + 1 : span[1] - 1])) for span in marks}
    set_off |= {span: strong(text[slice(*span)]) for span in emphasis}
    kept = _beside(text, marks)
    parted = (_paragraph(kept, start, end, set_off) for start, end in _borders(text))
    return "".join(f"<p>{html}</p>" for html in parted)


def _beside(text: str, marks: Sequence[Span]) -> str:
    """The text with unbreaking spaces before its marks, or one might begin a line."""
    signs = list(text)
    for start, _ in marks:
        if signs[start - 1 : start] == [" "]:
            signs[start - 1] = "\u00a0"
    return "".join(signs)


def _borders(text: str) -> list[Span]:
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    breaks = [place for found in _BREAK.finditer(text, first, last) for place in found.span()]
    borders = [first, *breaks, last]
    return [(start, end) for start, end in zip(borders[::2], borders[1::2], strict=True) if start < end]


def _paragraph(text: str, start: int, end: int, set_off: Mapping[Span, str]) -> str:
    pieces, place = [], start
    for span in sorted(set_off):
        if place <= span[0] and span[1] <= end:
            pieces += [literal(text[place : span[0]]), set_off[span]]
            place = span[1]
    return "".join([*pieces, literal(text[place:end])])
