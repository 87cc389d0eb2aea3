"""The kind of answer a question wants, by a linear probe over its words and its embedding."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from corpus.calendar_names import MONTH, WEEKDAY

Kind = Literal[
    "who", "when", "where", "howmany", "what", "which", "why", "how", "said", "yesno", "list", "compare",
    "latest", "period", "timeline", "count", "chat",
]  # fmt: skip
"""Facts of several kinds; the latest news, an overview of a period, a timeline; the archive itself; small talk."""

OVERVIEWS: frozenset[Kind] = frozenset({"latest", "period", "timeline"})
"""Kinds that are answered with a choice of news rather than one sentence."""
FAMILIES: tuple[frozenset[Kind], ...] = (OVERVIEWS, frozenset({"count"}), frozenset({"chat"}))
UNUSUAL: frozenset[Kind] = frozenset().union(*FAMILIES)
SURE = 0.45
"""The least probability of overviews together, or of another unusual kind; below it the likeliest fact is taken."""
WEIGHTS = Path(__file__).with_name("kinds.npz")

_WORD = re.compile(r"[^\W\d_]+|\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(rf"(?!may\Z){MONTH}")
"""A "may" is mostly a verb."""
_DAY = re.compile(WEEKDAY)


def features(question: str) -> set[str]:
    """A question's words, word pairs, first and last words; numbers, months and days are replaced by their class."""
    words = [_classed(word) for word in _WORD.findall(question.lower().replace("’", "'"))]
    found = set(words) | {f"{first}_{second}" for first, second in pairwise(words)}
    found |= {f"^{' '.join(words[:count])}" for count in (1, 2, 3)}
    found |= {f"${' '.join(words[-count:])}" for count in (1, 2)}
    return found | {f"#{min(len(words), 6)} words"} | ({"?"} if question.rstrip().endswith("?") else set())


def _classed(word: str) -> str:
    if word.isdigit():
        return "#year" if _YEAR.fullmatch(word) else "#"
    if _MONTH.fullmatch(word):
        return "#month"
    return "#day" if _DAY.fullmatch(word) else word


@dataclass(frozen=True, slots=True)
class KindProbe:
    """Logistic regression over 17 kinds.

    Attributes:
        kinds: Their names.
        places: The row of `by_word` for each feature.
        by_word: (features, kinds) what each feature adds to each kind's logit.
        by_vector: (dimensions, kinds) what each dimension of the embedding adds.
        bias: (kinds,)
    """

    kinds: tuple[Kind, ...]
    places: dict[str, int]
    by_word: NDArray[np.float32]
    by_vector: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> "KindProbe":
        """The weights that training.kinds wrote."""
        with np.load(path) as stored:
            return cls(
                tuple(cast("list[Kind]", stored["kinds"].tolist())),
                {word: place for place, word in enumerate(stored["words"].tolist())},
                stored["by_word"].astype(np.float32),
                stored["by_vector"].astype(np.float32),
                stored["bias"].astype(np.float32),
            )

    def kind(self, question: str, vector: NDArray[np.float32] | None = None) -> Kind:
        """The kind of a question; an unusual one only above a threshold.

        Args:
            question: As typed.
            vector: (dimensions,) its embedding; without it the words alone decide.
        """
        found = dict(zip(self.kinds, self.probabilities(question, vector).tolist(), strict=True))
        for family in FAMILIES:
            if sum(found[kind] for kind in family) >= SURE:
                return max(family, key=lambda kind: found[kind])
        return max(found.keys() - UNUSUAL, key=lambda kind: found[kind])

    def probabilities(self, question: str, vector: NDArray[np.float32] | None = None) -> NDArray[np.float64]:
        """(kinds,) the probability of each kind."""
        rows = [self.places[word] for word in features(question) if word in self.places]
        logits = self.bias + self.by_word[rows].sum(0)
        if vector is not None and len(vector) == len(self.by_vector):
            logits = logits + vector @ self.by_vector
        odds = np.exp(np.float64(logits - logits.max()))
        chances: NDArray[np.float64] = odds / odds.sum()
        return chances


@cache
def kind_probe() -> KindProbe:
    """The embedded probe, loaded once."""
    return KindProbe.load()
