"""The page's strings in the languages it speaks: a catalogue each, one key for one string."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent / "languages"
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the page.

    Attributes:
        code: As in `lang`.
        direction: "ltr" or "rtl".
        strings: By key, "archive.title"; where a string depends on a count, by the plural category that it has then.
    """

    code: str
    direction: str
    strings: Mapping[str, str | Mapping[str, str]]

    def say(self, key: str, **values: Any) -> str:
        """The string of a key, with its places filled in; whole numbers are written as the language writes them.

        Args:
            key: As in the catalogue.
            values: For the places; `n` is the count that the string depends on.
        """
        found = self.strings[key]
        if not isinstance(found, str):
            found = found.get(self._locale.plural_form(values["n"])) or found["other"]
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return found.format(**shown) if shown else found

    def number(self, value: float) -> str:
        """A number with its thousands separated."""
        return format_decimal(value, locale=self._locale)

    def day(self, value: date) -> str:
        """A day as people write it: 19 August 2020."""
        return format_date(value, "d MMMM y" if self.code != "de" else "d. MMMM y", locale=self._locale)

    def month(self, value: date) -> str:
        """A month with its year."""
        return format_date(value, "LLLL y", locale=self._locale)

    def moment(self, value: datetime) -> str:
        """A day with its time in UTC."""
        time = format_datetime(value, "HH:mm", locale=self._locale)
        return self.say("archive.moment", day=self.day(value), time=time)

    def comma(self, parts: Sequence[str]) -> str:
        """Parts one after the other."""
        return self.say("limits.comma").join(parts)

    def either(self, names: Sequence[str]) -> str:
        """Names as one says them of a choice: "Reuters or CNN"."""
        return format_list(list(names), "or", self._locale)

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.code)


@cache
def languages() -> Mapping[str, Language]:
    """All of them, by code."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def spoken(accepted: str | None) -> Language:
    """The language for a browser's Accept-Language: the first in it that is spoken here; else English.

    Args:
        accepted: The header, "de-AT,de;q=0.9,en;q=0.5"; browsers write what they prefer first.
    """
    wanted = [part.partition(";")[0].strip().lower() for part in (accepted or "").split(",")]
    return languages()[negotiate_locale(wanted, languages(), sep="-") or DEFAULT]


def _read(path: Path) -> Language:
    contents = tomllib.loads(path.read_text("utf-8"))
    direction = str(contents.pop("direction"))
    strings = {f"{group}.{name}": string for group, named in contents.items() for name, string in named.items()}
    return Language(path.stem, direction, strings)


ENGLISH = languages()[DEFAULT]
