"""Vectors from a provider: in batches, asked for again where that may help, and checked before anything is kept."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Event
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from tenacity import RetryCallState, Retrying, retry_if_exception
from tenacity.nap import sleep_using_event
from tenacity.stop import stop_after_attempt, stop_any, stop_when_event_set
from tenacity.wait import wait_exponential_jitter

from bot.llm.failures import Variables, may_pass, reason_of, seconds_to_wait
from corpus.errors import ModelError

T = TypeVar("T")
Rows = Sequence[Sequence[float]]
Vectors = NDArray[np.float32]

VARIABLES = Variables("BYLINE_EMBED", "BYLINE_EMBED_SECONDS")
QUESTIONS_KEPT = 256
"""Questions whose vectors are kept at hand: one is searched for several times."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is made, and how long is waited between.

    Attributes:
        attempts: The most requests.
        wait: The most seconds from one request to the next; where the server asks for more, it is not asked again.
    """

    attempts: int
    wait: float


BUILDING = Patience(attempts=8, wait=120.0)
"""A build that has come some way waits for a limit of requests a minute to pass, and for a server to start again."""
FIRST = Patience(attempts=3, wait=5.0)
"""Nothing has been had from the server yet: perhaps its address is wrong."""
ASKING = Patience(attempts=2, wait=2.0)
"""Someone waits for an answer."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where vectors come from.

    Attributes:
        place: What to call it in errors.
        passages: The vectors of passages, in their order; raises whatever it likes.
        question: The vector of a question; raises whatever it likes.
        batch: The most passages that it is given at once.
        at_once: How many threads may ask it at the same time.
        proxy: What it is asked through; empty if it is asked directly.
    """

    place: str
    passages: Callable[[Sequence[str]], Rows] = field(repr=False)
    question: Callable[[str], Sequence[float]] = field(repr=False)
    batch: int = 32
    at_once: int = 1
    proxy: str = ""


class RemoteEmbedder:
    """Embeds by a provider; safe to share between threads."""

    def __init__(self, name: str, provider: Provider) -> None:
        """Asks for nothing yet.

        Args:
            name: The model, and whatever else changes its vectors.
            provider: Where they come from.
        """
        self.name = name
        self._provider = provider
        self._dimensions = 0
        self._kept = lru_cache(QUESTIONS_KEPT)(self._asked)

    @property
    def dimensions(self) -> int:
        """The length of a vector; the provider is asked for one if none has come yet."""
        return self._dimensions or len(self.embed_question("How long is a vector?"))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions) unit vectors of passages.

        Raises:
            ModelError: The provider does not answer, or what comes back cannot be used.
        """
        size = self._provider.batch
        batches = [texts[first : first + size] for first in range(0, len(texts), size)]
        if not batches:
            return np.empty((0, self.dimensions), np.float32)
        over = Event()
        with ThreadPoolExecutor(min(self._provider.at_once, len(batches))) as pool:
            try:
                return np.concatenate(list(pool.map(lambda batch: self._batch(batch, over), batches)))
            except BaseException:  # also an interruption: no thread goes on asking
                over.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def embed_question(self, text: str) -> Vectors:
        """(dimensions,) the unit vector of a question, which is not to be changed.

        Raises:
            ModelError: The provider does not answer, or what comes back cannot be used.
        """
        return self._kept(text)

    def _asked(self, text: str) -> Vectors:
        row = self._patiently(lambda: self._provider.question(text or " "), ASKING, Event())
        vector: Vectors = self._checked([row], 1)[0]
        vector.flags.writeable = False
        return vector

    def _batch(self, texts: Sequence[str], over: Event) -> Vectors:
        patience = BUILDING if self._dimensions else FIRST
        rows = self._patiently(lambda: self._provider.passages([text or " " for text in texts]), patience, over)
        return self._checked(rows, len(texts))

    def _patiently(self, ask: Callable[[], T], patience: Patience, over: Event) -> T:
        """What is asked for, after several attempts if need be; none is made once it is over."""
        retrying = Retrying(
            retry=retry_if_exception(
                lambda error: (
                    isinstance(error, Exception) and may_pass(error) and (seconds_to_wait(error) or 0) <= patience.wait
                )
            ),
            stop=stop_any(stop_after_attempt(patience.attempts), stop_when_event_set(over)),
            wait=_seconds,
            sleep=sleep_using_event(over),
            before_sleep=self._say,
            reraise=True,
        )
        try:
            return retrying(ask)
        except Exception as error:  # noqa: BLE001  # there are as many exceptions as providers
            reason, advice = reason_of(error, self._provider.place, self._provider.proxy, VARIABLES)
            raise ModelError(f"{self._opening} ({reason}); {advice}") from None

    def _say(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Exception) and state.next_action:
            reason, _ = reason_of(error, self._provider.place, self._provider.proxy, VARIABLES)
            log.warning("%s (%s); it is asked again in %.1f s", self._opening, reason, state.next_action.sleep)

    def _checked(self, rows: Rows, count: int) -> Vectors:
        """The rows at unit length.

        Raises:
            ModelError: They are no vectors of one length, or of another length than before.
        """
        try:
            vectors = np.asarray(rows, np.float64)
        except (ValueError, TypeError):
            raise self._useless("what came are not vectors of one length") from None
        if vectors.shape[:1] != (count,) or vectors.ndim != 2 or not vectors.shape[1]:
            raise self._useless(f"{count} vectors were asked for, and values of the shape {vectors.shape} came")
        expected, size = self._dimensions or vectors.shape[1], vectors.shape[1]
        if size != expected:
            raise self._useless(f"its vectors had {expected} numbers, and now have {size}: another model answers")
        with np.errstate(over="ignore"):
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(lengths) & (lengths > 0)).all():
            raise self._useless("a vector is all zeros, or has a number that is none (NaN or infinite)")
        self._dimensions = size
        scaled: Vectors = (vectors / lengths).astype(np.float32)
        return scaled

    def _useless(self, reason: str) -> ModelError:
        advice = "look into the server's log, or take another model and run: byline rebuild --full"
        return ModelError(f"the vectors of {self._called} cannot be used: {reason}; {advice}")

    @property
    def _opening(self) -> str:
        return f"{self._called} did not answer"

    @property
    def _called(self) -> str:
        return f"the embedder {self.name!r} at {self._provider.place}"


def _seconds(state: RetryCallState) -> float:
    """As long as the server asks for; else twice as long each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = seconds_to_wait(error) if isinstance(error, Exception) else None
    return wait_exponential_jitter(initial=0.5, max=30, jitter=0.5)(state) if asked is None else asked
