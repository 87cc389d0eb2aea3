"""What an article's age says of it."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

FRESH_DAYS = 7
FADE_DAYS = 14
FLOOR = 0.2
"""An article keeps its whole score for FRESH_DAYS, then fades by half every FADE_DAYS, never below FLOOR.
Source: tuned in benchmarks/retrieval.py."""


def recency(days: NDArray[np.int32], asked: date) -> NDArray[np.float64]:
    """The prior on an article's age: what its score is multiplied with.

    Args:
        days: Ordinals of the days of publication, 0 where unknown.
        asked: The moment of the question.

    Returns:
        Between FLOOR and 1. An unknown day counts as old, and so does one after `asked`: it cannot be meant.
    """
    age = asked.toordinal() - days.astype(np.float64)
    faded = FLOOR + (1 - FLOOR) * 0.5 ** (np.maximum(age - FRESH_DAYS, 0) / FADE_DAYS)
    return np.where((days == 0) | (age < -1), FLOOR, faded)
