"""The meaning of time words: from a match of a form, and the day asked, to days.

Each raises ValueError or OverflowError if there are no such days, as for 31 June.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from corpus.calendar_names import MONTHS, WEEKDAYS
from corpus.number_words import ORDINALS, UNITS, VALUES
from index.time.calendar import SEASONS, Days, around, earlier, latest, months, part

Match = re.Match[str]

NUMBERS = {word: VALUES[word] for word in UNITS[1:13]} | {"a": 1, "an": 1, "couple": 2, "few": 5, "several": 7}
RECENT_DAYS = 14
"""The reach of "recently". Source: of 17 real news-quiz questions with it, no article was older than 6 days."""


def iso(match: Match, asked: date) -> Days:
    """`2020-08-19`."""
    day = date.fromisoformat(match[0])
    return day, day


def figures(match: Match, asked: date) -> Days:
    """Day, month and year in figures, if their order is certain."""
    first, second, year = (int(number) for number in match.groups())
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(match[0])
    day = date(year, min(first, second), max(first, second))
    return day, day


def of_month(match: Match, asked: date) -> Days:
    """A month, a part of it, or days in it."""
    said = match.groupdict()
    month = _month(said["month"])

    def in_year(year: int) -> Days:
        if not said.get("day"):
            return part(months(year, month), said.get("part"))
        first = date(year, month, int(said["day"]))
        return first, first.replace(day=int(said.get("last") or first.day))

    return _in_year(said.get("year"), asked, in_year)


def of_iso_month(match: Match, asked: date) -> Days:
    """`2020-08`."""
    return months(int(match["year"]), int(match["month"]))


def month_gone(match: Match, asked: date) -> Days:
    """A "last August" is over; "this August" is of this year."""
    month = _month(match["month"])
    if match["which"].lower() == "this":
        return months(asked.year, month)
    return latest(asked.replace(day=1) - timedelta(days=1), lambda year: months(year, month))


def of_season(match: Match, asked: date) -> Days:
    """A "last summer" is over; "this summer" is running or in the future; else the last that began."""
    start = SEASONS[match["season"].lower()]
    which = (match["which"] or "").lower()
    if which == "this" and not match["year"]:
        return months(asked.year - (start == SEASONS["winter"] and asked.month < 3), start, 3)
    over = earlier(asked, 3, "month") if which == "last" else asked
    return _in_year(match["year"], over, lambda year: months(year, start, 3))


def of_quarter(match: Match, asked: date) -> Days:
    """A quarter or a half of a year: `Q3 2022`, `the first half of 2021`."""
    written = match["number"].lower()
    number = ORDINALS.index(written) + 1 if written in ORDINALS else int(written)
    length = 6 if match["unit"].lower().startswith("h") else 3
    return _in_year(match["year"], asked, lambda year: months(year, (number - 1) * length + 1, length))


def of_decade(match: Match, asked: date) -> Days:
    """`The 1990s`, `the '90s`."""
    start = int(match["decade"])
    return part(months(start if start > 99 else 1900 + start, 1, 120), match["part"])


def of_year(match: Match, asked: date) -> Days:
    """A year or a part of it."""
    return part(months(int(match["year"]), 1, 12), match.groupdict().get("part"))


def of_years(match: Match, asked: date) -> Days:
    """`2019-2021`."""
    return date(int(match["year"]), 1, 1), date(int(match["last"]), 12, 31)


def running(match: Match, asked: date) -> Days:
    """As in "this week", "last month"; from Wednesday to Friday, "this weekend" is in the future: no days."""
    unit = match["unit"].lower()
    which = (match["which"] or "").lower()
    if unit == "weekend":
        if which == "this" and asked.weekday() in {2, 3, 4}:
            raise ValueError(match[0])
        return around(asked, unit)
    return around(earlier(asked, 1, unit) if which == "last" else asked, unit)


def rolling(match: Match, asked: date) -> Days:
    """So many days, weeks or years, counted back from the day asked, including it."""
    count, unit = _number(match["count"] or "one"), match["unit"].lower()
    return min(asked, earlier(asked, count, unit)), asked


def ago(match: Match, asked: date) -> Days:
    """The day, or the whole week, month or year, so many before."""
    unit = match["unit"].lower()
    day = earlier(asked, _number(match["count"]), unit)
    return around(day, unit) if unit in {"week", "month", "year"} else (day, day)


def of_day(match: Match, asked: date) -> Days:
    """As in "today", "last night", "the day before yesterday"."""
    words = match[0].lower()
    back = 2 if "before" in words else int(words == "yesterday" or words.startswith("last"))
    day = asked - timedelta(days=back)
    return day, asked if words.startswith("last") else day


def of_weekday(match: Match, asked: date) -> Days:
    """The most recent such day; "last Friday" is never the day asked itself."""
    number = WEEKDAYS.index(match["weekday"][:3].lower())
    said = match.groupdict()
    if said.get("week"):
        day = around(earlier(asked, 1, "week"), "week")[0] + timedelta(days=number)
        return day, day
    before = asked - timedelta(days=(said.get("which") or "").lower() == "last")
    day = before - timedelta(days=(before.weekday() - number) % 7)
    return day, day


def recently(match: Match, asked: date) -> Days:
    """The last RECENT_DAYS."""
    return asked - timedelta(days=RECENT_DAYS), asked


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _in_year(year: str | None, asked: date, days_in: Callable[[int], Days]) -> Days:
    """In the stated year, be it "2020" or "last year"; else at the last occurrence."""
    if not year:
        return latest(asked, days_in)
    return days_in(int(year) if year.isdigit() else asked.year - year.lower().startswith("last"))
