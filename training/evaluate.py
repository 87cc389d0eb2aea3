"""Measures an exported reader over retrieved passages: `python -m training.evaluate MODEL TOKENIZER CANDIDATES`."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import typer

from training.auroc import auroc
from training.read import PassageReading, SentenceReading, read_passages

ARTICLES = {"a", "an", "the"}
ANSWERED = 0.8
"""The share of answerable questions at which declining is measured."""

Rule = Callable[[PassageReading, SentenceReading, int], float]
"""A sentence's score from its passage's reading, its own, and the passage's rank in retrieval from 0."""

RULES: dict[str, Rule] = {
    "relevance": lambda passage, sentence, rank: passage.relevance,
    "span": lambda passage, sentence, rank: sentence.span - passage.nothing,
    "span and relevance": lambda passage, sentence, rank: sentence.span - passage.nothing + passage.relevance,
    "all and rank": lambda passage, sentence, rank: (
        sentence.span - passage.nothing + passage.relevance - float(np.log1p(rank))
    ),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A question as read.

    Attributes:
        readings: One a passage, in the order of retrieval.
    """

    answers: tuple[str, ...]
    urls: tuple[str, ...]
    answerable: bool
    found_at: tuple[str, ...]
    headings: tuple[str, ...]
    readings: tuple[PassageReading, ...]

    def ranked(self, rule: Rule) -> list[tuple[float, int, str]]:
        """Every sentence with its score and its passage's rank, best first; equal ones in the order of retrieval."""
        scored = [
            (rule(passage, sentence, rank), rank, sentence.text)
            for rank, passage in enumerate(self.readings)
            for sentence in passage.sentences
        ]
        return sorted(scored, key=lambda each: -each[0])

    def reranked(self, rule: Rule) -> list[int]:
        """The passages' numbers in the order of their best sentences."""
        return list(dict.fromkeys(rank for _, rank, _ in self.ranked(rule)))

    def holds(self, text: str) -> bool:
        """Whether a gold answer stands in the text."""
        return any(_normal(answer) in _normal(text) for answer in self.answers)


def main(model: Path, tokenizer: Path, candidates: Path, top_k: int = 16) -> None:
    """Prints the measures, a line for each rule of choosing sentences.

    Args:
        model: What training.export wrote.
        tokenizer: The encoder's tokenizer.json.
        candidates: Questions with passages, as training.candidates writes them.
        top_k: How many passages of each question are read.
    """
    read = read_questions(model, tokenizer, candidates, top_k)
    for name, rule in RULES.items():
        print(name, json.dumps({key: round(value, 3) for key, value in measures(read, rule).items()}))


def read_questions(model: Path, tokenizer: Path, candidates: Path, top_k: int) -> list[Read]:
    """Every question of the file with its first passages read."""
    with candidates.open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    read = []
    for record, readings in zip(records, read_passages(model, tokenizer, records, top_k), strict=True):
        passages = record["passages"][:top_k]
        read.append(
            Read(
                tuple(record["answers"]),
                tuple(record["urls"]),
                record["answerable"],
                tuple(passage["url"] for passage in passages),
                tuple(passage["heading"] for passage in passages),
                readings,
            )
        )
    return read


def measures(read: Sequence[Read], rule: Rule) -> dict[str, float]:
    """What a rule of choosing sentences is worth."""
    answerable = [each for each in read if each.answerable]
    best = [each.ranked(rule)[0][0] for each in answerable]
    others = [each.ranked(rule)[0][0] for each in read if not each.answerable]
    floor = float(np.quantile(best, 1 - ANSWERED))
    return {
        "answer_in_1": _share(answerable, lambda each: _shown(each, rule, 1)),
        "answer_in_3": _share(answerable, lambda each: _shown(each, rule, 3)),
        "auroc": auroc(best, others),
        "declined": float(np.mean(np.array(others) < floor)),
        "article_hit@1": _share(answerable, lambda each: each.found_at[each.reranked(rule)[0]] in each.urls),
        "answer_recall@1": _share(answerable, lambda each: _recalled(each, each.reranked(rule)[:1])),
        "answer_recall@5": _share(answerable, lambda each: _recalled(each, each.reranked(rule)[:5])),
        "answer_recall@5 unranked": _share(answerable, lambda each: _recalled(each, range(5))),
        "answer_recall@all": _share(answerable, lambda each: _recalled(each, range(len(each.readings)))),
    }


def _share(read: Sequence[Read], holds: Callable[[Read], bool]) -> float:
    return float(np.mean([holds(each) for each in read]))


def _shown(each: Read, rule: Rule, sentences: int) -> bool:
    texts = dict.fromkeys(text for _, _, text in each.ranked(rule))
    return each.holds("\n".join(islice(texts, sentences)))


def _recalled(each: Read, ranks: Sequence[int]) -> bool:
    texts = (each.headings[rank] + "\n" + each.readings[rank].text for rank in ranks if rank < len(each.readings))
    return each.holds("\n".join(texts))


def _normal(text: str) -> str:
    """Lower case, without punctuation and articles, as SQuAD compares."""
    words = re.sub(r"[^\w\s]|_", " ", text.lower()).split()
    return f" {' '.join(word for word in words if word not in ARTICLES)} "


if __name__ == "__main__":
    typer.run(main)
