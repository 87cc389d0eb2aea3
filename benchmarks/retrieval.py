"""How well the right article is found, by ranking, by the method of fusion, and by the prior on the date.

    python -m benchmarks.retrieval INDEX QUESTIONS

Every variant is the shipped retriever with some constants changed; a question's rankings are computed once.
Each measure has its 95% interval, by bootstrap over the questions. The last column is the interval of the
difference to what ships, question by question: if it contains 0, the two cannot be distinguished.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.asking import RememberingEmbedder, given
from bot.answer import Answer
from bot.archive_bot import CONSIDERED
from bot.evaluate import Expected, Outcome, measure
from index.search import recency, retriever
from index.search.retriever import HybridRetriever
from index.storage.snapshot import Ranking, Snapshot, Vector

MEASURES = ("article_hit@1", "article_hit@5", "article_hit@10", "mrr@10", "answer_recall@5")
COMPARED = MEASURES.index("mrr@10")
RESAMPLES = 2_000
Ages = NDArray[np.float64]
Constants = AbstractContextManager[object]


class Recorded:
    """Wraps an index and its snapshot; ranks the rows of a question once, and can leave a ranking out."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.without = ""
        self._snapshot = snapshot
        self._rankings: dict[tuple[str, bytes | str, int], Ranking] = {}

    def __getattr__(self, name: str) -> object:
        return getattr(self._snapshot, name)

    @contextmanager
    def snapshot(self, groups: Collection[str] | None = None) -> Iterator["Recorded"]:
        """Yields itself; of an index without groups every caller sees all."""
        yield self

    def dense(self, vector: Vector, top_k: int) -> Ranking:
        """By cosine."""
        return self._ranking("dense", vector.tobytes(), top_k, lambda: self._snapshot.dense(vector, top_k))

    def cosines(self, vector: Vector, rows: Sequence[int]) -> Vector:
        """Exact, in place of the ranking where few rows are admitted; all 0 if that is left out."""
        return np.zeros(len(rows), np.float32) if self.without == "dense" else self._snapshot.cosines(vector, rows)

    def lexical(self, query: str, top_k: int) -> Ranking:
        """By BM25."""
        return self._ranking("lexical", query, top_k, lambda: self._snapshot.lexical(query, top_k))

    def _ranking(self, kind: str, query: bytes | str, top_k: int, rank: Callable[[], Ranking]) -> Ranking:
        if kind == self.without:
            return []
        key = (kind, query, top_k)
        if key not in self._rankings:
            self._rankings[key] = rank()
        return self._rankings[key]


@dataclass(frozen=True, slots=True)
class Variant:
    """The shipped retriever with a change.

    Attributes:
        name: For the table.
        constants: The changes, made while it is measured.
        without: A ranking to leave out: "dense", "lexical" or none.
    """

    name: str
    constants: Sequence[Constants] = ()
    without: str = ""


def weighing(lexical: float, dense: float, prior: float) -> Constants:
    """The most that words, meaning and date add."""
    return patch.multiple(retriever, LEXICAL_WEIGHT=lexical, DENSE_WEIGHT=dense, PRIOR_WEIGHT=prior)


def by_place(constant: int) -> Constants:
    """Reciprocal rank fusion instead of a sum of scores; 1 for a row that is first in both rankings."""

    def fuse(rankings: Sequence[tuple[Ranking, float]]) -> Mapping[int, float]:
        scores: defaultdict[int, float] = defaultdict(float)
        for ranking, _ in rankings:
            for place, (row, _) in enumerate(ranking, 1):
                scores[row] += (constant + 1) / (constant + place) / len(rankings)
        return scores

    return patch.object(retriever, "fuse", fuse)


def multiplied(floor: float) -> Constants:
    """The prior multiplied with the score, never below a floor."""

    def weighed(snapshot: Snapshot, query: retriever._Query, fused: Mapping[int, float]) -> Ranking:
        priors = recency.prior(snapshot.days[list(fused)], query.question, query.period, query.latest)
        priors = floor + (1 - floor) * priors
        scores = zip(fused, np.array(list(fused.values())) * priors, strict=True)
        return sorted(scores, key=lambda scored: -scored[1])

    return patch.object(retriever, "_weighed", weighed)


