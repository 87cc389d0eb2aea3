"""Sources that give different numbers for one thing. A false alarm is worse than a miss, so every doubt is a no."""

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

APART = 14
"""Days between two articles, at most; it is another event else. Also where a day is not known, nothing is compared."""
MOST = 3
"""Numbers that differ; where there are more, they are not of one thing."""

_SUPPOSED = re.compile(
    r"\b(?:could|may|might|would|will|should|expect(?:s|ed)?|forecast|predict(?:s|ed)?|projected|estimate[sd]?|likely|if"
    r"|fear(?:s|ed)?|plan(?:s|ned)?|offer(?:s|ed)?|bid|proposed)\b",
    re.I,
)
_HOW_MANY = re.compile(
    r"\bhow (?:many|much|old|long|far|high|tall|big|large)\b|\b(?:what|which) (?:percent|number|age)", re.I
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that gives a number for what is asked.

    Attributes:
        place: Its place among the sentences.
        article: Where it stands.
        amount: The number.
        times: The years it speaks of.
        supposed: Whether it tells what may be or is to be.
    """

    place: int
    article: Article
    amount: Amount
    times: frozenset[str]
    supposed: bool


def disagreement(question: str, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """The places of the sentences whose sources give different numbers for what is asked, by their articles' days.

    Args:
        question: Only one that asks for a number, and names something, can have such.
        sentences: Best first. Nothing is compared but with the first that gives a number.
    """
    if not _HOW_MANY.search(question) and not asks_for_amount(question):
        return ()
    differing: list[Claim] = []
    for claim in _claims(question, sentences):
        if not differing or (_same_thing(differing[0], claim) and all(_differs(claim, one) for one in differing)):
            differing.append(claim)
    if not 2 <= len(differing) <= MOST:
        return ()
    return tuple(claim.place for claim in sorted(differing, key=_day))


def _claims(question: str, sentences: Sequence[Sentence]) -> Iterator[Claim]:
    """The sentences that say all that is asked, and a single number for it, as the whole; of dated articles."""
    asked = phrases(question)
    names = content_words(" ".join(phrase.text for phrase in asked if phrase.sort == "name"))
    others = content_words(" ".join(phrase.text for phrase in asked if phrase.sort == "word")) - names
    if not names or not others:
        return
    for place, sentence in enumerate(sentences):
        text, article = sentence.text, sentence.passage.article
        found = amounts(question, text)
        if len(found) != 1 or found[0].told == "otherwise" or not found[0].unit or not article.published:
            continue
        words = content_words(text)
        if others <= words and names <= words | content_words(article.title):
            yield Claim(place, article, found[0], _times(text), bool(_SUPPOSED.search(text)))


def _same_thing(one: Claim, other: Claim) -> bool:
    """Whether two numbers are said of one thing, in the same way and near in time."""
    told, retold = ((claim.amount.unit, claim.amount.told, claim.times, claim.supposed) for claim in (one, other))
    return told == retold and abs((_day(one)[0] - _day(other)[0]).days) <= APART


def _differs(one: Claim, other: Claim) -> bool:
    """Whether two articles give values that no rounding makes equal."""
    if one.article.id == other.article.id or one.article.text == other.article.text:
        return False
    digits = min(_figures(one.amount.value), _figures(other.amount.value))
    return _rounded(one.amount.value, digits) != _rounded(other.amount.value, digits)


def _day(claim: Claim) -> tuple[datetime, int]:
    assert claim.article.published  # else it is no claim
    return instant(claim.article.published), claim.place


def _figures(value: float) -> int:
    """How many digits a number has before its last zeros."""
    return len(f"{value:.15g}".replace(".", "").strip("0")) or 1


def _rounded(value: float, digits: int) -> str:
    return f"{value:.{digits - 1}e}"


def _times(text: str) -> frozenset[str]:
    return frozenset(year for mention in mentions(text) for year in _YEAR.findall(mention.match[0]))
