"""Fetches many damaged replies of every kind: none may raise, or outlast its time limit.

    python -m benchmarks.fuzzing 10000

Each line of the result is a kind with how many of its replies held an article, and the longest time one took.
The same for files is benchmarks/fuzz_reading.py; the test suite does both with a small budget.
"""

import faulthandler
import random
import sys
import traceback
from collections import Counter
from time import perf_counter

from benchmarks.fuzz_reading import edits
from corpus.article import Article
from tests.corpus.fuzz import damaged
from tests.corpus.fuzz_replies import babbling, check

HANG_SECONDS = 60


def main(count: int) -> int:
    """Runs it; the number of failures."""
    chance, failures = random.Random(1), 0
    tried: Counter[str] = Counter()
    read: Counter[str] = Counter()
    longest: dict[str, float] = {}
    with babbling() as server:
        replies = server.sound()
        for number in range(count):
            name = list(replies)[number % len(replies)]
            reply = damaged(replies[name], edits(chance))
            faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
            started = perf_counter()
            try:
                found = check(server, reply)
            except Exception:  # noqa: BLE001  (that is what is looked for)
                failures += 1
                print(f"{name} {reply!r}:\n{traceback.format_exc()}")
                continue
            longest[name] = max(longest.get(name, 0.0), perf_counter() - started)
            tried[name] += 1
            read[name] += any(isinstance(one, Article) for one in found)
    faulthandler.cancel_dump_traceback_later()
    for name, times in tried.items():
        print(f"{name:<12} {read[name]:>6,} of {times:,}  longest {longest[name]:.2f} s")
    print(f"{count:,} replies, {failures} failures")
    return failures


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)))
