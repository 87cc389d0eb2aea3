"""Whether what was found is good enough to answer from."""

from collections.abc import Mapping
from math import exp

from bot.answer.choose import Choice
from bot.settings import Caution

RELEVANCE_WEIGHT, BIAS = 0.52, -1.85
"""A logistic regression on the dev questions. Source: benchmarks/abstaining.py."""
THRESHOLDS: Mapping[Caution, float] = {"low": 0.25, "medium": 0.55, "high": 0.7}
"""The confidence below which the bot abstains. Source: the same, with what each costs and saves."""


def confidence(choice: Choice) -> float:
    """How likely it is, from 0 to 1, that the passages hold the answer.

    By the reader's relevance alone: nearness in meaning adds little where questions are long, and misleads where they
    are short. A timeline is as sure as it is on the topic; half of it is of another matter. The age of the
    articles takes no part: that an archive is old does not make it unable to answer.
    """
    if not choice.citations:
        return 0.0
    if choice.shape == "timeline":
        return choice.covered**2
    return 1 / (1 + exp(-(RELEVANCE_WEIGHT * choice.relevance + BIAS)))
