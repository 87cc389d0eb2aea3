"""The answers of a language model, and what is held back of them, beside those of the default bot.

    BYLINE_LLM_BASE_URL=http://127.0.0.1:8080/v1 python -m benchmarks.generating INDEX QUESTIONS

Asks both COUNT answerable questions, evenly spread over the file, with abstaining off.
"foreign" is a crude judge, independent of the check: the share of sentences with a number or a capitalised word
that is in no passage given to the model. "answer" is the share of answers with a gold answer in them, "cited"
of those that cite a gold article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from benchmarks.asking import given
from bot.answer import Answer, Delta
from bot.archive_bot import ArchiveBot
from bot.evaluate import Expected, holds
from index.question import Question

COUNT = 20
_TELLING = re.compile(r"(?<!^)\b[A-Z]\w+|\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the model's answer and the default bot's."""

    expected: Expected
    answer: Answer
    default: Answer
    first_seconds: float

    @property
    def outcome(self) -> str:
        """The fate of the model's reply."""
        if self.answer.answerer != "llm":
            return "fell back"
        return self.answer.status


def ask(bot: ArchiveBot, expected: Expected) -> Asked:
    """Asks both."""
    started, first = perf_counter(), 0.0
    for piece in bot.stream(expected.question):
        if isinstance(piece, Delta) and not first:
            first = perf_counter() - started
    assert isinstance(piece, Answer)
    default = replace(bot, generator=None).answer(expected.question)
    print(f"{piece.answerer:10} {piece.status:9} {first:5.1f} s, {len(piece.sentences)} sentences", flush=True)
    return Asked(expected, piece, default, first)


def foreign(sentence: str, answer: Answer) -> bool:
    """Whether a sentence has a name or number that is in no passage."""
    known = answer.trace.prompt[-1].text.lower()
    return any(word.lower() not in known for word in _TELLING.findall(sentence))


def answers(answer: Answer, expected: Expected) -> bool:
    """Whether an answer contains a gold answer."""
    return answer.status == "answered" and holds(answer.text, expected.answers)


def cites(answer: Answer, expected: Expected) -> bool:
    """Whether an answer cites a gold article."""
    return any(citation.passage.article.url in expected.urls for citation in answer.citations)


def share(values: Sequence[bool]) -> str:
    """As "3 of 20 (.15)"."""
    return f"{sum(values)} of {len(values)} ({np.mean(values) if values else 0:.2f})"


def report(asked: Sequence[Asked]) -> None:
    """Prints the results."""
    written = [(one, sentence) for one in asked for sentence in one.answer.sentences]
    shown = [(one, sentence) for one, sentence in written if sentence.start is not None]
    print(f"\n{len(asked)} questions, model {next((one.answer.model for one in asked if one.answer.model), 'unknown')}")
    for outcome in ("answered", "abstained", "fell back"):
        print(f"{outcome:24}{share([one.outcome == outcome for one in asked])}")
    print(f"{'unsupported as written':24}{share([not sentence.supported for _, sentence in written])}")
    print(f"{'unsupported as shown':24}{share([not sentence.supported for _, sentence in shown])}")
    print(f"{'foreign as written':24}{share([foreign(sentence.text, one.answer) for one, sentence in written])}")
    print(f"{'foreign as shown':24}{share([foreign(sentence.text, one.answer) for one, sentence in shown])}")
    own = [one for one in asked if one.outcome == "answered"]
    for name, rows in (("all", asked), ("the model's own", own)):
        print(f"{name}: {len(rows)}")
        print(f"  answer, with the model  {share([answers(one.answer, one.expected) for one in rows])}")
        print(f"  answer, without         {share([answers(one.default, one.expected) for one in rows])}")
        print(f"  cited, with the model   {share([cites(one.answer, one.expected) for one in rows])}")
        print(f"  cited, without          {share([cites(one.default, one.expected) for one in rows])}")
    times = np.quantile([one.first_seconds for one in asked], [0.5, 0.95])
    print(f"first delta: p50 {times[0]:.1f} s, p95 {times[1]:.1f} s")


def main() -> None:
    """Asks and prints."""
    bot, questions = given(__doc__)
    answerable = [one for one in questions if one.answerable and one.answers]
    chosen = answerable[:: max(1, len(answerable) // COUNT)][:COUNT]
    bot = replace(bot, threshold=0.0)
    bot.answer(Question("What is the latest news?"))  # loads the models
    report([ask(bot, one) for one in chosen])


if __name__ == "__main__":
    main()
