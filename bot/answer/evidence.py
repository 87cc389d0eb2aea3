"""Whether the evidence is good enough to answer from."""

from collections.abc import Mapping
from math import exp

from bot.answer.candidates import EVIDENCE
from bot.answer.choose import Choice
from bot.settings import Caution

WEIGHTS: Mapping[str, float] = {"best relevance": 0.37, "name lacks": -1.74, "figure lacks": -0.55}
BIAS = -0.01
"""A logistic regression. Source: benchmarks/answering.py, which also measures it on other questions."""
THRESHOLDS: Mapping[Caution, float] = {"low": 0.22, "medium": 0.42, "high": 0.51}
"""The confidence below which the bot abstains. Source: the same, with the costs and benefits."""


def confidence(choice: Choice) -> float:
    """How likely it is, from 0 to 1, that the passages hold the answer.

    From the reader's scores, and from what the best sentence's article lacks of the question. For an overview it is
    the square of the largest share of the topic in one passage. The age of the articles has no influence.
    """
    values = weighed(choice)
    if not values:
        return 0.0
    if choice.shape != "fact":
        return choice.covered**2
    return 1 / (1 + exp(-(BIAS + sum(weight * values[name] for name, weight in WEIGHTS.items()))))


def weighed(choice: Choice) -> dict[str, float]:
    """What the confidence is computed from, by name; empty if no passage has anything to quote.

    "best relevance" is the reader's, a logit; "name lacks" and "figure lacks" are 1 where the best
    sentence's article lacks a name or a number of the question, else 0; "covered" is the share of an overview's
    topic in one passage.
    """
    if not choice.citations:
        return {}
    if choice.shape != "fact":
        return {"covered": choice.covered}
    features = dict(zip(EVIDENCE, choice.evidence, strict=True))
    return {name: features[name] for name in WEIGHTS}
