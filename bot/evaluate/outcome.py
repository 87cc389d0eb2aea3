"""Compares an answer with what was expected."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.answer import Answer, Status
from bot.evaluate.by_kind import Verdict, judge
from bot.evaluate.matching import holds, overlap
from bot.evaluate.questions import Expected
from bot.question.kind import Kind, kind_probe
from index.time.period import period_of, wants_latest

Sort = Literal["number", "date", "name", "other"]
"""The kind of words that answer a question."""
SORTS: dict[Kind, Sort] = {"howmany": "number", "when": "date", "who": "name", "where": "name", "which": "name"}

RECALLED = 5
"""Passages that are searched for a gold answer."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What one question contributes to the measures: a line of outcomes.jsonl.

    All but `status` and `verdict` is measured as if the bot never abstained. A value is None where it does not
    apply: the question is unanswerable, or has no gold answer or article.

    Attributes:
        id: The question's id in the file.
        question: Its words.
        asked: The moment it was asked, ISO 8601.
        kind: The kind of answer it wants.
        timed: Whether it mentions a time.
        answerable: Whether the corpus can answer it.
        status: The bot's decision at its setting.
        confidence: From 0 to 1.
        rank: The place, from 1, of the first gold article; None too if it is not among those considered.
        located: Whether it has gold articles.
        recalled: Whether a gold answer is in the first passages or their headlines.
        contains: Whether a gold answer is in the sentences shown.
        f1: The word overlap of the sentences shown with the best gold answer.
        cites_gold: Whether a gold article is cited.
        verbatim: How many of the sentences shown are verbatim in their article.
        shown: The sentences.
        cited: The addresses of their articles.
        milliseconds: How long the answer took.
        verdict: Its contribution to the table of kinds; None too if it has no kind.
    """

    id: str
    question: str
    asked: str
    kind: Sort
    timed: bool
    answerable: bool
    status: Status
    confidence: float
    rank: int | None
    located: bool
    recalled: bool | None
    contains: bool | None
    f1: float | None
    cites_gold: bool | None
    verbatim: int
    shown: tuple[str, ...]
    cited: tuple[str | None, ...]
    milliseconds: float
    verdict: Verdict | None = None

    @property
    def answered(self) -> bool:
        """Whether sentences are shown at the bot's setting."""
        return self.status == "answered"

    @property
    def right(self) -> bool | None:
        """Whether a visitor is served correctly, with the answer or a justified abstention; None if undecidable."""
        if not self.answerable:
            return not self.answered
        return None if self.contains is None else self.answered and self.contains

    def to_json(self) -> dict[str, Any]:
        """The line as a JSON object."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An expected answer and the one given by a bot that never abstains."""

    expected: Expected
    answer: Answer
    answered: bool
    milliseconds: float

    @property
    def shown(self) -> str:
        """The quoted sentences, without lead-ins."""
        return " ".join(citation.quote for citation in self.answer.citations)

    @property
    def contains(self) -> bool:
        """Whether a gold answer is in the sentences shown."""
        return holds(self.shown, self.expected.answers)

    @property
    def rank(self) -> int | None:
        """The place, from 1, of the first gold article among the distinct articles considered."""
        urls = dict.fromkeys(scored.passage.article.url for scored in self.answer.passages)
        return next((place for place, url in enumerate(urls, 1) if url in self.expected.urls), None)

    @property
    def marks(self) -> Marks:
        """The question's contribution to the measures."""
        expected, citations = self.expected, self.answer.citations
        question = expected.question
        located, known = (expected.answerable and bool(named) for named in (expected.urls, expected.answers))
        return Marks(
            id=expected.id,
            question=question.text,
            asked=question.asked.isoformat(),
            kind=SORTS.get(kind_probe().kind(question.text), "other"),
            timed=period_of(question.text, question.asked) is not None or wants_latest(question.text),
            answerable=expected.answerable,
            status="answered" if self.answered else "abstained",
            confidence=self.answer.confidence,
            rank=self.rank if located else None,
            located=located,
            recalled=self._recalled() if known else None,
            contains=self.contains if known else None,
            f1=max(overlap(self.shown, gold) for gold in expected.answers) if known else None,
            cites_gold=any(one.passage.article.url in expected.urls for one in citations) if located else None,
            verbatim=sum(one.quote in one.passage.article.text for one in citations),
            shown=tuple(one.quote for one in citations),
            cited=tuple(one.passage.article.url for one in citations),
            milliseconds=round(self.milliseconds, 1),
            verdict=judge(expected, self.answer, self.answered),
        )

    def _recalled(self) -> bool:
        passages = [scored.passage for scored in self.answer.passages[:RECALLED]]
        return any(holds(f"{passage.article.title}\n{passage.text}", self.expected.answers) for passage in passages)
