"""Sources that give different numbers for one thing. A false alarm is worse than a miss, so every doubt is a no."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.amounts import Amount, amounts, asks_for_amount
from bot.phrases import phrases
from bot.wanted import Wanted
from corpus.article import Article, instant
from index.lexical import content_words
from index.mentions import mentions

if TYPE_CHECKING:
    from bot.extractive import Sentence

COVERED = 0.6
"""The share of the question's words that both sentences have to hold, the same ones."""
FEWEST = 2
"""The fewest such words."""
APART = 14
"""Days between two articles, at most; it is another event else. Also where a day is not known, nothing is compared."""
MOST = 3
"""Numbers that differ; where there are more, they are not of one thing."""

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that gives a number for what is asked.

    Attributes:
        place: Its place among the sentences.
        article: Where it stands.
        amount: The number.
        shared: The question's words in it.
        times: The years it speaks of.
        names: The names in it and in its headline, in lower case.
    """

    place: int
    article: Article
    amount: Amount
    shared: frozenset[str]
    times: frozenset[str]
    names: frozenset[str]


def disagreement(question: str, sentences: Sequence["Sentence"]) -> tuple[int, ...]:
    """The places of the sentences whose sources give different numbers for what is asked, by their articles' days.

    Args:
        question: Only one that asks for a number can have such.
        sentences: Best first. Nothing is compared but with the first that gives a number.
    """
    wanted = Wanted.of(question)
    if wanted.kind != "number" and not asks_for_amount(question):
        return ()
    claims = list(_claims(question, wanted.asked or wanted.words, sentences))
    if not claims:
        return ()
    first, *others = claims
    differing = [first]
    for claim in others:
        if _same_thing(first, claim, wanted.asked) and all(_differs(claim, one) for one in differing):
            differing.append(claim)
    if not 2 <= len(differing) <= MOST:
        return ()
    return tuple(claim.place for claim in sorted(differing, key=_day))


def _claims(question: str, asked: frozenset[str], sentences: Sequence["Sentence"]) -> Iterator[Claim]:
    """What the sentences say that give a single number for what is asked, and as the whole."""
    for place, sentence in enumerate(sentences):
        text = sentence.text
        found = amounts(question, text)
        if len(found) == 1 and found[0].told != "otherwise" and found[0].unit:
            shared = frozenset(asked & content_words(text))
            yield Claim(place, sentence.passage.article, found[0], shared, _times(text), _names(sentence))


def _day(claim: Claim) -> tuple[datetime, int]:
    assert claim.article.published  # else nothing is compared with it
    return instant(claim.article.published), claim.place


def _same_thing(one: Claim, other: Claim, asked: frozenset[str]) -> bool:
    """Whether two numbers are said of one thing: the same unit, years, words of the question, a name, near in time."""
    shared = one.shared & other.shared
    if len(shared) < max(FEWEST, COVERED * len(asked)) or not one.names & other.names:
        return False
    if not one.article.published or not other.article.published:
        return False
    if abs((instant(one.article.published) - instant(other.article.published)).days) > APART:
        return False
    return (one.amount.unit, one.amount.told, one.times) == (other.amount.unit, other.amount.told, other.times)


def _differs(one: Claim, other: Claim) -> bool:
    """Whether two articles give values that no rounding makes equal."""
    if one.article.id == other.article.id or one.article.text == other.article.text:
        return False
    digits = min(_figures(one.amount.value), _figures(other.amount.value))
    return _rounded(one.amount.value, digits) != _rounded(other.amount.value, digits)


def _figures(value: float) -> int:
    """How many digits a number has before its last zeros."""
    return len(f"{value:.15g}".replace(".", "").strip("0").rstrip("0")) or 1


def _rounded(value: float, digits: int) -> str:
    return f"{value:.{digits - 1}e}"


def _times(text: str) -> frozenset[str]:
    return frozenset(year for mention in mentions(text) for year in _YEAR.findall(mention.match[0]))


def _names(sentence: "Sentence") -> frozenset[str]:
    said = phrases(f"{sentence.passage.article.title}.\n{sentence.text}")
    return frozenset[str]().union(*(phrase.words for phrase in said if phrase.sort == "name"))
