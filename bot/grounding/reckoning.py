"""Numbers derived from a source's: rounded ones, and differences of two."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.grounding.lexicon import words_of
from bot.grounding.line import Line, Token
from bot.grounding.passage_lines import Neighbourhood

CLOSE = 0.05
"""The largest relative error of a rounded number."""
BEYOND = 0.15
"""The largest relative error of "more than 800" or "nearly 900"."""
ODD = 50
"""The least whole number that is not the difference of two others by coincidence."""
_ROUND = frozenset({"about", "around", "roughly", "approximately", "nearly", "almost"})
_ABOVE = re.compile(r"\b(?:more than|over|above|at least|upwards of|exceeding)\s+(?:the\s+)?[$€£¥₹]?\Z", re.I)
_BELOW = re.compile(r"\b(?:less than|fewer than|under|below|nearly|almost|just under|close to)\s+[$€£¥₹]?\Z", re.I)
_DIFFERENCE = words_of("apart")
_ONE = re.compile(r"[1-9]5?0*|0?\.\d5?")
"""A number of one digit, or one and a half: 800, 25, 1.5 million."""


def reckoned(line: Line, near: Neighbourhood) -> Line:
    """A sentence whose rounded or computed figures get the keys of the figures in the source that they derive from."""
    held = frozenset(key for one in near.everything for key in one.keys)
    tokens = tuple(_reckoned(line, token, near) if held.isdisjoint(token.keys) else token for token in line.tokens)
    if tokens == line.tokens:
        return line
    return replace(line, tokens=tokens, keys=frozenset(key for token in tokens for key in token.keys))


def _reckoned(line: Line, token: Token, near: Neighbourhood) -> Token:
    """A figure with the keys of the figure that it derives from; unchanged if there is none."""
    for key in _sources(line, token, near):
        return replace(token, keys=(key,), stem=key, reckoned=True)
    return token


def _sources(line: Line, token: Token, near: Neighbourhood) -> Iterator[str]:
    """Keys of the source that a figure may derive from, the most obvious first."""
    if token.low == "twice":
        yield from _doubled(near)
    value = _value(token.keys[0]) if token.keys else None
    if value is None:
        return
    sort = token.keys[0][0]
    if sort == "n" and any(other.low == "times" for other in line.tokens[token.place + 1 : token.place + 2]):
        yield from (f"o{value:.0f}" for one in near.lines if _numbered(one, f"o{value:.0f}", line))
    for key in (key for one in near.everything for other in one.tokens for key in other.keys[:1] if key[0] == sort):
        theirs = _value(key)
        if theirs is not None and _rounds(line, token, value, theirs):
            yield key
    if not _DIFFERENCE.isdisjoint(word.low for word in line.tokens[max(0, token.place - 4) : token.place + 5]):
        yield from _differences(near, sort, value)


def _doubled(near: Neighbourhood) -> Iterator[str]:
    """The larger of two figures of a sentence, one of which is twice the other."""
    for one in near.lines:
        values = {key: _value(key) for key in one.keys}
        yield from (key for key, value in values.items() if value and value / 2 in values.values())


def _round(value: float) -> bool:
    """Whether a number looks rounded: 1,300, 75, 40."""
    return value % 5 == 0 and bool(re.fullmatch(r"[1-9]\d?0*", f"{value:.0f}"))


def _numbered(held: Line, key: str, line: Line) -> bool:
    """Whether a source has the third of what a sentence says happened three times."""
    behind = (held.tokens[token.place + 1 : token.place + 2] for token in held.tokens if token.stem == key)
    return any(found and found[0].telling and any(t.like(found[0]) for t in line.telling) for found in behind)


def _value(key: str) -> float | None:
    """The number of a key; None for a date, a score, "thousands"."""
    return float(key[1:]) if key[0] in "n%p" and key[1:].replace(".", "", 1).isdigit() else None


def _rounds(line: Line, token: Token, value: float, theirs: float) -> bool:
    """Whether a sentence may give one number for another: "about 800", "more than 800", "nearly 900"."""
    before = line.plain[max(0, token.start - 20) : token.start]
    if not _ROUND.isdisjoint(re.findall(r"[a-z]+", before.lower())[-2:]) and abs(value - theirs) <= CLOSE * theirs:
        return _round(value) or value == round(theirs)
    if not _ONE.fullmatch(f"{value:f}".rstrip("0").rstrip(".")):
        return False
    if _ABOVE.search(before):
        return value < theirs <= value * (1 + BEYOND)
    return bool(_BELOW.search(before)) and value * (1 - BEYOND) <= theirs < value


def _differences(near: Neighbourhood, sort: str, value: float) -> Iterator[str]:
    """The larger of two figures with this difference."""
    if value < ODD and value == int(value):
        return
    kind = "%" if sort == "p" else sort
    tokens = [token for one in near.lines for token in one.tokens]
    keys = [key for token in tokens for key in token.keys[:1] if key[0] == kind and _value(key) is not None]
    for key in keys:
        if any(abs((_value(key) or 0) - (_value(other) or 0) - value) < 1e-6 for other in keys):
            yield key
