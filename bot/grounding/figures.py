"""Numbers and dates in one form, whatever their notation: "1.2 million" is 1,200,000, "Aug. 19" is 19 August."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.calendar_names import MONTH, MONTHS
from corpus.number_words import ORDINALS, SCALES, SHORT_SCALES, VALUES

_VALUES = VALUES | {"twice": 2}
CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee"}

_MONTH = rf"(?P<month>{MONTH})\b\.?"
_FULL_MONTH = r"""\b(?P<month> January | February | March | April | May | June | July | August | September | October |
    November | December | (?:Jan | Feb | Aug | Sept? | Oct | Nov | Dec)\. )(?!\w)"""
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_SCALE = "|".join(SCALES)
_WORD = "|".join(sorted({*_VALUES, *SCALES}, key=len, reverse=True))
_AND = r"(?: (?<=hundred)\s+and\s+ | (?<=thousand)\s+and\s+ | (?<=million)\s+and\s+ | [\s-]+ )"
_SPELT = rf"(?:(?:a|an)\s+(?={_SCALE}))?(?:{_WORD})(?:{_AND}(?:{_WORD}))*"
_PERCENT = r"[\s-]per\s?cent(?:age)?(?P<points>\s+points?)?\b"
_SHARED_PERCENT = r"(?= \s(?:to|and|or|[-–])\s\d[\d.]*(?:% | \sper\s?cent) )"
_COMPARED = r"(?= \s+(?:of|as|more|less|below|above|under|over|higher|lower|fewer)\b | [.,] | \s+\w+ed\b )"


def _form(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(pattern, flags | re.VERBOSE)


_FORMS = (
    ("date", _form(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")),
    ("date", _form(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b)?")),
    ("date", _form(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?!\s*(?:%|percent|people|million))(?:,?\s+{_YEAR}\b)?")),
    ("date", _form(rf"\b{_MONTH}\s+(?:of\s+)?{_YEAR}\b")),
    ("date", _form(_FULL_MONTH, re.NOFLAG)),
    (
        "weekday",
        _form(
            r"""\b(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)days?\b
            | \b(?P<short>(?-i:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun))\."""
        ),
    ),
    (
        "clock",
        _form(
            r"""\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap])\.?m\b\.?
            | \b(?P<hour24>\d{1,2}):(?P<minute24>\d\d)\b"""
        ),
    ),
    (
        "score",
        _form(
            r"""(?<![\w.])(?<!from\ )(?<!between\ )(?P<left>\d{1,3})(?:\s?[-–]\s?|\ to\ )(?P<right>\d{1,3})
            (?! [\w%] | [-–.]\d | \s?(?:per\ ?cent|million|billion|thousand) )"""
        ),
    ),
    ("plural", _form(r"\b(?P<many>dozens|hundreds|thousands|millions|billions)\b")),
    (
        "share",
        _form(
            rf"""\b(?P<count>one|two|three|a|an)[\s-](?P<part>third|quarter|fifth|tenth|half)s?\b{_COMPARED}
            | \bone\ in\ (?P<among>two|three|four|five|ten)\b
            | \bhalf\b(?= \s+(?:of|the|a|an|its|their|as)\b | \s*[.,] | $ ) | (?<=by\ )half"""
        ),
    ),
    (
        "ordinal",
        _form(
            rf"""\b(?: (?P<digits>\d+)(?:st|nd|rd|th)
            | (?:(?P<tens>twenty|thirty|forty|fifty)-)?(?P<ordinal>{"|".join(ORDINALS)}) )\b"""
        ),
    ),
    (
        "number",
        _form(
            rf"""(?P<currency>(?:US|A|C|HK)?[$€£¥₹])?\s?(?<!\w)(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
            (?: (?P<short>k|mn?|bn|b|tn)\b | [\s-]*(?P<scale>{_SCALE})\b )?s?
            (?P<percent> \s*% | {_PERCENT} | {_SHARED_PERCENT} )?"""
        ),
    ),
    ("spelt", _form(rf"\b(?P<spelt>{_SPELT})\b(?P<percent>{_PERCENT})?")),
)
"""The first form that matches is used; matches do not overlap."""
_IDLE_ONE = re.compile(r"(?:\b(?:no|any|some|every|each|this|that|which)[\s-]|\bthe )\Z", re.I)
_PRONOUN_ONE = re.compile(r"\s+(?:of|another|more|day|side|hand)\b|['’]s|[.,;]", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date in a text.

    Attributes:
        keys: Its meaning in one form for all notations; a date has several.
        start: Where it starts, in characters.
        end: Where it ends, exclusive.
        currency: The word for the sign before it; empty if there is none.
    """

    keys: tuple[str, ...]
    start: int
    end: int
    currency: str = ""

    @property
    def dated(self) -> bool:
        """Whether it is a date or time."""
        return self.keys[0][0] in "dmywt"


def figures(text: str) -> list[Figure]:
    """All numbers and dates of a text, in order, not overlapping."""
    taken = bytearray(len(text) + 1)
    found: list[Figure] = []
    for form, pattern in _FORMS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or not match[0].strip():
                continue
            keys = tuple(_keys(form, match))
            if keys:
                taken[match.start() : match.end()] = b"\x01" * len(match[0])
                currency = match["currency"] if form == "number" else None
                blank = len(match[0]) - len(match[0].lstrip())
                found.append(
                    Figure(keys, match.start() + blank, match.end(), CURRENCIES[currency[-1]] if currency else "")
                )
    return sorted(found, key=lambda figure: figure.start)


def _keys(form: str, match: re.Match[str]) -> Iterator[str]:
    part = match.groupdict()
    match form:
        case "date":
            yield from _date(part)
        case "weekday":
            yield "w" + (part["weekday"] or part["short"]).lower()[:3]
        case "clock":
            yield _clock(part)
        case "score":
            yield f"s{part['left']}-{part['right']}"
        case "plural":
            yield "n" + part["many"].lower()
        case "share":
            yield _share(part)
        case "ordinal":
            tens = _VALUES.get((part["tens"] or "").lower(), 0)
            yield f"o{part['digits'] or tens + ORDINALS.index(part['ordinal'].lower()) + 1}"
        case _:
            yield from _number(match)


def _date(part: dict[str, str | None]) -> Iterator[str]:
    name = (part["month"] or "").lower()
    month = int(name) if name.isdigit() else MONTHS.index(name[:3]) + 1
    day, year = part.get("day"), part.get("year")
    if day:
        yield f"d{month}-{int(day)}"
    else:
        yield f"m{month}"
    if year:
        yield f"y{year}"


def _clock(part: dict[str, str | None]) -> str:
    hour = int(part["hour"] or part["hour24"] or 0)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"].lower() == "p" else 0)
    return f"t{hour}:{int(part['minute'] or part['minute24'] or 0):02}"


def _share(part: dict[str, str | None]) -> str:
    if part["among"]:
        return "%" + _plain(100 / _VALUES[part["among"].lower()])
    count = {"two": 2, "three": 3}.get((part["count"] or "").lower(), 1)
    share = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}[(part["part"] or "half").lower()]
    return "%" + _plain(100 * count / share)


def _number(match: re.Match[str]) -> Iterator[str]:
    part = match.groupdict()
    digits, spelt = part.get("digits"), part.get("spelt")
    if spelt and spelt.lower() == "one" and _is_pronoun(match):
        return
    value = float(digits.replace(",", "")) if digits else _spelt(spelt or "")
    if digits:
        value *= SCALES.get((part["scale"] or "").lower(), 1) * SHORT_SCALES.get((part["short"] or "").lower(), 1)
    if part.get("percent") is not None:
        yield ("p" if part["points"] else "%") + _plain(value)
    elif digits and re.fullmatch(r"(?:1[89]|20)\d\d", digits) and not (part["scale"] or part["currency"]):
        yield f"y{digits}"
    else:
        yield "n" + _plain(value)


def _is_pronoun(match: re.Match[str]) -> bool:
    return bool(_IDLE_ONE.search(match.string[: match.start()]) or _PRONOUN_ONE.match(match.string, match.end()))


def _spelt(words: str) -> float:
    total = current = 0.0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _VALUES:
            current += _VALUES[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1) * SCALES[word]
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0.0
    return total + current


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
