"""How well the right article is found, by ranking, fusion constant and prior on age.

    python -m benchmarks.retrieval INDEX QUESTIONS

Every variant is the shipped retriever with some constants changed; a question's rankings are taken from the index once.
Behind each measure stands its 95% interval, by bootstrap over the questions. The last column is the interval of the
difference to what ships, question by question: where it holds 0, the two cannot be told apart.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.asking import RememberingEmbedder, given
from bot.answer import Answer
from bot.archive import CONSIDERED
from bot.evaluate import Expected, Outcome, measure
from index import fusion, retriever, when
from index.retriever import HybridRetriever
from index.snapshot import Ranking, Snapshot, Vector

MEASURES = ("article_hit@1", "article_hit@5", "article_hit@10", "mrr@10", "answer_recall@5")
COMPARED = MEASURES.index("mrr@10")
RESAMPLES = 2_000
Ages = NDArray[np.float64]
Constants = AbstractContextManager[object]


class Recorded:
    """Stands for an index and its snapshot; ranks the rows of a question once, and leaves a ranking out if told."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.without = ""
        self._snapshot = snapshot
        self._rankings: dict[tuple[str, bytes | str, int], Ranking] = {}

    def __getattr__(self, name: str) -> object:
        return getattr(self._snapshot, name)

    @contextmanager
    def snapshot(self) -> Iterator["Recorded"]:
        """Itself."""
        yield self

    def dense(self, vector: Vector, top_k: int) -> Ranking:
        """By cosine."""
        return self._ranking("dense", vector.tobytes(), top_k, lambda: self._snapshot.dense(vector, top_k))

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
    """The shipped retriever with something changed.

    Attributes:
        name: Stands in the table.
        constants: What is changed, for as long as it is measured.
        without: A ranking left out: "dense", "lexical" or none.
    """

    name: str
    constants: Sequence[Constants] = ()
    without: str = ""


def fading(fresh: int, fade: int, floor: float) -> Constants:
    """The shipped prior on age with other constants."""
    return patch.multiple(when, FRESH_DAYS=fresh, FADE_DAYS=fade, FLOOR=floor)


def shaped(shape: Callable[[Ages], Ages]) -> Constants:
    """Another prior: a weight for each age in days."""

    def recency(days: NDArray[np.int32], asked: date, _fade_days: float) -> Ages:
        ages = asked.toordinal() - days.astype(np.float64)
        return np.where((days == 0) | (ages < -1), when.FLOOR, shape(np.maximum(ages, 0)))

    return patch.object(when, "recency", recency)


def timeless() -> Sequence[Constants]:
    """Words that tell a time are not read."""
    return [patch.object(module, "period_of", lambda *_: None) for module in (when, retriever)]


def variants() -> list[Variant]:
    """The shipped one first."""
    return [
        Variant("shipped: RRF 60, prior"),
        Variant("words of time not read", timeless()),
        Variant("dense alone", [fading(7, 14, 1.0)], without="lexical"),
        Variant("lexical alone", [fading(7, 14, 1.0)], without="dense"),
        Variant("RRF, no prior", [fading(7, 14, 1.0)]),
        Variant("dense alone, prior", without="lexical"),
        Variant("lexical alone, prior", without="dense"),
        *(Variant(f"RRF {value}, prior", [patch.object(fusion, "RANK_CONSTANT", value)]) for value in (5, 20, 200)),
        *(Variant(f"{rows} candidates", [patch.object(retriever, "CANDIDATES", rows)]) for rows in (50, 100, 400)),
        Variant("prior 1 to 14 days, .5 to 45", [shaped(lambda age: np.select([age <= 14, age <= 45], [1, 0.5], 0.2))]),
        Variant("prior 1 / (1 + days / 7)", [shaped(lambda age: np.maximum(0.1, 1 / (1 + age / 7)))]),
        *(Variant(f"prior {fresh}, {fade}, {floor}", [fading(fresh, fade, floor)]) for fresh, fade, floor in PRIORS),
    ]


PRIORS = ((7, 7, 0.1), (7, 14, 0.1), (7, 30, 0.2), (14, 14, 0.2), (7, 14, 0.4))
"""FRESH_DAYS, FADE_DAYS and FLOOR of index/when.py."""


def measured(hybrid: HybridRetriever, questions: Sequence[Expected]) -> NDArray[np.float64]:
    """(questions, measures) what `byline evaluate` would say of each question alone."""
    rows = []
    for expected in questions:
        found = hybrid.retrieve(expected.question, CONSIDERED)
        answer = Answer(expected.question, expected.question.text, "abstained", "", passages=found.passages)
        told = measure([Outcome(expected, answer, answered=False, milliseconds=0.0)])
        rows.append([told[name] for name in MEASURES])
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
    print(f"{len(questions)} questions\n{'':30}" + "".join(f"{name:>22}" for name in (*MEASURES, "mrr@10 - shipped")))
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
            print(f"{variant.name:30}" + "".join(f"{column:>22}" for column in columns))


if __name__ == "__main__":
    main()
