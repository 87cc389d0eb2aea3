"""A prior on an article's date: by its age, or by its distance from the period asked about."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.question import Question
from index.time.period import Period

FRESH_DAYS = 7
FADE_DAYS = 14
"""An article is new for FRESH_DAYS, then its weight halves every FADE_DAYS. Source: benchmarks/retrieval.py."""
LATEST_FADE_DAYS = 7
"""The same where the latest is asked for; an assumption, not tuned."""
TOO_EARLY = 0.5
"""A factor for articles from before the period asked about; an assumption, not tuned."""

Days = NDArray[np.int32]
Weights = NDArray[np.float64]


def prior(days: Days, question: Question, period: Period | None, latest: bool) -> Weights:
    """How well the dates suit the question.

    Args:
        days: Ordinals of the days of publication, 0 where unknown.
        question: Its `asked` counts.
        period: The period that its words name.
        latest: Whether they ask for the newest.

    Returns:
        From 0 to 1, or -1 for a date after the question. A question about the past prefers what was published in that
        period or soon after, regardless of when it is asked; any other prefers what was new when it is asked.
    """
    fresh = recency(days, question.asked, LATEST_FADE_DAYS if latest else FADE_DAYS)
    if not period:
        return fresh
    since, until = period.published(question.asked)
    if until and until.toordinal() < question.asked.toordinal():
        return nearness(days, since, until)
    return np.where(days < since.toordinal(), TOO_EARLY * fresh, fresh) if since else fresh


def nearness(days: Days, since: date | None, until: date) -> Weights:
    """1 inside a window, halving every FADE_DAYS on both sides of it; 0 for unknown dates."""
    first = since.toordinal() if since else 1
    outside = np.maximum(np.maximum(first - days, days - until.toordinal()), 0).astype(np.float64)
    return np.where(days == 0, 0.0, _faded(outside, FADE_DAYS))


def recency(days: Days, asked: date, fade_days: float = FADE_DAYS) -> Weights:
    """1 for what is new when asked, fading with age.

    Args:
        days: Ordinals of the days of publication, 0 where unknown.
        asked: The moment of the question.
        fade_days: The days in which the weight halves.

    Returns:
        From 0 to 1; an unknown date counts as old. A date after `asked` gives -1, as it cannot be meant.
    """
    age = asked.toordinal() - days.astype(np.float64)
    weights = np.where(days == 0, 0.0, _faded(np.maximum(age - FRESH_DAYS, 0), fade_days))
    return np.where(age < -1, -1.0, weights)


def _faded(distance: Weights, fade_days: float) -> Weights:
    weights: Weights = 0.5 ** (distance / fade_days)
    return weights
