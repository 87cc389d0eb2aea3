"""What an article's day of publication says of it: a prior on its age, or on its distance from the time asked about."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.question import Question
from index.time.period import Period

FRESH_DAYS = 7
FADE_DAYS = 14
"""An article counts as new for FRESH_DAYS, then by half less every FADE_DAYS. Source: benchmarks/retrieval.py."""
LATEST_FADE_DAYS = 7
"""The same where the latest is asked for; an assumption, not tuned."""
TOO_EARLY = 0.5
"""What is left of the prior of an article from before the time asked about; an assumption, not tuned."""

Days = NDArray[np.int32]
Weights = NDArray[np.float64]


def prior(days: Days, question: Question, period: Period | None, latest: bool) -> Weights:
    """How well the days suit the question.

    Args:
        days: Ordinals of the days of publication, 0 where unknown.
        question: When it is put.
        period: The time that its words name.
        latest: Whether they ask for the newest.

    Returns:
        From 0 to 1, or -1 for a day after the question. A question about a time gone by prefers what was published in
        it or soon after, and is not pulled to the day it is asked; any other prefers what was new then.
    """
    fresh = recency(days, question.asked, LATEST_FADE_DAYS if latest else FADE_DAYS)
    if not period:
        return fresh
    since, until = period.published(question.asked)
    if until and until.toordinal() < question.asked.toordinal():
        return nearness(days, since, until)
    return np.where(days < since.toordinal(), TOO_EARLY * fresh, fresh) if since else fresh


def nearness(days: Days, since: date | None, until: date) -> Weights:
    """1 inside a window, fading by half every FADE_DAYS on both sides of it; 0 for unknown days."""
    first = since.toordinal() if since else 1
    outside = np.maximum(np.maximum(first - days, days - until.toordinal()), 0).astype(np.float64)
    return np.where(days == 0, 0.0, _faded(outside, FADE_DAYS))


def recency(days: Days, asked: date, fade_days: float = FADE_DAYS) -> Weights:
    """1 for what is new on the day asked, fading with age.

    Args:
        days: Ordinals of the days of publication, 0 where unknown.
        asked: The moment of the question.
        fade_days: In how many days the weight falls by half.

    Returns:
        From 0 to 1; an unknown day counts as old. One after `asked` counts against: -1, as it cannot be meant.
    """
    age = asked.toordinal() - days.astype(np.float64)
    weights = np.where(days == 0, 0.0, _faded(np.maximum(age - FRESH_DAYS, 0), fade_days))
    return np.where(age < -1, -1.0, weights)


def _faded(distance: Weights, fade_days: float) -> Weights:
    weights: Weights = 0.5 ** (distance / fade_days)
    return weights
