"""Periods of the calendar: weeks, months, seasons, and parts of them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from corpus.number_words import ORDINALS

Days = tuple[date, date]
"""The first and the last day, both included."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month each begins with, as meteorologists of the northern hemisphere count; a winter has its December's year."""
UNITS = {"week": 7, "weekend": 7, "month": 1, "quarter": 3, "year": 12, "decade": 120}
"""Days for a week and a weekend; months for the others."""
LEAP_GAP = 8
"""The most years from one 29 February to the next."""


def week(day: date) -> Days:
    """The Monday to Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekend(day: date) -> Days:
    """The last weekend whose Saturday is not after the day."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return saturday, saturday + timedelta(days=1)


def months(year: int, month: int, count: int = 1) -> Days:
    """So many whole months, from this one on."""
    first = date(year, month, 1)
    return first, first + relativedelta(months=count, days=-1)


def around(day: date, unit: str) -> Days:
    """The week, weekend, month, quarter, year or decade around a day."""
    if unit == "week":
        return week(day)
    if unit == "weekend":
        return weekend(day)
    length = UNITS[unit]
    year = day.year - day.year % 10 if unit == "decade" else day.year
    return months(year, (day.month - 1) // length * length + 1, length)


def earlier(day: date, count: int, unit: str) -> date:
    """The day so many hours, days, weeks, months, years or decades before; hours count as whole days."""
    if unit == "hour":
        return day - timedelta(days=-(-count // 24))
    if unit == "day":
        return day - timedelta(days=count)
    if unit in {"week", "weekend"}:
        return day - timedelta(weeks=count)
    return day - relativedelta(months=count * UNITS[unit])


def part(days: Days, words: str | None) -> Days:
    """A week or half of the days, or a third: the first for "early", the last for "late", else the middle."""
    if not words:
        return days
    since, until = days
    number, unit, *_ = [*words.lower().split(), ""]
    if unit in {"week", "half"}:
        return _numbered(days, number, unit)
    third = timedelta(days=((until - since).days + 1) // 3)
    first, last = since + third - timedelta(days=1), until - third + timedelta(days=1)
    if words.lower().startswith(("early", "start", "beginning")):
        return since, first
    if words.lower().startswith(("late", "end")):
        return last, until
    return first + timedelta(days=1), last - timedelta(days=1)


def _numbered(days: Days, number: str, unit: str) -> Days:
    """The first, second, third, fourth or last week, or half, of the days."""
    since, until = days
    length = timedelta(days=7 if unit == "week" else ((until - since).days + 2) // 2)
    if number == "last":
        return until - length + timedelta(days=1), until
    first = since + ORDINALS.index(number) * length
    return first, min(until, first + length - timedelta(days=1))


def latest(asked: date, days_in: Callable[[int], Days]) -> Days:
    """A yearly period, as it last came: it began on the day asked or before.

    Raises:
        ValueError: There is no such day, such as 31 June.
    """
    for year in range(asked.year, asked.year - LEAP_GAP - 1, -1):
        with suppress(ValueError):
            days = days_in(year)
            if days[0] <= asked:
                return days
    raise ValueError(asked)
