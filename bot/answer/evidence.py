"""Whether what was found is good enough to answer from."""

from collections.abc import Mapping
from math import exp

from bot.answer.candidates import EVIDENCE
from bot.answer.choose import Choice
from bot.settings import Caution

WEIGHTS: Mapping[str, float] = {"best relevance": 0.37, "name lacks": -1.74, "figure lacks": -0.55}
BIAS = -0.01
"""A logistic regression. Source: benchmarks/answering.py, with what it is worth on other questions."""
THRESHOLDS: Mapping[Caution, float] = {"low": 0.22, "medium": 0.42, "high": 0.51}
"""The confidence below which the bot abstains. Source: the same, with what each costs and saves."""


def confidence(choice: Choice) -> float:
    """How likely it is, from 0 to 1, that the passages hold the answer.

    By what the reader makes of them, and by what the best sentence's article lacks of the question. An overview is as
    sure as it is on the topic; half of it is of another matter. The age of the articles takes no part: that an archive
    is old does not make it unable to answer.
    """
    if not choice.citations:
        return 0.0
    if choice.shape != "fact":
        return choice.covered**2
    told = dict(zip(EVIDENCE, choice.evidence, strict=True))
    return 1 / (1 + exp(-(BIAS + sum(weight * told[name] for name, weight in WEIGHTS.items()))))
