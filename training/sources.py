"""The reader's public training data, each set read as a pool of passages with questions."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from sentencex import segment

from training.example import Candidate, Example

PASSAGE_CHARACTERS = 850  # about 200 tokens of English news
LONG = 1000


@dataclass(frozen=True, slots=True)
class Text:
    """A passage of a pool, with the words of its article that are not its own."""

    heading: str
    text: str
    highlights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a pool.

    Attributes:
        question: As in the data.
        text: The number of the passage that answers it.
        answers: Answer strings; empty where the data only says that the passage is relevant.
    """

    question: str
    text: int
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """Passages of one kind, among which near misses are searched."""

    name: str
    texts: list[Text] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def add(self, heading: str, body: str, highlights: tuple[str, ...] = ()) -> range:
        """Adds a text, split where it is long; returns the numbers of its passages."""
        before = len(self.texts)
        pieces = passages(body) if len(body) > LONG else [body]
        self.texts.extend(Text(heading, piece, highlights) for piece in pieces)
        return range(before, len(self.texts))

    def ask(self, question: str, numbers: range, answers: tuple[str, ...] = ()) -> None:
        """Assigns a question to the first of these passages with an answer; to none if none has one."""
        for number in numbers:
            if not answers or any(answer.lower() in self.texts[number].text.lower() for answer in answers):
                self.asked.append(Asked(question, number, answers))
                return


def squadshifts(path: Path, titled: bool) -> Pool:
    """SQuADShifts: questions that people wrote for a passage, with up to three answers.

    Args:
        path: One domain's JSONL, gzipped.
        titled: Whether the data's titles name the topic of a passage, and so can serve as its headline.
    """
    pool = Pool(path.name.removesuffix(".jsonl.gz"))
    numbers: dict[str, range] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            context = record["context"].strip()
            if context not in numbers:
                title = unquote(record["title"]).replace("_", " ") if titled else ""
                numbers[context] = pool.add(title, context)
            pool.ask(record["question"].strip(), numbers[context], tuple(record["answers"]))
    return pool


def squad(path: Path) -> Iterator[Example]:
    """SQuAD 2.0: questions that people wrote, a third to half of which their passage does not answer."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                spans = {(each["answer_start"], each["answer_start"] + len(each["text"])) for each in asked["answers"]}
                passage = Candidate(
                    article["title"].replace("_", " "), paragraph["context"], bool(spans), tuple(sorted(spans))
                )
                yield Example(asked["question"].strip(), (passage,), "squad")


def ares(path: Path) -> Pool:
    """ARES: questions a model wrote, with labels of relevance and faithfulness; only relevant rows are kept.

    The news part ends in editors' highlights: the first serves as a headline, the others are kept for
    cloze questions.
    """
    pool = Pool(path.name.removesuffix(".tsv.gz"))
    numbers: dict[str, range] = {}
    answers: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in _ares_rows(path):
        document = row["document"]
        if document not in numbers:
            body, *highlights = (part.strip() for part in document.split("@highlight"))
            heading, *others = highlights or [""]
            numbers[document] = pool.add(heading, body, tuple(others))
        if row["Context_Relevance_Label"] == "Yes":
            key = row["synthetic_query"].replace("@placeholder", "who"), document
            answers[key] = answers.get(key, ()) + _ares_answer(row)
    for (question, document), given in answers.items():
        pool.ask(question.strip(), numbers[document], given)
    return pool


def _ares_rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def _ares_answer(row: dict[str, str]) -> tuple[str, ...]:
    answer = row["generated_answer"].removeprefix("The answer is").strip(" :.\n")
    faithful = row["Answer_Faithfulness_Label"] == row["Answer_Relevance_Label"] == "Yes"
    return (answer,) if faithful and answer else ()


def wikinews(path: Path) -> Pool:
    """Wikinews: articles without questions, as passages under their headline and date."""
    pool = Pool("wikinews")
    with path.open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            day = date.fromisoformat(record["published_at"])
            heading = f"{record['title']}\n{day:%B} {day.day}, {day.year}"
            body = re.sub(r"^\w+, \w+ \d+, \d{4}\s+", "", record["body"].replace("\xa0", " ").strip())
            pool.add(heading, body)
    return pool


def passages(body: str) -> list[str]:
    """Whole sentences joined to passages of about 850 characters, paragraph breaks kept."""
    pieces: list[str] = []
    for sentence in segment("en", body):
        if pieces and len(pieces[-1]) + len(sentence) <= PASSAGE_CHARACTERS:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return [piece.strip() for piece in pieces if piece.strip()]