def shaped(shape: Callable[[Ages], Ages]) -> Constants:
    """Another prior: a weight for each age in days."""

    def shaped_recency(days: NDArray[np.int32], asked: date, _fade_days: float) -> Ages:
        ages = asked.toordinal() - days.astype(np.float64)
        return np.where((days == 0) | (ages < -1), 0.0, shape(np.maximum(ages, 0)))

    return patch.object(recency, "recency", shaped_recency)


def fading(fresh: int, fade: int) -> Constants:
    """The shipped prior with other constants."""
    return patch.multiple(recency, FRESH_DAYS=fresh, FADE_DAYS=fade)


def variants() -> list[Variant]:
    """The shipped one first."""
    undated = weighing(0.7, 0.3, 0.0)
    timeless = [patch.object(retriever, "period_asked", lambda *_: None)]
    return [
        Variant("shipped"),
        Variant("words of time not read", timeless),
        Variant("dense alone, no prior", [undated], without="lexical"),
        Variant("lexical alone, no prior", [undated], without="dense"),
        Variant("both, no prior", [undated]),
        Variant("dense alone", without="lexical"),
        Variant("lexical alone", without="dense"),
        *(Variant(f"lexical {one}, dense {other}", [weighing(one, other, 0.3)]) for one, other in SHARES),
        *(Variant(f"prior {weight}", [weighing(0.7, 0.3, weight)]) for weight in (0.15, 0.6, 1.2)),
        Variant("prior multiplied, from .2", [multiplied(0.2)]),
        *(
            Variant(f"support {weight}", [patch.object(retriever, "SUPPORT_WEIGHT", weight)])
            for weight in (0.0, 0.08, 0.2, 0.4)
        ),
        *(Variant(f"{rows} candidates", [patch.object(retriever, "CANDIDATES", rows)]) for rows in (50, 100, 400)),
        Variant("RRF 60, no prior", [by_place(60), undated]),
        *(Variant(f"RRF {constant}", [by_place(constant)]) for constant in (5, 20, 60, 200)),
        Variant("RRF 60, multiplied, from .2", [by_place(60), multiplied(0.2)]),
        *(Variant(f"fresh {fresh}, fade {fade} days", [fading(fresh, fade)]) for fresh, fade in FADES),
        Variant(
            "1 to 14 days, .5 to 45, then .2", [shaped(lambda age: np.select([age <= 14, age <= 45], [1, 0.5], 0.2))]
        ),
        Variant("1 / (1 + days / 7)", [shaped(lambda age: 1 / (1 + age / 7))]),
    ]


SHARES = ((0.9, 0.1), (0.5, 0.5), (0.3, 0.7))
FADES = ((0, 14), (14, 14), (7, 7), (7, 30), (7, 90))
"""FRESH_DAYS and FADE_DAYS of index/search/recency.py."""


def measured(hybrid: HybridRetriever, questions: Sequence[Expected]) -> NDArray[np.float64]:
    """(questions, measures) those of `byline evaluate` for each question alone."""
    rows = []
    for expected in questions:
        found = hybrid.retrieve(expected.question, CONSIDERED)
        answer = Answer(expected.question, expected.question.text, "abstained", "", passages=found.passages)
        measures = measure([Outcome(expected, answer, answered=False, milliseconds=0.0)])
        rows.append([measures[name] for name in MEASURES])
    return np.array(rows, np.float64)


def interval(values: NDArray[np.float64]) -> str:
    """The 95% interval of the mean."""
    resamples = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[resamples].mean(1), [0.025, 0.975])
    return f"[{low:5.3f} {high:5.3f}]"


def main() -> None:
    """Measures and prints the table."""
    bot, asked = given(__doc__)
    questions = [expected for expected in asked if expected.answerable and expected.urls and expected.answers]
    embedder = RememberingEmbedder(bot.retriever.embedder)
    print(f"{len(questions)} questions\n{'':32}" + "".join(f"{name:>22}" for name in (*MEASURES, "mrr@10 - shipped")))
    with bot.retriever.index.snapshot() as snapshot:
        recorded, shipped = Recorded(snapshot), None
        for variant in variants():
            recorded.without = variant.without
            with ExitStack() as stack:
                for constants in variant.constants:
                    stack.enter_context(constants)
                values = measured(HybridRetriever(recorded, embedder), questions)
            shipped = values if shipped is None else shipped
            columns = [f"{column.mean():.3f} {interval(column)}" for column in values.T]
            columns.append(interval((values - shipped)[:, COMPARED]))
            print(f"{variant.name:32}" + "".join(f"{column:>22}" for column in columns))


if __name__ == "__main__":
    main()
