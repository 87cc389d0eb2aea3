import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from time import sleep

import pytest

from bot.commands.edge import terminable
from bot.commands.growing import Growing
from bot.commands.watch import watch
from bot.commands.watcher import Occasion, Watch, occasions
from corpus.article import Rejected
from corpus.errors import BylineError
from corpus.read import read
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from index.storage.summary import Summary
from tests.index.building import build

PATIENCE = 20.0
QUIET = 0.15


class Watched:
    """A folder and its index under watch on a thread, and what the watch says."""

    def __init__(self, folder: Path) -> None:
        self.news, self.index = folder / "news", folder / "news" / "byline-index"
        self.shown: Queue[Summary] = Queue()
        self.said: Queue[str] = Queue()
        self.asked: Queue[bool] = Queue()
        self.stop = Event()

    def rebuild(self, ask: bool) -> Summary:
        self.asked.put(ask)
        return build(self.index, read([self.news]))

    def write(self, name: str, title: str) -> None:
        (self.news / name).write_text(f"{title}\n\nThe ferry sails at nine, says {title}.")

    @contextmanager
    def kept_fresh(
        self, *paths: Path, every: float | None = None, rebuild: Callable[[bool], Summary] | None = None
    ) -> Iterator[None]:
        watch = Watch(rebuild or self.rebuild, self.shown.put, self.said.put, self.stop, busy=0.05)
        found = occasions(paths or (self.news,), self.index, every, self.stop, quiet=QUIET)
        thread = Thread(target=watch.keep_fresh, args=(found,))
        thread.start()
        try:
            yield
        finally:
            self.stop.set()
            thread.join(PATIENCE)
            assert not thread.is_alive()


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    made = Watched(tmp_path)
    made.news.mkdir()
    made.write("one.txt", "First")
    return made


def next_of(queue: "Queue[Summary]") -> Summary:
    return queue.get(timeout=PATIENCE)


def nothing_comes(queue: "Queue[Summary]", seconds: float = 1.2) -> bool:
    try:
        queue.get(timeout=seconds)
    except Empty:
        return True
    return False


def test_a_batch_of_changes_makes_one_generation_and_then_there_is_rest(watched: Watched) -> None:
    with watched.kept_fresh():
        assert next_of(watched.shown).added == 1
        for number in range(5):
            watched.write(f"{number}.txt", f"New {number}")
        (watched.news / "one.txt").unlink()
        changed = next_of(watched.shown)
        assert (changed.added, changed.removed, changed.articles) == (5, 1, 5)
        assert watched.said.get(timeout=PATIENCE) == "6 files changed"
        assert nothing_comes(watched.shown)
    generations = Generations(watched.index)
    assert len(generations.kept()) == 2
    assert Manifest.read(generations.folder(generations.current())).articles == 5


def test_changes_during_a_rebuild_are_not_lost(watched: Watched) -> None:
    started, go_on = Event(), Event()

    def slow(ask: bool) -> Summary:
        summary = watched.rebuild(ask)
        started.set()
        assert go_on.wait(PATIENCE)
        return summary

    with watched.kept_fresh(rebuild=slow):
        assert started.wait(PATIENCE)
        watched.write("two.txt", "Second")
        go_on.set()
        assert next_of(watched.shown).articles == 1
        assert next_of(watched.shown).articles == 2


def test_a_file_that_was_only_touched_makes_no_generation(watched: Watched) -> None:
    with watched.kept_fresh():
        first = next_of(watched.shown)
        (watched.news / "one.txt").touch()
        again = next_of(watched.shown)
    assert again.nothing_changed
    assert (again.published, again.generation) == (False, first.generation)


def test_a_file_that_an_editor_replaces_again_and_again_is_followed(watched: Watched) -> None:
    path = watched.news / "one.txt"
    with watched.kept_fresh(path):
        next_of(watched.shown)
        for title in ("Second", "Third"):
            watched.write("new.tmp", title)
            (watched.news / "new.tmp").replace(path)
            assert next_of(watched.shown).changed == 1


def test_an_error_is_reported_and_the_watch_goes_on(watched: Watched) -> None:
    errors: list[Exception] = [BylineError("no space left"), RuntimeError("odd")]

    def failing(ask: bool) -> Summary:
        if errors:
            raise errors.pop(0)
        return watched.rebuild(ask)

    with watched.kept_fresh(rebuild=failing):
        assert watched.said.get(timeout=PATIENCE) == "no space left"
        watched.write("two.txt", "Second")
        assert [watched.said.get(timeout=PATIENCE) for _ in range(2)] == ["1 file changed", "RuntimeError: odd"]
        watched.write("three.txt", "Third")
        assert next_of(watched.shown).articles == 3


