"""How well a number separates two classes."""

from collections.abc import Sequence

import numpy as np


def auroc(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The chance that a right one scores above a wrong one; ties count half."""
    gaps = np.subtract.outer(np.array(right), np.array(wrong))
    return float(((gaps > 0) + (gaps == 0) / 2).mean())
