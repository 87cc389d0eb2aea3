"""One visitor's conversation: what was asked and what came back. A value, never shared."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import uuid4

from bot.answer import Answer, Delta, Turn
from bot.bot import Bot
from bot.ui.explain import explanation_html
from bot.ui.language import ENGLISH, Language
from bot.ui.render import answer_html, notice_html, pending_html
from bot.ui.stated import in_language
from bot.ui.states import shown_reason
from corpus.errors import BylineError
from index.question import Question
from index.split import Span

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what has come back for it so far.

    Attributes:
        question: The question, as put.
        reply_html: The reply as shown.
        text: The reply's text as far as it has come.
        marks: Where its marks are; None if that is not known.
        answer: The whole answer, as shown; None until it is there, and where there is none.
        said: Its text in English, which a later question is read with; empty where that is the text shown.
        notice: Why there is none.
        open: Whether more is coming.
        preface: What is said above the reply; may be empty.
        id: Names the exchange wherever it is kept.
    """

    question: Question
    reply_html: str
    text: str = ""
    marks: tuple[Span, ...] | None = ()
    answer: Answer | None = None
    said: str = ""
    notice: str = ""
    open: bool = False
    preface: str = ""
    id: str = field(default_factory=lambda: uuid4().hex)

    @property
    def turn(self) -> Turn | None:
        """What a later question may refer to: an answer, whole or as far as it came; None where there is none."""
        if answer := self.answer:
            return Turn(self.question.text, self.said or answer.text, answer.status, answer.citations)
        return Turn(self.question.text, self.text) if self.text else None


Conversation = tuple[Exchange, ...]


def history(conversation: Conversation) -> tuple[Turn, ...]:
    """The turns that show an answer, oldest first."""
    return tuple(turn for exchange in conversation if (turn := exchange.turn))


def refuse(conversation: Conversation, text: str, reason: str) -> Conversation:
    """The conversation with a question that is not asked, and why; a very long one is cut for show."""
    shown = text if len(text) <= 300 else f"{text[:300]}…"
    return (*conversation, Exchange(Question(shown), notice_html(reason), notice=reason))


def ask(
    bot: Bot, conversation: Conversation, question: Question, preface: str = "", language: Language = ENGLISH
) -> Iterator[Conversation]:
    """The conversation as it grows by one answer: first the question alone, last the answer with its sources."""
    exchange = Exchange(question, pending_html(language=language), open=True, preface=preface)
    yield (*conversation, exchange)
    answer_id = answer_id_at(len(conversation))
    try:
        for piece in bot.stream(question, history(conversation)):
            exchange = _grown(exchange, piece, answer_id, language)
            yield (*conversation, exchange)
    except BylineError as error:
        logger.warning("cannot answer at the page: %s", error)
        yield (*conversation, _ended(exchange, shown_reason(error, language)))
    except Exception:
        logger.exception("answering a question at the page failed")
        yield (*conversation, _ended(exchange, language.say("notice.failed")))


def stop(conversation: Conversation, language: Language = ENGLISH) -> Conversation:
    """The conversation with its open exchange closed as it is."""
    stopped = language.say("notice.stopped")
    return tuple(_ended(exchange, stopped) if exchange.open else exchange for exchange in conversation)


def answer_id_at(place: int) -> str:
    """What the answer at a place of the conversation, from 0, is called on the page."""
    return f"answer-{place + 1}"


def reply_html(answer: Answer, answer_id: str, language: Language) -> str:
    """A finished reply as shown."""
    return answer_html(answer, answer_id, language) + explanation_html(answer, language)


def _grown(exchange: Exchange, piece: Delta | Answer, answer_id: str, language: Language) -> Exchange:
    if isinstance(piece, Answer):
        shown, said = in_language(piece, language), in_language(piece, ENGLISH).text
        html = reply_html(shown, answer_id, language)
        return replace(exchange, reply_html=html, text=shown.text, answer=shown, said=said, open=False)
    text, marks = exchange.text + piece.text, None
    if exchange.marks is not None and piece.marks is not None:
        place = len(exchange.text)
        marks = (*exchange.marks, *((start + place, end + place) for start, end in piece.marks))
    return replace(exchange, text=text, marks=marks, reply_html=pending_html(text, marks))


def _ended(exchange: Exchange, reason: str) -> Exchange:
    shown = notice_html(reason, exchange.text, exchange.marks)
    return replace(exchange, reply_html=shown, notice=reason, open=False)
