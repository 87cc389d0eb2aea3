"""The day or moment an article states for itself. Nothing is ever filled in."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from dateutil import parser

from corpus.article import instant
from corpus.calendar_names import MONTHS
from corpus.foreign_dates import day_in_figures, foreign_date

# A stated year outside of these is a placeholder (0000-00-00, 9999-12-31): 1605 is the first newspaper.
YEARS = range(1605, 2100)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_STATED_DATE = 100
YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
WRITTEN_DAY = re.compile(
    rf"(?:\b{_DAY}(?: of)? {_MONTH},? \d{{4}}|\b{_MONTH} {_DAY},? \d{{4}}|\b\d{{4}}-\d\d-\d\d)(?:\b|(?=T\d))",
    re.IGNORECASE,
)
RFC_2822 = re.compile(
    r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T)"
)
_CHANGED = re.compile(
    r"(?i)updat|modif|edited|revis|aktuali|bearbeitet|zuletzt|geändert|mis à jour|actuali|aggiornat|atualiz|bijgewerkt"
    r"|обновл|оновл|zaktuali|frissít|päivit|uppdater|opdater|oppdater|güncel|更新|修正|수정|copyright|©|\(c\)"
)
_DAY_WITHIN = re.compile(
    r"(?<!\d)(?:\d{4}[./-] ?\d{1,2}[./-] ?\d{1,2}|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{4}"
    r"|\d{4}[年년] ?\d{1,2}[月월] ?\d{1,2}[日일]"
    r"|\d{1,2}(?:\.|er|st|nd|rd|th)? (?:de |of )?[^\W\d_]{3,12}\.?,? (?:de |del )?\d{4}"
    r"|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?!\d)"
)
_NAMED_ZONE = re.compile(r"(.+T.+(?:Z|[+-]\d\d:\d\d))\[[^\[\]]+\]")
"""A moment with the name of its zone too, as Java writes it."""
_TICKS = re.compile(r"\\?/Date\((\d{9,14})(?:[+-]\d{4})?\)\\?/")
"""As .NET writes milliseconds into JSON."""
_PARTS = re.compile(r"\s*[|·•]\s*")
_BESIDE = re.compile(
    r"(?i:published|posted|date|on|at|[ap]\.?m\.?|comments?|(?:mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?)"
    r"|[A-Z]{2,4}|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ap]m)?|\d{1,4}"
)


def stated_date(value: object) -> date | None:
    """Reads the value of a date field.

    Args:
        value: Text in ISO 8601, RFC 2822 or a written form ("August 31, 2020"), or epoch seconds
            or milliseconds.

    Returns:
        A datetime where the time of day is stated, with its zone where that is stated; None where day, month and
        year are not certain: 03/04/2020 has two readings.
    """
    if isinstance(value, datetime):
        value = datetime.fromisoformat(value.isoformat())  # pandas' has nanoseconds
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(str(value))
    if not isinstance(value, str) or len(value) > LONGEST_STATED_DATE:
        return None
    text = " ".join(value.split())
    if ticks := _TICKS.fullmatch(text):
        text = ticks[1]
    if moment := _NAMED_ZONE.fullmatch(text):
        text = moment[1]
    if text.isascii() and text.isdigit():
        return _of_number(text)
    return _of_text(text)


def date_of_line(line: str, *, day_first: str = "") -> date | None:
    """The date of a line that contains only a date, perhaps with a time of day or a count of comments.

    Args:
        line: In English or another language.
        day_first: The separators that mean day before month: with "." 05.03.2024 is in March.
    """
    if len(line) > LONGEST_STATED_DATE:
        return None
    written = WRITTEN_DAY.search(line)
    found = _english_line(line, written) if written else None
    read = (day_in_figures(part, day_first=day_first) or foreign_date(part) for part in _PARTS.split(line))
    found = found or next(filter(None, read), None)
    return _plausible(found) if found else None


def date_within(line: str, *, day_first: str = "") -> date | None:
    """The only day in a short line that holds more, such as a byline; None for a line about an update.

    Args:
        line: In English or another language; not a sentence.
        day_first: As for `date_of_line`.
    """
    if len(line) > LONGEST_STATED_DATE or _CHANGED.search(line):
        return None
    found = (date_of_line(match[0], day_first=day_first) for match in _DAY_WITHIN.finditer(line))
    days = {str(day)[:10]: day for day in found if day}
    return next(iter(days.values())) if len(days) == 1 else None


def _english_line(line: str, written: re.Match[str]) -> date | None:
    beside = re.split(r"[\s,|/·•\u2013\u2014()-]+|:(?!\d)", line[: written.start()] + " " + line[written.end() :])
    if not all(_BESIDE.fullmatch(word) for word in beside if word):
        return None
    return _in_english(line) or _in_english(written[0])


def _of_text(text: str) -> date | None:
    found = _in_english(text) or day_in_figures(text) or foreign_date(text)
    return _plausible(found) if found else None


def _in_english(text: str) -> date | None:
    forms: tuple[Callable[[str], date], ...] = (
        date.fromisoformat,
        datetime.fromisoformat,
        _of_mail,
        _of_written,
    )
    for form in forms:
        try:
            found = form(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return found
    written = WRITTEN_DAY.search(text)
    return _in_english(written[0]) if written and written[0] != text else None


def _of_mail(text: str) -> date:
    if not RFC_2822.fullmatch(text):
        raise ValueError(text)
    return parsedate_to_datetime(text)


def _of_written(text: str) -> date:
    """Parses the text with two different defaults and both orders: parts that differ were not written.

    Raises:
        ValueError: If a part is missing, or day and month are ambiguous.
    """
    year = YEAR.search(text)
    if not year:
        raise ValueError(text)
    first, *others = (
        parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone)
        for default in (datetime(2000, 1, 1), datetime(2001, 2, 2, 2))  # noqa: DTZ001
        for day_first in (True, False)
    )
    if first.year != int(year[0]) or any(other.date() != first.date() for other in others):
        raise ValueError(text)
    is_one_time = all(other.timetz() == first.timetz() for other in others)
    return first if is_one_time and not _unknown_zone(text, first) else first.date()


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Keeps stated offsets; zone names are ambiguous, except UTC's own."""
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    return UTC if name in {"UTC", "GMT", "Z"} else None


def _unknown_zone(text: str, moment: datetime) -> bool:
    """Whether the text holds a zone that could not be parsed: the time alone would then be false."""
    return moment.tzinfo is None and bool(re.search(r"\b(?!AM|PM)[A-Z]{2,4}\s*$", text))


def _of_number(digits: str) -> date | None:
    """Eight digits are a day; nine or more count seconds since 1970, and twelve or more milliseconds."""
    try:
        if re.fullmatch(r"\d{8}", digits):
            return _plausible(date.fromisoformat(digits))
        seconds = float(digits)
        if not 1e8 <= seconds < 1e14:
            return None
        return _plausible(datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _plausible(found: date) -> date | None:
    """The date, unless it is a placeholder: 0001-01-01, or second 0 of 1970."""
    if found.year not in YEARS:
        return None
    return None if isinstance(found, datetime) and instant(found) == EPOCH else found
