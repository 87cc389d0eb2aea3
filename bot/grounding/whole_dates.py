"""Whether a date with a year is one date in the source, and not a combination of several."""

from collections.abc import Iterator
from datetime import date

from bot.grounding.line import Line, Token, plain
from bot.grounding.passage_lines import Neighbourhood
from bot.grounding.reasons import reason
from bot.note import Note

SOON = 60
"""The most days from publication at which a date without a year means the nearest one of that name."""


def dates(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that the day or month and the year of a date are adjacent in the source."""
    held = [token for one in near.everything for token in _dated(one)]
    for token in _dated(line):
        if len(token.keys) > 1 and not any(_same(token, other) for other in held) and not _nearest(token, near):
            return reason("date", figure=plain(token.raw)[:40])
    return None


def _dated(line: Line) -> Iterator[Token]:
    return (token for token in line.tokens if token.sort == "figure" and token.dated)


def _same(token: Token, other: Token) -> bool:
    """Whether the source has this day, or a day of this month."""
    when, year = token.keys
    return year in other.keys and (when in other.keys or (when[0] == "m" and other.stem.startswith(f"d{when[1:]}-")))


def _nearest(token: Token, near: Neighbourhood) -> bool:
    """Whether the source has it without a year, in a sentence without any, and was published about then."""
    when, year = token.keys
    lines = [one for one in (*near.lines, near.title) if not any(key[0] == "y" for key in one.keys)]
    if not any(other.keys == (when,) for one in lines for other in _dated(one)):
        return False
    published = [day for other in _dated(near.byline) if len(other.keys) > 1 and (day := _day(*other.keys))]
    meant = _day(when, year)
    return bool(meant) and any(abs((meant - day).days) <= SOON for day in published if meant)


def _day(when: str, year: str) -> date | None:
    """The day of two keys; of a month its middle; None if there is no such day."""
    month, _, day = when[1:].partition("-")
    try:
        return date(int(year[1:]), int(month), int(day or 15))
    except ValueError:
        return None
