"""The cost of many tiny articles in one file: python -m benchmarks.tiny [articles].

Each has some 25 words; one in a hundred repeats another's text at its own address. Every command runs in a process
of its own, as on the command line, and is measured from start to end.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import numpy as np

from index.search.encoder import MODELS

BYLINE = (sys.executable, "-c", "from bot.cli import app; app()")


def write(path: Path, count: int) -> None:
    """The articles, one per line."""
    random, vocabulary = np.random.default_rng(0), _vocabulary()
    with path.open("w", encoding="utf-8") as file:
        text = ""
        for number in range(count):
            if not text or number % 100:
                words = [vocabulary[place % len(vocabulary)] for place in random.zipf(1.3, 24).tolist()]
                text = f"{' '.join(words[:12]).capitalize()}. {' '.join(words[12:]).capitalize()}."
            stated = {
                "title": f"Note {number % 5000}",
                "text": text,
                "url": f"https://news.example/{number}",
                "published": (date(2020, 1, 1) + timedelta(number % 1500)).isoformat(),
                "source": f"Outlet {number % 7}",
            }
            file.write(json.dumps(stated) + "\n")


def _vocabulary() -> list[str]:
    """Words that the embedder's tokenizer keeps whole, as it does the common words of a text."""
    stored = json.loads((MODELS / "all-MiniLM-L6-v2" / "tokenizer.json").read_text(encoding="utf-8"))
    return sorted(word for word in stored["model"]["vocab"] if word.isalpha() and word.isascii() and len(word) > 2)


def measured(label: str, *arguments: str) -> None:
    """Runs a command and prints its seconds and its peak memory."""
    started = perf_counter()
    process = subprocess.Popen([*BYLINE, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    spent, peak = perf_counter() - started, usage.ru_maxrss / 1024
    cost = f"{spent:8.1f} s, {usage.ru_utime + usage.ru_stime:8.1f} s of processors, {peak:6.0f} MB"
    print(f"{label:<20} {cost}, exit {os.waitstatus_to_exitcode(status)}", flush=True)


def main(count: int, folder: Path) -> None:
    """Builds, builds again, adds one article, asks."""
    news, index = folder / "news.jsonl", ("--index", str(folder / "index"))
    write(news, count)
    print(f"{count:,} articles, {news.stat().st_size / 1e6:.0f} MB", flush=True)
    measured("rebuild", "rebuild", str(news), *index)
    measured("unchanged rebuild", "rebuild", str(news), *index)
    with news.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"title": "One more", "text": "The old pier burned down on Monday."}) + "\n")
    measured("one more article", "rebuild", str(news), *index)
    measured("ask", "ask", "What burned down on Monday?", *index)
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    print(f"on disk {size / 1e6:.0f} MB, two generations")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, Path(scratch))
