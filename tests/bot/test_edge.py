"""What the system does to the command line: signals, closed streams, limits, disks."""

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BylineError, IndexDamaged
from index.storage import obstacles
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.manifest import Manifest
from index.storage.opened import OpenGeneration
from index.storage.vectors import VectorStore
from tests.bot.test_cli import byline, index, news, workplace
from tests.index.building import build, corpus, files
from tests.index.test_damage import forget_checksums, newest

__all__ = ["index", "news", "workplace"]

RUN = """
import signal, sys, time
from pathlib import Path
import bot.create, index.search.embed
from tests.fakes import WordEmbedder

class Slow(WordEmbedder):
    def embed(self, texts):
        if Path("slow").exists():
            Path("begun").touch()
            time.sleep(60)
        return super().embed(texts)

index.search.embed.MiniLM = bot.create.MiniLM = Slow
from bot.cli import app
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored in what a shell starts with &
sys.argv[0] = "byline"
app()
"""


TREE = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


def started(*arguments: str, shell: str = "", **options: object) -> "subprocess.Popen[str]":
    """The command line in a process of its own; `shell` is put behind the command."""
    command = [sys.executable, "-c", RUN, *arguments]
    if shell:
        command = ["sh", "-c", f'"$@" {shell}', "sh", *command]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=TREE | dict(options.pop("env", {})),  # type: ignore[call-overload]
        **options,
    )


@pytest.mark.parametrize(("sent", "status", "has_index"), [(signal.SIGTERM, 143, True), (signal.SIGINT, 130, False)])
def test_an_interrupted_rebuild_says_what_became_of_the_index(
    workplace: Path, news: Path, sent: signal.Signals, status: int, has_index: bool
) -> None:
    folder = workplace / "byline-index"
    if has_index:
        build(folder, corpus(3))
    before = files(folder) - {"lock"}
    (workplace / "slow").touch()
    process = started("rebuild", str(news))
    while not (workplace / "begun").exists():
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(sent)
    _, said = process.communicate(timeout=60)
    assert process.returncode == status
    assert "Traceback" not in said
    if has_index:
        generation = Generations(folder).current()
        assert f"byline: interrupted; the index is as it was, and generation {generation} still answers" in said
        assert files(folder) - {"lock"} == before
    else:
        assert "byline: interrupted; nothing was built, and there is no index yet" in said


@pytest.mark.parametrize("shell", ["2>&-", "<&- >&- 2>&-", "2>&1 | head -1"])
def test_closed_streams_stop_nothing(workplace: Path, news: Path, shell: str) -> None:
    process = started("rebuild", str(news), shell=shell)
    shown, said = process.communicate(timeout=120)
    assert "Traceback" not in shown + said
    assert Manifest.read(newest(workplace / "byline-index")).articles == 1
    asked = started("search", "river", "--json", shell=shell)
    shown, said = asked.communicate(timeout=120)
    assert "Traceback" not in shown + said
    with_files = newest(workplace / "byline-index")
    OpenGeneration(with_files).close()  # nothing was written into its files


def test_a_deleted_working_folder_is_named(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (gone := workplace / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for command in (("status",), ("rebuild", "news")):
        shown = byline(*command)
        assert shown.exit_code == 1
        assert "the working folder has been deleted; change to another folder" in shown.stderr


def test_a_path_that_is_not_ascii_is_used_in_an_environment_that_is(workplace: Path, news: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (workplace / "zażółć").mkdir()
    news.rename(workplace / "zażółć" / "ńews.jsonl")
    process = started("rebuild", "zażółć", "--index", "ïndex", env=plain)
    assert (process.wait(120), process.communicate()[1]) == (0, "")
    process = started("ask", "How much did the river rise?", "--index", "ïndex", env=plain)
    shown, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, "")
    assert "three metres" in shown


def test_a_folder_whose_name_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    folder.mkdir()
    with pytest.raises(BylineError, match=r"no UTF-8.*name another one with --index"):
        VectorStore(folder, create=True)


@pytest.mark.parametrize("limit", [18, 32])
def test_few_open_files_are_enough_or_are_named_as_the_reason(index: Path, news: Path, limit: int) -> None:
    before = files(index)
    loaded = "import bm25s, chromadb, resource, index.storage.build\n"
    limited = f"{loaded}resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit}))\n{RUN}"
    for command in (["search", "mayor"], ["rebuild", str(news)]):
        run = [sys.executable, "-c", limited, *command]
        ran = subprocess.run(
            run,
            capture_output=True,
            text=True,
            env=TREE,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in ran.stderr
        if ran.returncode:
            assert "ulimit -n 256" in ran.stderr
            assert "rebuild --full" not in ran.stderr
            assert files(index) - {"lock"} == before - {"lock"}


REFUSALS = [
    (errno.ENOSPC, "The disk is full; free some space"),
    (errno.EROFS, "The disk is read-only; name another folder"),
    (errno.EACCES, "correct the folder"),
    (errno.EMFILE, "ulimit -n 256"),
]


@pytest.mark.parametrize(("number", "advice"), REFUSALS)
@pytest.mark.parametrize("command", ["rebuild", "rollback", "purge"])
def test_a_write_that_the_disk_refuses_is_reported_with_the_reason(
    index: Path, news: Path, monkeypatch: pytest.MonkeyPatch, command: str, number: int, advice: str
) -> None:
    build(index, corpus(14))
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    argument = {"rebuild": [str(news)], "rollback": [], "purge": ["https://news.example/1"]}[command]
    real = Path.write_text

    def refused(path: Path, *values: object, **named: object) -> int:
        if path.name.endswith(".new") or path.name == "manifest.json":
            raise OSError(number, os.strerror(number), str(path))
        return real(path, *values, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", refused)
    shown = byline(command, *argument)
    monkeypatch.undo()
    assert shown.exit_code == 1
    assert os.strerror(number) in shown.stderr
    assert advice.lower() in shown.stderr.lower()
    assert f"then run: byline {command}" in shown.stderr
    assert "Traceback" not in shown.stderr
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before


def test_a_full_disk_reported_by_chroma_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(VectorStore(tmp_path / "chroma", create=True)) as store:
        store.put(["one"], np.eye(1, 64, dtype=np.float32))
        monkeypatch.setattr(obstacles, "_room", lambda folder: 0)
        with pytest.raises(BylineError, match="is full; free some space") as raised:
            store.put(["other"], np.eye(1, 3, dtype=np.float32))  # which Chroma refuses beside the first
    assert not isinstance(raised.value, IndexDamaged)


@pytest.mark.parametrize("part", ["chroma/*/header.bin", "chroma/*/data_level0.bin", "chroma/*/length.bin"])
def test_a_damaged_graph_of_a_generation_without_checksums_is_named(tmp_path: Path, part: str) -> None:
    build(tmp_path, corpus(4))
    forget_checksums(newest(tmp_path))
    (damaged,) = newest(tmp_path).glob(part)
    damaged.write_bytes(b"\xff" * damaged.stat().st_size)
    with closing(LiveIndex(tmp_path, "words")) as live, suppress(IndexDamaged), live.snapshot() as snapshot:
        assert len(snapshot.days) == 4
    assert build(tmp_path, corpus(5), full=True).published


def test_a_process_raises_its_own_limit_of_open_files() -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (32, 512));"
        "from index.storage.obstacles import open_more_files; open_more_files();"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=TREE, check=True)
    assert ran.stdout == "(512, 512)\n"
