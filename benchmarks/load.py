"""What a served site does under load.

    python -m benchmarks.load INDEX QUESTIONS.jsonl [SECONDS]

Starts `byline serve` on this machine and asks it over HTTP: with 8 and 32 clients that each ask one question after
the other, then 100 questions at once while the page and /healthz are fetched.
"""

import asyncio
import itertools
import json
import os
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter, sleep

import httpx
import numpy as np

CLIENTS = (8, 32)
AT_ONCE = 100
SETTINGS = {"BYLINE_RATE": "1000000/minute", "BYLINE_ANSWERS_WAITING": "128"}


def main(index: str, questions: str, seconds: float = 20.0) -> None:
    """Prints a line of a table for each load."""
    asked = [json.loads(line)["question"] for line in Path(questions).read_text("utf-8").splitlines()]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from bot.cli import app; app()", "serve", "--port", str(port), "--index", index]
    server = subprocess.Popen(command, env={**os.environ, **SETTINGS}, stderr=subprocess.DEVNULL)
    try:
        asyncio.run(_measure(f"http://127.0.0.1:{port}", asked, seconds))
    finally:
        server.terminate()
        server.wait(60)


async def _measure(address: str, questions: list[str], seconds: float) -> None:
    limits = httpx.Limits(max_connections=AT_ONCE + 50)
    async with httpx.AsyncClient(base_url=address, timeout=300, limits=limits) as client:
        await _ready(client, questions[0])
        print("| load | answers a second | p50 | p99 | statuses |\n| --- | --- | --- | --- | --- |")
        endless = itertools.cycle(questions)
        for clients in CLIENTS:
            times, statuses = await _steadily(client, endless, clients, seconds)
            rate = statuses[200] / seconds
            print(f"| {clients} clients | {rate:.1f} | {_ms(times, 50)} | {_ms(times, 99)} | {dict(statuses)} |")
        for path in ("/", "/healthz"):
            times = await _meanwhile(client, endless, path)
            name = f"GET {path} under {AT_ONCE} questions"
            print(f"| {name} | | {_ms(times, 50)} | {_ms(times, 99)} | {len(times)} fetched |")


async def _ready(client: httpx.AsyncClient, question: str) -> None:
    for _ in range(300):
        try:
            if (await client.post("/api/v1/ask", json={"question": question})).status_code == 200:
                return
        except httpx.TransportError:
            pass
        sleep(0.5)
    raise SystemExit("the server does not answer")


async def _ask(client: httpx.AsyncClient, question: str) -> tuple[float, int]:
    started = perf_counter()
    status = (await client.post("/api/v1/ask", json={"question": question})).status_code
    return perf_counter() - started, status


async def _steadily(
    client: httpx.AsyncClient, questions: "itertools.cycle[str]", clients: int, seconds: float
) -> tuple[list[float], Counter[int]]:
    times, statuses, deadline = [], Counter[int](), perf_counter() + seconds

    async def one() -> None:
        while perf_counter() < deadline:
            taken, status = await _ask(client, next(questions))
            times.append(taken)
            statuses[status] += 1

    await asyncio.gather(*(one() for _ in range(clients)))
    return times, statuses


async def _meanwhile(client: httpx.AsyncClient, questions: "itertools.cycle[str]", path: str) -> list[float]:
    asking = asyncio.gather(*(_ask(client, next(questions)) for _ in range(AT_ONCE)))
    await asyncio.sleep(0.2)
    times = []
    while not asking.done():
        started = perf_counter()
        (await client.get(path)).raise_for_status()
        times.append(perf_counter() - started)
        await asyncio.sleep(0.1)
    return times


def _ms(times: list[float], percentile: int) -> str:
    return f"{np.percentile(times, percentile) * 1000:,.0f} ms" if times else "none"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(float, sys.argv[3:]))
