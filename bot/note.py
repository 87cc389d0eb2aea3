"""What the bot states itself: in English, and as a kind with its values for those who word it in another language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.split import Span


@dataclass(frozen=True, slots=True)
class Note:
    """A statement.

    Attributes:
        kind: What it states.
        text: In English.
        values: What it names, by the places that they have in the statement.
    """

    kind: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """In English."""
        return self.text


@dataclass(frozen=True, slots=True)
class Statement:
    """A note in an answer's text.

    Attributes:
        note: The note.
        start: Where its English starts, in characters.
    """

    note: Note
    start: int

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.start, self.start + len(self.note.text)
