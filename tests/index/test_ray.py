"""Builds on a Ray cluster of two nodes on this machine, whose processes are killed in the middle of what they do."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from numpy.typing import NDArray
from typer.testing import CliRunner, Result

from bot.cli import app
from corpus.article import Rejected
from corpus.errors import BylineError, ModelError, ReadError
from corpus.read import read
from corpus.read.file import File
from corpus.read.parallel import Queue, parse_all
from corpus.sample import SAMPLE
from index.storage.generations import Generations
from index.storage.opened import OpenGeneration
from tests.corpus.reading import STORY
from tests.corpus.test_archives import zipped
from tests.fakes import WordEmbedder
from tests.index.building import build, corpus
from tests.local_server import free_port, served, until, until_open

pytest.importorskip("ray", reason="needs the extra 'ray'")

import ray

from index.ray.cluster import BLOCK, Cluster, RayEmbedder
from index.ray.joining import joined

ROOT = Path(__file__).parent.parent.parent
NOTES = "BYLINE_TEST_NOTES"
"""The variable with the folder where the cluster's processes note what they do."""
MARKED = "BYLINE_TEST_MARKED"
LONGEST = 120
"""Seconds after which a build is taken to hang."""


def note(kind: str, value: object) -> int:
    """Notes something; returns how often that kind was noted before."""
    folder = Path(os.environ[NOTES])
    before = len(list(folder.glob(f"{kind}-*")))
    (folder / f"{kind}-{os.getpid()}-{os.urandom(4).hex()}").write_text(str(value))
    return before


def noted(kind: str) -> list[str]:
    return [path.read_text() for path in Path(os.environ[NOTES]).glob(f"{kind}-*")]


class Words(WordEmbedder):
    """Notes where it embeds how many texts."""

    def batches(self, texts: Sequence[str]) -> list[list[int]]:
        return [list(range(first, min(first + 4, len(texts)))) for first in range(0, len(texts), 4)]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        note("texts", len(texts))
        note("node", ray.get_runtime_context().get_node_id())
        return super().embed(texts)


class DyingOnce(Words):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = super().embed(texts)
        if not note("death", os.getpid()):
            os.kill(os.getpid(), signal.SIGKILL)
        return vectors


class Dying(Words):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        os.kill(os.getpid(), signal.SIGKILL)
        return super().embed(texts)


class Failing(Words):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise ModelError("the model lacks 'model.onnx'; install byline again")


def die(times: int) -> Mapping[str, str]:
    if note("death", os.getpid()) < times:
        os.kill(os.getpid(), signal.SIGKILL)
    return {}


class Fatal(dict[str, str]):
    """Kills each process that it is sent to, for so many times."""

    def __init__(self, times: int) -> None:
        super().__init__(title="headline")  # an empty one would not be sent
        self.times = times

    def __reduce__(self) -> Any:
        return die, (self.times,)


@contextmanager
def node(*options: str, **marks: str) -> Iterator[None]:
    """A node of a cluster, with one processor and more variables of the environment."""
    fixed = "--block --num-cpus=1 --object-store-memory=80000000 --min-worker-port=0 --max-worker-port=0"
    command = [str(Path(sys.executable).parent / "ray"), "start", *options, *fixed.split()]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ | marks, **quiet) as started:
        try:
            yield
        finally:
            started.terminate()  # it ends what it started


class EndingItsNode(Words):
    """Ends the node that is marked, with all of its processes, when it first embeds there."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if MARKED in os.environ:
            note("node death", os.getppid())
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(LONGEST)
        return super().embed(texts)


class Lacking(Words):
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise ModuleNotFoundError("No module named 'index'")


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of a cluster of two nodes: for machines that belong to it, and for any."""
    ports = free_port(), free_port()
    address = f"127.0.0.1:{ports[0]}"
    with pytest.MonkeyPatch.context() as patched, TemporaryDirectory(prefix="ray") as folder:
        # Otherwise Ray uses the token of an earlier start on this machine for some processes, and not for others.
        patched.setenv("RAY_AUTH_MODE", "disabled")
        patched.setenv("PYTHONPATH", str(ROOT))
        patched.setenv(NOTES, str(tmp_path_factory.mktemp("notes")))
        head = f"--head --port={ports[0]} --ray-client-server-port={ports[1]} --temp-dir={folder}"
        with node(*head.split(), "--include-dashboard=false", "--dashboard-agent-listen-port=0"):
            until_open(ports[0])
            with node(f"--address={address}", "--dashboard-agent-listen-port=0"):
                until(lambda: processors(address) == 2, LONGEST)
                until_open(ports[1])
                yield {"node": address, "client": f"ray://127.0.0.1:{ports[1]}"}


