"""The place where questions wait: so many are answered at once, so many wait, and one more is turned away."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from time import monotonic

from bot.answer import Answer, Delta, Turn
from bot.bot import Bot
from bot.portal.answer_cache import AnswerCache, Pieces, key_of
from corpus.errors import Busy
from index.question import Question

PATIENCE = 60.0
"""Seconds a question waits for its turn; then the one who asked has gone, or will ask again."""


class Desk:
    """A `Bot` that answers a bounded number of questions at once, in the order in which they come.

    It is given to everything that asks, so that the page, the API and every other way in share one bound. A question
    whose answer is kept waits for nothing; one that is being answered is answered once, and its equals wait for that.
    """

    def __init__(self, bot: Bot, at_once: int, waiting: int, cache: AnswerCache | None = None) -> None:
        """Takes `at_once` questions at a time and lets `waiting` more wait."""
        self._bot = bot
        self._free = at_once
        self._waiting = waiting
        self._cache = cache
        self._queue: list[_Ticket] = []
        self._answering: list[bytes] = []
        self._changed = Condition()
        self._running = 0
        self._closed = False
        self.on_answer: Callable[[Question, Answer], None] = lambda _question, _answer: None
        self.on_refusal: Callable[[], None] = lambda: None
        self.on_repeat: Callable[[], None] = lambda: None

    @property
    def waiting(self) -> int:
        """Questions that wait."""
        return len(self._queue)

    @property
    def running(self) -> int:
        """Questions that are being answered."""
        return self._running

    def stream(self, question: Question, history: Sequence[Turn] = ()) -> Iterator[Delta | Answer]:
        """The answer in deltas, then the `Answer`.

        Raises:
            Busy: The question was not taken.
        """
        key = key_of(question, history) if self._cache else b""
        kept = None if self._closed else self._kept(key, question)
        if kept:
            yield from kept
            return
        with self._turn(key):
            yield from self._kept(key, question) or self._answered(question, history, key)

    def answer(self, question: Question, history: Sequence[Turn] = ()) -> Answer:
        """The answer as a whole.

        Raises:
            Busy: The question was not taken.
        """
        *_, answer = self.stream(question, history)
        assert isinstance(answer, Answer)
        return answer

    def _kept(self, key: bytes, question: Question) -> Pieces | None:
        kept = self._cache.find(key, question) if self._cache else None
        if kept:
            self.on_repeat()
            self._note(question, kept[-1])
        return kept

    def _answered(self, question: Question, history: Sequence[Turn], key: bytes) -> Iterator[Delta | Answer]:
        pieces = []
        for piece in self._bot.stream(question, history):
            pieces.append(piece)
            if isinstance(piece, Answer) and self._cache:
                self._cache.keep(key, tuple(pieces))
            self._note(question, piece)
            yield piece

    def _note(self, question: Question, piece: Delta | Answer) -> None:
        if isinstance(piece, Answer):
            self.on_answer(question, piece)

    def close(self) -> None:
        """Takes no more questions. Those that were taken are answered."""
        with self._changed:
            self._closed = True

    @property
    def is_closed(self) -> bool:
        """Whether no more questions are taken."""
        return self._closed

    @property
    def is_idle(self) -> bool:
        """Whether no question waits or is being answered."""
        return not self._running and not self._queue

    def wait_until_idle(self, seconds: float) -> bool:
        """Waits for the answers that are under way; returns whether they are done."""
        with self._changed:
            return self._changed.wait_for(lambda: self.is_idle, seconds)

    @contextmanager
    def _turn(self, key: bytes) -> Iterator[None]:
        self._wait(key)
        try:
            yield
        finally:
            with self._changed:
                self._answering.remove(key)
                self._running -= 1
                self._free += 1
                self._changed.notify_all()

    def _wait(self, key: bytes) -> None:
        try:
            self._wait_in_line(_Ticket(key))
        except Busy:
            self.on_refusal()
            raise

    def _wait_in_line(self, ticket: "_Ticket") -> None:
        deadline = monotonic() + PATIENCE
        with self._changed:
            if self._closed:
                raise Busy("The server is about to stop and takes no more questions. Ask again in a moment.", 10)
            if not self._free and len(self._queue) >= self._waiting:
                raise Busy(f"{len(self._queue)} questions are waiting already. Ask again in a moment.", 5)
            self._queue.append(ticket)
            try:
                while not self._free or self._next() is not ticket:
                    if not self._changed.wait(deadline - monotonic()):
                        raise Busy("The question waited too long for its turn. Ask again in a moment.", 10)
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()
            self._free -= 1
            self._running += 1
            self._answering.append(ticket.key)

    def _next(self) -> "_Ticket | None":
        """The first in the line whose question is not being answered already."""
        return next((ticket for ticket in self._queue if not ticket.key or ticket.key not in self._answering), None)


@dataclass(frozen=True, slots=True, eq=False)
class _Ticket:
    """A place in the line.

    Attributes:
        key: Equal for questions with the same answer; empty where none is kept.
    """

    key: bytes
