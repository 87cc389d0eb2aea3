"""Trains the reader: `python -m training.train ENCODER DATA OUT --minutes 80`.

Each worker is one process with one thread, and all of them update the same weights without a lock (Hogwild): on a
machine that others use, threads that wait for each other at every operation lose most of their time.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random

import torch
import torch.multiprocessing as multiprocessing
import typer
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.example import Example, read
from training.measure import measure
from training.model import Batch, Reader, collate, load_tokenizer

# Tuned by hand on the held-out examples.
LEARNING_RATE = 1.5e-4
WARM_UP = 0.05  # of the time
QUESTIONS = 12  # a step
NEAR_MISSES = 1  # of a question that has a right passage, drawn anew in each epoch
NEAR_MISS_SHARE = 0.6  # of such questions are given one
PAIRS = 8  # read at once, of like length
NO_ANSWER_WEIGHT = 0.4
FROZEN = 2  # of the lower layers stay as they are: a step takes 0.7 of the time
MEASURE_SECONDS = 600
HELD_OUT = 160
BFLOAT16 = torch.cpu._is_avx512_bf16_supported()  # elsewhere it is emulated, at a tenth of the speed


@dataclass(frozen=True, slots=True)
class Plan:
    """What one training run is.

    Attributes:
        minutes: The processor time of each worker; the learning rate falls to 0 by its end. Time that others had the
            processor, or that the run stood still, does not count.
    """

    encoder: Path
    data: Path
    out: Path
    minutes: float
    workers: int
    seed: int
    rate: float
    level: bool

    @property
    def progress(self) -> float:
        """Of this worker: 0 at the beginning, 1 at the end."""
        return time.process_time() / 60 / self.minutes

    @property
    def rate_now(self) -> float:
        """The learning rate at this moment."""
        fall = 1.0 if self.level else (1 - self.progress) / (1 - WARM_UP)
        return self.rate * min(self.progress / WARM_UP, fall)


def main(
    encoder: Path,
    data: Path,
    out: Path,
    minutes: float = 80,
    workers: int = 2,
    seed: int = 0,
    start: Path | None = None,
    rate: float = LEARNING_RATE,
    level: bool = False,
) -> None:
    """Writes OUT/best.safetensors, the weights that did best on the held-out examples, and OUT/last.safetensors.

    Args:
        encoder: The folder of all-MiniLM-L6-v2.
        data: The folder that training.data wrote.
        out: A folder for the weights.
        minutes: How long to train, in processor time of each worker.
        workers: How many processes.
        seed: Decides the order of the examples.
        start: Weights to go on from.
        rate: The highest learning rate.
        level: Whether it stays there to the end, as another run goes on from this one.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    reader = Reader(encoder, "eager" if BFLOAT16 else "sdpa")
    if start:
        reader.load(start)
    reader.encoder.embeddings.requires_grad_(False)
    reader.encoder.encoder.layer[:FROZEN].requires_grad_(False)
    reader.share_memory()
    plan = Plan(encoder, data, out, minutes, workers, seed, rate, level)
    multiprocessing.spawn(_work, (reader, plan), nprocs=workers)


def _work(worker: int, reader: Reader, plan: Plan) -> None:
    """Worker 0 also measures and saves."""
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed + worker)
    parameters = [each for each in reader.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=plan.rate, weight_decay=0.01, fused=True)
    tokenizer = load_tokenizer(plan.encoder)
    held_out = list(read(plan.data / "held_out.jsonl"))[:HELD_OUT]
    best, measured, losses = 0.0, time.process_time(), 0.0
    for step, examples in enumerate(_batches(plan, worker), start=1):
        for group in optimizer.param_groups:
            group["lr"] = plan.rate_now
        reader.train()
        loss = _loss(reader, tokenizer, examples)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses += (loss.item() - losses) / min(step, 50)
        if worker == 0 and time.process_time() - measured > MEASURE_SECONDS:
            best, measured = max(best, _keep(reader, plan, best, held_out)), time.process_time()
            print(f"step {step} progress {plan.progress:.2f} loss {losses:.3f}", flush=True)
    if worker == 0:
        _keep(reader, plan, best, held_out)