@pytest.mark.parametrize("way", ["recreated", "replaced"])
def test_a_folder_that_goes_and_comes_back_is_heard_again(watched: Watched, tmp_path: Path, way: str) -> None:
    def rebuild(ask: bool) -> Summary:
        if not watched.news.is_dir():
            raise BylineError("the folder is gone")
        return build(tmp_path / "index", read([watched.news]))

    with watched.kept_fresh(rebuild=rebuild):
        next_of(watched.shown)
        if way == "recreated":
            shutil.rmtree(watched.news)
            while watched.said.get(timeout=PATIENCE) != "the folder is gone":
                pass
            watched.news.mkdir()
        else:
            (tmp_path / "other").mkdir()
            watched.news.rename(tmp_path / "old")
            (tmp_path / "other").rename(watched.news)
        watched.write("two.txt", "Second")
        watched.write("three.txt", "Third")
        while next_of(watched.shown).articles != 2:
            pass
        watched.write("four.txt", "Fourth")  # and what comes after that
        while next_of(watched.shown).articles != 3:
            pass


@pytest.mark.parametrize("named", ["the folder", "the file"])
def test_a_file_that_is_still_being_written_is_waited_for(watched: Watched, named: str) -> None:
    line = json.dumps({"title": "Slow", "text": "The ferry sails at nine.", "url": "https://n.example/{}"}) + "\n"
    path = watched.news / "slow.jsonl"
    path.touch()
    with watched.kept_fresh(path if named == "the file" else watched.news), path.open("w") as copying:
        next_of(watched.shown)
        for number in range(6):
            copying.write(line.replace("{}", str(number)))
            copying.flush()
            sleep(4 * QUIET)
        copying.close()
        assert next_of(watched.shown).articles == 7


def test_a_file_that_does_not_come_to_rest_is_read_at_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path := tmp_path / "log.jsonl").write_text("one")
    growing = Growing(0.0, 1000.0)
    with path.open("a") as writing:
        growing.take([path])
        assert growing.is_waiting() or sys.platform != "linux"
        monkeypatch.setattr("bot.commands.growing.LONGEST_WAIT", 0.0)
        assert not growing.is_waiting()
        writing.write("more")
    assert growing.settled() == 1
    assert growing.settled() == 0


def test_a_malformed_new_file_is_reported_once(watched: Watched) -> None:
    bad = Rejected("news/bad.json", None, "is no JSON")
    none = build(watched.index, read([watched.news]))
    again = build(watched.index, read([watched.news]))
    summaries = [none, again, replace(again, rejected=(bad,)), replace(again, rejected=(bad,)), again]
    shown: list[Summary] = []

    def rebuild(ask: bool) -> Summary:
        if len(summaries) == 1:
            stop.set()
        return summaries.pop(0)

    stop = Event()
    thread = Thread(target=watch, args=(rebuild, shown.append, ["https://n.example/feed"], watched.index, 0.001, stop))
    thread.start()
    thread.join(PATIENCE)
    assert [summary.rejected for summary in shown] == [(), (bad,), ()]


def test_another_rebuild_is_waited_for(watched: Watched) -> None:
    with Generations(watched.index).locked(), watched.kept_fresh():
        assert watched.said.get(timeout=PATIENCE) == "another rebuild is running; waiting for its end"
        watched.stop.set()
    watched.stop.clear()
    with watched.kept_fresh():
        with Generations(watched.index).locked():
            pass
        assert next_of(watched.shown).articles == 1


def test_addresses_are_asked_only_when_they_are_due(watched: Watched) -> None:
    with watched.kept_fresh(every=5.0):
        assert watched.asked.get(timeout=PATIENCE) is True
        next_of(watched.shown)
        watched.write("two.txt", "Second")
        assert watched.asked.get(timeout=PATIENCE) is False
        assert watched.asked.get(timeout=PATIENCE) is True


def test_without_paths_only_the_clock_counts(tmp_path: Path) -> None:
    stop = Event()
    found = occasions([], tmp_path, 0.6, stop)
    assert [next(found), next(found)] == [Occasion(0, True), Occasion(0, True)]
    stop.set()
    assert list(found) == []


def test_ctrl_c_ends_the_command_cleanly_and_keeps_the_index(watched: Watched, tmp_path: Path) -> None:
    program = (  # a suite that a shell runs in the background has interruptions ignored, and so would its children
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "import index.search.embed; from tests.fakes import WordEmbedder; index.search.embed.MiniLM = WordEmbedder;"
        "from bot.cli import app; app()"
    )
    command = [sys.executable, "-c", program, "rebuild", str(watched.news), "--index", str(tmp_path / "i"), "--watch"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path.cwd())
    assert running.stderr is not None
    assert running.stdout is not None
    assert "watching 1 path; Ctrl-C ends it" in running.stderr.readline()
    assert "1: 1 added" in running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert said.endswith("the watch has ended; the index is as last reported\n")
    generations = Generations(tmp_path / "i")
    assert Manifest.read(generations.folder(generations.current())).articles == 1


def test_a_service_manager_ends_it_as_ctrl_c_does() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with terminable(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before
