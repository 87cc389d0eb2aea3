"""How often the answer stands in the sentences shown, by how they are chosen; fits the weights of bot/answer/choose.py.

    python -m benchmarks.answering INDEX QUESTIONS

The columns say in what share of the questions a gold answer stands in the first 1, 2, 3 and 5 sentences; abstaining is
off. "fitted" rows are five-fold: each question is answered with weights fitted without it, so they tell what the
features are worth on questions never seen. The weights printed last are fitted on all questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.asking import RememberingReader, given
from bot.answer import choose as extractive
from bot.answer.choose import WEIGHTS, Candidates, ExtractiveAnswerer
from bot.answer.sentence import apart
from bot.archive import CONSIDERED
from bot.evaluate import holds

SHOWN = (1, 2, 3, 5)
OTHER_READ = (5, 12, 16)
FOLDS, REPEATS = 5, 4
RIDGE, STEPS, RATE = 3.0, 300, 0.02

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's candidates, and what counts as its answer."""

    candidates: Candidates
    answers: tuple[str, ...]

    @property
    def right(self) -> NDArray[np.bool_]:
        """(sentences,) which hold the answer."""
        return np.array([holds(sentence.text, self.answers) for sentence in self.candidates.sentences], bool)

    def shown(self, weights: Vector) -> list[bool]:
        """Whether the answer stands in the first sentences, for each count of SHOWN."""
        best = list(islice(apart(self.candidates.good(weights)), max(SHOWN)))
        return [holds(" ".join(sentence.text for sentence in best[:count]), self.answers) for count in SHOWN]


def fitted(asked: Sequence[Asked], columns: Sequence[int]) -> Vector:
    """Weights that put the most softmax mass on sentences that hold the answer, with a ridge on standardised features.

    Source: ListNet's top-one likelihood (Cao et al., ICML 2007), with all right sentences as one target.
    """
    spread = np.concatenate([one.candidates.features for one in asked]).std(0)[columns] + 1e-9
    lists = [(one.candidates.features[:, columns] / spread, one.right) for one in asked]
    lists = [(features, right) for features, right in lists if right.any() and not right.all()]
    weights = np.zeros(len(columns))
    for _ in range(STEPS):
        gradient = -RIDGE * weights
        for features, right in lists:
            mass = np.exp(features @ weights - (features @ weights).max())
            gradient += features.T @ (mass * right / (mass * right).sum() - mass / mass.sum())
        weights += RATE * gradient
    whole = np.zeros(len(WEIGHTS))
    whole[list(columns)] = weights / spread
    return whole


def seen(asked: Sequence[Asked], weights: Vector) -> Vector:
    """The columns of the table, with these weights for all questions."""
    shares: Vector = np.mean([one.shown(weights) for one in asked], axis=0)
    return shares


def unseen(asked: Sequence[Asked], columns: Sequence[int]) -> Vector:
    """The columns of the table, each question with weights fitted without it."""
    told = []
    for seed in range(REPEATS):
        fold = np.random.default_rng(seed).integers(0, FOLDS, len(asked))
        for left_out in range(FOLDS):
            weights = fitted([one for one, own in zip(asked, fold, strict=True) if own != left_out], columns)
            told += [one.shown(weights) for one, own in zip(asked, fold, strict=True) if own == left_out]
    return np.mean(told, axis=0)


def line(name: str, shares: Vector) -> str:
    """A row of the table."""
    return f"{name:28}" + "".join(f"{share:8.3f}" for share in shares)


def main() -> None:
    """Measures, fits and prints the table."""
    bot, expected = given(__doc__)
    questions = [one for one in expected if one.answerable and one.answers]
    found = [bot.retriever.retrieve(one.question, CONSIDERED) for one in questions]
    answerer = ExtractiveAnswerer(RememberingReader(bot.answerer.reader))

    def read(passages: int) -> list[Asked]:
        with patch.object(extractive, "READ", passages):
            return [
                Asked(answerer.read(one.question.text, own.passages), one.answers)
                for one, own in zip(questions, found, strict=True)
            ]

    asked, names = read(extractive.READ), list(WEIGHTS)
    shipped, columns = np.array(list(WEIGHTS.values())), range(len(WEIGHTS))
    print(
        f"{len(asked)} questions, {extractive.READ} passages read\n{'':28}" + "".join(f"{count:8}" for count in SHOWN)
    )
    for alone in ("passage", "span"):
        print(line(f"{alone} alone", seen(asked, np.array([float(name == alone) for name in names]))))
    words = [names.index(name) for name in ("passage", "covered", "asked", "figures", "said", "kind", "names")]
    print(line("fitted, without the reader", unseen(asked, words)))
    print(line("shipped weights (seen)", seen(asked, shipped)))
    with patch.object(extractive, "BESIDE", np.inf):
        print(line("the same, nothing left out", seen(asked, shipped)))
    for passages in OTHER_READ:
        print(line(f"the same, {passages} passages", seen(read(passages), shipped)))
    print(line("fitted", unseen(asked, columns)))
    for place, name in enumerate(names):
        print(line(f"fitted, without {name}", unseen(asked, [other for other in columns if other != place])))
    print({name: round(float(weight), 1) for name, weight in zip(names, fitted(asked, columns), strict=True)})


if __name__ == "__main__":
    main()
