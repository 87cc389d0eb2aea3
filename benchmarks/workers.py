"""How much faster two processes read a folder than one.

python -m benchmarks.workers FOLDER
"""

import sys
from pathlib import Path
from time import perf_counter

from corpus.read import read

ROUNDS = 2


def main(folder: Path) -> None:
    """Reads and prints."""
    for workers in (1, 2) * ROUNDS:
        started = perf_counter()
        count = sum(1 for _ in read([folder], workers=workers))
        print(f"{count:,} read by {workers} in {perf_counter() - started:.1f} s")


if __name__ == "__main__":  # other processes import this file too
    main(Path(sys.argv[1]))
