"""Small corpora and builds, also for processes that a test starts and kills."""

import os
import signal
from collections.abc import Callable, Iterable
from datetime import date
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from corpus.article import Article, Rejected
from index.storage.build import rebuild
from index.storage.summary import Summary
from tests.fakes import WordEmbedder


def article(number: int, text: str | None = None) -> Article:
    words = (
        f"Report {number} describes harbour{number} and river{number % 3}. Its mayor spoke on day {number % 28 + 1}."
    )
    return Article(
        title=f"Headline {number}",
        text=text or words,
        url=f"https://news.example/{number}",
        source="Gazette" if number % 2 else "Herald",
        published=date(2022, 1, number % 28 + 1),
        origin=f"news.jsonl:{number}",
    )


def corpus(size: int = 12) -> list[Article]:
    return [article(number) for number in range(size)]


def build(index: Path, articles: Iterable[Article | Rejected], **options: Any) -> Summary:
    return rebuild(index, articles, options.pop("embedder", WordEmbedder()), **options)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


class Killer:
    """A progress that kills its process without warning when a stage begins."""

    def __init__(self, stage: str) -> None:
        self.stage = stage

    def show(self, stage: str, done: int, total: int | None) -> None:
        if stage == self.stage:
            os.kill(os.getpid(), signal.SIGKILL)


def rebuild_and_die_in(stage: str, index: Path, articles: list[Article]) -> None:
    build(index, articles, progress=Killer(stage))


def rebuild_and_die_at(call: str, after: bool, index: Path, articles: list[Article]) -> None:
    """Dies before or after the first call of a method of `Path`: "rename" publishes, "replace" switches."""
    method = getattr(Path, call)

    def fatal(*values: Any) -> None:
        if after:
            method(*values)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(Path, call, fatal)
    build(index, articles)


def process(target: Callable[..., None], *values: Any) -> BaseProcess:
    """A started process that has no Chroma client of ours; forked from a server that has imported everything."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["chromadb", "bm25s", "index.storage.build", "index.storage.live"])
    started = context.Process(target=target, args=values)
    started.start()
    return started