def processors(address: str) -> int:
    """How many the cluster has; 0 until it can be joined."""
    try:
        with joined(address) as cluster:
            return cluster.processors
    except BylineError:
        return 0


@pytest.fixture(params=["node"])
def cluster(request: pytest.FixtureRequest, addresses: dict[str, str]) -> Iterator[Cluster]:
    for path in Path(os.environ[NOTES]).iterdir():
        path.unlink()
    with ExitStack() as stack:
        clusters: list[Cluster] = []

        def join() -> bool:
            # By ray:// it starts a process for each client, which may not take longer than thirty seconds.
            with suppress(BylineError):
                clusters.append(stack.enter_context(joined(addresses[request.param])))
            return bool(clusters)

        until(join, LONGEST)
        with in_time():
            yield clusters[0]


@contextmanager
def in_time() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(60):
        text = f"Harbour {number}\n\nThe harbour of town {number} opens on day {number}. Its mayor is {number % 7}."
        (folder / f"a{number:02}.txt").write_text(text)
    (folder / "b.jsonl").write_text('{"title": "Ferry", "text": "It sails."}\n{}\n')
    (folder / "c.zip").write_bytes(zipped({"one.html": STORY, "empty.txt": b""}))
    (folder / "d.txt").write_bytes(b"")
    (folder / "e.json").write_text("{")
    (folder / "f.txt.gz").write_bytes(b"not gzip")
    (folder / "g.exe").write_bytes(b"MZ")
    return folder


def parts(index: Path) -> dict[str, object]:
    """What a generation holds, but for what differs between two local builds."""
    generations = Generations(index)
    with closing(OpenGeneration(generations.folder(generations.current()))) as opened:
        made = opened.manifest
        names = opened.store.passage_vectors()
        return {
            "passages": list(opened.passages(range(made.passages))),
            "vectors": dict(zip(names, opened.stored_vectors(names).round(4).tolist(), strict=True)),
            "vector ids": names,
            "rejected": made.rejected,
            "content": made.content,
        }


@pytest.mark.parametrize("cluster", ["node", "client"], indirect=True)
def test_a_build_on_two_nodes_is_the_local_build(cluster: Cluster, news: Path, tmp_path: Path) -> None:
    build(tmp_path / "here", read([news]))
    articles = read([news], workers=cluster.processors, submit=cluster.submit)
    build(tmp_path / "there", articles, embedder=RayEmbedder(Words))
    assert cluster.processors == 2
    assert parts(tmp_path / "there") == parts(tmp_path / "here")
    assert len(parts(tmp_path / "here")["rejected"]) == 6  # type: ignore[arg-type]
    assert sum(map(int, noted("texts"))) == 61
    assert len(set(noted("node"))) == 2


def test_a_killed_embedding_process_costs_its_block(cluster: Cluster, news: Path, tmp_path: Path) -> None:
    build(tmp_path / "here", read([news]))
    build(tmp_path / "there", read([news]), embedder=RayEmbedder(DyingOnce))
    assert parts(tmp_path / "there") == parts(tmp_path / "here")
    assert 61 < sum(map(int, noted("texts"))) <= 61 + BLOCK + 4


def test_a_killed_node_costs_its_blocks(addresses: dict[str, str], tmp_path: Path) -> None:
    build(tmp_path / "here", corpus(300))
    with node(f"--address={addresses['node']}", "--dashboard-agent-listen-port=0", **{MARKED: "yes"}):
        until(lambda: processors(addresses["node"]) == 3, LONGEST)
        with in_time(), joined(addresses["node"]):
            build(tmp_path / "there", corpus(300), embedder=RayEmbedder(EndingItsNode))
    assert noted("node death")
    assert parts(tmp_path / "there") == parts(tmp_path / "here")


