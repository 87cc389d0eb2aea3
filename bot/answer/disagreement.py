"""Sources that give different numbers for one thing. A false alarm is worse than a miss, so any doubt means no."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answer.amounts import Amount, amounts, asks_for_amount
from bot.answer.sentence import Sentence
from bot.question.phrases import phrases
from corpus.article import Article, instant
from index.time.mentions import mentions
from index.words import content_words

MOST_DAYS_APART = 14
"""The most days between two articles on one event. Articles without a date are not compared."""
MOST_NUMBERS = 3
"""The most differing numbers; more of them are not about one thing."""

_SUPPOSED = re.compile(
    r"\b(?:could|may|might|would|will|should|expect(?:s|ed)?|forecast|predict(?:s|ed)?|projected|estimate[sd]?|likely|if"
    r"|fear(?:s|ed)?|plan(?:s|ned)?|offer(?:s|ed)?|bid|proposed)\b",
    re.I,
)
_NOT_THE_LAST = re.compile(r"\b(?:alone|so far|ha[sd] (?:now )?(?:reached|risen|grown|climbed|swelled))\b", re.I)
"""Of a part, or of a count that goes on."""
_HOW_MANY = re.compile(
    r"\bhow (?:many|much|old|long|far|high|tall|big|large)\b|\b(?:what|which) (?:percent|number|age)", re.I
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that gives the requested number.

    Attributes:
        place: Its place among the sentences.
        article: The article it is in.
        amount: The number.
        times: The years it mentions.
        supposed: Whether it is about a possibility or a plan.
    """

    place: int
    article: Article
    amount: Amount
    times: frozenset[str]
    supposed: bool


def disagreement(question: str, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """The places of the sentences whose sources give different numbers for what is asked, by their articles' dates.

    Args:
        question: The result is empty unless it asks for a number and names something.
        sentences: Best first. All are compared with the first that gives a number.
    """
    if not _HOW_MANY.search(question) and not asks_for_amount(question):
        return ()
    differing: list[Claim] = []
    for claim in _claims(question, sentences):
        if not differing or (_same_thing(differing[0], claim) and all(_differs(claim, one) for one in differing)):
            differing.append(claim)
    if not 2 <= len(differing) <= MOST_NUMBERS:
        return ()
    return tuple(claim.place for claim in sorted(differing, key=_day))


def _claims(question: str, sentences: Sequence[Sentence]) -> Iterator[Claim]:
    """The sentences of dated articles that cover the whole question and give a single total for it.

    "At least 12" and "at least 17" may both be true.
    """
    asked = phrases(question)
    names = content_words(" ".join(phrase.text for phrase in asked if phrase.sort == "name"))
    others = content_words(" ".join(phrase.text for phrase in asked if phrase.sort == "word")) - names
    if not names or not others:
        return
    for place, sentence in enumerate(sentences):
        text, article = sentence.text, sentence.passage.article
        found = amounts(question, text)
        if len(found) != 1 or found[0].exactness != "exactly" or not found[0].unit or not article.published:
            continue
        if _NOT_THE_LAST.search(text):
            continue
        words = content_words(text)
        if others <= words and names <= words | content_words(article.title):
            yield Claim(place, article, found[0], _times(text), bool(_SUPPOSED.search(text)))


def _same_thing(one: Claim, other: Claim) -> bool:
    """Whether two numbers are about one thing, in the same sense and near in time."""
    first, second = ((claim.amount.unit, claim.times, claim.supposed) for claim in (one, other))
    return first == second and abs((_day(one)[0] - _day(other)[0]).days) <= MOST_DAYS_APART


def _differs(one: Claim, other: Claim) -> bool:
    """Whether two articles give values that no rounding makes equal."""
    if one.article.id == other.article.id or one.article.text == other.article.text:
        return False
    digits = min(_figures(one.amount.value), _figures(other.amount.value))
    return _rounded(one.amount.value, digits) != _rounded(other.amount.value, digits)


def _day(claim: Claim) -> tuple[datetime, int]:
    assert claim.article.published  # claims are made of dated articles only
    return instant(claim.article.published), claim.place


def _figures(value: float) -> int:
    """The number of digits before the trailing zeros."""
    return len(f"{value:.15g}".replace(".", "").strip("0")) or 1


def _rounded(value: float, digits: int) -> str:
    return f"{value:.{digits - 1}e}"


def _times(text: str) -> frozenset[str]:
    return frozenset(year for mention in mentions(text) for year in _YEAR.findall(mention.match[0]))
