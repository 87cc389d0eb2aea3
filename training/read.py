"""Reads passages with an exported reader, through the runtime that Byline runs it in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.split import sentences

MAX_TOKENS = 256
LONGEST_ANSWER = 30  # tokens
THREADS = 2

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """How well a sentence answers.

    Attributes:
        span: The highest sum of a start and an end logit inside it; an end follows its start by 30 tokens at most.
        words: That span, verbatim.
    """

    text: str
    span: float
    words: str


@dataclass(frozen=True, slots=True)
class PassageReading:
    """How well a passage answers.

    Attributes:
        relevance: A logit.
        nothing: The start and end logits of the first token together: no answer here.
    """

    text: str
    relevance: float
    nothing: float
    sentences: tuple[SentenceReading, ...]


def read_passages(
    model: Path, tokenizer: Path, records: Sequence[dict[str, Any]], top_k: int
) -> Iterator[tuple[PassageReading, ...]]:
    """For each question's record, its first passages as read, in their order."""
    settings = {"INFERENCE_PRECISION_HINT": "bf16", "INFERENCE_NUM_THREADS": THREADS}
    request = openvino.Core().compile_model(model, "CPU", settings).create_infer_request()
    pieces = Tokenizer.from_file(str(tokenizer))
    pieces.enable_truncation(MAX_TOKENS, strategy="only_second")
    pieces.no_padding()
    for record in records:
        passages = record["passages"][:top_k]
        texts = ["\n".join(filter(None, (each["heading"], each["text"]))) for each in passages]
        encodings = pieces.encode_batch([(record["question"], text) for text in texts])
        found = request.infer(_padded(encodings))
        relevance, start, end = (found[name] for name in ("relevance", "start", "end"))
        yield tuple(
            _reading(passage["text"], len(text), encodings[row], float(relevance[row]), start[row], end[row])
            for row, (passage, text) in enumerate(zip(passages, texts, strict=True))
        )


def _padded(encodings: list[Encoding]) -> dict[str, NDArray[np.int64]]:
    shape = len(encodings), max(len(each.ids) for each in encodings)
    names = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
    inputs = {name: np.zeros(shape, np.int64) for name in names}
    for name, attribute in names.items():
        for row, encoding in enumerate(encodings):
            inputs[name][row, : len(encoding.ids)] = getattr(encoding, attribute)
    return inputs


def _reading(
    text: str, length: int, encoding: Encoding, relevance: float, start: Logits, end: Logits
) -> PassageReading:
    """A passage's reading; `length` is that of heading and text together."""
    shift = length - len(text)
    own = [index for index, kind in enumerate(encoding.type_ids) if kind == 1 and encoding.offsets[index][1] > shift]
    places = [(index, *(place - shift for place in encoding.offsets[index])) for index in own]
    readings = []
    for first, last in sentences(text):
        inside = [(index, begin, stop) for index, begin, stop in places if first <= begin and stop <= last]
        if inside:
            best, begin, stop = _best_span([index for index, _, _ in inside], start, end)
            spans = {index: (begin, stop) for index, begin, stop in inside}
            readings.append(SentenceReading(text[first:last], best, text[spans[begin][0] : spans[stop][1]]))
    return PassageReading(text, relevance, float(start[0] + end[0]), tuple(readings))


def _best_span(tokens: list[int], start: Logits, end: Logits) -> tuple[float, int, int]:
    """The best start and end among neighbouring tokens, and the sum of their logits."""
    sums = start[tokens][:, None] + end[tokens][None]
    allowed = np.triu(np.ones_like(sums, bool)) & ~np.triu(np.ones_like(sums, bool), LONGEST_ANSWER)
    row, column = np.unravel_index(np.where(allowed, sums, -np.inf).argmax(), sums.shape)
    return float(sums[row, column]), tokens[row], tokens[column]
