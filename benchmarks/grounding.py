"""How many planted falsehoods are held back, how many true sentences are kept, and how long that takes.

    python -m benchmarks.grounding [--all]

The sentences stand in tests/bot/adversary.py: stories whose true sentences stay close to the source, and rounds that
paraphrase freely. With --all every sentence judged wrongly is printed.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from time import perf_counter

import numpy as np

from bot.generate.marks import cited_sentences
from bot.grounding import check
from tests.bot.adversary import CLOSE, FREE, Story


def tell(name: str, stories: Sequence[Story], wrong: bool) -> None:
    """Prints what was kept and held back."""
    faithful = [(story, text) for story in stories for text in story.faithful]
    planted = [(story, kind, text) for story in stories for kind, text in story.planted]
    lost = [(text, check(text, [story.passage]).reason) for story, text in faithful]
    missed = [(kind, text) for story, kind, text in planted if check(text, [story.passage]).supported]
    held: dict[str, list[bool]] = defaultdict(list)
    for story, kind, text in planted:
        held[kind].append(not check(text, [story.passage]).supported)
    kept = [reason for _, reason in lost if not reason]
    print(f"{name}: {len(kept)}/{len(faithful)} true kept, {len(planted) - len(missed)}/{len(planted)} false held back")
    print(f"  of {len(held)} kinds {sum(all(found) for found in held.values())} held back whole")
    if wrong:
        for text, reason in lost:
            if reason:
                print(f"  lost   {text} | {reason}")
        for kind, text in missed:
            print(f"  missed {text} | {kind}")


def times(stories: Iterable[Story]) -> None:
    """Prints what parsing and checking a sentence takes, sentences and passages not seen before."""
    taken = []
    for story in stories:
        for text in (*story.faithful, *(text for _, text in story.planted)):
            start = perf_counter()
            for sentence in cited_sentences([f"{text} [1]"], 1):
                check(sentence.text, [story.passage])
            taken.append(1000 * (perf_counter() - start))
    low, high = np.percentile(taken[1:], [50, 95])
    print(f"a sentence: p50 {low:.1f} ms, p95 {high:.1f} ms, first {taken[0]:.0f} ms, of {len(taken)}")


if __name__ == "__main__":
    times([*CLOSE, *(story for stories in FREE.values() for story in stories)])
    tell("close", CLOSE, "--all" in sys.argv)
    for name, stories in FREE.items():
        tell(f"free, {name} round", stories, "--all" in sys.argv)
