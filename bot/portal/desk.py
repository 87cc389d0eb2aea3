"""The place where questions wait: so many are answered at once, so many wait, and one more is turned away."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition
from time import monotonic

from bot.answer import Answer, Delta, Turn
from bot.bot import Bot
from corpus.errors import Busy
from index.question import Question

PATIENCE = 60.0
"""Seconds a question waits for its turn; then the one who asked has gone, or will ask again."""


class Desk:
    """A `Bot` that answers a bounded number of questions at once, in the order in which they come.

    It is given to everything that asks, so that the page, the API and every other way in share one bound.
    """

    def __init__(self, bot: Bot, at_once: int, waiting: int) -> None:
        """Takes `at_once` questions at a time and lets `waiting` more wait."""
        self._bot = bot
        self._free = at_once
        self._waiting = waiting
        self._queue: list[object] = []
        self._changed = Condition()
        self._running = 0
        self._closed = False
        self.on_answer: Callable[[Question, Answer], None] = lambda _question, _answer: None
        self.on_refusal: Callable[[], None] = lambda: None

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
        with self._turn():
            for piece in self._bot.stream(question, history):
                if isinstance(piece, Answer):
                    self.on_answer(question, piece)
                yield piece

    def answer(self, question: Question, history: Sequence[Turn] = ()) -> Answer:
        """The answer as a whole.

        Raises:
            Busy: The question was not taken.
        """
        with self._turn():
            answer = self._bot.answer(question, history)
            self.on_answer(question, answer)
            return answer

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
    def _turn(self) -> Iterator[None]:
        self._wait()
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._free += 1
                self._changed.notify_all()

    def _wait(self) -> None:
        try:
            self._wait_in_line()
        except Busy:
            self.on_refusal()
            raise

    def _wait_in_line(self) -> None:
        ticket, deadline = object(), monotonic() + PATIENCE
        with self._changed:
            if self._closed:
                raise Busy("The server is about to stop and takes no more questions. Ask again in a moment.", 10)
            if not self._free and len(self._queue) >= self._waiting:
                raise Busy(f"{len(self._queue)} questions are waiting already. Ask again in a moment.", 5)
            self._queue.append(ticket)
            try:
                while not self._free or self._queue[0] is not ticket:
                    if not self._changed.wait(deadline - monotonic()):
                        raise Busy("The question waited too long for its turn. Ask again in a moment.", 10)
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()
            self._free -= 1
            self._running += 1
