"""The time of an answer by stage, warm, in one process, one question at a time.

    python -m benchmarks.latency INDEX QUESTIONS

Every question is asked once to warm up and once to be timed. "rank and fetch" is what retrieving takes besides the
embedding and the two rankings: reading the question's words for times and outlets, fusing, weighing by age, and reading
the passages from disk.
"""

import resource
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.asking import given
from bot.archive_bot import ArchiveBot
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage.live import LiveIndex

Spent = defaultdict[str, float]


class Timed:
    """Wraps an object and adds up the milliseconds that some of its methods take."""

    def __init__(self, target: object, spent: Spent, **stages: str) -> None:
        self._target, self._spent, self._stages = target, spent, stages

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._target, name)
        return self._timing(self._stages[name], value) if name in self._stages else value

    def _timing(self, stage: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def timing(*given: Any) -> Any:
            started = perf_counter()
            result = method(*given)
            self._spent[stage] += (perf_counter() - started) * 1000
            return result

        return timing


@dataclass(frozen=True, slots=True)
class TimedIndex:
    """An index whose snapshots are timed."""

    index: LiveIndex
    spent: Spent

    @contextmanager
    def snapshot(self, groups: Collection[str] | None = None) -> Iterator[Timed]:
        """The newest generation."""
        with self.index.snapshot(groups) as snapshot:
            yield Timed(snapshot, self.spent, dense="dense", cosines="dense", lexical="lexical")


def stages(bot: ArchiveBot, question: Question) -> dict[str, float]:
    """Milliseconds by stage."""
    spent: Spent = defaultdict(float)
    embedder = Timed(bot.retriever.embedder, spent, embed="embed question")
    reader = Timed(bot.answerer.reader, spent, read="read passages")
    timed = replace(
        bot,
        retriever=HybridRetriever(TimedIndex(bot.retriever.index, spent), embedder),
        answerer=replace(bot.answerer, reader=reader),
    )
    timings = timed.answer(question).trace.timings_ms
    read = spent.pop("read passages", 0.0)
    fetched = timings["retrieve"] - sum(spent.values())
    chosen = {"read passages": read, "choose sentences": timings["choose"] - read}
    return {**spent, "rank and fetch": fetched, **chosen, "total": timings["total"]}


def resident() -> float:
    """The current memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    """Asks and prints."""
    bot, questions = given(__doc__)
    for expected in questions:
        bot.answer(expected.question)
    rows = [stages(bot, expected.question) for expected in questions]
    print(f"{len(rows)} questions, milliseconds\n{'':20}{'p50':>8}{'p95':>8}{'most':>8}")
    for stage in rows[0]:
        middle, high, most = np.quantile([row[stage] for row in rows], [0.5, 0.95, 1.0])
        print(f"{stage:20}{middle:8.1f}{high:8.1f}{most:8.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory {resident():,.0f} MB, at its peak {peak:,.0f} MB")


if __name__ == "__main__":
    main()
