"""What a server holds after very many questions, each asked for the first time.

    python -m benchmarks.memory INDEX QUESTIONS.jsonl [COUNT [CLIENTS]]

Starts `byline serve` on this machine. Each pass over the file asks of another day, which makes other questions of them.
Prints a line of a table whenever a tenth of them is answered.
"""

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

import httpx

from benchmarks.load import HERE, Questions, Server, ready, served


def main(index: str, questions: str, number: str = "10000", clients: str = "4") -> None:
    """Prints the table."""
    texts = [json.loads(line)["question"] for line in Path(questions).read_text("utf-8").splitlines()]
    print("| answered | MB | errors | seconds |\n| --- | --- | --- | --- |")
    with served("this", HERE, index) as server:
        asyncio.run(ready(server, texts[:1]))
        print(f"| 0 | {server.memory} | none | 0 |", flush=True)
        asyncio.run(_ask(server, Questions(texts), int(number), int(clients)))


async def _ask(server: Server, questions: Questions, number: int, clients: int) -> None:
    statuses, started = Counter[int](), perf_counter()

    async def asking(client: httpx.AsyncClient) -> None:
        while statuses.total() < number:
            reply = await client.post("/api/v1/ask", json=questions.next(0))
            statuses[reply.status_code] += 1
            if statuses.total() % (number // 10) == 0:
                errors = statuses.total() - statuses[200] or "none"
                spent = perf_counter() - started
                print(f"| {statuses.total():,} | {server.memory} | {errors} | {spent:,.0f} |", flush=True)

    async with httpx.AsyncClient(base_url=server.address, timeout=300) as client:
        await asyncio.gather(*(asking(client) for _ in range(clients)))


if __name__ == "__main__":
    main(*sys.argv[1:])
