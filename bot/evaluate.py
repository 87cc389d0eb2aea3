"""How good the answers are, on a file of questions whose answers are known."""

import json
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import fmean, quantiles
from time import perf_counter
from typing import Any

from bot.answer import Answer
from bot.archive import ArchiveBot
from corpus.errors import SettingsError
from index.question import Question, now

RANKS = 10


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of a questions file.

    Attributes:
        id: Names the question in reports.
        question: What is asked, and when.
        answers: Any of these counts as right.
        urls: Articles that hold the answer.
        answerable: Whether the corpus can answer it at all.
    """

    id: str
    question: Question
    answers: tuple[str, ...]
    urls: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """An expected answer beside the one given by a bot that never abstains."""

    expected: Expected
    answer: Answer
    answered: bool
    milliseconds: float

    @property
    def shown(self) -> str:
        """The quoted sentences, without what leads in to them."""
        return " ".join(citation.quote for citation in self.answer.citations)

    @property
    def contains(self) -> bool:
        """Whether a gold answer stands in the sentences shown."""
        return _holds(self.shown, self.expected.answers)

    @property
    def rank(self) -> int | None:
        """The place, from 0, of the first gold article among the distinct articles considered."""
        urls = dict.fromkeys(scored.passage.article.url for scored in self.answer.passages)
        return next((place for place, url in enumerate(urls) if url in self.expected.urls), None)


def read_questions(path: Path) -> list[Expected]:
    """The questions of a JSONL file.

    Raises:
        SettingsError: A line is not a question; the message names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the questions file {str(path)!r} cannot be read: {error}") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(_expected(json.loads(line), str(number)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise SettingsError(
                    f"{path}:{number} is not a question: {error!r}; see byline evaluate --help"
                ) from error
    if not questions:
        raise SettingsError(f"the questions file {str(path)!r} holds no question")
    return questions


def evaluate(
    bot: ArchiveBot, questions: Sequence[Expected], advance: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Asks every question and measures the answers.

    Args:
        bot: Its threshold says which answers count as abstained; the sentences it would have shown are measured too.
        questions: What to ask.
        advance: Called after each question.

    Returns:
        The measures of `byline evaluate --json`; None where no question of the kind was asked.
    """
    outcomes = []
    candid = replace(bot, threshold=0.0)
    for expected in questions:
        started = perf_counter()
        answer = candid.answer(expected.question)
        elapsed = (perf_counter() - started) * 1000
        answered = answer.status == "answered" and answer.confidence >= bot.threshold
        outcomes.append(Outcome(expected, answer, answered, elapsed))
        advance()
    return measure(outcomes)


def measure(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The measures over answered questions; see `evaluate`."""
    answerable = [outcome for outcome in outcomes if outcome.expected.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.expected.answerable]
    located = [outcome for outcome in answerable if outcome.expected.urls]
    known = [outcome for outcome in answerable if outcome.expected.answers]
    answered = [outcome for outcome in known if outcome.answered]
    quotes = [citation for outcome in outcomes for citation in outcome.answer.citations]
    return {
        "n": len(outcomes),
        **{f"article_hit@{k}": _mean(_within(outcome.rank, k) for outcome in located) for k in (1, 5, RANKS)},
        f"mrr@{RANKS}": _mean(_reciprocal(outcome.rank) for outcome in located),
        "answer_recall@5": _mean(_recalled(outcome) for outcome in known),
        "answer_contains": _mean(outcome.contains for outcome in known),
        "answer_f1": _mean(max(_f1(outcome.shown, gold) for gold in outcome.expected.answers) for outcome in known),
        "citation_hit": _mean(_cites_gold(outcome) for outcome in located),
        "quote_verbatim": _mean(citation.quote in citation.passage.article.text for citation in quotes),
        "answered_rate": _mean(outcome.answered for outcome in answerable),
        "abstained_rate_unanswerable": _mean(not outcome.answered for outcome in unanswerable),
        "correct_when_answered": _mean(outcome.contains for outcome in answered),
        "auroc_answerable": _auroc(
            [outcome.answer.confidence for outcome in answerable],
            [outcome.answer.confidence for outcome in unanswerable],
        ),
        "latency_ms": _latency([outcome.milliseconds for outcome in outcomes]),
    }


def _expected(line: dict[str, Any], number: str) -> Expected:
    asked = date.fromisoformat(line["asked"]) if line.get("asked") else now()
    return Expected(
        id=str(line.get("id", number)),
        question=Question(str(line["question"]), asked),
        answers=tuple(line.get("answers") or ()),
        urls=tuple(line.get("urls") or ()),
        answerable=bool(line.get("answerable", True)),
    )


def normalise(text: str) -> str:
    """Lower case, without punctuation and articles, one space between words.

    Source: the SQuAD evaluation (Rajpurkar et al., 2016).
    """
    bare = "".join(character for character in text.lower() if character not in PUNCTUATION)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", bare).split())


PUNCTUATION = frozenset(string.punctuation + "“”‘’–—…")


def _holds(text: str, golds: Sequence[str]) -> bool:
    """Whether a gold answer stands in the text, both normalised."""
    normalised = normalise(text)
    return any(gold in normalised for gold in map(normalise, golds) if gold)


def _recalled(outcome: Outcome) -> bool:
    passages = [scored.passage for scored in outcome.answer.passages[:5]]
    return any(_holds(f"{passage.article.title}\n{passage.text}", outcome.expected.answers) for passage in passages)


def _cites_gold(outcome: Outcome) -> bool:
    return any(citation.passage.article.url in outcome.expected.urls for citation in outcome.answer.citations)


def _f1(text: str, gold: str) -> float:
    """The harmonic mean of precision and recall over words."""
    words, wanted = normalise(text).split(), normalise(gold).split()
    shared = sum((Counter(words) & Counter(wanted)).values())
    return 2 * shared / (len(words) + len(wanted)) if shared else 0.0


def _within(rank: int | None, k: int) -> bool:
    return rank is not None and rank < k


def _reciprocal(rank: int | None) -> float:
    return 1 / (rank + 1) if rank is not None and rank < RANKS else 0.0


def _mean(values: Iterator[float]) -> float | None:
    collected = list(values)
    return round(fmean(collected), 4) if collected else None


def _auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """The chance that a positive scores above a negative, ties counting half."""
    if not positives or not negatives:
        return None
    wins = sum((high > low) + (high == low) / 2 for high in positives for low in negatives)
    return round(wins / (len(positives) * len(negatives)), 4)


def _latency(milliseconds: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(milliseconds, n=100, method="inclusive") if len(milliseconds) > 1 else [*milliseconds] * 99
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1)}
