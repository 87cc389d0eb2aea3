"""Whether what was found is good enough to answer from."""

from collections.abc import Mapping
from math import exp

from bot.extractive import Choice
from bot.settings import Caution
from index.lexical import content_words
from index.retriever import Retrieval

LOOKED_AT = 5
"""Passages in which the question's words are looked for."""
NEAREST_WEIGHT, COVERAGE_WEIGHT, BIAS = 15.2, 4.3, -13.15
"""A logistic regression on the dev questions. Source: benchmarks/abstaining.py."""
THRESHOLDS: Mapping[Caution, float] = {"low": 0.25, "medium": 0.4, "high": 0.6}
"""The confidence below which the bot abstains. Source: the same, with what each costs and saves."""


def confidence(question: str, found: Retrieval, choice: Choice) -> float:
    """How likely it is, from 0 to 1, that the passages hold the answer.

    The age of the articles takes no part: that an archive is old does not make it unable to answer.
    """
    if not found.passages:
        return 0.0
    nearest = max(found.nearest, choice.nearest)
    return 1 / (1 + exp(-(NEAREST_WEIGHT * nearest + COVERAGE_WEIGHT * coverage(question, found) + BIAS)))


def coverage(question: str, found: Retrieval) -> float:
    """The largest share, from 0 to 1, of the question's content words that stand in one passage or its headline."""
    wanted = content_words(question)
    held = (content_words(scored.passage.indexed_text) for scored in found.passages[:LOOKED_AT])
    return max((len(wanted & words) / len(wanted) for words in held), default=0.0) if wanted else 0.0
