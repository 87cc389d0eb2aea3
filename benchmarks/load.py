"""What a served site does under load, and against another checkout.

    python -m benchmarks.load INDEX QUESTIONS.jsonl [SECONDS] [OTHER_CHECKOUT]

Starts `byline serve` on this machine, over HTTP asks it with 1, 8 and 32 clients that each ask one question after the
other, and fetches the page meanwhile. Each number of clients asks questions that are all different, then such that 3 of
10 were asked before. With another checkout, both serve the same index and are measured in turn, load by load; it needs
nothing but the packages installed here. Memory is of the server's process, before and after a load.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter, sleep

import httpx
import numpy as np

HERE = Path(__file__).parent.parent
CLIENTS = (1, 8, 32)
REPEATED = (0.0, 0.3)
"""Shares of the questions that were asked before."""
POPULAR = 20
"""The first questions of the file, which are those that are asked again."""
SETTINGS = {"BYLINE_RATE": "1000000/minute", "BYLINE_ANSWERS_WAITING": "128"}
COLUMNS = ("clients", "repeated", "checkout", "answers/s", "p50", "p99", "errors", "page p50", "page p99", "MB")
PAGE_SECONDS = 0.25
"""Between two fetches of the page."""


@dataclass(frozen=True)
class Server:
    """A site that is served."""

    name: str
    address: str
    process: int

    @property
    def memory(self) -> int:
        """Megabytes that it holds."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") // 2**20


@dataclass
class Load:
    """What one load came to: seconds of each answer and of each fetch of the page, and statuses."""

    in_time: int = 0
    answers: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    def row(self, seconds: float) -> str:
        """Columns of the table."""
        errors = {status: times for status, times in self.statuses.items() if status != "200"}
        cells = (f"{self.in_time / seconds:.2f}", ms(self.answers, 50), ms(self.answers, 99), errors or "none")
        return " | ".join(map(str, (*cells, ms(self.pages, 50), ms(self.pages, 99))))


class Questions:
    """Questions without end. Each pass over the file asks of another day, which makes another question of each."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._number = count()
        self._distinct = count()
        self._popular = count()

    def next(self, repeated: float) -> dict[str, str]:
        """The body of a request."""
        if next(self._number) * 7 % 10 < repeated * 10:
            return _body(self._texts[next(self._popular) % min(POPULAR, len(self._texts))], 0)
        passes, place = divmod(next(self._distinct), len(self._texts))
        return _body(self._texts[place], passes + 1)


def _body(text: str, days_ago: int) -> dict[str, str]:
    return {"question": text, "asked": (date.today() - timedelta(days_ago)).isoformat()}  # noqa: DTZ011


def main(index: str, questions: str, seconds: str = "20", other: str | None = None) -> None:
    """Prints a line of a table for each load of each checkout, and their ratio."""
    asked = [json.loads(line)["question"] for line in Path(questions).read_text("utf-8").splitlines()]
    checkouts = {"this": HERE} | ({"other": Path(other)} if other else {})
    with ExitStack() as running:
        servers = [running.enter_context(served(name, folder, index)) for name, folder in checkouts.items()]
        asyncio.run(_measure(servers, asked, float(seconds)))


@contextmanager
def served(name: str, checkout: Path, index: str) -> Iterator[Server]:
    """A server over an index until the block ends; its code is that of a checkout."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from bot.cli import app; app()", "serve", "--port", str(port)]
    command += ["--index", str(Path(index).absolute())]
    server = subprocess.Popen(command, cwd=checkout, env={**os.environ, **SETTINGS}, stderr=subprocess.DEVNULL)
    try:
        yield Server(name, f"http://127.0.0.1:{port}", server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(90)


async def _measure(servers: list[Server], texts: list[str], seconds: float) -> None:
    questions = {server.name: Questions(texts) for server in servers}
    for server in servers:
        await ready(server, texts[:POPULAR])
    print(f"| {' | '.join(COLUMNS)} |\n{'| --- ' * len(COLUMNS)}|")
    for clients in CLIENTS:
        for repeated in REPEATED:
            rates = {}
            for server in servers:
                before = server.memory
                load = await _load(server, questions[server.name], clients, repeated, seconds)
                rates[server.name] = load.in_time
                memory = f"{before}, {server.memory}"
                print(f"| {clients} | {repeated:.0%} | {server.name} | {load.row(seconds)} | {memory} |", flush=True)
            if rates.get("other"):
                print(f"this is {rates['this'] / rates['other']:.2f} times the other", file=sys.stderr)


async def ready(server: Server, popular: list[str]) -> None:
    """Waits until the models are loaded, and asks once what is asked again later."""
    async with httpx.AsyncClient(base_url=server.address, timeout=300) as client:
        for _ in range(300):
            try:
                if (await client.get("/readyz")).status_code == 200:
                    break
            except httpx.TransportError:
                sleep(0.5)
        else:
            raise SystemExit(f"the server of {server.name} checkout does not answer")
        for text in popular:
            (await client.post("/api/v1/ask", json=_body(text, 0))).raise_for_status()


async def _load(server: Server, questions: Questions, clients: int, repeated: float, seconds: float) -> Load:
    load, deadline = Load(), perf_counter() + seconds
    limits = httpx.Limits(max_connections=clients + 2)

    async def asking(client: httpx.AsyncClient) -> None:
        while perf_counter() < deadline:
            started = perf_counter()
            try:
                reply = await client.post("/api/v1/ask", json=questions.next(repeated))
                status = str(reply.status_code)
            except httpx.TransportError as error:
                status = type(error).__name__
            load.statuses[status] += 1
            if status == "200":
                load.answers.append(perf_counter() - started)
                load.in_time += perf_counter() < deadline

    async def fetching(client: httpx.AsyncClient) -> None:
        while perf_counter() < deadline:
            started = perf_counter()
            (await client.get("/")).raise_for_status()
            load.pages.append(perf_counter() - started)
            await asyncio.sleep(PAGE_SECONDS)

    async with httpx.AsyncClient(base_url=server.address, timeout=300, limits=limits) as client:
        await asyncio.gather(fetching(client), *(asking(client) for _ in range(clients)))
    return load


def ms(times: list[float], percentile: int) -> str:
    """A percentile of times in seconds, as milliseconds."""
    return f"{np.percentile(times, percentile) * 1000:,.0f} ms" if times else "none"


if __name__ == "__main__":
    main(*sys.argv[1:])
