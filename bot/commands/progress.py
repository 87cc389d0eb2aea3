"""Progress of a long command, on stderr: a bar on a terminal, an occasional line in a log."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LINE_SECONDS = 10.0
BAR_SECONDS = 0.1


class Lines:
    """One line when a stage begins to take long, then one every ten seconds."""

    def __init__(self) -> None:
        self._stage = ""
        self._started = self._told = monotonic()

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Writes a line if one is due."""
        now = monotonic()
        if stage != self._stage:
            self._stage, self._started, self._told = stage, now, now
        elif now - self._told >= LINE_SECONDS:
            self._told = now
            rate = done / (now - self._started)
            typer.echo(f"{stage}: {done:,}{_remaining(done, total, rate)}", err=True)


class Bar:
    """A bar for the current stage, with its rate and the time left."""

    def __init__(self, rich: "RichProgress") -> None:
        self._rich = rich
        self._stage = ""
        self._task: TaskID | None = None
        self._told = 0.0

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Moves the bar; calls in quick succession are ignored."""
        now = monotonic()
        if stage != self._stage:
            self._begin(stage, total)
        elif now - self._told < BAR_SECONDS and done != total:
            return
        self._told = now
        assert self._task is not None
        self._rich.update(self._task, completed=done, total=total)

    def _begin(self, stage: str, total: int | None) -> None:
        if self._task is not None:
            self._rich.remove_task(self._task)
        self._stage, self._task = stage, self._rich.add_task(stage, total=total)


@contextmanager
def progress_shown() -> Iterator[Bar | Lines]:
    """The kind that suits stderr; a bar is removed at the end."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(text_format="{task.percentage:>3.0f}%", show_speed=True),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as rich:
        yield Bar(rich)


def _remaining(done: int, total: int | None, rate: float) -> str:
    if total is None:
        return f" ({rate:,.0f}/s)"
    left = f", {(total - done) / rate / 60:.0f} min left" if rate else ""
    return f" of {total:,} ({rate:,.0f}/s{left})"
