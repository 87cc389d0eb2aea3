"""The vector store and the lexical index as an archive grows.

    python -m benchmarks.scale INDEX QUESTIONS [SIZES [PARTS]]

INDEX's vectors are grown to each size, 65000,200000,1000000 unless said, by perturbed copies; the passages' words by
repeating them. QUESTIONS is a file of JSON lines with a "question". PARTS are exact, graph and words. A size goes on
from the graph of the size before it, as a rebuild does; its row of the table is printed as soon as it is known. Every
step runs in a process of its own. Times are p50 / p95 and, in brackets, the mean of the processor time of all threads.
"""

import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.vector_store import timed, unit
from index.search.embed import MiniLM
from index.search.lexical import LexicalIndex, Wordlists
from index.storage.generations import Generations
from index.storage.opened import WORDS, OpenGeneration
from index.storage.snapshot import Vector
from index.storage.vectors import VectorStore

SIZES, PARTS = "65000,200000,1000000", "exact,graph,words"
TOP, RANKED = 10, 100
TIMED, TIMED_HALF = 100, 20
"""Questions that are timed, and those of the slow search over float16."""
NOISE = 0.5
"""A copy is a passage's vector plus this times the direction from one other passage to another, scaled to length 1.

Its cosine to the original is .89 on average, and the copies vary in the directions in which passages do.
"""
BLOCK = 16_384
COLUMNS = {
    "exact": ("float32, ms", "mapped, MB", "float16, ms", "mapped, MB", f"recall@{TOP}"),
    "graph": ("rows/s", "settled, s", "on disk, MB", "open + first, s", "memory, MB", "graph, ms", f"recall@{TOP}"),
    "words": ("written, s", "on disk, MB", "memory, MB", "words, ms"),
}


def prepare(index: Path, questions: Path, scratch: Path) -> None:
    """Saves an index's vectors, and those of the questions."""
    generations = Generations(index)
    with closing(OpenGeneration(generations.folder(generations.current()))) as generation:
        np.save(scratch / "source.npy", generation.stored_vectors(generation.store.vector_ids()))
    texts = read(questions)
    np.save(scratch / "questions.npy", MiniLM().embed(texts))


def read(questions: Path) -> list[str]:
    """The first questions of a file."""
    lines = questions.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines if line][:TIMED]


def grow(scratch: Path, size: int) -> None:
    """Writes so many vectors as float32 and as float16: the source's own, then copies."""
    source = np.load(scratch / "source.npy")
    random = np.random.default_rng(0)
    full = np.lib.format.open_memmap(scratch / "float32.npy", "w+", np.float32, (size, source.shape[1]))
    half = np.lib.format.open_memmap(scratch / "float16.npy", "w+", np.float16, full.shape)
    for first in range(0, size, len(source)):
        rows = slice(first, min(first + len(source), size))
        block = perturbed(source, random) if first else source
        full[rows] = block[: rows.stop - rows.start]
        half[rows] = full[rows]


def perturbed(source: Vector, random: np.random.Generator) -> Vector:
    """Each vector once, with noise of the covariance that the vectors have."""
    return pushed(source, random.permutation(source), random.permutation(source))


def pushed(vectors: Vector, one: Vector, other: Vector) -> Vector:
    """Each vector moved by NOISE in the direction from one other vector to another."""
    apart = one - other
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    return unit(vectors + NOISE * apart / np.maximum(lengths, 1e-6))


def write(scratch: Path, before: int, size: int) -> list[str]:
    """Adds the rows that the store before lacks."""
    vectors = np.load(scratch / "float32.npy", mmap_mode="r")
    folder = scratch / f"graph-{size}"
    if before:
        (scratch / f"graph-{before}").rename(folder)
    with closing(VectorStore(folder, create=not before)) as store:
        started, busy = perf_counter(), process_time()
        for first in range(before, size, BLOCK):
            rows = range(first, min(first + BLOCK, size))
            store.put([f"{row:016x}" for row in rows], np.array(vectors[rows.start : rows.stop]))
        speed, alone = ((size - before) / spent for spent in (perf_counter() - started, process_time() - busy))
    with closing(VectorStore(folder)) as store:
        settled = timed(store.settle)
    return [f"{speed:,.0f} ({alone:,.0f})", f"{settled:.1f}", f"{megabytes(folder):,.0f}"]


def search_graph(scratch: Path, size: int) -> list[str]:
    """Opens the store and asks it."""
    questions = np.load(scratch / "questions.npy")
    started = perf_counter()
    with closing(VectorStore(scratch / f"graph-{size}", read_only=True)) as store:
        opened = perf_counter() - started
        first = timed(lambda: store.nearest(questions[0], TOP))
        found, times = asked(lambda question: [int(name, 16) for name, _ in store.nearest(question, TOP)], questions)
        memory = resident()
    return [f"{opened:.2f} + {first:.2f}", f"{memory:,.0f}", times, recall(scratch, found)]


