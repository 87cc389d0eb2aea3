"""Measures a reader on held-out examples."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from training.auroc import auroc
from training.example import Example
from training.model import Collator, Reader

TOGETHER = 64  # examples read at once
HELD = 0.97  # of the false claims


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of the held-out examples.

    Attributes:
        starts: The likeliest start in the right passage is that of an answer.
        relevance: AUROC of relevance, right passages against near misses of all questions.
        span: The same for the best start and end, less those of "no answer here".
        support: AUROC of support, true claims against false ones.
        kept: True claims kept where HELD of the false ones are held back.
    """

    starts: float
    relevance: float
    span: float
    support: float
    kept: float


def measure(reader: Reader, collator: Collator, examples: Sequence[Example], device: str = "cpu") -> Scores:
    """Reads every candidate of every example."""
    reader.eval()
    starts: list[bool] = []
    rows: list[tuple[float, float, float, bool, bool]] = []
    for first in range(0, len(examples), TOGETHER):
        batch = collator(examples[first : first + TOGETHER]).to(device)
        with torch.inference_mode():
            relevance, start, end, support = reader(batch.input_ids, batch.attention_mask, batch.token_type_ids)
        inside = batch.answerable.clone()
        inside[:, 0] = False
        start, end = (each - each[:, :1] for each in (start, end))
        start, end = (each.masked_fill(~inside, -torch.inf) for each in (start, end))
        spans = start.amax(1) + end.amax(1)
        columns = (relevance, spans, support, batch.relevant, batch.claim)
        rows += zip(*(column.tolist() for column in columns), strict=True)
        found = batch.starts.gather(1, start.argmax(1, keepdim=True)).squeeze(1)
        known = batch.starts[:, 1:].any(1)
        starts += found[known].tolist()
    table = np.array(rows)
    asked, claims = table[table[:, 4] == 0], table[table[:, 4] == 1]
    right, wrong = asked[asked[:, 3] == 1], asked[asked[:, 3] == 0]
    true, false = claims[claims[:, 3] == 1][:, 2], claims[claims[:, 3] == 0][:, 2]
    return Scores(
        float(np.mean(starts)),
        auroc(right[:, 0], wrong[:, 0]),
        auroc(right[:, 1], wrong[:, 1]),
        auroc(true, false),
        float((true > np.quantile(false, HELD)).mean()),
    )
