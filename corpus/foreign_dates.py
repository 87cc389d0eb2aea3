"""Dates in languages other than English, and in figures."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

# English is among them to be recognised and refused: it is parsed elsewhere, and more strictly.
LANGUAGES = [
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs"),
    *("hu", "fi", "sv", "da", "nb", "tr", "zh", "ja", "ko"),
]
LONGEST_LINE = 80  # characters
WEST, EAST = 12, 14  # the largest offsets from UTC, in hours
KEPT = 4096  # cached lines: many articles share a day
# What is written before the day of publication; "updated" is not among them.
_PUBLISHED = re.compile(
    r"(?:veröffentlicht|erstellt|erschienen|stand|datum|vom|publiée?|paru|mis en ligne|publicad[oa]|fecha|pubblicat[oa]"
    r"|data(?: publikacji| di pubblicazione)?|gepubliceerd|geplaatst|opublikowan[oay]|dodano|опубликован[оа]?"
    r"|дата(?: публикации| публікації)?|опубліковано|publikováno|vydáno|zveřejněno|megjelent|közzétéve|publikálva"
    r"|dátum|julkaistu|publicera[dt]|udgivet|publiceret|offentliggjort|publisert|yayın(?:lanma)?(?: tarihi)?|tarih"
    r"|giriş|发布(?:时间|于)|发表于|發[布佈](?:時間|於)?|日期|时间|時間|公開日?|掲載|配信|投稿日|기사입력|입력|등록|게재|작성일)"
    r"(?:\s+(?:am|le|el|il|em|op|dne|den))?\s*[:：]?\s*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})\.?(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_TIME = re.compile(r"[\s,–—-]+(?:[^\d\s]{1,5}\s+){0,2}\d{1,2}\s?[h:.]\s?\d\d\b\D{0,12}$")
_ONLY_TIME = re.compile(r"[\s,|·–—-]*(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?)?\s*$")


@lru_cache(KEPT)
def foreign_date(text: str) -> date | None:
    """The date of a text that contains only a date, in one of the languages.

    Returns:
        A datetime where it states the time of day and no zone; None for any other text.
    """
    text = text.strip()
    year = _YEAR.search(text) if len(text) <= LONGEST_LINE else None
    if not year or not re.search(r"[^\W\d_]", text):
        return None
    published = _PUBLISHED.match(text)
    text = text[published.end() :] if published else text
    figures = day_in_figures(text, day_first="./-") if published else None
    found = figures or _parsed(text) or _parsed(_TIME.sub("", text))
    return found if found and found.year == int(year[0]) else None


def day_in_figures(text: str, *, day_first: str = "") -> date | None:
    """The date of a text that contains only one in figures, as 22.9.2020 or 2020. 9. 22.

    Args:
        text: Perhaps with a time of day, which is ignored.
        day_first: The separators that mean day before month: with "." 05.03.2024 is in March. With other
            separators, a day over 12 is required.
    """
    if found := _YEAR_FIRST.match(text):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    elif found := _YEAR_LAST.match(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        known = found[2] in day_first
        if month > 12 and not known:
            day, month = month, day
        elif day <= 12 and day != month and not known:
            return None
    if not found or not _ONLY_TIME.match(text, found.end()):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parsed(text: str) -> date | None:
    try:
        parsed = _parser().get_date_data(text)
    except (ValueError, OverflowError, TypeError, AttributeError):  # raised for texts of no language
        return None
    found: datetime | None = parsed.date_obj
    if found is None or parsed.locale is None or parsed.locale.split("-")[0] == "en":
        return None
    has_time = parsed.period == "time" and found.tzinfo in {None, UTC}
    return found if has_time else found.date()


@cache
def _parser() -> "DateDataParser":
    """Loaded on first use: it takes a quarter of a second."""
    from dateparser.date import DateDataParser

    settings = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RETURN_TIME_AS_PERIOD": True,
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": True,
    }
    # Each text is parsed alone: if the languages of earlier texts were preferred, the order of files would matter.
    return DateDataParser(languages=LANGUAGES, settings=settings, try_previous_locales=False)


def as_shown(stated: date, seen: date) -> date:
    """A moment in UTC with the day that its page shows, where that is the local day of some zone.

    Args:
        stated: The moment in the page's metadata.
        seen: The day that it shows to readers; its time of day, if any, gives the zone.
    """
    if not isinstance(stated, datetime) or stated.utcoffset() != UTC.utcoffset(None):
        return stated
    day = seen.date() if isinstance(seen, datetime) else seen
    days = (day - stated.date()).days
    possible = stated.hour < WEST if days == -1 else days == 1 and stated.hour >= 24 - EAST
    if not possible or (isinstance(seen, datetime) and seen.tzinfo):
        return stated
    return _in_zone_of(stated, seen) if isinstance(seen, datetime) else day


def _in_zone_of(moment: datetime, local: datetime) -> date:
    """The moment in the zone whose clocks show the local time, to a quarter of an hour."""
    quarters = round((local.replace(tzinfo=UTC) - moment) / timedelta(minutes=15))
    offset = quarters * timedelta(minutes=15)
    return moment.astimezone(timezone(offset)) if abs(offset) <= timedelta(hours=14) else local.date()
