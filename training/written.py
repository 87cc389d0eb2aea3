"""Questions and claims written for the reader, each for a passage.

Half of the questions look as if their passage answered them, but it does not: such a question is an example without a
right passage. More of that kind are made here from answered ones: another passage's name, year or number replaces the
one that the question asks about, in the question, in the passage, or in both, where it still answers.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import bm25s
import numpy as np
from Stemmer import Stemmer

from training.example import Candidate, Example
from training.planting import NAME

DEPTH = 12  # passages among which near misses are searched
OF_AN_ARTICLE = 70  # the most questions of an article: a few long interviews would outweigh everything else
SWAPPED = 0.5  # the share of answered questions repeated with something replaced; as many with another passage
HELD_OUT = 25  # one of so many articles is held out from training, with all its questions and claims

_FIGURE = re.compile(r"\b(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th))\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Written:
    """A passage with the questions and claims written for it.

    Attributes:
        article: Its article.
        heading: Headline and date.
        text: The passage.
        asked: Questions with the answering words, None where the passage does not answer.
        claims: Sentences, and whether the passage supports them.
    """

    article: str
    heading: str
    text: str
    asked: tuple[tuple[str, str | None], ...]
    claims: tuple[tuple[str, bool], ...]

    @property
    def held_out(self) -> bool:
        """Whether its article is held out from training."""
        return Random(self.article).randrange(HELD_OUT) == 0


def written(passages: Path, items: Path) -> list[Written]:
    """Reads a file of passages and one of questions and claims, in the form of BENCH/written."""
    asked: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
    claims: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for item in _lines(items):
        if "q" in item:
            asked[item["p"]].append((item["q"], item["a"]))
        else:
            claims[item["p"]].append((item["c"], bool(item["ok"])))
    return [
        Written(
            each["id"].rpartition(".")[0] if each["id"][0] == "w" else each["id"],
            f"{each['title']}\n{_spelled(each['published'])}",
            each["text"],
            tuple(asked[each["id"]]),
            tuple(claims[each["id"]]),
        )
        for each in _lines(passages)
    ]


def examples(pool: Sequence[Written], random: Random) -> Iterator[tuple[Example, bool]]:
    """Every question as an example, and whether it is held out."""
    ranked = _ranked(pool)
    for number, passage in enumerate(_sampled(pool, random)):
        for question, answer in passage.asked:
            yield _example(pool, number, question, answer, ranked[question], random), passage.held_out
            if answer and not passage.held_out:
                yield from ((other, False) for other in _swapped(pool, passage, question, answer, random))


def _sampled(pool: Sequence[Written], random: Random) -> Iterator[Written]:
    """The passages in order, with fewer questions where their article has too many."""
    total: defaultdict[str, int] = defaultdict(int)
    for passage in pool:
        total[passage.article] += len(passage.asked)
    for passage in pool:
        share = min(1.0, OF_AN_ARTICLE / max(1, total[passage.article]))
        kept = tuple(one for one in passage.asked if random.random() < share)
        yield replace(passage, asked=kept)


def _example(
    pool: Sequence[Written], number: int, question: str, answer: str | None, ranked: Sequence[int], random: Random
) -> Example:
    """The question with its passage and two similar ones that lack the answer too.

    Those may be of the same article if there is an answer to look for in them, as they share its topic.
    """
    own = _candidate(pool[number], answer)
    lacking = [
        other
        for other in ranked
        if (answer.lower() not in pool[other].text.lower() if answer else pool[other].article != pool[number].article)
        and other != number
    ]
    misses = random.sample(lacking[:6], min(2, len(lacking[:6])))
    return Example(question, (own, *(_candidate(pool[miss], None) for miss in misses)), "written")


def _candidate(passage: Written, answer: str | None) -> Candidate:
    spans = () if answer is None else tuple(match.span() for match in re.finditer(re.escape(answer), passage.text))
    return Candidate(passage.heading, passage.text, answer is not None, spans)


def _swapped(
    pool: Sequence[Written], passage: Written, question: str, answer: str, random: Random
) -> Iterator[Example]:
    """The question about another name, year or number than its passage has; and a passage changed in that way."""
    whole = f"{passage.heading} {passage.text}"
    conditions = sorted({*NAME.findall(whole), *_FIGURE.findall(whole)})
    own = [(match, each) for each in conditions if (match := _named(each, question))]
    if not own:
        return
    place, condition = random.choice(own)
    other = _other(condition, pool, random)
    if not other or other.lower() in whole.lower():
        return
    put = other.lower() if place[0].islower() else other
    asked_otherwise = question[: place.start()] + put + question[place.end() :]
    if random.random() < SWAPPED:
        yield Example(asked_otherwise, (_candidate(passage, None),), "swapped")
    if random.random() < SWAPPED and condition not in answer:
        heading, text = (_put(each, condition, other) for each in (passage.heading, passage.text))
        changed = replace(passage, heading=heading, text=text)
        if answer in text:
            yield Example(question, (_candidate(changed, None),), "passage swapped")
            yield Example(asked_otherwise, (_candidate(changed, answer),), "both swapped")


def _named(condition: str, question: str) -> re.Match[str] | None:
    """The condition in the question, ignoring case."""
    return re.search(rf"\b{re.escape(condition)}\b", question, re.IGNORECASE) if len(condition) > 3 else None


def _other(condition: str, pool: Sequence[Written], random: Random) -> str:
    """Another one of the same kind; empty if there is none."""
    if _YEAR.fullmatch(condition):
        return str(int(condition) + random.choice((-2, -1, 1, 2, 4)))
    if condition[0].isdigit():
        return re.sub(r"\d+", str(random.randint(2, 60)), condition)
    names = NAME.findall(random.choice(pool).text)
    same_length = [name for name in names if name.count(" ") == condition.count(" ")]
    return random.choice(same_length or names or [""])


def _put(text: str, condition: str, other: str) -> str:
    """Replaces the condition everywhere; for names of as many words, also each word alone."""
    text = text.replace(condition, other)
    words, others = condition.split(), other.split()
    if condition[0].isupper() and len(words) == len(others):
        for word, put in zip(words, others, strict=True):
            text = re.sub(rf"\b{re.escape(word)}\b", put, text)
    return text


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
