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
        starts: The likeliest start in the right passage is an answer's.
        relevance: AUROC of relevance, right passages against near misses of all questions.
        span: The same of the best start and end, less those of "no answer here".
    """

    starts: float
    relevance: float
    span: float

    @property
    def mean(self) -> float:
        """What checkpoints are compared by."""
        return (self.starts + self.relevance + self.span) / 3


def measure(reader: Reader, tokenizer: Tokenizer, examples: Sequence[Example]) -> Scores:
    """Reads every candidate of every example."""
    reader.eval()
    starts: list[float] = []
    right: list[tuple[float, float]] = []
    wrong: list[tuple[float, float]] = []
    for example in examples:
        batch = collate([(example.question, candidate) for candidate in example.candidates], tokenizer)
        with torch.inference_mode():
            relevance, start, end = reader(batch.input_ids, batch.attention_mask, batch.token_type_ids)
        inside = ~batch.answerable
        inside[:, 0] = True
        best = start.masked_fill(inside, -torch.inf).amax(1) + end.masked_fill(inside, -torch.inf).amax(1)
        spans = (best - start[:, 0] - end[:, 0]).tolist()
        for candidate, *scores in zip(example.candidates, relevance.tolist(), spans, strict=True):
            (right if candidate.relevant else wrong).append((scores[0], scores[1]))
        if example.candidates[0].answers:
            likeliest = start[0].masked_fill(inside[0], -torch.inf).argmax()
            starts.append(float(batch.starts[0, likeliest]))
    by_relevance, by_span = ([auroc([one[i] for one in right], [one[i] for one in wrong])] for i in (0, 1))
    return Scores(sum(starts) / len(starts), *by_relevance, *by_span)
