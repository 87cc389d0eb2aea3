"""Near misses: passages that share a question's words but not its answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import bm25s
import numpy as np
from Stemmer import Stemmer

from training.example import Candidate, Example, Span
from training.sources import Asked, Pool

DEPTH = 40
HARD = 8  # from this rank on, a near miss counts as easier


@dataclass(frozen=True, slots=True)
class Appetite:
    """How many near misses a question gets, and how self-contained it must be.

    Attributes:
        hard: From the first `HARD` ranks.
        easy: From the ranks after them.
        within: A question whose own passage ranks lower than this gets none.
    """

    hard: int
    easy: int
    within: int = DEPTH


def spans(text: str, answers: tuple[str, ...]) -> tuple[Span, ...]:
    """All occurrences of an answer as whole words, ignoring case."""
    patterns = (rf"(?<!\w){re.escape(answer.strip())}(?!\w)" for answer in answers if answer.strip())
    return tuple({match.span() for each in patterns for match in re.finditer(each, text, re.IGNORECASE)})


def mine(pool: Pool, appetite: Appetite, random: Random) -> Iterator[Example]:
    """The pool's questions as examples; those whose answer is not in their passage are skipped."""
    for asked, ranked in zip(pool.asked, _ranked(pool), strict=True):
        answers = spans(pool.texts[asked.text].text, asked.answers)
        if asked.answers and not answers:
            continue
        if asked.text not in ranked[: appetite.within]:
            ranked = []
        misses = [number for number in ranked if number != asked.text and not _answers(pool, number, asked)]
        hard = [] if not asked.answers else misses[:HARD]
        easy = misses[HARD:]
        chosen = random.sample(hard, min(appetite.hard, len(hard)))
        chosen += random.sample(easy, min(appetite.hard + appetite.easy - len(chosen), len(easy)))
        yield _example(pool, asked, answers, chosen, random)


def _answers(pool: Pool, number: int, asked: Asked) -> bool:
    return bool(spans(f"{pool.texts[number].heading}\n{pool.texts[number].text}", asked.answers))


def _example(pool: Pool, asked: Asked, answers: tuple[Span, ...], misses: list[int], random: Random) -> Example:
    headed = random.random() < 0.7
    numbers = [asked.text, *misses]
    return Example(
        asked.question.strip(),
        tuple(
            Candidate(
                pool.texts[number].heading if headed else "",
                pool.texts[number].text,
                number == asked.text,
                answers if number == asked.text else (),
            )
            for number in numbers
        ),
        pool.name,
    )


def _ranked(pool: Pool) -> list[list[int]]:
    """For each question, the numbers of the passages that share its words, best first."""
    stemmer = Stemmer("english")
    bm25 = bm25s.BM25()
    texts = [f"{text.heading} {text.text}" for text in pool.texts]
    bm25.index(bm25s.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)
    questions = bm25s.tokenize([each.question for each in pool.asked], stemmer=stemmer, show_progress=False)
    numbers, scores = bm25.retrieve(questions, k=min(DEPTH, len(texts)), show_progress=False)
    return [list(map(int, row[score > 0])) for row, score in zip(np.asarray(numbers), scores, strict=True)]
