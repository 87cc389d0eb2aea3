"""The cost of the index on disk: python -m benchmarks.index [articles].

Synthetic articles of some 500 words, split and indexed like real ones; vectors are random, so embedding costs nothing.
"""

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from index.storage.build import rebuild
from index.storage.generations import Generations
from index.storage.opened import OpenGeneration

WORDS = 60_000


class RandomEmbedder:
    """The same random unit vector for the same text; texts that begin with the same words are near."""

    name = "random"
    dimensions = 384

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), 384) unit vectors."""
        vectors = np.stack([_noise(text[:12]) + 0.8 * _noise(text) for text in texts])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """(384,) a unit vector."""
        (vector,) = self.embed([text])
        return vector


def _noise(text: str) -> NDArray[np.float32]:
    return np.random.default_rng(crc32(text.encode())).standard_normal(384, np.float32)


def articles(count: int, changed: int = 0) -> Iterator[Article]:
    """Articles of Zipf-distributed words; the first `changed` have another text."""
    for number in range(count):
        random = np.random.default_rng(number if number >= changed else -number % 2**32 + 2**32)
        words = [f"word{place % WORDS}" for place in random.zipf(1.25, 520).tolist()]
        sentences = [" ".join(words[start : start + 20]).capitalize() + "." for start in range(0, 520, 20)]
        yield Article(f"Headline {number}", " ".join(sentences), url=f"https://news.example/{number}")


def timed(label: str, work: Callable[[], Any], times: int = 1) -> Any:
    """Prints the median time of some calls."""
    seconds = []
    for _ in range(times):
        started = perf_counter()
        result = work()
        seconds.append(perf_counter() - started)
    middle = sorted(seconds)[times // 2]
    print(f"{label:<34} {middle:9.3f} s" if times == 1 else f"{label:<34} {middle * 1000:9.2f} ms")
    return result


def main(count: int, folder: Path) -> None:
    """Builds, rebuilds, and asks."""
    embedder = RandomEmbedder()
    corpus = [*articles(count)]
    edited = [*articles(count, changed=count // 100)]
    read = timed("reading alone", lambda: sum(1 for _ in articles(count)))
    print(f"{read} articles; peak memory before {_peak():.0f} MB")
    whole = timed("whole build", lambda: rebuild(folder, corpus, embedder))
    print(f"{whole.passages} passages; peak memory {_peak():.0f} MB")
    timed("nothing changed", lambda: rebuild(folder, corpus, embedder))
    patched = timed("1% changed", lambda: rebuild(folder, edited, embedder))
    print(f"{patched.embedded} passages embedded; peak memory {_peak():.0f} MB")
    most = [*articles(count, changed=count * 6 // 10)]
    timed("60% changed", lambda: rebuild(folder, most, embedder))
    ask(folder)


def ask(folder: Path) -> None:
    """The work of a retriever."""
    generations = Generations(folder)
    path = generations.folder(generations.current())
    with closing(timed("open, first time", lambda: OpenGeneration(path))) as snapshot:
        random = np.random.default_rng(0)
        rows = random.integers(0, snapshot.manifest.passages, 200).tolist()
        texts = [passage.indexed_text for passage in snapshot.passages(rows)]
        vectors = iter(RandomEmbedder().embed([text[:12] for text in texts]))
        queries = iter(" ".join(text.split()[5:12]) for text in texts)
        timed("dense, first", lambda: snapshot.dense(next(vectors), 100))
        timed("dense, 100 rows", lambda: snapshot.dense(next(vectors), 100), 50)
        timed("lexical, 100 rows", lambda: snapshot.lexical(next(queries), 100), 50)
        timed("passages, 200 rows", lambda: snapshot.passages(random.integers(0, len(snapshot.days), 200)), 50)
        vector = next(vectors)
        timed("cosines, 200 rows", lambda: snapshot.cosines(vector, rows), 20)
        timed("cosines, 2,000 rows", lambda: snapshot.cosines(vector, rows * 10), 5)
    with closing(timed("open, again", lambda: OpenGeneration(path))):
        pass
    print(f"on disk {sum(file.stat().st_size for file in path.rglob('*') if file.is_file()) / 1e6:.0f} MB a generation")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000, Path(scratch) / "index")
