"""Milliseconds by stage."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Stopwatch:
    """Times the stages of one answer; `milliseconds` keeps them in order, and "total" since it was made."""

    def __init__(self) -> None:
        self._started = perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times what is done inside, whether or not it succeeds."""
        started = perf_counter()
        try:
            yield
        finally:
            self._stages[name] = (perf_counter() - started) * 1000

    def once(self, name: str) -> None:
        """Notes, the first time that it is called, how long it took until now."""
        self._stages.setdefault(name, (perf_counter() - self._started) * 1000)

    @property
    def milliseconds(self) -> dict[str, float]:
        """What was timed so far."""
        return {**self._stages, "total": (perf_counter() - self._started) * 1000}
