"""What a build on Ray costs beside one without, on this machine.

python -m benchmarks.ray_build FOLDER [ROUNDS]
"""

import logging
import os
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from time import perf_counter

import ray

from bot.commands.ray import one_thread
from corpus.read import read
from corpus.read.parallel import processors
from index.ray.cluster import Cluster, RayEmbedder
from index.search.embed import MiniLM
from index.storage.build import rebuild
from index.storage.generations import Generations
from index.storage.opened import OpenGeneration


def build(folder: Path, index: Path, workers: int) -> None:
    """Builds on Ray with so many processors, or without if 0.

    Prints seconds: until the build can begin, of the build, after it, and of processors.
    """
    started = perf_counter()
    if workers:
        ray.init("local", num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        articles = read([folder], workers=workers, submit=Cluster(workers).submit)
        embedder = RayEmbedder(one_thread)
    else:
        articles, embedder = read([folder], workers=processors()), MiniLM()
    begun = perf_counter()
    rebuild(index, articles, embedder)
    ended = perf_counter()
    used = processor_seconds()
    if workers:
        ray.shutdown()
    print(begun - started, ended - begun, perf_counter() - ended, used)


def processor_seconds() -> float:
    """Those of this process and of all that it started, directly or not."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            stats[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while more := {process for process, (parent, _) in stats.items() if parent in ours} - ours:
        ours |= more
    return sum(stats[process][1] for process in ours) / os.sysconf("SC_CLK_TCK")


def vectors(index: Path) -> list[str]:
    """The id of each passage's vector."""
    generations = Generations(index)
    with closing(OpenGeneration(generations.folder(generations.current()))) as opened:
        return opened.store.passage_vectors()


def main(folder: Path, rounds: int) -> None:
    """Each build in a process of its own."""
    taken: dict[int, list[list[float]]] = {0: [], 1: [], 2: []}
    with TemporaryDirectory() as scratch:
        for number in range(rounds):
            for workers, times in taken.items():
                index = Path(scratch) / f"{workers}-{number}"
                command = [sys.executable, "-m", "benchmarks.ray_build", str(folder), str(index), str(workers)]
                ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                times.append([float(value) for value in ran.stdout.split()])
                print(f"load {os.getloadavg()[0]:.1f} after {workers} workers: {ran.stdout.strip()}", file=sys.stderr)
        named = {workers: vectors(Path(scratch) / f"{workers}-0") for workers in taken}
    print(f"{len(named[0]):,} passages; seconds, means of {rounds}")
    print("| build | Ray starts | build | Ray ends | in all | processor time | same vector ids |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for workers, times in taken.items():
        start, middle, end, used = (mean(column) for column in zip(*times, strict=True))
        same = sum(one == other for one, other in zip(named[0], named[workers], strict=True)) / len(named[0])
        name = f"Ray, {workers} processor{'s' * (workers > 1)}" if workers else "local"
        print(f"| {name} | {start:.1f} | {middle:.1f} | {end:.1f} | {start + middle + end:.1f}", end=" ")
        print(f"| {used:.1f} | {same:.1%} |")


if __name__ == "__main__":  # other processes import this file too
    if len(sys.argv) == 4:
        build(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