def _keep(reader: Reader, plan: Plan, best: float, held_out: list[Example]) -> float:
    """Saves the weights as the last, and as the best if they are; returns their score."""
    scores = measure(reader, load_tokenizer(plan.encoder), held_out)
    print(scores, flush=True)
    reader.save(plan.out / "last.safetensors")
    if scores.mean >= best:
        reader.save(plan.out / "best.safetensors")
    return scores.mean


def _batches(plan: Plan, worker: int) -> Iterator[list[Example]]:
    """This worker's share of the examples, again and again in another order, until the time is over."""
    examples = list(read(plan.data / "train.jsonl"))[worker :: plan.workers]
    for epoch in count():
        random = Random(f"{plan.seed} {epoch}")
        random.shuffle(examples)
        for first in range(0, len(examples), QUESTIONS):
            if plan.progress >= 1:
                return
            yield [_fewer(example, random) for example in examples[first : first + QUESTIONS]]


def _fewer(example: Example, random: Random) -> Example:
    right, *misses = example.candidates
    drawn = random.sample(misses, min(NEAR_MISSES, len(misses))) if random.random() < NEAR_MISS_SHARE else []
    return replace(example, candidates=(right, *drawn))


def _loss(reader: Reader, tokenizer: Tokenizer, examples: list[Example]) -> Tensor:
    """The span's log likelihood, the right passage's among its near misses, and each passage's own."""
    pairs = [(each.question, candidate) for each in examples for candidate in each.candidates]
    order = sorted(range(len(pairs)), key=lambda index: len(pairs[index][1].read_text))
    relevances, spans, weights = [], [], []
    for first in range(0, len(order), PAIRS):
        batch = collate([pairs[index] for index in order[first : first + PAIRS]], tokenizer)
        relevance, span = _read(reader, batch)
        relevances.append(relevance)
        spans.append(span)
        weights.append(torch.where(batch.relevant, 1.0, NO_ANSWER_WEIGHT) * batch.starts.any(1))
    weight = torch.cat(weights)
    span = -(torch.cat(spans) * weight).sum() / weight.sum()
    relevance = torch.cat(relevances)[torch.tensor(order).argsort()]
    first_is_right = torch.zeros(1, dtype=torch.long)
    groups = relevance.split([len(each.candidates) for each in examples])
    among = [functional.cross_entropy(group[None], first_is_right) for group in groups if len(group) > 1]
    relevant = torch.tensor([float(candidate.relevant) for _, candidate in pairs])
    each = functional.binary_cross_entropy_with_logits(relevance, relevant)
    return span + (torch.stack(among).mean() if among else 0.0) + each


def _read(reader: Reader, batch: Batch) -> tuple[Tensor, Tensor]:
    """Relevance (pairs,) and the mean log likelihood of the answers' starts and ends (pairs,)."""
    with torch.autocast("cpu", torch.bfloat16, enabled=BFLOAT16):
        relevance, start, end = reader(batch.input_ids, batch.attention_mask, batch.token_type_ids)
    starts = _likelihood(start.float(), batch.answerable, batch.starts)
    ends = _likelihood(end.float(), batch.answerable, batch.ends)
    return relevance.float(), (starts + ends) / 2


def _likelihood(logits: Tensor, allowed: Tensor, wanted: Tensor) -> Tensor:
    """(pairs,) the log probability that any wanted token is chosen among the allowed; 0 where none is wanted."""
    chances = logits.masked_fill(~allowed, -torch.inf).log_softmax(1)
    known = wanted.any(1, keepdim=True)
    found = chances.masked_fill(~wanted & known, -torch.inf).logsumexp(1)  # all -inf has no gradient
    return found * known.squeeze(1)


if __name__ == "__main__":
    typer.run(main)
