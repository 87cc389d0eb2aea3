"""Passages per second by inference runtime, each as a ratio to onnxruntime fp32 in the same run.

    python -m benchmarks.embedding ARTICLES FLOAT32 [--passages 512] [--rounds 5]

FLOAT32 is the folder that training/embedder.py makes without articles. Every runtime gets the same passages, sorted by
length, in batches of 16, on all cores. They take turns, so a machine that slows down slows all of them; the medians are
compared. Cosines are to onnxruntime fp32.
"""

import argparse
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import onnxruntime
import openvino
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.article import Article
from corpus.read import read
from index.search.embed import MiniLM
from index.search.encoder import MAX_PIECES, MODELS
from index.split import split

BATCH = 16
Run = Callable[[list[str]], NDArray[np.float32]]


def pieces(texts: list[str]) -> list[list[int]]:
    """Word pieces, up to the model's limit."""
    tokenizer = Tokenizer.from_file(str(MODELS / "all-MiniLM-L6-v2" / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_PIECES)
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(texts)]


def batches(texts: list[str]) -> list[dict[str, NDArray[np.int64]]]:
    """Model inputs, in order."""
    encodings = pieces(texts)
    inputs = []
    for first in range(0, len(encodings), BATCH):
        rows = encodings[first : first + BATCH]
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
        for row, encoding in enumerate(rows):
            ids[row, : len(encoding)] = encoding
        inputs.append({"input_ids": ids, "attention_mask": (ids > 0).astype(np.int64)})
    return inputs


def with_onnxruntime(folder: Path) -> Run:
    """The baseline: fp32 on the CPU provider."""
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    return lambda texts: np.concatenate([session.run(None, given)[0] for given in batches(texts)])


def with_openvino(folder: Path, precision: str) -> Run:
    """One synchronous request, all cores per batch."""
    hints = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision}
    request = openvino.Core().compile_model(folder / "model.onnx", "CPU", hints).create_infer_request()
    return lambda texts: np.concatenate([request.infer(given)[0].copy() for given in batches(texts)])


def shipped() -> Run:
    """What Byline runs: OpenVINO on several streams, in int8 where the processor is fast at it."""
    return MiniLM().embed


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", type=Path)
    parser.add_argument("float32", type=Path)
    parser.add_argument("--passages", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    articles = (article for article in read([given.articles]) if isinstance(article, Article))
    passages = (passage.indexed_text for article in articles for passage in split(article))
    chosen = list(islice(passages, given.passages))
    texts = [text for _, text in sorted(zip(map(len, pieces(chosen)), chosen, strict=True))]
    runs: dict[str, Run] = {
        "onnxruntime fp32": with_onnxruntime(given.float32),
        "openvino fp32": with_openvino(given.float32, "f32"),
        "openvino bf16": with_openvino(given.float32, "bf16"),
        "float32 as shipped": MiniLM(given.float32).embed,
        "shipped": shipped(),
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    vectors = {name: run(texts) for name, run in runs.items()}
    for _ in range(given.rounds):
        for name, run in runs.items():
            started = perf_counter()
            run(texts)
            seconds[name].append(perf_counter() - started)
    reference = vectors["onnxruntime fp32"]
    print(f"{'runtime':20}{'passages/s':>12}{'ratio':>8}{'least cosine':>14}")
    for name in runs:
        ratios = [base / own for base, own in zip(seconds["onnxruntime fp32"], seconds[name], strict=True)]
        cosine = (vectors[name] * reference).sum(1).min()
        print(f"{name:20}{len(texts) / median(seconds[name]):12.1f}{median(ratios):8.2f}{cosine:14.5f}")


if __name__ == "__main__":
    main()
