"""The days and years that a source's words mean relative to its publication: "on Tuesday", "next year"."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.grounding.lexicon import LATER
from bot.grounding.line import Line, Token
from corpus.calendar_names import WEEKDAYS

_AHEAD = LATER | {"are", "is", "until"}


def dated(line: Line, published: date | None) -> Line:
    """A sentence of a source with keys for the days and years that its words mean, relative to its publication."""
    if not published or not date.min.year < published.year < date.max.year:
        return line
    keys = frozenset(key for token in line.tokens for key in _meant(line, token, published))
    return replace(line, keys=line.keys | keys) if keys else line


def _meant(line: Line, token: Token, published: date) -> Iterator[str]:
    """The keys that a word has besides its own."""
    if token.sort == "figure" and token.keys[0][0] == "w":
        day = _day(line, token, published)
        yield f"d{day.month}-{day.day}"
        if any(other.low == "following" for other in line.tokens):
            yield "w" + WEEKDAYS[(day.weekday() + 1) % 7]
    elif token.sort == "figure" and token.keys[0][0] == "d":
        month, _, number = token.keys[0][1:].partition("-")
        year = next((int(key[1:]) for key in token.keys[1:] if key[0] == "y"), published.year)
        try:
            yield "w" + WEEKDAYS[date(year, int(month), int(number)).weekday()]
        except ValueError:
            return
    elif token.low in ("year", "spring", "summer", "autumn", "winter"):
        before = line.tokens[token.place - 1].low if token.place else ""
        offset = {"last": -1, "next": 1, "the": 0, "this": 0}.get(before)
        if offset is not None:
            yield f"y{published.year + offset}"


def _day(line: Line, token: Token, published: date) -> date:
    """The weekday before the publication, or the one after it where the sentence looks ahead."""
    before = {word.low for word in line.tokens[: token.place] if word.clause == token.clause}
    ahead = not before.isdisjoint(_AHEAD)
    wanted = WEEKDAYS.index(token.keys[0][1:])
    if ahead:
        return published + timedelta((wanted - published.weekday()) % 7)
    return published - timedelta((published.weekday() - wanted) % 7)
