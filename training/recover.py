"""Recovers weights from a reader's ONNX file: `python -m training.recover ENCODER MODEL OUT`, to continue training."""

from pathlib import Path

import numpy as np
import onnx
import torch
import typer

from training.compact import stored_weights
from training.model import Reader

LAYER = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
LINEAR = (*LAYER, "intermediate.dense", "output.dense")
"""A layer's weighted products, in the order of the graph; their initializers have lost their names."""


def main(encoder: Path, model: Path, out: Path) -> None:
    """Writes all weights as safetensors of float16; those of the support head, which the file lacks, are random."""
    reader = Reader(encoder)
    state = reader.state_dict()
    found = {name.removeprefix("reader."): value for name, value in stored_weights(onnx.load(model)).items()}
    products = [name for name in found if name.startswith("onnx::MatMul")]
    span = next(name for name in products if found[name].shape[1] == 2)
    products = sorted((name for name in products if name != span), key=lambda name: int(name.split("_")[1]))
    names = [f"encoder.encoder.layer.{layer}.{part}.weight" for layer in range(len(products) // 6) for part in LINEAR]
    weights = dict(zip(names, (found[name].T for name in products), strict=True)) | {"span.weight": found[span].T}
    weights |= {name: value for name, value in found.items() if name in state}
    state = {name: value for name, value in state.items() if not name.startswith("support.")}
    if missing := state.keys() - weights.keys():
        raise typer.BadParameter(f"{model} lacks {sorted(missing)}")
    recovered = {name: torch.from_numpy(np.ascontiguousarray(weights[name])) for name in state}
    reader.load_state_dict(recovered, strict=False)
    reader.save(out)


if __name__ == "__main__":
    typer.run(main)
