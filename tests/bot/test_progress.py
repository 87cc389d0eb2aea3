import io
import sys
from itertools import count

import pytest
from rich.console import Console
from rich.progress import Progress

from bot.commands.progress import Bar, Lines, progress_shown


def test_a_log_gets_a_line_every_ten_seconds_with_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = count()
    monkeypatch.setattr("bot.commands.progress.monotonic", lambda: float(next(seconds)))
    lines = Lines()
    for done in range(0, 25):
        lines.show("embedding", done * 10, 1000)
    lines.show("reading", 1, None)
    assert capsys.readouterr().err.splitlines() == [
        "embedding: 100 of 1,000 (10/s, 2 min left)",
        "embedding: 200 of 1,000 (10/s, 1 min left)",
    ]


def test_a_terminal_gets_a_bar_for_the_current_stage() -> None:
    stream = io.StringIO()
    with Progress(console=Console(file=stream, force_terminal=True, width=100)) as rich:
        bar = Bar(rich)
        for done in range(101):
            bar.show("reading", done, None)
        bar.show("embedding", 0, 50)
        bar.show("embedding", 50, 50)
        (task,) = rich.tasks
        assert (task.description, task.completed, task.total) == ("embedding", 50, 50)
    assert "embedding" in stream.getvalue()


def test_the_bar_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress_shown() as shown:
        assert isinstance(shown, Lines)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress_shown() as shown:
        assert isinstance(shown, Bar)
        shown.show("reading", 1, None)
        shown.show("embedding", 1, 2)
