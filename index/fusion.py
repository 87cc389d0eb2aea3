"""Several rankings made one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

RANK_CONSTANT = 60
"""How little the first places count above later ones. Source: Cormack et al.; confirmed in benchmarks/retrieval.py."""


def fuse(rankings: Sequence[Sequence[int]]) -> Mapping[int, float]:
    """Reciprocal rank fusion.

    Args:
        rankings: Rows, best first.

    Returns:
        A score for each row that stands in any ranking: the sum of 1 / (RANK_CONSTANT + place), place from 1.

    Source: Cormack, Clarke and Büttcher, SIGIR 2009.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for place, row in enumerate(ranking, 1):
            scores[row] += 1 / (RANK_CONSTANT + place)
    return scores