def test_texts_that_kill_each_process_are_named(cluster: Cluster, news: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="each process that embedded the text 'Harbour"):
        build(tmp_path / "index", read([news]), embedder=RayEmbedder(Dying))
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_an_error_of_the_embedder_is_that_of_a_local_build(cluster: Cluster, news: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^the model lacks 'model\.onnx'; install byline again$"):
        build(tmp_path / "index", read([news]), embedder=RayEmbedder(Failing))


def test_a_cluster_without_byline_is_named(cluster: Cluster, news: Path, tmp_path: Path) -> None:
    with pytest.raises(BylineError, match=r"cannot run Byline \(No module named 'index'\); install the same version"):
        build(tmp_path / "index", read([news]), embedder=RayEmbedder(Lacking))


def files_with(fields: Mapping[str, str]) -> list[File | Rejected]:
    """Forty files; one in the middle has these fields."""
    return [
        File.of("a.txt", STORY + str(number).encode(), f"{number}.txt", fields=fields if number == 20 else None)
        for number in range(40)
    ]


def test_a_killed_reading_process_costs_its_batch(cluster: Cluster) -> None:
    found = list(Queue(cluster.submit, 6).run(files_with(Fatal(times=1))))
    assert found == list(parse_all(files_with({}), workers=1))
    assert len(noted("death")) == 2


def test_a_file_that_kills_each_process_is_named(cluster: Cluster) -> None:
    with pytest.raises(ReadError, match=r"each process that read '20\.txt' was killed.*byline read FILE"):
        list(Queue(cluster.submit, 6).run(files_with(Fatal(times=100))))
    assert len(noted("death")) == 4


def rebuild(*arguments: str) -> Result:
    with in_time():
        return CliRunner().invoke(app, ["rebuild", *arguments])


def test_the_command_joins_the_cluster_that_the_environment_names(
    addresses: dict[str, str], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", addresses["node"])
    monkeypatch.setattr("bot.commands.ray.one_thread", Words)
    before = signal.getsignal(signal.SIGTERM)
    ran = rebuild("--ray", "auto", "--index", str(tmp_path / "index"), str(news))
    assert ran.exit_code == 0, ran.stderr
    assert signal.getsignal(signal.SIGTERM) == before
    assert not ray.is_initialized()
    build(tmp_path / "here", read([news]))
    assert parts(tmp_path / "index") == parts(tmp_path / "here")


def test_a_cluster_of_this_machine_gives_the_vectors_that_are_made_without_it(sample: Path, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    home = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}  # Ray writes a token there
    command = [sys.executable, "-c", "from bot.cli import app; app()", "rebuild", "--ray", "local"]
    command += ["--index", str(tmp_path / "index"), str(SAMPLE)]
    ran = subprocess.run(command, env=kept | home, capture_output=True, text=True, timeout=LONGEST)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert parts(tmp_path / "index") == parts(sample)


def test_ray_that_is_not_installed_is_named(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "index.ray.joining")
    ran = rebuild("--ray", "local", str(news))
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr == "byline: --ray needs Ray, which is not installed; run: pip install 'byline[ray]'\n"


@pytest.mark.parametrize("wrong", ["", "here", "10.0.0.1", "http://10.0.0.1:6379", "ray://:10001", "a b:1"])
def test_what_is_no_address_is_refused(wrong: str, news: Path) -> None:
    ran = rebuild("--ray", wrong, str(news))
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr == f"byline: --ray {wrong!r}: write local, auto, HOST:PORT or ray://HOST:PORT\n"


@pytest.mark.parametrize("scheme", ["", "ray://"])
def test_an_address_where_nothing_listens_is_named(scheme: str, news: Path) -> None:
    address = f"{scheme}127.0.0.1:{free_port()}"
    ran = rebuild("--ray", address, str(news))
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == f"byline: nothing listens at {address!r}; name the address that ray start showed\n"


@pytest.mark.parametrize("scheme", ["", "ray://"])
def test_a_server_that_is_no_ray_is_named_before_ray_waits_for_it(
    scheme: str, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ray.joining.SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent, served(FastAPI()) as web:
        for place in (f"127.0.0.1:{silent.getsockname()[1]}", web.removeprefix("http://")):
            ran = rebuild("--ray", scheme + place, str(news))
            assert (ran.exit_code, ran.stdout) == (1, "")
            assert ran.stderr.startswith("byline: no Ray answers")
            assert f"at '{scheme}{place}'; name the address that ray start showed" in ran.stderr
