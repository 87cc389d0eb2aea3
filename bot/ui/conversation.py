"""One visitor's conversation: what was asked and what came back. A value, never shared."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.answer import Answer, Delta, Turn
from bot.bot import Bot
from bot.ui.explain import explanation_html
from bot.ui.language import DEFAULT, languages
from bot.ui.render import answer_html, notice_html, pending_html, question_html
from bot.ui.states import shown_reason
from corpus.errors import BylineError
from index.question import Question
from index.split import Span

logger = logging.getLogger(__name__)

CALM = "Something went wrong while answering. It has been logged; please ask again."
STOPPED = "Stopped."


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what has come back for it so far.

    Attributes:
        question: The question, as typed.
        asked_html: The question as shown.
        reply_html: The reply as shown.
        text: The reply's text as far as it has come.
        marks: Where its marks stand; None if that is not known.
        turn: What a later question may refer to; None until the answer is whole, and where there is none.
        open: Whether more is coming.
    """

    question: str
    asked_html: str
    reply_html: str
    text: str = ""
    marks: tuple[Span, ...] | None = ()
    turn: Turn | None = None
    open: bool = False


Conversation = tuple[Exchange, ...]


def history(conversation: Conversation) -> tuple[Turn, ...]:
    """The finished turns, oldest first."""
    return tuple(exchange.turn for exchange in conversation if exchange.turn)


def refuse(conversation: Conversation, text: str, reason: str) -> Conversation:
    """The conversation with a question that is not asked, and why; a very long one is cut for show."""
    shown = text if len(text) <= 300 else f"{text[:300]}…"
    return (*conversation, Exchange(text, question_html(Question(shown)), notice_html(reason)))


def ask(bot: Bot, conversation: Conversation, question: Question) -> Iterator[Conversation]:
    """The conversation as it grows by one answer: first the question alone, last the answer with its sources."""
    exchange = Exchange(question.text, question_html(question), pending_html(), open=True)
    yield (*conversation, exchange)
    answer_id = f"answer-{len(conversation) + 1}"
    try:
        for piece in bot.stream(question, history(conversation)):
            exchange = _grown(exchange, piece, answer_id)
            yield (*conversation, exchange)
    except BylineError as error:
        logger.warning("cannot answer at the page: %s", error)
        yield (*conversation, _ended(exchange, shown_reason(error, languages()[DEFAULT])))
    except Exception:
        logger.exception("answering a question at the page failed")
        yield (*conversation, _ended(exchange, CALM))


def stop(conversation: Conversation) -> Conversation:
    """The conversation with its open exchange closed where it stands."""
    return tuple(_ended(exchange, STOPPED) if exchange.open else exchange for exchange in conversation)


def _grown(exchange: Exchange, piece: Delta | Answer, answer_id: str) -> Exchange:
    if isinstance(piece, Answer):
        turn = Turn(exchange.question, piece.text)
        shown = answer_html(piece, answer_id) + explanation_html(piece)
        return replace(exchange, reply_html=shown, text=piece.text, turn=turn, open=False)
    text, marks = exchange.text + piece.text, None
    if exchange.marks is not None and piece.marks is not None:
        place = len(exchange.text)
        marks = (*exchange.marks, *((start + place, end + place) for start, end in piece.marks))
    return replace(exchange, text=text, marks=marks, reply_html=pending_html(text, marks))


def _ended(exchange: Exchange, reason: str) -> Exchange:
    return replace(exchange, reply_html=notice_html(reason, exchange.text, exchange.marks), open=False)
