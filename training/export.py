"""Exports the reader to ONNX: `python -m training.export ENCODER WEIGHTS OUT`.

The weights are stored as int8 and become float32 when read: a quarter of the size, and relevance changes by a
hundredth of its spread.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import typer
from torch import Tensor, nn

from training.compact import store_int8
from training.example import Candidate, Example
from training.model import Collator, Reader

TOLERANCE = 0.6  # of a logit; those of start and end differ most
OPSET = 17
SAMPLE = [
    Example(
        "Who opened the bridge?", (Candidate("Bridge opens\nMay 2, 2021", "The mayor opened it at noon.", True),), ""
    ),
    Example("How much did it cost?", (Candidate("", "Two towers carry the road. It cost 4 million. " * 9, True),), ""),
]


def main(encoder: Path, weights: Path, out: Path) -> None:
    """Writes one ONNX file and checks it against torch.

    Inputs input_ids, attention_mask, token_type_ids (pairs, tokens) of int64; outputs relevance (pairs,), start
    and end (pairs, tokens) of float32.

    Args:
        encoder: The folder of all-MiniLM-L6-v2.
        weights: The file that training.train wrote.
        out: The file to write.
    """
    whole = Reader(encoder)
    whole.load(weights)
    reader = _Exported(whole).eval()
    traced, checked = (_inputs(encoder, examples) for examples in (SAMPLE, SAMPLE[:1] * 3))
    pairs_tokens = {0: "pairs", 1: "tokens"}
    axes = dict.fromkeys(("input_ids", "attention_mask", "token_type_ids", "start", "end"), pairs_tokens)
    torch.onnx.export(
        reader,
        traced,
        str(out),
        input_names=["input_ids", "attention_mask", "token_type_ids"],
        output_names=["relevance", "start", "end"],
        dynamic_axes=axes | {"relevance": {0: "pairs"}},
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.save(store_int8(onnx.load(out)), out)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, off by {_gap(reader, checked, out):.4f} at most")


class _Exported(nn.Module):
    """The reader without its support head, which is not good enough for use."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        relevance, start, end, _ = self.reader(input_ids, attention_mask, token_type_ids)
        return relevance, start, end


def _inputs(encoder: Path, examples: Sequence[Example]) -> tuple[Tensor, ...]:
    batch = Collator(encoder)(examples)
    return batch.input_ids, batch.attention_mask, batch.token_type_ids


def _gap(reader: nn.Module, inputs: tuple[Tensor, ...], path: Path) -> float:
    """The largest difference of any logit between torch and the file, for a shape that was not traced."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [each.name for each in session.get_inputs()]
    found = session.run(None, {name: tensor.numpy() for name, tensor in zip(names, inputs, strict=True)})
    with torch.inference_mode():
        wanted = [output.numpy() for output in reader(*inputs)]
    own = inputs[1].bool().numpy()
    gap = max(np.abs(wanted[0] - found[0]).max(), *(np.abs(wanted[i] - found[i])[own].max() for i in (1, 2)))
    if gap > TOLERANCE:
        raise RuntimeError(f"{path} differs from torch by {gap:.3f} of a logit: do not use it")
    return float(gap)


if __name__ == "__main__":
    typer.run(main)
