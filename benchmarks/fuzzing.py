"""Fetches many damaged replies of every kind: none may raise, or outlast its time limit.

    python -m benchmarks.fuzzing 10000 1

The numbers are of replies and of the seed.

Each line of the result is a kind with how many of its replies held an article, and the longest time for one.
The same for files is benchmarks/fuzz_reading.py; the test suite does both with a small budget.
"""

import logging
import random
import signal
import sys
import traceback
from collections import Counter
from time import perf_counter

from benchmarks.fuzz_reading import edits
from corpus.article import Article
from tests.corpus.fuzz import damaged
from tests.corpus.fuzz_replies import babbling, check

HANG_SECONDS = 60


def out_of_time(*_: object) -> None:
    """Handles the alarm.

    Raises:
        RuntimeError: Always.
    """
    raise RuntimeError(f"it took {HANG_SECONDS} s")


def main(count: int, seed: int) -> int:
    """Runs it; returns the number of failures."""
    logging.disable(logging.WARNING)  # pages left for the next run
    signal.signal(signal.SIGALRM, out_of_time)
    chance, failures = random.Random(seed), 0
    tried: Counter[str] = Counter()
    read: Counter[str] = Counter()
    longest: dict[str, float] = {}
    with babbling() as server:
        replies = server.sound()
        for number in range(count):
            name = list(replies)[number % len(replies)]
            reply = damaged(replies[name], edits(chance))
            signal.alarm(HANG_SECONDS)
            started = perf_counter()
            try:
                found = check(server, reply)
            except Exception:  # noqa: BLE001  (any of them is a failure)
                failures += 1
                print(f"{number} {name} {reply!r}:\n{traceback.format_exc()}", flush=True)
                continue
            longest[name] = max(longest.get(name, 0.0), perf_counter() - started)
            tried[name] += 1
            read[name] += any(isinstance(one, Article) for one in found)
    signal.alarm(0)
    for name, times in tried.items():
        print(f"{name:<12} {read[name]:>6,} of {times:,}  longest {longest[name]:.2f} s")
    print(f"{count:,} replies, {failures} failures")
    return failures


if __name__ == "__main__":
    arguments = [int(one) for one in sys.argv[1:]]
    sys.exit(bool(main(*(arguments + [10_000, 1][len(arguments) :]))))
