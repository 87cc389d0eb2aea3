"""Numbers in a sentence of the kind that a question asks for: counts, money, shares, ages, extents."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.number_words import SCALES, SHORT_SCALES, VALUES
from index.split import Span
from index.time.mentions import mentions
from index.words import content_words

_WORDS = {word: float(value) for word, value in VALUES.items() if value} | {"half": 0.5}
_MAGNITUDES = SCALES | {word: SHORT_SCALES[word] for word in ("m", "bn")}

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_MONEY_WORDS = r"(?:dollars|euros?|pounds|crowns|kron(?:er|or)|francs|yen|yuan|rupees|roubles|rubles|pesos)"
_UNITS = (
    r"(?:years?[ -]old|(?:year|month|week|day|hour|minute|second|mile|kilomet(?:re|er)|met(?:re|er)|centimet(?:re|er)"
    r"|acre|hectare|degree|tonne|ton)s?|km|feet|foot|ft|inch(?:es)?|square \w+)"
)
AMOUNT = re.compile(
    rf"(?<![\w.,-])(?:(?P<sign>(?:US|A|C|NZ)?[$£€¥])\s?)?(?P<number>{_DIGITS}|\b{_SPELT}(?:-{_SPELT})?\b)"
    rf"(?:[ -]?(?P<magnitude>{'|'.join(_MAGNITUDES)})\b)?"
    rf"(?:\s?(?P<share>%|percent(?:age points?)?\b|per cent\b)|\s(?P<money>{_MONEY_WORDS})\b|[ -](?P<unit>{_UNITS})\b)?"
    r"(?![\w-]|[.,]\d)",
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:(?:more|less|fewer|greater|higher|lower) than|at most|over|under|above|below|up to|about|around"
    r"|nearly|almost|roughly|some|approximately|an estimated|as (?:many|much|few|little) as|close to|only|another"
    r"|additional|first|last|other|every|each|per|by|between|than|from)\s+(?:the\s+)?\Z|[–-]\Z",
    re.I,
)
"""Before a number that is not exact, or counts something else: "another 12"."""
_LEAST = re.compile(r"\bat least\s+(?:the\s+)?\Z", re.I)
_AFTER = re.compile(r"\s+(?:more|other|others|of|or more|additional)\b|\s+(?:to|in|or) [$£€¥]?\d|[–-]\d", re.I)
_NAMED = re.compile(r"(?P<word>\b[A-Z][\w.]*)[ -]\Z")
_OPENERS = re.compile(r"About|Around|Nearly|Almost|Some|Over|At|More|Only|Just|In|Of|The|Roughly|Up|And|But")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")

_COUNTED = re.compile(r"\bhow many (?:of the |more |other |new )?(?P<noun>[a-z-]+(?: [a-z-]+)?)", re.I)
_MONEY = re.compile(
    r"\bhow much\b|\b(?:what|which) (?:price|sum|amount|cost)\b|\bwhat (?:did|do|does|will|would|is)\b.*\bcosts?\b"
    r"|\bwhat (?:is|was|will be) the (?:[\w-]+ ){0,2}(?:price|cost|fee|fine)\b",
    re.I,
)
_SHARE = re.compile(r"\b(?:what|which) (?:percent|share|proportion)", re.I)
_AGE = re.compile(r"\bhow old\b|\b(?:what|which) age\b", re.I)
_EXTENT = re.compile(r"\bhow (?:long|far|high|tall|big|large|deep|wide|heavy)\b", re.I)
_AGED = re.compile(r"(?:\baged?(?: of)? |, )\Z")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")

Exactness = Literal["exactly", "at least", "otherwise"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a sentence.

    Attributes:
        start: Where it starts, in characters.
        end: Where it ends, exclusive, with what it counts or measures.
        value: The number itself.
        unit: What it counts or measures, in lower case, if the sentence has that beside it; else empty.
        exactness: Exactly and in total, at least, or otherwise: "more than 40", "another 40", "40 of them".
    """

    start: int
    end: int
    value: float
    unit: str
    exactness: Exactness

    @property
    def span(self) -> Span:
        """Its place in the sentence."""
        return self.start, self.end


def asks_for_amount(question: str) -> bool:
    """Whether a question wants money without saying "how much": "What will the gate cost?"."""
    return bool(_MONEY.search(question) or _SHARE.search(question))


def amounts(question: str, quote: str) -> list[Amount]:
    """The numbers of a sentence of the kind asked for, without years, days and numbers in names."""
    found = [match for match in AMOUNT.finditer(quote) if not _names_something(quote, match)]
    if _SHARE.search(question):
        found = [match for match in found if match["share"]]
    elif _AGE.search(question):
        found = [match for match in found if _is_age(quote, match)]
    elif _EXTENT.search(question):
        found = [match for match in found if match["unit"]]
    elif counted := _COUNTED.search(question):
        return list(_counts(counted["noun"], quote, [match for match in found if not _is_money(match)]))
    elif _MONEY.search(question):
        found = [match for match in found if _is_money(match)]
    return [_amount(quote, match) for match in found]


def _is_money(match: re.Match[str]) -> bool:
    return bool(match["sign"] or match["money"])


def _is_age(quote: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"old\Z", match[0])) or bool(_AGED.search(quote, 0, match.start()))


def _names_something(quote: str, match: re.Match[str]) -> bool:
    """Whether a number is a year, a day of the month, or part of a name."""
    if _is_money(match) or match["share"] or match["unit"]:
        return False
    times = (mention.match.span() for mention in mentions(quote))
    if _YEAR.fullmatch(match[0]) or any(start <= match.start() and match.end() <= end for start, end in times):
        return True
    named = _NAMED.search(quote, 0, match.start())
    return bool(named and match[0][0].isdigit() and not _OPENERS.fullmatch(named["word"]))


def _amount(quote: str, match: re.Match[str]) -> Amount:
    unit = (match["sign"] or match["money"] or match["share"] or match["unit"] or "").lower()
    return Amount(match.start(), match.end(), _value(match), unit, _exactness(quote, match))


def _exactness(quote: str, match: re.Match[str]) -> Exactness:
    before = quote[: match.start()]
    if _HEDGED.search(before) or _AFTER.match(quote, match.end()):
        return "otherwise"
    return "at least" if _LEAST.search(before) else "exactly"


def _value(match: re.Match[str]) -> float:
    number = match["number"].lower().replace(",", "")
    parts = [number] if number[0].isdigit() else number.split("-")
    return sum(_WORDS.get(part) or float(part) for part in parts) * _MAGNITUDES.get(
        (match["magnitude"] or "").lower(), 1
    )


def _counts(noun: str, quote: str, found: Sequence[re.Match[str]]) -> Iterator[Amount]:
    """Numbers followed by the noun that the question counts; if there are none, numbers without a unit."""
    wanted = content_words(noun)
    beside = [(match, end) for match in found if (end := _counted_until(quote, match, wanted))]
    for match, end in beside:
        yield replace(_amount(quote, match), end=end, unit=noun.lower())
    if not beside:
        yield from (_amount(quote, match) for match in found if not match["unit"] and not match["share"])


def _counted_until(quote: str, match: re.Match[str], wanted: set[str]) -> int | None:
    """The end of the noun that a number counts, at most two words on, if it is a wanted one; else None."""
    if match["unit"] and content_words(match["unit"]) & wanted:
        return match.end()
    following = list(_WORD.finditer(quote, match.end(), match.end() + 60))[:3]
    return next((word.end() for word in following if content_words(word[0]) & wanted), None)
