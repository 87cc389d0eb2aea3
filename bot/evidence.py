"""Whether what was found is good enough to answer from."""

from math import exp

from index.retriever import Retrieval

LOW, SLOPE = 0.5, 12.0


def confidence(question: str, found: Retrieval) -> float:
    """How likely it is, from 0 to 1, that the passages hold the answer."""
    return 1 / (1 + exp(-SLOPE * (found.nearest - LOW))) if found.passages else 0.0


THRESHOLDS = {"low": 0.3, "medium": 0.5, "high": 0.7}
