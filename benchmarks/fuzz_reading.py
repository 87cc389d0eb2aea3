"""Reads many damaged files of every kind: none may raise, hang, or fill the memory.

    .venv/bin/python -m benchmarks.fuzz_reading 10000 --seed 1

Each line of the result is a kind with how many of its files were read, at least in part, and the longest time for one.
The test suite does the same with a small budget (tests/corpus/test_fuzz.py).
"""

import argparse
import faulthandler
import random
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from corpus.article import Article
from tests.corpus.fuzz import OPERATIONS, TOKENS, Edit, check, damaged, sound

HANG_SECONDS = 60


def edits(chance: random.Random) -> list[Edit]:
    """A few edits at random."""
    return [
        (
            chance.random(),
            chance.choice(OPERATIONS),
            chance.choice(TOKENS) if chance.random() < 0.5 else chance.randbytes(chance.randint(1, 8)),
        )
        for _ in range(chance.randint(1, 6))
    ]


def main() -> int:
    """Runs it; returns the number of failures."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("inputs", type=int, nargs="?", default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    chance, names = random.Random(chosen.seed), list(sound())
    tried: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    slowest = dict.fromkeys(names, 0.0)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(chosen.inputs):
            name = names[number % len(names)]
            data = damaged(sound()[name], edits(chance))
            faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
            started = time.monotonic()
            try:
                found = check(Path(folder), name, data)
            except Exception:  # noqa: BLE001  (any of them is a failure)
                failures += 1
                kept = Path(f"fuzz-{chosen.seed}-{number}-{name}")
                kept.write_bytes(data)
                print(f"{kept}:\n{traceback.format_exc()}")
                continue
            tried[name] += 1
            whole[name] += any(isinstance(one, Article) for one in found)
            slowest[name] = max(slowest[name], time.monotonic() - started)
    faulthandler.cancel_dump_traceback_later()
    for name in names:
        print(f"{name:12} {tried[name]:6,} read, {whole[name]:6,} with an article, slowest {slowest[name]:.2f} s")
    print(f"{chosen.inputs:,} inputs, {failures} failures")
    return failures


if __name__ == "__main__":
    raise SystemExit(min(main(), 1))
