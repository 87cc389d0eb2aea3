"""Questions written for the reader, beside the passage that each was written to.

Half of them look as if their passage answered them, and it does not: such a question is an example without a right
passage. Others of that kind are made here from answered ones, by putting another passage's name, year or number in
the place of one that the question asks about.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import bm25s
import numpy as np
from Stemmer import Stemmer

from training.example import Candidate, Example

DEPTH = 12  # passages among which near misses are looked for
OF_AN_ARTICLE = 70  # questions at most: a few long interviews would outweigh everything else
SWAPPED = 0.3  # of the answered questions are asked again with something else in them
HELD_OUT = 25  # one article in so many is kept from training, with all its questions

_CONDITION = re.compile(r"(?<!^)\b(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|(?:19|20)\d\d|\d+(?:st|nd|rd|th)?)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Written:
    """A passage with the questions written to it; an answer is None where the passage has none."""

    article: str
    heading: str
    text: str
    asked: tuple[tuple[str, str | None], ...]


def written(passages: Path, items: Path) -> list[Written]:
    """Reads a file of passages and one of questions, both as ../shared/bench/written has them; claims are left out."""
    asked: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for item in _lines(items):
        if "q" in item:
            asked[item["p"]].append((item["q"], item["a"]))
    return [
        Written(
            each["id"].rpartition(".")[0] if each["id"][0] == "w" else each["id"],
            f"{each['title']}\n{_spelled(each['published'])}",
            each["text"],
            tuple(asked[each["id"]]),
        )
        for each in _lines(passages)
    ]


def examples(pool: Sequence[Written], random: Random) -> Iterator[tuple[Example, bool]]:
    """Every question as an example, and whether it is held out."""
    ranked = _ranked(pool)
    for number, passage in enumerate(_sampled(pool, random)):
        held_out = Random(passage.article).randrange(HELD_OUT) == 0
        for question, answer in passage.asked:
            yield _example(pool, number, question, answer, ranked[question], random), held_out
            other = _swapped(pool, passage, question, random) if answer and random.random() < SWAPPED else None
            if other and not held_out:
                yield Example(other, (_candidate(passage, None),), "swapped"), False


def _sampled(pool: Sequence[Written], random: Random) -> Iterator[Written]:
    """The passages in their order, with fewer questions where their article has too many."""
    total: defaultdict[str, int] = defaultdict(int)
    for passage in pool:
        total[passage.article] += len(passage.asked)
    for passage in pool:
        share = min(1.0, OF_AN_ARTICLE / max(1, total[passage.article]))
        kept = tuple(one for one in passage.asked if random.random() < share)
        yield Written(passage.article, passage.heading, passage.text, kept)


def _example(
    pool: Sequence[Written], number: int, question: str, answer: str | None, ranked: Sequence[int], random: Random
) -> Example:
    own = _candidate(pool[number], answer)
    if not answer:
        return Example(question, (own,), "written")
    lacking = [
        other for other in ranked if other != number and answer.lower() not in pool[other].text.lower()
    ]  # of the own article too: about the matter, and without the answer
    misses = random.sample(lacking[:6], min(2, len(lacking[:6])))
    return Example(question, (own, *(_candidate(pool[miss], None) for miss in misses)), "written")


def _candidate(passage: Written, answer: str | None) -> Candidate:
    spans = () if answer is None else tuple(match.span() for match in re.finditer(re.escape(answer), passage.text))
    return Candidate(passage.heading, passage.text, answer is not None, spans)


def _swapped(pool: Sequence[Written], passage: Written, question: str, random: Random) -> str | None:
    """The question about another name, year or number than its passage speaks of; None if it has none."""
    whole = f"{passage.heading} {passage.text}"
    own = [match for match in _CONDITION.finditer(question) if match[0] in whole]
    if not own:
        return None
    place = random.choice(own)
    if _YEAR.fullmatch(place[0]):
        other = str(int(place[0]) + random.choice((-2, -1, 1, 2, 4)))
    elif place[0][0].isdigit():
        other = re.sub(r"\d+", str(random.randint(2, 60)), place[0])
    else:
        names = [name for name in re.findall(_CONDITION, random.choice(pool).text) if name[0].isupper()]
        other = random.choice(names) if names else ""
    if not other or other in whole:
        return None
    return question[: place.start()] + other + question[place.end() :]


def _ranked(pool: Sequence[Written]) -> dict[str, list[int]]:
    """For each question, the numbers of the passages that share its words, best first."""
    stemmer = Stemmer("english")
    bm25 = bm25s.BM25()
    texts = [f"{passage.heading} {passage.text}" for passage in pool]
    bm25.index(bm25s.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)
    questions = [question for passage in pool for question, _ in passage.asked]
    tokens = bm25s.tokenize(questions, stemmer=stemmer, show_progress=False)
    numbers, scores = bm25.retrieve(tokens, k=DEPTH, show_progress=False)
    return {
        question: list(map(int, row[score > 0]))
        for question, row, score in zip(questions, np.asarray(numbers), scores, strict=True)
    }


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _spelled(day: str) -> str:
    published = date.fromisoformat(day)
    return f"{published:%B} {published.day}, {published.year}"
