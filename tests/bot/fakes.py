"""A scripted bot, and articles to answer from."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from itertools import accumulate
from threading import Event

from bot.answer import Answer, Citation, Delta, Shape, Trace, Turn
from bot.answer.wording import worded
from bot.llm import Message
from bot.note import Note
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.split import Span

BRIDGE = Article(
    "Harbour bridge reopens after two years of repairs",
    "The old harbour bridge had been shut since a barge struck its western pier. "
    "Engineers reopened the bridge to traffic on Monday morning, eleven weeks ahead of plan. "
    "The city council put the final cost at 41 million crowns, a tenth below the estimate.\n\n"
    "Cyclists were the first to cross. A second lane for trams will follow in spring.",
    "https://example.org/harbour-bridge?from=front&page=1",
    "The Harbour Post",
    date(2022, 5, 16),
)
FERRY = Article(
    "Ferry crossings fall by half as the bridge returns",
    "Ferry crossings fell by half in the first week after the bridge returned, the harbour office said.",
    "https://example.net/ferries",
    "Northern Courier",
    date(2022, 5, 24),
)
WIRE = Article("Bridge open again", BRIDGE.text, "https://example.com/wire", "Evening Wire", date(2022, 5, 16))


def passage_of(article: Article) -> Passage:
    return Passage(article, 0, len(article.text))


def cite(number: int, article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    return Citation(number, passage_of(article), start, start + len(quote))


def answered(question: Question, citations: Sequence[Citation], text: str | None = None) -> Answer:
    return Answer(
        question,
        question.text,
        "answered",
        text if text is not None else " ".join(f"{citation.quote} [{citation.number}]" for citation in citations),
        tuple(citations),
        tuple(ScoredPassage(citation.passage, 1.0, (WIRE,) if citation.number == 1 else ()) for citation in citations),
        generation="g1",
        trace=Trace(timings_ms={"total": 12.0}),
    )


def quoting(
    question: Question, citations: Sequence[Citation], shape: Shape = "fact", opening: Sequence[Note] = ()
) -> Answer:
    """An answer in the articles' own words, as it is worded for these citations."""
    return worded(citations, shape, opening=opening).put(answered(question, citations, ""))


def bridge_answer(question: Question) -> Answer:
    reopened = "Engineers reopened the bridge to traffic on Monday morning, eleven weeks ahead of plan."
    cost = "The city council put the final cost at 41 million crowns, a tenth below the estimate."
    return answered(question, [cite(1, BRIDGE, reopened), cite(2, BRIDGE, cost), cite(3, FERRY, FERRY.text)])


def abstention(question: Question) -> Answer:
    nearest = tuple(ScoredPassage(passage_of(article), 0.2) for article in (BRIDGE, FERRY))
    text = "Nothing in the archive answers this. These articles come nearest."
    return Answer(question, question.text, "abstained", text, passages=nearest)


def marks_of(deltas: Sequence[Delta]) -> tuple[Span, ...]:
    """Where the marks of deltas stand in the text that they make."""
    starts = accumulate((len(delta.text) for delta in deltas), initial=0)
    placed = zip(starts, deltas, strict=False)
    return tuple((start + first, start + last) for start, delta in placed for first, last in delta.marks or ())


class ScriptedBot:
    """Streams what its script makes of a question, word by word, and keeps what it was asked.

    A question that holds "slow" waits after its first word until `release` is set; one that holds "fail" raises.
    """

    def __init__(
        self,
        script: Callable[[Question], Answer] = bridge_answer,
        error: Exception | None = None,
        articles: Sequence[Article] = (BRIDGE, FERRY, WIRE),
    ) -> None:
        self.script = script
        self.error = error
        self.articles = {article.id: article for article in articles}
        self.asked: list[tuple[Question, tuple[Turn, ...]]] = []
        self.release = Event()

    def stream(self, question: Question, history: Sequence[Turn] = ()) -> Iterator[Delta | Answer]:
        self.asked.append((question, tuple(history)))
        answer = self.script(question)
        for number, word in enumerate(answer.text.split(" ")):
            yield Delta(word if number == 0 else f" {word}")
            if "slow" in question.text:
                self.release.wait(30)
            if "fail" in question.text:
                raise self.error or RuntimeError("the disk is on fire at 10.0.0.1")
        yield answer

    def article(self, article_id: str, groups: Collection[str] | None = None) -> Article | None:
        return self.articles.get(article_id)

    def answer(self, question: Question, history: Sequence[Turn] = ()) -> Answer:
        pieces = list(self.stream(question, history))
        assert isinstance(pieces[-1], Answer)
        return pieces[-1]


class ScriptedLLM:
    """Says its replies in turn, the last one again and again, word by word, and keeps what it was given.

    A reply that is an exception is raised; one that is a tuple is said in these deltas, and may end in an exception.
    """

    model = "scripted"

    def __init__(self, *replies: str | Exception | tuple[str | Exception, ...]) -> None:
        self.replies = list(replies)
        self.given: list[tuple[Message, ...]] = []

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        self.given.append(tuple(messages))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        pieces = (reply,) if isinstance(reply, Exception) else reply
        for piece in re.findall(r"\S+\s*|\s+", pieces) if isinstance(pieces, str) else pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece
