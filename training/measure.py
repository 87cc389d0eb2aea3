"""How well a reader does on held-out examples."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from training.auroc import auroc
from training.example import Example
from training.model import Reader, collate


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of the held-out questions.

    Attributes:
        first: The right passage has the highest relevance.
        starts: The likeliest start in the right passage is an answer's.
        told_apart: AUROC of relevance, right passages against near misses of all questions.
    """

    first: float
    starts: float
    told_apart: float

    @property
    def mean(self) -> float:
        """What checkpoints are compared by."""
        return (self.first + self.starts + self.told_apart) / 3


def measure(reader: Reader, tokenizer: Tokenizer, examples: Sequence[Example]) -> Scores:
    """Reads every candidate of every example."""
    reader.eval()
    first, starts, right, wrong = [], [], [], []
    for example in examples:
        batch = collate([(example.question, candidate) for candidate in example.candidates], tokenizer)
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            relevance, start, _ = reader(batch.input_ids, batch.attention_mask, batch.token_type_ids)
        first.append(float(relevance.argmax() == 0))
        right.append(relevance[0].item())
        wrong.extend(relevance[1:].tolist())
        if example.candidates[0].answers:
            likeliest = start[0].float().masked_fill(~batch.answerable[0], -torch.inf)[1:].argmax() + 1
            starts.append(float(batch.starts[0, likeliest]))
    return Scores(_mean(first), _mean(starts), auroc(right, wrong))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
