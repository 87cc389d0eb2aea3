"""A whole build beside one with llama-index, Chroma and sentence-transformers.

    python -m pip install llama-index-embeddings-huggingface llama-index-vector-stores-chroma
    python -m benchmarks.rival ARTICLES MODEL [COUNT [ROUNDS]]

ARTICLES are files of news, of which the first COUNT are taken, 600 unless said. MODEL is the folder of all-MiniLM-L6-v2
in the wheel that training/embedder.py names. Both read the same JSON lines and write to disk, each in a process of its
own, in turns; the time includes the start of the process. The rival's passages have 256 tokens, as many as the model
reads, and overlap by 20.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.scale import alone
from corpus.article import Article
from corpus.read import read

COUNT, ROUNDS = 600, 3
TOKENS, OVERLAP = 256, 20


def byline(path: Path, _model: Path, folder: Path) -> int:
    """Builds an index as the command does, and returns the number of its passages."""
    from index.search.embed import MiniLM
    from index.storage.build import rebuild

    return rebuild(folder, read([path]), MiniLM()).passages or 0


def rival(path: Path, model: Path, folder: Path) -> int:
    """Builds one as llama-index's documentation does, and returns the number of its passages."""
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    records = map(json.loads, path.read_text("utf-8").splitlines())
    documents = [Document(text=record.pop("text"), metadata=record) for record in records]
    collection = chromadb.PersistentClient(str(folder)).create_collection("news")
    VectorStoreIndex.from_documents(
        documents,
        StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
        embed_model=HuggingFaceEmbedding(model_name=str(model)),
        transformations=[SentenceSplitter(chunk_size=TOKENS, chunk_overlap=OVERLAP)],
    )
    return collection.count()


def timed(build: Callable[[Path, Path, Path], int], path: Path, model: Path) -> tuple[float, int]:
    """Seconds and passages of one build."""
    with tempfile.TemporaryDirectory() as scratch:
        started = perf_counter()
        passages = alone(build, path, model, Path(scratch, "index"))
        return perf_counter() - started, passages


def main(articles: Path, model: Path, count: int = COUNT, rounds: int = ROUNDS) -> None:
    """Prints the times, and their ratio in each round."""
    chosen = islice((one for one in read([articles]) if isinstance(one, Article)), count)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "news.jsonl")
        fields = ("title", "text", "url", "source")
        lines = (
            {name: getattr(one, name) for name in fields} | {"published": str(one.published or "")} for one in chosen
        )
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        ratios, by_passage = list[float](), list[float]()
        for _ in range(rounds):
            (ours, passages), (theirs, others) = timed(byline, path, model), timed(rival, path, model)
            ratios.append(theirs / ours)
            by_passage.append(theirs / others / (ours / passages))
            print(f"Byline {ours:.0f} s, {passages:,} passages; the rival {theirs:.0f} s, {others:,}", flush=True)
        print(f"{median(ratios):.2f} times as fast, {median(by_passage):.2f} by passages")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:5]))
