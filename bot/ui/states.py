"""What state the archive is in, for the people who ask it: calm words, and no paths or commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic
from typing import Any

from bot.ui.language import Language
from corpus.errors import (
    Busy,
    BylineError,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    IndexUnreachable,
    ModelError,
    QuestionRefused,
)
from index.storage.live import LiveIndex
from index.storage.rebuild_progress import Report, under_way

LOOK_SECONDS = 1.0
"""How long a look serves for all visitors."""
STAGES: Mapping[str, str] = {"reading": "reading", "verifying": "checking"}
"""What visitors are shown of a rebuild's stages; the others are all indexing."""


@dataclass(frozen=True, slots=True)
class State:
    """The state of an archive.

    Attributes:
        kind: "ready", "missing" or "unreadable".
        generation: Which one answers; None where none does.
        rebuilding: How far a rebuild has come; None where there is none.
        detail: What went wrong, for the people who run the site: it may hold paths and commands.
    """

    kind: str = "ready"
    generation: str | None = None
    rebuilding: Report | None = None
    detail: str = ""

    def message(self, language: Language) -> str:
        """What visitors are shown; empty where there is nothing to say."""
        if not self.rebuilding:
            return "" if self.kind == "ready" else language.say(f"state.{self.kind}")
        stage = _stage(self.rebuilding, language)
        return language.say("state.updating" if self.kind == "ready" else "state.preparing", stage=stage)

    def to_json(self, language: Language) -> dict[str, Any]:
        """The reply to the page, which polls."""
        return {
            "kind": self.kind,
            "message": self.message(language),
            "generation": self.generation,
            "busy": self.rebuilding is not None,
        }


def visitor_state(error: BylineError) -> State:
    """The state that an error of the index means."""
    return State("missing" if isinstance(error, IndexMissing) else "unreadable", detail=str(error))


def shown_reason(error: BylineError, language: Language) -> str:
    """Why there is no answer, for visitors: what is wrong with the site's own files is not for them."""
    if isinstance(error, (IndexMissing, IndexMismatch, IndexDamaged, IndexUnreachable, ModelError)):
        return visitor_state(error).message(language)
    if isinstance(error, Busy):
        return language.say("notice.busy")
    if isinstance(error, QuestionRefused):
        days = {name: language.day(day) for name, day in error.values.items() if isinstance(day, date)}
        return language.say(f"refused.{error.reason}", **{**error.values, **days})
    return str(error)


class Lookout:
    """Looks at an index for all visitors: as a question would find it."""

    def __init__(self, index: LiveIndex) -> None:
        """Looks at nothing yet."""
        self._index = index
        self._lock = Lock()
        self._seen: tuple[float, State] | None = None

    def state(self) -> State:
        """The state, about LOOK_SECONDS old; no one waits while another looks, as an index may be slow to open."""
        if self._due() and self._lock.acquire(blocking=False):
            try:
                self._seen = (monotonic(), self._look())
            finally:
                self._lock.release()
        return self._seen[1] if self._seen else State()

    def _due(self) -> bool:
        return not self._seen or monotonic() - self._seen[0] > LOOK_SECONDS

    def _look(self) -> State:
        rebuilding = under_way(self._index.path)
        try:
            restricted = self._index.is_restricted()  # how many articles are read is not for every caller
            with self._index.snapshot() as snapshot:
                return State("ready", snapshot.generation, None if restricted else rebuilding)
        except BylineError as error:
            seen = visitor_state(error)
            return State(seen.kind, None, rebuilding, seen.detail)


def _stage(report: Report, language: Language) -> str:
    name = STAGES.get(report.stage, "indexing" if report.stage else "reading")
    if report.total is None:
        return language.say(f"state.{name}_so_far", n=report.done)
    return language.say(f"state.{name}", percent=round(100 * report.done / max(1, report.total)))