def search_exactly(scratch: Path, kind: str) -> list[str]:
    """Compares each question with every row of a memory map; float32 is what recall is counted against."""
    path = scratch / f"{kind}.npy"
    rows = np.load(path, mmap_mode="r")
    questions = np.load(scratch / "questions.npy")[: TIMED if rows.dtype == np.float32 else TIMED_HALF]
    found, times = asked(lambda question: best(cosines(rows, question)), questions)
    if kind == "float32":
        np.save(scratch / "exact.npy", found)
        return [times, f"{path.stat().st_size / 1e6:,.0f}"]
    return [times, f"{path.stat().st_size / 1e6:,.0f}", recall(scratch, found)]


def cosines(rows: Any, question: Vector) -> Vector:
    """Of every row; numpy multiplies no float16 fast, so these become float32 block by block."""
    if rows.dtype == np.float32:
        return np.asarray(rows @ question)
    blocks = range(0, len(rows), BLOCK)
    return np.concatenate([rows[first : first + BLOCK].astype(np.float32) @ question for first in blocks])


def best(scores: Vector) -> list[int]:
    """The rows of the highest scores."""
    found: list[int] = np.argpartition(scores, -TOP)[-TOP:].tolist()
    return found


def search_words(index: Path, questions: Path, scratch: Path, size: int) -> list[str]:
    """Writes a lexical index of repeated passages."""
    folder = scratch / "words"
    shutil.rmtree(folder, ignore_errors=True)
    seconds = alone(write_words, index, folder, size)
    memory, times = alone(ask_words, folder, read(questions))
    return [seconds, f"{megabytes(folder):,.0f}", memory, times]


def write_words(index: Path, folder: Path, size: int) -> str:
    """The words of an index's passages, over and over."""
    generations = Generations(index)
    lists = Wordlists.read(generations.folder(generations.current()) / WORDS)
    rows = np.arange(size) % (len(lists.borders) - 1)
    borders = np.concatenate([[0], np.cumsum(np.diff(lists.borders)[rows])])
    ids = np.resize(lists.ids, borders[-1])
    return f"{timed(lambda: Wordlists(lists.words, ids, borders).write(folder)):,.0f}"


def ask_words(folder: Path, questions: Sequence[str]) -> tuple[str, str]:
    """Memory and times."""
    words = LexicalIndex(folder)
    _, times = asked(lambda question: words.search(question, RANKED), questions)
    return f"{resident():,.0f}", times


def asked(search: Callable[[Any], Any], questions: Any) -> tuple[list[Any], str]:
    """What a search finds, and how long it takes once all is in memory."""
    search(questions[0])
    found, moments, busy = [], [perf_counter()], process_time()
    for question in questions:
        found.append(search(question))
        moments.append(perf_counter())
    mean = (process_time() - busy) / len(questions) * 1000
    middle, high = np.quantile(np.diff(moments), [0.5, 0.95]) * 1000
    return found, f"{middle:.1f} / {high:.1f} ({mean:.1f})"


def recall(scratch: Path, found: list[list[int]]) -> str:
    """The share of the nearest that was found."""
    exact = np.load(scratch / "exact.npy")[: len(found)].tolist()
    return f"{sum(len({*one} & {*other}) for one, other in zip(found, exact, strict=True)) / TOP / len(exact):.3f}"


def resident() -> float:
    """The current memory of this process, in MB."""
    return _pages()[1] * os.sysconf("SC_PAGE_SIZE") / 1e6


def private() -> float:
    """The same without pages of files, which the system may take back."""
    _, held, shared, *_ = _pages()
    return (held - shared) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _pages() -> list[int]:
    return [*map(int, Path("/proc/self/statm").read_text().split())]


def megabytes(folder: Path) -> float:
    """The size of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def alone(work: Callable[..., Any], *given: Any) -> Any:
    """Calls a function in a new process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(work, *given).result()


def main(index: Path, questions: Path, sizes: Sequence[int], parts: Sequence[str]) -> None:
    """Prints a row for each size."""
    columns = ["rows", "load", *(name for part in parts for name in COLUMNS[part])]
    print(f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        scratch, before = Path(name), 0
        alone(prepare, index, questions, scratch)
        for size in sizes:
            cells = [f"{size:,}", f"{os.getloadavg()[0]:.1f}"]
            for part in parts:
                cells += measured(part, index, questions, scratch, before, size)
            print(f"| {' | '.join(cells)} |", flush=True)
            before = size


def measured(part: str, index: Path, questions: Path, scratch: Path, before: int, size: int) -> list[str]:
    """The cells of one part."""
    if part == "exact":
        alone(grow, scratch, size)
        return [cell for kind in ("float32", "float16") for cell in alone(search_exactly, scratch, kind)]
    if part == "graph":
        return [
            cell
            for cells in (alone(write, scratch, before, size), alone(search_graph, scratch, size))
            for cell in cells
        ]
    return search_words(index, questions, scratch, size)


if __name__ == "__main__":
    sizes, parts = [*sys.argv[3:5], *(SIZES, PARTS)[len(sys.argv[3:5]) :]]
    main(Path(sys.argv[1]), Path(sys.argv[2]), [int(size) for size in sizes.split(",")], parts.split(","))
