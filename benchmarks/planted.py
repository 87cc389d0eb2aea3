"""How many small falsehoods, planted by machine in sentences of real articles, are held back.

    python -m benchmarks.planted ARTICLES [--passages 400]

Each sentence is checked against its own passage with one change. Not every change makes it false ("all" for "some"
may still be true), so the shares are lower bounds. Finally, sentences that are shortened, and so still true.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.grounding import check
from corpus.article import Article
from corpus.read import read
from index.passage import Passage
from index.split import sentences, split
from training.planting import Planter

CHANCE = random.Random(7)
PLANT = Planter(CHANCE)


def passages(articles: Path, count: int) -> list[Passage]:
    """Passages drawn from the articles."""
    found = [passage for article in read([articles]) if isinstance(article, Article) for passage in split(article)]
    return CHANCE.sample(found, min(count, len(found)))


def sentences_of(passage: Passage) -> Iterator[str]:
    """The passage's sentences of middling length."""
    texts = (passage.text[start:end] for start, end in sentences(passage.text))
    return (text for text in texts if 50 <= len(text) <= 300)


def main() -> None:
    """Prints the share held back for each change, and the share of shortened sentences kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", type=Path)
    parser.add_argument("--passages", type=int, default=400)
    given = parser.parse_args()
    held: dict[str, list[bool]] = defaultdict(list)
    for passage in passages(given.articles, given.passages):
        for text in sentences_of(passage):
            for change in (*PLANT.changes, PLANT.word):
                changed = change(text)
                if changed != text:
                    held[change.__name__].append(not check(changed, [passage]).supported)
            short = re.match(r"(.{40,}?), (?:a|the|which|who|where|according) ", text)
            if short:
                held["shortened, kept"].append(check(f"{short[1]}.", [passage]).supported)
    for kind, found in held.items():
        print(f"{kind:16} {sum(found) / len(found):.3f} of {len(found)}")


if __name__ == "__main__":
    main()
