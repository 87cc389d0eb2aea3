"""The reader's examples: a question or a claim with passages, and each passage's labels."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage paired with a question or a claim.

    Attributes:
        heading: Headline and date, as before an indexed passage; may be empty.
        text: The passage.
        relevant: Whether it answers the question, or supports the claim.
        answers: Every span of `text` that is an answer; also empty where a relevant passage's span is unknown.
    """

    heading: str
    text: str
    relevant: bool
    answers: tuple[Span, ...] = ()

    @property
    def read_text(self) -> str:
        """The text that the reader gets after the question."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text

    @property
    def read_answers(self) -> tuple[Span, ...]:
        """The answers as spans of `read_text`."""
        shift = len(self.read_text) - len(self.text)
        return tuple((start + shift, end + shift) for start, end in self.answers)


@dataclass(frozen=True, slots=True)
class Example:
    """A question or claim and its candidates.

    Attributes:
        question: Or the claim.
        candidates: The relevant one first, if there is one, then near misses.
        source: The data that it is from.
        claim: Whether it is a claim.
    """

    question: str
    candidates: tuple[Candidate, ...]
    source: str
    claim: bool = False


def write(examples: Iterable[Example], path: Path) -> None:
    """Writes one JSON object per line."""
    with path.open("w", encoding="utf-8") as file:
        for example in examples:
            file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")


def read(path: Path) -> Iterator[Example]:
    """The examples that `write` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            candidates = tuple(_candidate(**each) for each in record["candidates"])
            yield Example(record["question"], candidates, record["source"], record["claim"])


def _candidate(heading: str, text: str, relevant: bool, answers: list[list[int]]) -> Candidate:
    return Candidate(heading, text, relevant, tuple((start, end) for start, end in answers))
