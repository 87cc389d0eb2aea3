"""A whole index as an archive grows: built, rebuilt unchanged, rebuilt with 1% of it edited, opened, and asked.

    python -m benchmarks.whole ARTICLES.jsonl INDEX QUESTIONS [SIZES]

ARTICLES are grown to each size in passages, 65000,200000,1000000 unless said, by copies with other dates, addresses,
names and paragraphs. INDEX holds them, embedded; a passage's vector is drawn from those by its text and perturbed, so
the time of embedding is not in the table: it grows with the passages alone. QUESTIONS is a file of JSON lines with a
"question". Every step runs in a process of its own.
"""

import json
import random
import re
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.scale import alone, megabytes, private, pushed, resident
from benchmarks.scale import read as read_questions
from bot.commands.read import digest_of, found_in
from bot.commands.web import Web
from bot.settings import Settings
from corpus.article import Article, fingerprint
from corpus.read import read
from corpus.read.cache import ReadCache
from index.search.embed import MiniLM
from index.storage.build import rebuild
from index.storage.generations import Generations
from index.storage.opened import OpenGeneration
from index.storage.snapshot import Vector

SIZES = "65000,200000,1000000"
EDITED = 100
"""One article in so many is edited."""
OTHERS = 0.5
"""The share of a copy's paragraphs that are another article's: fewer, and it would count as the same article."""
DAYS_BACK = 7
NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")


class Drawn:
    """Vectors as like those of articles as a perturbed copy is, in place of embedding."""

    name, dimensions = MiniLM.name, MiniLM.dimensions

    def __init__(self, source: Path) -> None:
        self._source: Vector = np.load(source)

    def embed(self, texts: Sequence[str]) -> Vector:
        """(len(texts), dimensions), drawn by each text."""
        rows = np.array([[int(fingerprint(str(each), text), 16) for each in range(3)] for text in texts], np.uint64)
        return pushed(*(self._source[rows[:, each] % len(self._source)] for each in range(3)))

    def embed_question(self, text: str) -> Vector:
        """Not needed to build."""
        raise NotImplementedError


def grown(articles: Path, count: int) -> Iterator[dict[str, Any]]:
    """So many articles: the real ones, then copies of them."""
    real = [one for one in read([articles]) if isinstance(one, Article)]
    names = sorted({name for one in real for name in NAME.findall(one.title)})
    for number in range(count):
        copy, place = divmod(number, len(real))
        yield _record(real[place]) if not copy else _copied(real, real[place], names, copy, number)


def _record(article: Article) -> dict[str, Any]:
    return {
        "url": article.url,
        "title": article.title,
        "published": str(article.published or ""),
        "source": article.source,
        "text": article.text,
    }


def _copied(real: Sequence[Article], article: Article, names: Sequence[str], copy: int, seed: int) -> dict[str, Any]:
    draw = random.Random(seed)
    paragraphs = article.text.split("\n")
    others = draw.choice(real).text.split("\n")
    mixed = [draw.choice(others) if draw.random() < OTHERS else paragraph for paragraph in paragraphs]
    swapped = {name: draw.choice(names) for name in NAME.findall(article.title)}
    text = NAME.sub(lambda match: swapped.get(match[0], match[0]), "\n".join(mixed))
    published = article.published or date(2022, 1, 1)
    return _record(article) | {
        "url": f"{article.url}?copy={copy}",
        "title": NAME.sub(lambda match: swapped[match[0]], article.title),
        "published": str(published - timedelta(days=DAYS_BACK * copy)),
        "text": text,
    }


def write(articles: Path, out: Path, count: int) -> None:
    """Writes the grown archive as JSON lines."""
    with out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in grown(articles, count))


def edit(path: Path) -> None:
    """Adds a sentence to the end of one article in EDITED."""
    lines = path.read_text("utf-8").splitlines()
    for place in range(0, len(lines), EDITED):
        record = json.loads(lines[place])
        lines[place] = json.dumps(record | {"text": record["text"] + f"\nThis was changed, as number {place}."})
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def build(path: Path, index: Path, source: Path) -> tuple[str, int]:
    """Seconds and most memory of a rebuild as the command does it, and the passages of the index."""
    cache = ReadCache()
    articles = found_in([str(path)], (), (), Web(index), cache=cache)
    started = perf_counter()
    summary = rebuild(
        index,
        articles,
        Drawn(source),
        sources=[str(path)],
        inputs=lambda: digest_of([str(path)], (), ()),
        cache=cache,
    )
    spent = perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return f"{spent:,.0f} ({most:,.0f})", summary.passages or 0


def ask(index: Path, questions: Path) -> list[str]:
    """Opens the index with a first answer, then times answers one after the other, and weighs the process."""
    from bot import create_bot
    from index.question import Question

    texts = read_questions(questions)
    MiniLM().embed(texts[:1])  # what a server loads at its start, whatever its index
    started = perf_counter()
    bot = create_bot(Settings(index=str(index)))
    bot.answer(Question(texts[0]))
    opened = perf_counter() - started
    spent: list[float] = []
    for text in texts[1:]:
        began = perf_counter()
        bot.answer(Question(text))
        spent.append((perf_counter() - began) * 1000)
    parts = quantiles(spent, n=20)
    return [f"{opened:.1f}", f"{parts[9]:.0f} / {parts[18]:.0f}", f"{resident():,.0f} ({private():,.0f})"]


def main(articles: Path, index: Path, questions: Path, sizes: str = SIZES) -> None:
    """Prints a table, one row as soon as it is known."""
    print("| passages | articles | built, s (MB) | unchanged | 1% edited | index, MB | open + first answer, s", end="")
    print(f" | answer p50 / p95, ms | serving, MB (without mapped files) |\n|{' --- |' * 9}")
    generations = Generations(index)
    with closing(OpenGeneration(generations.folder(generations.current()))) as generation:
        vectors = generation.stored_vectors(generation.store.vector_ids())
        passages_each = generation.manifest.passages / generation.manifest.articles
    for size in map(int, sizes.split(",")):
        with tempfile.TemporaryDirectory() as scratch:
            folder, source, path = Path(scratch, "index"), Path(scratch, "source.npy"), Path(scratch, "grown.jsonl")
            np.save(source, vectors)
            count = round(size / passages_each)
            alone(write, articles, path, count)
            built, passages = alone(build, path, folder, source)
            unchanged, _ = alone(build, path, folder, source)
            alone(edit, path)
            edited, _ = alone(build, path, folder, source)
            cells = [built, unchanged, edited, f"{megabytes(folder):,.0f}", *alone(ask, folder, questions)]
            print(f"| {passages:,} | {count:,} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
