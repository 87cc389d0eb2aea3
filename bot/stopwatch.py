"""Milliseconds by stage."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of an answer; one that is gone through twice is there twice.

    Attributes:
        name: What is done in it.
        start: When it began, in milliseconds since the question came.
        end: When it ended.
    """

    name: str
    start: float
    end: float


class Timings(dict[str, float]):
    """Milliseconds by stage, in order, and "total"; with `stages`, when each of them was."""

    stages: tuple[Stage, ...] = ()


class Stopwatch:
    """Times the stages of one answer; `milliseconds` has them in order, with "total" since creation."""

    def __init__(self) -> None:
        self._started = perf_counter()
        self._stages: list[Stage] = []
        self._moments: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times the block, whether or not it succeeds."""
        started = self._now()
        try:
            yield
        finally:
            self._stages.append(Stage(name, started, self._now()))
            self._moments[name] = self._stages[-1].end - started

    def once(self, name: str) -> None:
        """Records the time since creation, on the first call only."""
        self._moments.setdefault(name, self._now())

    @property
    def milliseconds(self) -> Timings:
        """The times so far."""
        timings = Timings(self._moments, total=self._now())
        timings.stages = tuple(self._stages)
        return timings

    def _now(self) -> float:
        return (perf_counter() - self._started) * 1000
