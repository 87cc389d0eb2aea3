"""Turns a model's Markdown into plain text: the page and the terminal show no markup."""

import re

_PREFIX = re.compile(
    r"(?:[*_]{0,3}(?:[-+*•–—·‣▪▸►◦●○■]|\(?\d{1,2}[.)]|\([a-z]\))[^\S\n]+(?=\S)"
    r"|\#{1,6}[^\S\n]+|>[^\S\n]?|\[[ xX]\][^\S\n]+(?=\S))*"
)
_FENCE = re.compile(r"(?:```|~~~)[^\n]*")
_ALONE = re.compile(r"\#{1,6}[^\S\n]|```|~~~|(?:[-*_=][^\S\n]*){3,}(?:\n|\Z)")
_HEADING = re.compile(r"\#{1,6}[^\S\n]|(\*\*|__)[^*_\n]+\1:?\s*\Z")
_ROW = re.compile(r"\A\s*(?:\||</?t(?:able|head|body|foot|r|d|h)\b)|\s\|\s", re.IGNORECASE)
_LINK = re.compile(r"!?\[(?P<text>[^\[\]\n]*[^\W\d][^\[\]\n]*)\]\([^\s()]{1,200}(?:\s\"[^\"\n]{0,100}\")?\)")
_SIGNS = re.compile(
    r"\*{2,3}|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+|~~"
    r"|</?(?:sup|sub|b|i|u|em|strong|br|p|span|code|answer|response|output|s)\s*/?>|<\|\w{1,30}\|>|<(?:start|end)_of_turn>",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def prefix(line: str) -> str:
    """The signs of a list item, a heading or a quotation at the start of a line."""
    found = _PREFIX.match(line)
    return found[0] if found else ""


def stands_alone(line: str) -> bool:
    """Whether a line is never continued on the next: a heading, a fence, a rule, a table's row."""
    return bool(_ALONE.match(line)) or bool(_ROW.match(line))


def is_heading(line: str) -> bool:
    """Whether a line is a heading: by its signs, or all in bold."""
    return bool(_HEADING.match(line))


def is_row(line: str) -> bool:
    """Whether a line is a table's row."""
    return bool(_ROW.search(line))


def plain(text: str) -> str:
    """The text without emphasis, code, links, tags and control characters; its words are unchanged."""
    text = _LINK.sub(lambda link: link["text"], _FENCE.sub("", text, count=1) if _FENCE.match(text) else text)
    return _CONTROL.sub(" ", _ESCAPED.sub(r"\1", _SIGNS.sub("", text)))
