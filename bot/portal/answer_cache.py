"""Answers kept for when the same question comes again, for as long as the index stays as it is."""

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from threading import Lock

from cachetools import LRUCache

from bot.answer import Answer, Delta, Turn
from bot.archive_bot import ArchiveBot
from bot.stopwatch import Stopwatch
from corpus.errors import BylineError
from index.question import Question
from index.storage.generations import Generations

MOST_BYTES = 64 * 2**20
"""What is kept at most, packed. An answer with the articles it rests on takes 20 to 60 KB."""
MOST_ANSWERS = 4_096

Pieces = tuple[Delta | Answer, ...]
"""What a bot streams: deltas, then the `Answer`."""
Kept = LRUCache[bytes, bytes]


def _weight(packed: bytes) -> int:
    """The bytes of an answer; a small one counts as its share, so that their number is bounded too."""
    return max(len(packed), MOST_BYTES // MOST_ANSWERS)


def _kept() -> Kept:
    return LRUCache(MOST_BYTES, _weight)


@dataclass(slots=True)
class AnswerCache:
    """Answers of one generation, those used longest ago dropped first. Safe to share between threads.

    A question is the same if everything is that an answer depends on: the text, the day it is asked, window, outlets,
    the groups of its caller and the conversation. Settings are fixed for a process.

    Attributes:
        generations: Those of the index; with another one in use, nothing that was kept counts.
    """

    generations: Generations
    _answers: Kept = field(default_factory=_kept)
    _generation: str = ""
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, bot: ArchiveBot) -> "AnswerCache | None":
        """A cache for a bot; None if a language model writes its answers, which may differ the next time."""
        return cls(Generations(bot.index.path)) if bot.index and not bot.generator else None

    def find(self, key: bytes, question: Question) -> Pieces | None:
        """What was streamed for the same question, as an answer to this one; None if nothing is kept."""
        watch = Stopwatch()
        self._current()
        with self._lock:
            packed = self._answers.get(key)
        if packed is None:
            return None
        *deltas, answer = pickle.loads(zlib.decompress(packed))
        return (*deltas, _put_to(answer, question, watch))

    def keep(self, key: bytes, pieces: Pieces) -> None:
        """Keeps what was streamed, if it is of the generation in use."""
        (*_, answer) = pieces
        assert isinstance(answer, Answer)
        packed = zlib.compress(pickle.dumps(pieces, pickle.HIGHEST_PROTOCOL), 1)
        if answer.generation and answer.generation == self._current() and _weight(packed) <= MOST_BYTES:
            with self._lock:
                if answer.generation == self._generation:
                    self._answers[key] = packed

    def _current(self) -> str:
        """The generation in use; "" if there is none. Drops what was kept of another one."""
        try:
            current = self.generations.current()
        except (BylineError, OSError):  # those who are asked report it
            current = ""
        with self._lock:
            if current != self._generation:
                self._answers.clear()
                self._generation = current
        return current


def key_of(question: Question, history: Sequence[Turn]) -> bytes:
    """Equal for questions that have the same answer, as long as the index stays as it is."""
    day = date.fromordinal(question.asked.toordinal())
    groups = None if question.groups is None else tuple(sorted(set(question.groups)))
    return sha256(ascii((replace(question, asked=day, groups=groups), tuple(history))).encode()).digest()


def _put_to(answer: Answer, question: Question, watch: Stopwatch) -> Answer:
    """The answer as one to this question, which may be put at another moment of the day."""

    def moved(other: Question) -> Question:
        return replace(other, asked=question.asked, groups=question.groups)

    declined = answer.declined
    if declined and declined.rewording:
        declined = replace(declined, rewording=moved(declined.rewording))
    return replace(
        answer,
        question=question,
        searched=moved(answer.searched) if answer.searched else None,
        declined=declined,
        trace=replace(answer.trace, timings_ms=watch.milliseconds),
    )
