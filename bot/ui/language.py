"""The page's strings in the languages it speaks: a catalogue each, one key for one string."""

import tomllib
import unicodedata
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
_FROM_THE_RIGHT = {"R", "AL"}
"""The bidirectional classes of letters that run from right to left."""


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
        """The string of a key, with its places filled in: whole numbers as the language writes them, texts isolated.

        Args:
            key: As in the catalogue.
            values: For the places; `n` is the count that the string depends on.
        """
        found = self.strings[key]
        if not isinstance(found, str):
            found = found.get(self._locale.plural_form(values["n"])) or found["other"]
        shown = {name: self._shown(value) for name, value in values.items()}
        return found.format(**shown) if shown else found

    def number(self, value: float) -> str:
        """A number with its thousands separated."""
        return format_decimal(value, locale=self._locale)

    def decimal(self, value: float, places: int) -> str:
        """A number with so many decimal places; its sign stays in front of it, whatever the text around it."""
        return self.isolated(format_decimal(value, f"0.{'0' * places}", locale=self._locale))

    def isolated(self, text: str) -> str:
        """A text that runs in its own direction, so that neither it nor what is around it is reordered.

        In a language from left to right only a text that has letters of the other direction needs that.
        """
        if self.direction == "ltr" and not any(unicodedata.bidirectional(sign) in _FROM_THE_RIGHT for sign in text):
            return text
        return f"\u2068{text}\u2069"

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
        """Parts one after the other, in the direction of the language."""
        return self.opened(self.say("limits.comma").join(map(self.isolated, parts)))

    def either(self, names: Sequence[str]) -> str:
        """Names as one says them of a choice: "Reuters or CNN"."""
        return self.opened(format_list(list(map(self.isolated, names)), "or", self._locale))

    def both(self, names: Sequence[str]) -> str:
        """Names as one says them together: "Reuters and CNN"."""
        return self.opened(format_list(list(map(self.isolated, names)), "standard", self._locale))

    def opened(self, text: str) -> str:
        """Opens a text, unless it is empty, with a mark of the direction: isolated parts show none of their own."""
        return f"\u200f{text}" if text and self.direction == "rtl" else text

    def _shown(self, value: Any) -> Any:
        if isinstance(value, int):
            return self.number(value)
        return self.isolated(value) if isinstance(value, str) else value

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
