"""The words of a sentence that answer: the number, day or name that stands nearest to the question's own words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answer.amounts import amounts, asks_for_amount
from bot.answer.wanted import Kind, Wanted
from bot.question.phrases import PLACING, phrases
from index.split import Span, sentences
from index.time.mentions import mentions
from index.words import word_ids

WORTH_MORE = 2.0
"""What a word of the question's last sentence counts, against one that leads up to it."""
LEAD = 1.2
"""The best span has to stand so much nearer than the next; else it is not known which answers."""

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_PARTS = (("year", re.compile(r"\d{4}")), ("month", re.compile(r"(?i)jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec")))
_SOMEBODY = re.compile(
    r"(?<!, )\bwho(?:m|se)?\b|\b(?:which|what) (?:[\w-]+ ){0,3}?(?:actor|actress|singer|star|player"
    r"|golfer|president|minister|senator|mayor|politician|judge|author|director|lawmaker|athlete|coach|man|woman|person|leader|celebrity)\b",
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
    kind: Kind = "number" if asks_for_amount(asked) else Wanted.of(asked).kind
    match kind:
        case "number":
            spans = [amount.span for amount in amounts(asked, quote)]
        case "date":
            spans = _days(asked, quote)
        case "name":
            spans = list(_names(question, asked, quote))
        case "other":
            return None
    return _nearest(spans, _shared(question, asked, quote), quote)


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
    return last if asks_for_amount(last) or Wanted.of(last).kind != "other" else question


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
