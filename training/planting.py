"""Plants small falsehoods: changes one thing in a sentence."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})*\b")
NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?![\w.,-])")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NOT = re.compile(r"\b((?:do|did|doe|i|wa|ha)s?|are|were|have|will|would|could|had) not\b")
AUXILIARY = re.compile(r"\b(?:is|was|were|are|will|has|have|had|would|could) (?=[a-z])")
OPPOSITES = {"increase": "decrease", "rose": "fell", "more": "less", "higher": "lower", "first": "last", "won": "lost"}
OPPOSITES |= {"before": "after", "all": "some", "most": "all", "some": "all", "against": "for"}
STRANGERS = ("Torvald", "Brenna Holt", "Quillmont", "Sarrin")
THINGS = ("kitchen", "violin", "harvest", "ankle")


@dataclass(frozen=True, slots=True)
class Planter:
    """Changes one thing in a sentence; returns the sentence unchanged if there is nothing to change.

    Attributes:
        random: Chooses the place and the change.
        names: The replacements for names.
    """

    random: Random
    names: Sequence[str] = STRANGERS

    def number(self, text: str) -> str:
        """Changes a number."""
        return self._one(NUMBER, text, lambda found: str(int(found) + 7))

    def year(self, text: str) -> str:
        """Changes a year."""
        return self._one(YEAR, text, lambda found: str(int(found) + self.random.choice((-2, -1, 1, 2))))

    def name(self, text: str) -> str:
        """Changes a name."""
        others = [name for name in self.names if name not in text]
        return self._one(NAME, text, lambda _: self.random.choice(others)) if others else text

    def word(self, text: str) -> str:
        """Changes a noun."""
        return self._one(re.compile(r"\b[a-z]{6,}\b"), text, lambda _: self.random.choice(THINGS))

    def denied(self, text: str) -> str:
        """Adds a "not"."""
        if re.search(r"\bnot\b|n['’]t", text):
            return text
        return AUXILIARY.sub(lambda found: f"{found[0]}not ", text, count=1)

    def asserted(self, text: str) -> str:
        """Removes a "not"."""
        return NOT.sub(r"\1", text, count=1)

    def certain(self, text: str) -> str:
        """Replaces may by will."""
        return re.sub(r"\b(?:may|might|could)\b", "will", text, count=1)

    def swapped(self, text: str) -> str:
        """Swaps two names."""
        found = list(NAME.finditer(text))
        if len(found) < 2 or found[0][0] == found[-1][0]:
            return text
        first, last = found[0], found[-1]
        return text[: first.start()] + last[0] + text[first.end() : last.start()] + first[0] + text[last.end() :]

    def opposite(self, text: str) -> str:
        """Replaces a word by its opposite."""
        return self._one(re.compile(rf"\b(?:{'|'.join(OPPOSITES)})\b"), text, OPPOSITES.__getitem__)

    @property
    def changes(self) -> tuple[Callable[[str], str], ...]:
        """All changes but `word`, whose nouns are too foreign to learn from."""
        return (
            self.number,
            self.year,
            self.name,
            self.denied,
            self.asserted,
            self.certain,
            self.swapped,
            self.opposite,
        )

    def _one(self, pattern: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
        """The text with a change at one of the pattern's matches; unchanged if there is none."""
        found = list(pattern.finditer(text))
        if not found:
            return text
        place = self.random.choice(found)
        return text[: place.start()] + change(place[0]) + text[place.end() :]
