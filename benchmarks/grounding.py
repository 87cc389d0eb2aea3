"""How many true sentences the check keeps, how many falsehoods it holds back, and how long that takes.

    python -m benchmarks.grounding [--all] [--without RULE ... | --only RULE ...]

The sentences are those of benchmarks/adversary.py. --all prints every sentence judged wrongly. Rules can be
left out, to measure what each contributes; their names are those in bot/grounding/check.py.
"""

import argparse
from collections.abc import Collection, Iterable, Sequence
from importlib import import_module
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.adversary import CLOSE, FREE, Story
from bot.generate.marks import cited_sentences
from bot.grounding import check

CHECK: Any = import_module("bot.grounding.check")
"""The module; the package has the function under the same name."""
NAMES = [rule.__name__ for rule in CHECK.RULES]


def keep_rules(kept: Collection[str]) -> None:
    """Removes all other rules from the check, for the rest of this run."""
    CHECK.RULES = tuple(rule for rule in CHECK.RULES if rule.__name__ in kept)


def report(name: str, stories: Sequence[Story], wrong: bool) -> None:
    """Prints how many true sentences were kept and how many falsehoods held back; the wrong verdicts if asked for."""
    true = [(text, check(text, [story.passage])) for story in stories for text in story.faithful]
    false = [(text, kind, check(text, [story.passage])) for story in stories for kind, text in story.planted]
    kept = sum(verdict.supported for _, verdict in true)
    held = sum(not verdict.supported for *_, verdict in false)
    print(f"{name:8} {kept}/{len(true)} true kept, {held}/{len(false)} false held back")
    if wrong:
        for text, verdict in true:
            if not verdict.supported:
                print(f"  lost   {text} | {verdict.reason}")
        for text, kind, verdict in false:
            if verdict.supported:
                print(f"  missed {text} | {kind}")


def report_times(stories: Iterable[Story]) -> None:
    """Prints how long a sentence takes to parse and check, with neither it nor its passage seen before."""
    taken = []
    for story in stories:
        for text in (*story.faithful, *(text for _, text in story.planted)):
            start = perf_counter()
            for sentence in cited_sentences([f"{text} [1]"], 1):
                check(sentence.text, [story.passage])
            taken.append(1000 * (perf_counter() - start))
    low, high = np.percentile(taken[1:], [50, 95])
    print(f"a sentence: p50 {low:.1f} ms, p95 {high:.1f} ms, first {taken[0]:.0f} ms, of {len(taken)}")


def main() -> None:
    """Prints the time of a sentence, then a line for each round."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--without", nargs="+", choices=NAMES, default=[], metavar="RULE")
    chosen.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, metavar="RULE")
    given = parser.parse_args()
    keep_rules(set(given.only) - set(given.without))
    rounds = {"close": CLOSE, **FREE}
    report_times(story for stories in rounds.values() for story in stories)
    for name, stories in rounds.items():
        report(name, stories, given.all)


if __name__ == "__main__":
    main()
