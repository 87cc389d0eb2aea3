"""The costs and benefits of abstaining at other thresholds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluate.outcome import Marks

STEPS = 200
"""The most points of a curve."""


@dataclass(frozen=True, slots=True)
class Point:
    """The effect of a threshold.

    Attributes:
        threshold: Confidence below which the bot abstains.
        answered: The share of the answerable questions with gold answers that is answered.
        correct: The share of these answers that holds a gold answer; None if nothing is answered.
        declined: The share of the unanswerable questions that is declined; None if there are none.
    """

    threshold: float
    answered: float
    correct: float | None
    declined: float | None


def points(marks: Sequence[Marks], thresholds: Iterable[float]) -> list[Point]:
    """One point per threshold; none if no answerable question has a gold answer."""
    known = [one for one in marks if one.contains is not None]
    unknown = [one for one in marks if not one.answerable]
    return [_point(known, unknown, threshold) for threshold in thresholds] if known else []


def curve(marks: Sequence[Marks]) -> list[Point]:
    """From answering everything to answering next to nothing."""
    confidences = [one.confidence for one in marks if one.contains is not None]
    if not confidences:
        return []
    steps = np.unique(np.quantile(confidences, np.linspace(0, 1, STEPS), method="lower"))
    return points(marks, [0.0, *(float(step) for step in steps)])


def _point(known: Sequence[Marks], unknown: Sequence[Marks], threshold: float) -> Point:
    answered = [one for one in known if one.shown and one.confidence >= threshold]
    declined = sum(not (one.shown and one.confidence >= threshold) for one in unknown)
    return Point(
        threshold,
        len(answered) / len(known),
        sum(bool(one.contains) for one in answered) / len(answered) if answered else None,
        declined / len(unknown) if unknown else None,
    )
