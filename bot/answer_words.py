"""The words of a sentence that answer: the number, day or name that stands nearest to the question's own words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.phrases import PLACING, phrases
from bot.wanted import Wanted
from index.lexical import word_ids
from index.mentions import mentions
from index.split import Span, sentences

WORTH_MORE = 2.0
"""What a word of the question's last sentence counts, against one that leads up to it."""
LEAD = 1.2
"""The best span has to stand so much nearer than the next; else it is not known which answers."""

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = (
    r"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve|one"
    r"|two|three|four|five|six|seven|eight|nine|half|dozens?|hundreds?|thousands?)"
)
_MAGNITUDE = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion|dozen|bn|m)\b)?"
AMOUNT = re.compile(
    rf"(?<![\w.,-])(?:(?P<currency>(?:US|A|C|NZ)?[$£€¥])\s?)?(?:{_DIGITS}|\b{_SPELT}(?:-{_SPELT})?\b){_MAGNITUDE}"
    r"(?P<share>\s?(?:%|percent(?:age points?)?\b|per cent\b))?"
    r"(?P<unit>(?:-|\s)(?:years?(?:-|\s)old|years?|months?|weeks?|days?|hours?|minutes?|seconds?|miles?|kilomet(?:re|er)s?"
    r"|km|met(?:re|er)s?|feet|foot|ft|inches|inch|centimet(?:re|er)s?|acres?|hectares?|square \w+|degrees|tons?|tonnes?"
    r"|pounds|dollars|euros|crowns)\b)?"
    r"(?![\w-]|[.,]\d)",
    re.I,
)
_NAMED_NUMBER = re.compile(r"\b[A-Z][\w.]*[ -]\Z")
"""Before the number in "Route 1"."""
_OPENS = re.compile(r"(?:About|Around|Nearly|Almost|Some|Over|At|More|Only|Just|In|Of|The|Roughly|Up)\W")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_COUNTED = re.compile(r"\bhow many (?:of the |more |other |new )?(?P<noun>[a-z-]+(?: [a-z-]+)?)", re.I)
_MONEY = re.compile(r"\bhow much\b|\bwhat (?:price|sum|amount)\b", re.I)
_SHARE = re.compile(r"\b(?:what|which) (?:percent|share|proportion)", re.I)
_AGE = re.compile(r"\bhow old\b|\b(?:what|which) age\b", re.I)
_EXTENT = re.compile(r"\bhow (?:long|far|high|tall|big|large|deep|wide|heavy)\b", re.I)
_AGED = re.compile(r"(?:\baged?(?: of)? |, )\Z")
_PARTS = (("year", re.compile(r"\d{4}")), ("month", re.compile(r"(?i)jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec")))
_SOMEBODY = re.compile(
    r"(?<!, )\bwho(?:m|se)?\b|\b(?:which|what) (?:[\w-]+ ){0,3}?(?:actor|actress|singer|star|player|golfer|president|minister"
    r"|senator|mayor|politician|judge|author|director|lawmaker|athlete|coach|man|woman|person|leader|celebrity)\b",
    re.I,
)
_SOMEWHERE = re.compile(
    r"\bwhere\b|\b(?:which|what) (?:[\w-]+ ){0,2}?(?:country|countries|nation|city|state|town|island|region|county)\b",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:which|what) (?:[\w-]+ ){0,3}?(?:company|airline|team|club|party|firm|chain|brand|bank|retailer|university"
    r"|newspaper|agency|\w*maker|manufacturer|giant)\b",
    re.I,
)
_DATELINE = re.compile(r"(?:[A-Z][\w.,’' -]{0,60})?\([\w ]{2,30}\)(?:\s*[–—-])?\s|[A-Z]{4,}[\w.,’' -]{0,60}? [–—-] ")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a sentence that the question has too.

    Attributes:
        start: In characters.
        weight: How much it counts.
    """

    start: int
    weight: float


def answer_words(question: str, quote: str) -> Span | None:
    """The words of the quote that answer, as start and end in it; None if there are none or several may be meant."""
    asked = _asked(question)
    kind = Wanted.of(asked).kind
    match kind:
        case "number":
            spans = amounts(asked, quote)
        case "date":
            spans = _days(asked, quote)
        case "name":
            spans = list(_names(question, asked, quote))
        case "other":
            return None
    return _nearest(spans, _shared(question, asked, quote), quote)


def amounts(question: str, quote: str) -> list[Span]:
    """The numbers of the quote that are of the sort asked for, with what they count or measure."""
    found = [match for match in AMOUNT.finditer(quote) if not _names_something(quote, match)]
    if _SHARE.search(question):
        return [match.span() for match in found if match["share"]]
    if _AGE.search(question):
        return [match.span() for match in found if _is_age(quote, match)]
    if _EXTENT.search(question):
        return [match.span() for match in found if match["unit"]]
    if counted := _COUNTED.search(question):
        return _counts(counted["noun"], quote, [match for match in found if not match["currency"]])
    if _MONEY.search(question):
        return [match.span() for match in found if match["currency"]] or [match.span() for match in found]
    return [match.span() for match in found]


def _is_age(quote: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"old\Z", match[0])) or bool(_AGED.search(quote, 0, match.start()))


def _names_something(quote: str, match: re.Match[str]) -> bool:
    """Whether a number is a year, a day of the month, or part of a name."""
    if match["currency"] or match["share"] or match["unit"]:
        return False
    if _YEAR.fullmatch(match[0]) or any(_inside(match.span(), mention.match.span()) for mention in mentions(quote)):
        return True
    before = quote[: match.start()]
    named = _NAMED_NUMBER.search(before)
    return bool(match[0][0].isdigit() and named and not _OPENS.match(named[0]))


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _counts(noun: str, quote: str, found: Sequence[re.Match[str]]) -> list[Span]:
    """Numbers with the noun they are asked of behind them; where that is said of none, those without a unit."""
    wanted = _stems(noun)
    spans = []
    for match in found:
        following = list(_WORD.finditer(quote, match.end(), match.end() + 60))[:3]
        ends = [word.end() for word in following if _stems(word[0]) & wanted]
        if ends:
            spans.append((match.start(), ends[0]))
    return spans or [match.span() for match in found if not match["unit"] and not match["share"]]


def _days(question: str, quote: str) -> list[Span]:
    spans = [mention.match.span() for mention in mentions(quote)]
    for part, pattern in _PARTS:
        if re.search(rf"\b(?:what|which) {part}\b", question, re.I):
            return [span for span in spans if pattern.search(quote[slice(*span)])]
    return spans


def _names(question: str, asked: str, quote: str) -> Iterator[Span]:
    """The names that the question lacks: of people or places, and of a company or team if there is one only."""
    known = {_POSSESSIVE.sub("", word.lower()) for word in _WORD.findall(question)}
    told = _DATELINE.match(quote)
    opening = told.end() if told else 0
    found = [name for name in phrases(quote[opening:]) if name.sort == "name" and not name.words & known]
    if _SOMEBODY.search(asked):
        found = [name for name in found if name.person]
    elif _SOMEWHERE.search(asked):
        found = [name for name in found if name.before in PLACING - {"of"} and not name.definite]
    elif len(found) > 1 or not _ORGANISATION.search(asked):
        return
    for name in found:
        words = r"\s+".join(map(re.escape, name.text.split()))
        if match := re.compile(words).match(quote, opening + name.start):
            yield match.span()


def _asked(question: str) -> str:
    spans = sentences(question)
    last = question[slice(*spans[-1])] if spans else ""
    return last if Wanted.of(last).kind != "other" else question


def _stems(text: str) -> set[str]:
    ids, words = word_ids([text])
    return {words[place] for place in ids[0]}


def _shared(question: str, asked: str, quote: str) -> list[Place]:
    """The words of the quote that the question has, those of its asking counting more."""
    found = list(_WORD.finditer(quote))
    (whole, last, *own), words = word_ids([question, asked, *(word[0] for word in found)])
    near, far = {words[place] for place in last}, {words[place] for place in whole}
    return [
        Place(word.start(), WORTH_MORE if {words[place] for place in ids} & near else 1.0)
        for word, ids in zip(found, own, strict=True)
        if {words[place] for place in ids} & far
    ]


def _nearest(spans: Sequence[Span], shared: Sequence[Place], quote: str) -> Span | None:
    """The span that stands nearest to the shared words; None if none does clearly."""

    def nearness(span: Span) -> float:
        return sum(place.weight / (1 + _between(span, place.start, quote)) for place in shared)

    ranked = sorted(((nearness(span), span) for span in spans), reverse=True)
    if not ranked or not ranked[0][0]:
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] >= LEAD * ranked[1][0] else None


def _between(span: Span, place: int, quote: str) -> int:
    """How many words stand between a span and a word; 0 inside it."""
    start, end = span
    between = quote[place:start] if place < start else quote[end:place]
    return len(between.split())
