"""Two runs over the same questions, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.evaluate.lines import read_lines
from bot.evaluate.measures import NAMES, Measured, interval, resampled, rounded, statistics
from bot.evaluate.outcome import Marks
from corpus.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier run.

    Attributes:
        pairs: (before, now) for each question that both runs have.
        differences: Each measure's change over those questions.
    """

    pairs: Sequence[tuple[Marks, Marks]]
    differences: dict[str, Measured]

    @property
    def lost(self) -> list[Marks]:
        """Questions served correctly before but not now."""
        return [now for before, now in self.pairs if before.right and now.right is False]

    @property
    def won(self) -> list[Marks]:
        """Questions served correctly now but not before."""
        return [now for before, now in self.pairs if before.right is False and now.right]

    def to_json(self) -> dict[str, Any]:
        """The object under "compared" of `byline evaluate --json`."""
        return {
            "n": len(self.pairs),
            "differences": {name: one.value for name, one in self.differences.items()},
            "intervals": {name: one.interval for name, one in self.differences.items()},
            "right_to_wrong": [one.id for one in self.lost],
            "wrong_to_right": [one.id for one in self.won],
        }


def read_outcomes(path: Path) -> list[Marks]:
    """The outcomes.jsonl of an earlier run.

    Raises:
        SettingsError: It cannot be read, or a line is no outcome.
    """
    return list(read_lines(path, TypeAdapter(Marks), "outcome").values())


def compare(before: Sequence[Marks], now: Sequence[Marks]) -> Comparison:
    """Pairs the questions of both runs by id and words.

    Raises:
        SettingsError: They share no question.
    """
    earlier = {(one.id, one.question): one for one in before}
    pairs = [(earlier[one.id, one.question], one) for one in now if (one.id, one.question) in earlier]
    if not pairs:
        raise SettingsError("the earlier outcomes share no question with these; compare runs over the same questions")
    counts = resampled(len(pairs))
    rows = statistics([one for _, one in pairs], counts) - statistics([one for one, _ in pairs], counts)
    differences = {
        name: Measured(rounded(column[0]), interval(column[1:]), len(pairs))
        for name, column in zip(NAMES, rows.T, strict=True)
    }
    return Comparison(pairs, differences)
