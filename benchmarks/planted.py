"""How many small falsehoods, planted by machine in sentences of real articles, are held back.

    python -m benchmarks.planted ARTICLES [--passages 400]

Each sentence is checked against its own passage, one thing changed. Not every change makes it false ("all" for "some"
may still be true), so the shares are lower bounds. Last, sentences that were only shortened, and so are still true.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.grounding import check
from corpus.article import Article
from corpus.read import read
from index.passage import Passage
from index.split import sentences, split

NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})*\b")
NOT = re.compile(r"\b((?:do|did|doe|i|wa|ha)s?|are|were|have|will|would|could|had) not\b")
AUXILIARY = re.compile(r"\b(?:is|was|were|are|will|has|have|had|would|could) (?=[a-z])")
OPPOSITES = {"increase": "decrease", "rose": "fell", "more": "less", "higher": "lower", "first": "last", "won": "lost"}
OPPOSITES |= {"before": "after", "all": "some", "most": "all", "some": "all", "against": "for"}
CHANCE = random.Random(7)


def number(text: str) -> str:
    """Another number."""
    return one(re.compile(r"(?<![\w.,-])\d{1,3}(?![\w.,-])"), text, lambda found: str(int(found) + 7))


def name(text: str) -> str:
    """A name that stands nowhere."""
    return one(NAME, text, lambda _: CHANCE.choice(["Torvald", "Brenna Holt", "Quillmont", "Sarrin"]))


def word(text: str) -> str:
    """Another thing."""
    return one(re.compile(r"\b[a-z]{6,}\b"), text, lambda _: CHANCE.choice(["kitchen", "violin", "harvest", "ankle"]))


def denied(text: str) -> str:
    """A "not" more."""
    return text if re.search(r"\bnot\b|n['’]t", text) else AUXILIARY.sub(lambda found: f"{found[0]}not ", text, count=1)


def asserted(text: str) -> str:
    """A "not" less."""
    return NOT.sub(r"\1", text, count=1)


def certain(text: str) -> str:
    """Will instead of may."""
    return re.sub(r"\b(?:may|might|could)\b", "will", text, count=1)


def swapped(text: str) -> str:
    """Two names, each in the other's place."""
    found = list(NAME.finditer(text))
    if len(found) < 2:
        return text
    first, last = found[0], found[-1]
    return text[: first.start()] + last[0] + text[first.end() : last.start()] + first[0] + text[last.end() :]


def opposite(text: str) -> str:
    """The contrary."""
    return one(re.compile(rf"\b(?:{'|'.join(OPPOSITES)})\b"), text, OPPOSITES.__getitem__)


def one(pattern: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """The text with one of the places changed that a pattern finds; itself if there is none."""
    found = list(pattern.finditer(text))
    if not found:
        return text
    place = CHANCE.choice(found)
    return text[: place.start()] + change(place[0]) + text[place.end() :]


def passages(articles: Path, count: int) -> list[Passage]:
    """Passages drawn from the articles."""
    found = [passage for article in read([articles]) if isinstance(article, Article) for passage in split(article)]
    return CHANCE.sample(found, min(count, len(found)))


def told(passage: Passage) -> Iterator[str]:
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
        for text in told(passage):
            for change in (number, name, word, denied, asserted, certain, swapped, opposite):
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
