"""Citation marks as models write them: [1], [1, 2], [1-3], 【1†source】, [Passage 2], (Passage 2), in bold or code.

A bare number in parentheses at the end of a sentence is removed but cites nothing: (1) may be an article's own.
"""

import re

LARGEST_MARK = 99
"""A number in brackets up to this is a mark, perhaps an invented one; "[2020]" is text."""

_NUMBER = r"(?:\^\s?)?\d{1,3}"
_JOIN = r"\s{0,2}(?:[,;&–—-]|\band\b)\s{0,2}"
_KIND = r"(?:(?:passages?|sources?|articles?|documents?|doc|references?|refs?)[\s:#]{0,3})?"
_LIST = rf"{_KIND}{_NUMBER}(?:{_JOIN}{_KIND}{_NUMBER}){{0,20}}"
_ROUND = rf"[(（]\s?(?:see\s|cf\.\s|from\s)?(?:passages?|sources?|references?|refs?)[\s:#]{{1,3}}{_LIST}\s?[)）]"
_MARK = rf"(?:\\?[\[【［]\s?{_LIST}\s?(?:†[^\]】］\n]{{0,40}})?\\?[\]】］]|{_ROUND})"
_BARE = r"[(（]\s?\d{1,2}(?:\s?[,;&]\s?\d{1,2}){0,20}\s?[)）]"
_LINK = r"(?:\([^\s()\[\]]{1,200}\))?"
_GROUP = rf"{_MARK}{_LINK}(?:\s{{0,2}}[,;]?\s{{0,2}}{_MARK}{_LINK}){{0,20}}"
_TOLD = (
    r"(?:\b(?:according to|as (?:reported|stated|noted|described|told) (?:in|by)|see|per)\s+(?:passages?|sources?)?\s*)"
)
_INLINE = re.compile(
    rf"\s*(?:\(\s*(?:see|sources?|cf\.?)?:?\s*{_GROUP}\s*\)|\"{_GROUP}\"|“{_GROUP}”|{_TOLD}{_GROUP},?|{_GROUP})", re.I
)
_ONE = re.compile(_MARK, re.I)
_BEHIND = re.compile(
    rf"(?P<stop>[.!?…。！？][\"'”’)]*)?(?:\s*[*_`]{{0,3}}{_BARE}[*_`]{{0,3}})+(?=[\s\"'”’]*(?:\Z|[.!?…。！？,;]))"
)
"""Bare numbers in parentheses at the end of a clause or a sentence, before or after its full stop."""


TRAILING = re.compile(
    rf"(?:\((?:see|sources?|cf\.?):?\s?|<sup>|[*_`\"“(]{{1,3}})?(?:{_MARK}{_LINK}|{_BARE})"
    r"(?:</sup>|[*_`\"”).,;]{1,3})?",
    re.I,
)
UNFINISHED = re.compile(
    r"(?:\([a-z.:]{0,8}\s?|<[a-z]{0,3}>?|[*_`\"“(\\]{0,3})"
    r"(?:[\[【［][^\]】］\n]{0,60}|[(（][a-z.:#\s]{0,20}(?:\d[^()（）\[\]]{0,60})?)?\Z"
    r"|\([^\s()]{0,200}\Z|</[a-z]{0,3}\Z",
    re.I,
)
"""What may become a mark, a mark's link, or text around one, when more arrives."""


def without_marks(text: str, passages: int) -> tuple[str, tuple[int, ...]]:
    """The text without marks, and the passages that they cite."""
    numbers: dict[int, None] = {}

    def gone(match: re.Match[str]) -> str:
        named = [number for mark in _ONE.findall(match[0]) for number in named_in(mark)]
        if any(number > max(LARGEST_MARK, passages) for number in named):
            return match[0]
        numbers.update(dict.fromkeys(number for number in named if 1 <= number <= passages))
        inside = text[match.end() : match.end() + 1].isalnum() and match.start() > 0
        return " " if inside else ""

    def bare(match: re.Match[str]) -> str:
        """The replacement for bare numbers: themselves, if one before the stop is no passage but perhaps an age."""
        passage = all(int(number) <= passages for number in re.findall(r"\d+", match[0]))
        return (match["stop"] or "") if match["stop"] or passage else match[0]

    left = " ".join(_BEHIND.sub(bare, _INLINE.sub(gone, text)).split())
    left = left.lstrip(",;:.)").strip() if numbers else left
    return (left[:1].upper() + left[1:] if text[:1].isupper() else left), tuple(numbers)


def named_in(mark: str) -> list[int]:
    """The numbers of a mark, ranges expanded."""
    named: list[int] = []
    for first, last in re.findall(r"(\d+)(?:[^\S\n]*(?:[–—-]|\bto\b)[^\S\n]*(\d+))?", mark.partition("†")[0]):
        reach = range(int(first), min(int(last), 999) + 1) if last else ()
        named += reach or [int(number) for number in (first, last) if number]
    return named
