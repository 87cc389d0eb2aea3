"""Copies a JSONL file of articles with some texts edited, to measure what a small rebuild costs.

    python -m benchmarks.changed ARTICLES.jsonl.gz COPY.jsonl [--share 0.01]

A note follows the first sentence, so that every later passage of an edited article moves: an expensive kind of edit.
"""

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

NOTE = "Corrected on Friday to give the right day. "


def edited(lines: Iterable[str], every: int) -> Iterator[str]:
    """The lines, every `every`-th of them with another text."""
    for number, line in enumerate(lines):
        article = json.loads(line)
        if number % every == 0:
            first, stop, rest = article["text"].partition(". ")
            article["text"] = first + stop + NOTE + rest
        yield json.dumps(article, ensure_ascii=False) + "\n"


def main() -> None:
    """Copies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("copy", type=Path)
    parser.add_argument("--share", type=float, default=0.01)
    named = parser.parse_args()
    opened = gzip.open if named.articles.suffix == ".gz" else open
    with opened(named.articles, "rt", encoding="utf-8") as lines, named.copy.open("w", encoding="utf-8") as copy:
        copy.writelines(edited(lines, round(1 / named.share)))


if __name__ == "__main__":
    main()
