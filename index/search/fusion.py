"""Fuses several rankings into one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

Ranking = Sequence[tuple[int, float]]


def fuse(rankings: Sequence[tuple[Ranking, float]]) -> Mapping[int, float]:
    """A weighted sum of scores, each relative to the best of its ranking.

    Reciprocal rank fusion uses only ranks: in a small archive, where every passage has one, the worst match scores
    hardly less than the best. With the prior added it finds less on the dev questions (benchmarks/retrieval.py).

    Args:
        rankings: Rows with their scores, best first, and the weight of the ranking.

    Returns:
        A score for each row of any ranking, from 0 to the sum of the weights; a ranking that lacks a row, or scores
        it 0 or less, adds nothing.

    Source: convex combination, Bruch, Gai and Ingber, ACM TOIS 2023.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking, weight in rankings:
        best = max((score for _, score in ranking), default=0.0)
        for row, score in ranking:
            scores[row] += weight * score / best if score > 0 else 0.0
    return scores
