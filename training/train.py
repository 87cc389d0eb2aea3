"""Trains the reader: `python -m training.train ENCODER DATA OUT START --epochs 8`; on a GPU if there is one."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
import typer
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from training.example import Example, read
from training.measure import measure
from training.model import Batch, Collator, Reader
from training.typing_noise import typed

WARM_UP = 0.05  # of the steps
EXAMPLES = 128  # per step
MEASURED = 500  # steps between two measurements on the held-out examples
NO_ANSWER_WEIGHT = 0.4
AMONG_WEIGHT = 0.5  # of the answer's likelihood among all words of all passages of its question
OTHERS = 0.4  # the share drawn in each epoch of the examples that were not written for this
WRITTEN = {"written", "swapped", "passage swapped", "both swapped", "claim", "planted", "quoted", "elsewhere"}


def main(
    encoder: Path,
    data: Path,
    out: Path,
    start: Path,
    epochs: int = 8,
    rate: float = 2e-4,
    seed: int = 0,
    others: float = OTHERS,
    support: float = 1.0,
    minutes: float = 600,
) -> None:
    """Writes OUT, the weights after the last step, and prints their measures on the held-out examples.

    Args:
        encoder: The folder of all-MiniLM-L6-v2.
        data: The folder that training.data wrote.
        out: A file for the weights.
        start: The weights to start from.
        epochs: How often the written examples are used.
        rate: The highest learning rate; it falls to 0.
        seed: Determines the order of the examples.
        others: The share of the other examples drawn in each epoch.
        support: The weight of the claims' loss relative to the questions'.
        minutes: The time limit; the learning rate falls to 0 by then.
    """
    torch.manual_seed(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    reader = Reader(encoder, "sdpa", dropout=0.1)
    reader.load(start)
    reader.to(device)
    learned, held_out = list(read(data / "train.jsonl")), list(read(data / "held_out.jsonl"))
    collator = Collator(encoder)
    collator.learn(learned)
    steps = [step for epoch in range(epochs) for step in _epoch(learned, others, Random(f"{seed} {epoch}"))]
    workers = min(8, (os.cpu_count() or 1) // 2) if device == "cuda" else 0
    batches = DataLoader(_Batches(steps, collator), batch_size=None, num_workers=workers)
    print(measure(reader, collator, held_out, device), flush=True)
    for number, loss in enumerate(_train(reader, batches, rate, minutes, support), start=1):
        if number % MEASURED == 0:
            scores = measure(reader, collator, held_out, device)
            print(f"{number} of {len(steps)}: loss {loss:.3f}, {scores}", flush=True)
    print(measure(reader, collator, held_out, device), flush=True)
    reader.save(out)


def _train(
    reader: Reader, batches: "DataLoader[Batch]", rate: float, minutes: float, support: float
) -> Iterator[Tensor]:
    """Runs the steps; yields () the loss of the last ones after each."""
    reader.encoder.embeddings.requires_grad_(False)
    parameters = [each for each in reader.parameters() if each.requires_grad]
    device = parameters[0].device.type
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01, fused=True)
    began, average = time.monotonic(), torch.zeros((), device=device)
    for number, batch in enumerate(batches, start=1):
        progress = max(number / (len(batches) + 1), (time.monotonic() - began) / 60 / minutes)
        if progress >= 1:
            return
        for group in optimizer.param_groups:
            group["lr"] = rate * min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
        reader.train()
        loss = _loss(reader, batch.to(device), support, device)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        average += (loss.detach() - average) / min(number, 100)
        yield average


@dataclass(frozen=True, slots=True)
class _Batches(Dataset[Batch]):
    """The steps, converted to tensors in the loader's processes."""

    steps: Sequence[Sequence[Example]]
    collator: Collator

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, number: int) -> Batch:
        random = Random(number)
        return self.collator([_typed(example, random) for example in self.steps[number]])


def _epoch(learned: Sequence[Example], others: float, random: Random) -> Iterator[list[Example]]:
    """All written examples and a share of the others, in a new order each time."""
    drawn = [each for each in learned if each.source in WRITTEN or random.random() < others]
    random.shuffle(drawn)
    yield from (drawn[first : first + EXAMPLES] for first in range(0, len(drawn), EXAMPLES))


def _typed(example: Example, random: Random) -> Example:
    return example if example.claim else Example(typed(example.question, random), example.candidates, example.source)


def _loss(reader: Reader, batch: Batch, support: float, device: str) -> Tensor:
    """() the sum of four losses.

    Where each passage's answer is, or that it has none; where a question's answer is among the words of all its
    passages; which of them is right; and whether each passage answers, or supports.
    """
    with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        relevance, start, end, supported = reader(batch.input_ids, batch.attention_mask, batch.token_type_ids)
    relevance, supported = relevance.float(), supported.float()
    ways = [(start.float(), batch.starts), (end.float(), batch.ends)]
    weight = torch.where(batch.relevant, 1.0, NO_ANSWER_WEIGHT) * batch.starts.any(1)
    own = sum(_surprise(logits.masked_fill(~batch.answerable, -torch.inf), wanted) for logits, wanted in ways)
    inside = batch.answerable.clone()
    inside[:, 0] = False
    among = sum(
        _surprise_among((logits - logits[:, :1]).masked_fill(~inside, -torch.inf), wanted & inside, batch.example)
        for logits, wanted in ways
    )
    first = batch.example.diff(prepend=batch.example.new_full((1,), -1)) > 0
    several = ~first[1:] & batch.relevant[:-1] & first[:-1]
    right = torch.cat([several, several.new_zeros(1)])
    chosen = (_pooled(relevance, batch.example)[batch.example] - relevance)[right]
    each = functional.binary_cross_entropy_with_logits(
        torch.where(batch.claim, supported, relevance), batch.relevant.float(), reduction="none"
    )
    each = each * torch.where(batch.claim, support, 1.0)
    span = (own * weight).sum() / weight.sum().clamp(min=1) / 2
    return span + AMONG_WEIGHT * among / 2 + chosen.sum() / right.sum().clamp(min=1) + each.mean()


def _surprise(logits: Tensor, wanted: Tensor) -> Tensor:
    """(pairs,) the negative log probability of choosing any wanted token; 0 where none is wanted."""
    known = wanted.any(1, keepdim=True)
    found = logits.log_softmax(1).masked_fill(~wanted & known, -torch.inf).logsumexp(1)  # all -inf has no gradient
    return -found.masked_fill(~known.squeeze(1), 0.0)


def _surprise_among(logits: Tensor, wanted: Tensor, example: Tensor) -> Tensor:
    """() the same among the tokens of all pairs of an example, averaged over those with a wanted one."""
    floor = torch.finfo(logits.dtype).min / 2  # -inf less -inf is none
    every = _pooled(logits.logsumexp(1).clamp(min=floor), example)[example]
    known = wanted.any(1)
    found = logits[known].masked_fill(~wanted[known], -torch.inf).logsumexp(1)
    return (every[known] - found).sum() / known.sum().clamp(min=1)


def _pooled(values: Tensor, example: Tensor) -> Tensor:
    """(examples,) the log of the summed exponentials of each example's values (pairs,)."""
    count = int(example[-1]) + 1
    most = values.new_full((count,), -torch.inf).scatter_reduce(0, example, values.detach(), "amax")
    return most + values.new_zeros(count).scatter_add(0, example, (values - most[example]).exp()).log()


if __name__ == "__main__":
    typer.run(main)
