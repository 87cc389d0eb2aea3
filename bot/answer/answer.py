"""The values of a conversation: turns in, deltas and an answer out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from bot.answer.declined import Declined
from bot.answer.trace import Trace
from bot.note import Note, Statement
from index.passage import Passage, ScoredPassage, revised_to_json
from index.question import Question
from index.split import Span
from index.time.period import Period

if TYPE_CHECKING:
    from index.search.counting import ArticleCount

Status = Literal["answered", "abstained"]
Shape = Literal["fact", "timeline", "latest"]
"""How the quotes of an answer belong together."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One finished exchange of a conversation.

    Attributes:
        question: As asked.
        answer: The text shown.
        status: Whether it was answered; a declined turn carries nothing into the next question.
        citations: The answer's citations, if known.
    """

    question: str
    answer: str
    status: Status = "answered"
    citations: tuple["Citation", ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of an answer's text.

    Attributes:
        text: The piece.
        marks: The marks in it, as (start, end). None: everything that looks like a mark is one.
    """

    text: str
    marks: tuple[Span, ...] | None = None

    @classmethod
    def at(cls, start: int, text: str, marks: Iterable[Span]) -> "Delta":
        """The piece that starts at an offset of a text with known marks."""
        own = ((first - start, last - start) for first, last in marks if start <= first and last <= start + len(text))
        return cls(text, tuple(own))


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that a sentence of the answer rests on.

    Attributes:
        number: Its mark in the text, `[number]`, from 1.
        passage: The passage that holds it.
        start: The quote's start in the article's text, in characters.
        end: Its end, exclusive.
        answer_start: The start in the article's text of the answering words, within the quote; None if unknown.
        answer_end: Their end, exclusive.
    """

    number: int
    passage: Passage
    start: int
    end: int
    answer_start: int | None = None
    answer_end: int | None = None

    @property
    def quote(self) -> str:
        """The exact words."""
        return self.passage.article.text[self.start : self.end]

    @property
    def answer(self) -> str | None:
        """The words of the quote that answer; None if unknown."""
        if self.answer_start is None or self.answer_end is None:
            return None
        return self.passage.article.text[self.answer_start : self.answer_end]

    def to_json(self) -> dict[str, Any]:
        """The citation in the form the command line prints and the API returns."""
        return {"number": self.number, **self.quote_to_json(), "answer": self.answer}

    def quote_to_json(self) -> dict[str, Any]:
        """The same without the mark and the answering words."""
        article = revised_to_json(self.passage.article)
        return {**article, "quote": self.quote, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence that a language model wrote, and the verdict on it.

    Attributes:
        text: As in the answer, without marks.
        start: Its start in the answer's text; None if it was held back.
        end: Its end, exclusive, before its marks.
        numbers: Its marks.
        supported: Whether the passages support it.
        reason: Why they do not: "the number 14 is not in the source"; None if they do.
        nearest: Of one that they do not support, the sentence of theirs that comes nearest, with the number 0; if any.
    """

    text: str
    start: int | None
    end: int | None
    numbers: tuple[int, ...] = ()
    supported: bool = True
    reason: Note | None = None
    nearest: Citation | None = None

    def to_json(self) -> dict[str, Any]:
        """The sentence in the form the command line prints and the API returns."""
        nearest = self.nearest.quote_to_json() if self.nearest else None
        return asdict(replace(self, nearest=None)) | {"reason": str(self.reason or ""), "nearest": nearest}


def passage_to_json(scored: ScoredPassage) -> dict[str, Any]:
    """A retrieved passage in the form the command line prints and the API returns."""
    return {
        **revised_to_json(scored.passage.article),
        "text": scored.passage.text,
        "start": scored.passage.start,
        "end": scored.passage.end,
        "score": scored.score,
        "also_in": [{"title": other.title, "url": other.url, "source": other.source} for other in scored.also_in],
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, abstaining included.

    Attributes:
        question: As asked.
        standalone_question: The question that was searched for, completed from the conversation.
        status: Whether it abstains.
        text: Plain text with marks such as `[1]`; no markup.
        emphasis: The answering words in the text, as (start, end), in order and disjoint.
        marks: The same for its marks, as a quote may hold what looks like one. None: all that look like marks are.
        quotes: The same for quotes, verbatim but for white space, each before its mark.
        notes: The same for statements about the search, about the sources, and about held-back sentences.
        shape: How the quotes belong together.
        citations: The targets of the marks, in order of first use.
        passages: The passages considered, best first.
        searched: The question with the window and the outlets that its options or its words set.
        confidence: How likely it is, from 0 to 1, that the passages hold the answer; it decides whether to abstain.
        needed: The confidence from which on it answers; None where nothing was weighed.
        answerer: "extractive" or "llm".
        model: The language model's name, if one wrote the text or chose its quotes.
        generation: The id of the index generation that was searched.
        sentences: The sentences that a language model wrote, held-back ones included.
        period: The period that the question's words name.
        widened: Whether that period held nothing, so that everything was searched.
        count: The count, for a question about the archive itself.
        declined: Why it abstains, and what may help; None if it answers.
        statements: What the bot states itself in the text, for those who word it themselves; in order and disjoint.
        trace: How it came about.
    """

    question: Question
    standalone_question: str
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    passages: tuple[ScoredPassage, ...] = ()
    searched: Question | None = None
    confidence: float = 0.0
    needed: float | None = None
    answerer: str = "extractive"
    model: str | None = None
    generation: str | None = None
    emphasis: tuple[Span, ...] = ()
    marks: tuple[Span, ...] | None = None
    quotes: tuple[Span, ...] = ()
    notes: tuple[Span, ...] = ()
    shape: Shape = "fact"
    sentences: tuple[AnswerSentence, ...] = ()
    period: Period | None = None
    widened: bool = False
    count: "ArticleCount | None" = None
    declined: Declined | None = None
    statements: tuple[Statement, ...] = ()
    trace: Trace = field(default_factory=Trace)

    @property
    def unsupported(self) -> list[AnswerSentence]:
        """The sentences that no passage supports, whether shown or held back."""
        return [sentence for sentence in self.sentences if not sentence.supported]

    def to_json(self) -> dict[str, Any]:
        """The answer in the form `byline ask --json` prints and the API returns."""
        searched = self.searched or self.question
        return {
            "question": self.question.text,
            "standalone_question": self.standalone_question,
            "asked": self.question.asked.isoformat(),
            "searched": {
                "since": searched.since.isoformat() if searched.since else None,
                "until": searched.until.isoformat() if searched.until else None,
                "sources": list(searched.sources),
            },
            "status": self.status,
            "text": self.text,
            "emphasis": self.emphasis,
            "marks": self.marks,
            "quotes": self.quotes,
            "notes": self.notes,
            "shape": self.shape,
            "declined": self.declined.to_json() if self.declined else None,
            "citations": [citation.to_json() for citation in self.citations],
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "passages": [passage_to_json(scored) for scored in self.passages],
            "confidence": round(self.confidence, 3),
            "answerer": self.answerer,
            "model": self.model,
            "generation": self.generation,
            "timings_ms": {stage: round(value, 1) for stage, value in self.trace.timings_ms.items()},
        } | ({"count": self.count.to_json()} if self.count else {})
