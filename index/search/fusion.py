"""Several rankings made one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

Ranking = Sequence[tuple[int, float]]


def fuse(rankings: Sequence[tuple[Ranking, float]]) -> Mapping[int, float]:
    """A weighted sum of scores, each relative to the best of its ranking.

    Reciprocal rank fusion sees places alone: in a small archive, where every passage has a place, the worst match is
    hardly behind the best. On the dev questions it finds less with the prior added (benchmarks/retrieval.py).

    Args:
        rankings: Rows with their scores, best first, and the weight of the ranking.

    Returns:
        A score for each row that stands in any ranking, from 0 to the sum of the weights; a ranking in which a row
        does not stand, or not above 0, adds nothing.

    Source: convex combination, Bruch, Gai and Ingber, ACM TOIS 2023.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking, weight in rankings:
        best = max((score for _, score in ranking), default=0.0)
        for row, score in ranking:
            scores[row] += weight * score / best if score > 0 else 0.0
    return scores
