"""The forms in which a time is written: patterns, each with its meaning."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from corpus.calendar_names import MONTH, WEEKDAY
from index.time import timewords
from index.time.calendar import Days


@dataclass(frozen=True, slots=True)
class Form:
    """One form of writing a time.

    Attributes:
        pattern: Matches it.
        days: Its days; raises ValueError or OverflowError if there are none.
        leads: Whether it is a time only after a preposition: "in May", not "may".
        exact: Whether it has its own year, and means exactly these days.
        yearly: Whether it recurs, so that the next one may be meant.
    """

    pattern: re.Pattern[str]
    days: Callable[[re.Match[str], date], Days]
    leads: bool = False
    exact: bool = False
    yearly: bool = False


def _form(pattern: str, days: Callable[[re.Match[str], date], Days], **kind: bool) -> Form:
    return Form(re.compile(pattern, re.IGNORECASE), days, **kind)


# A number that is no price, no count, and no part of a longer number.
_ALONE = r"(?<![\w$£€#.,/:])(?<!\d[-–—])"
_YEAR = (
    rf"{_ALONE}(?P<year>(?:1[6-9]|20)\d\d)(?![\w%]|[.,/:]\d|[-–—/][\w])"
    r"(?!\s+(?:people|homes|cases|countries|cities|deaths|votes|miles|met(?:er|re)s|feet|pounds|dollars|euros|years|"
    r"days|times|percent|seats|jobs|workers|soldiers|troops|points|acres)\b)"
)
_ITS_YEAR = r"(?:(?:,?\s+(?:of\s+)?|,)(?P<year>(?:1[6-9]|20)\d\d(?![\w%]|[.,]\d)|(?:last|this)\s+year\b))"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w|[.:]\d|%)"
_TO_DAY = r"(?:\s*(?:[-–—]|\b(?:to|and|through|until)\b)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?(?!\w|[.:]\d|%))?"
_DAYS = _DAY + _TO_DAY
_NAME = rf"\b(?P<month>{MONTH})\b(?:\.(?=\s*,?\s*\d))?"
# May and March are other words too: in mid-sentence only "in" and "last" mark the month May.
_BARE = (
    rf"{_NAME}(?!\s+(?:\d|day\b|madness\b|(?:of\s+)?next\b))(?!(?<=march)\s+(?:for|on)\b)"
    r"(?:(?<!may)|(?<=\bin\smay)|(?<=\blast\smay)|(?=\s*(?:$|[^\w\s'’]|(?:and|to|or|until|through)\b)))"
)
_WEEKDAY = (
    rf"\b(?P<weekday>{WEEKDAY})\b"
    r"(?!\s+(?:times|mirror|telegraph|express|mail|post|world|night\s+(?:live|football|lights|fever)|the\s+13th)\b)"
)
# USA Today is a newspaper, and "in the USA today" a place and a day.
_TODAY = (
    r"(?:(?<!\busa\s)|(?<=\bthe\susa\s))"
    r"(?!(?-i:(?<=India\s)Today|(?<=Russia\s)Today|(?<=Psychology\s)Today|Today\s+(?:[Ss]how|[Pp]rogramme)))today"
)
_AT = rf"(?:(?<=\bearly\s)|(?<=\blate\s)|(?={WEEKDAY}(?:\s+(?:morning|afternoon|evening|night)|['’]s)\b))"
_DATED = rf"(?:\b{WEEKDAY},?\s+(?:the\s+)?)?"
_PART = (
    r"(?:\b(?P<part>early|mid|late|(?:start|beginning|middle|end)\s+of"
    r"|(?:first|second|third|fourth|last)\s+(?:week|half)\s+(?:of|in))(?:\s+|-)(?:the\s+)?)"
)
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(timewords.NUMBERS)})(?:\s+of)?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)\b"
_OF_YEAR = r"(?:of\s+)?(?P<year>(?:1[6-9]|20)\d\d|last\s+year|this\s+year)\b"
_ENDS = r"(?=\s*(?:$|[?.!,;:)]))"
# Words often named after a day ("the January 6 committee"), which is then not when it happens.
_NO_NAME = r"(?!\s+(?:attacks?|insurrection|riots?|committee|hearings?|massacre|movement|capitol|uprising|coup)\b)"
_EVENT = (
    r"(?:olympics?|paralympics?|games|cup|elections?|primar(?:y|ies)|championships?|finals?|awards?|oscars|grammys|"
    r"emmys?|open|season|super\s+bowl|world\s+series|tournament|summit|eurovision|euros?|referendum|convention|census|"
    r"festival|marathon|derby|midterms|playoffs|grand\s+prix|expo)\b"
)

# Longer forms first: later ones cannot match words already taken.
FORMS = (
    _form(r"(?<![\w/.-])\d{4}-\d\d-\d\d(?!\d|-\d)", timewords.iso, exact=True),
    _form(r"(?<![\w/.-])(\d{1,2})[/.](\d{1,2})[/.]((?:1[6-9]|20)\d\d)(?![\w/])", timewords.figures, exact=True),
    _form(r"(?<![\w/.-])(?P<year>(?:1[6-9]|20)\d\d)-(?P<month>\d\d)(?![\w-])", timewords.of_iso_month, exact=True),
    _form(rf"{_DATED}{_ALONE}{_DAYS}\s+(?:of\s+)?{_NAME}{_ITS_YEAR}", timewords.of_month, exact=True),
    _form(rf"{_DATED}{_NAME}\s+(?:the\s+)?{_DAYS}{_ITS_YEAR}", timewords.of_month, exact=True),
    _form(
        rf"{_DATED}{_ALONE}{_DAYS}\s+(?:of\s+)?{_NAME}(?!\s+next\b){_NO_NAME}",
        timewords.of_month,
        leads=True,
        yearly=True,
    ),
    _form(rf"(?<!\bthe\s){_DATED}{_NAME}\s+(?:the\s+)?{_DAYS}{_ENDS}", timewords.of_month, yearly=True),
    _form(rf"{_DATED}{_NAME}\s+(?:the\s+)?{_DAYS}{_NO_NAME}", timewords.of_month, leads=True, yearly=True),
    _form(rf"{_PART}{_NAME}{_ITS_YEAR}", timewords.of_month),
    _form(rf"{_NAME}{_ITS_YEAR}", timewords.of_month, exact=True),
    _form(rf"\b(?P<which>last|this)\s+{_BARE}", timewords.month_gone),
    _form(rf"{_PART}{_BARE}", timewords.of_month, yearly=True),
    _form(_BARE, timewords.of_month, leads=True, yearly=True),
    _form(rf"\b(?P<unit>Q)(?P<number>[1-4]),?\s+{_OF_YEAR}", timewords.of_quarter, exact=True),
    _form(rf"\b(?P<unit>H)(?P<number>[12]),?\s+{_OF_YEAR}", timewords.of_quarter, exact=True),
    _form(r"\b(?P<unit>Q)(?P<number>[1-4])\b(?P<year>)", timewords.of_quarter, leads=True),
    _form(
        r"\b(?P<number>first|second|third|fourth|[1-4](?=st|nd|rd|th))(?:st|nd|rd|th)?\s+(?P<unit>quarter|half)\s+"
        + _OF_YEAR,
        timewords.of_quarter,
        exact=True,
    ),
    _form(rf"\b(?P<which>last|this|past)?\b\s*\b{_SEASON}\s+{_OF_YEAR}(?:[-–/]\d\d\b)?", timewords.of_season),
    _form(
        rf"\b(?:(?P<which>last|this|past)|(?:over|during|in)\s+the)\s+{_SEASON}(?!\s+of\b)(?P<year>)",
        timewords.of_season,
    ),
    _form(rf"{_PART}?{_ALONE}(?P<decade>(?:1[6-9]|20)\d0|(?<=['’])[6-9]0)s\b", timewords.of_decade, leads=True),
    _form(
        rf"{_ALONE}(?P<year>(?:1[6-9]|20)\d\d)\s*[-–—]\s*(?P<last>(?:1[6-9]|20)\d\d)\b", timewords.of_years, exact=True
    ),
    _form(rf"{_PART}{_YEAR}", timewords.of_year),
    _form(rf"{_YEAR}(?=(?:\s+[\w'’]+){{0,3}}\s+{_EVENT})", timewords.of_year),
    _form(rf"\b{_EVENT}\s+{_YEAR}", timewords.of_year),
    _form(_YEAR, timewords.of_year, leads=True, exact=True),
    _form(rf"\b(?P<week>last\s+week)\s+(?:on\s+)?{_WEEKDAY}", timewords.of_weekday),
    _form(rf"{_WEEKDAY}\s+(?:of\s+)?(?P<week>last\s+week)\b", timewords.of_weekday),
    _form(
        r"(?<!\bthe\s)(?<!\blater\s)\b(?:earlier\s+)?(?P<which>this|last)\s+"
        r"(?P<unit>weekend|week|month|year|quarter|decade)\b(?!\s+of\b|-)",
        timewords.running,
    ),
    _form(
        r"\b(?:(?:over|at|during|on)\s+the|(?:this\s+)?past)\s+(?P<which>(?:last|past)\s+)?(?P<unit>weekend)\b",
        timewords.running,
    ),
    _form(
        rf"\b(?:last|past|previous)\s+{_COUNT}\s+(?P<unit>hour|day|week|month|year|decade)s?\b(?!\s+of\b)",
        timewords.rolling,
    ),
    _form(r"\b(?:(?<=\bthe\s)last|past)\s+(?P<count>)(?P<unit>week|month|year|decade)\b(?!\s+of\b)", timewords.rolling),
    _form(rf"\b{_COUNT}\s+(?P<unit>hour|day|week|month|year)s?\s+ago\b", timewords.ago),
    _form(
        rf"\b(?:the\s+day\s+before\s+yesterday|yesterday|{_TODAY}|tonight|last\s+night"
        r"|this\s+(?:morning|afternoon|evening))\b",
        timewords.of_day,
    ),
    _form(rf"\b(?P<which>last|(?:this\s+)?past)\s+{_WEEKDAY}", timewords.of_weekday),
    _form(rf"{_AT}{_WEEKDAY}", timewords.of_weekday, yearly=True),
    _form(_WEEKDAY, timewords.of_weekday, leads=True, yearly=True),
    _form(r"(?<!\bmost\s)\b(?:recent(?:ly)?|lately)\b(?!\s+(?:years|decades|history|memory))", timewords.recently),
)
