"""The reader: one pass over (question, passage) gives relevance, the best span, and whether there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from training.example import Candidate

MAX_TOKENS = 256
MULTIPLE = 16  # batches are padded to a multiple of it: each new shape costs oneDNN a compilation and memory


class Reader(nn.Module):
    """A MiniLM encoder with two linear heads: relevance on the first token, start and end on every token.

    The first token's start and end mean "no answer here".
    """

    def __init__(self, encoder: Path, attention: str = "eager") -> None:
        """The encoder's weights with new heads.

        Args:
            encoder: The folder of all-MiniLM-L6-v2.
            attention: On a CPU "sdpa" trains faster in float32, "eager" in bfloat16; only "eager" can be exported.
        """
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            encoder,
            add_pooling_layer=False,
            attn_implementation=attention,
            hidden_dropout_prob=0.0,  # no example is seen more than a few times
            attention_probs_dropout_prob=0.0,
        )
        self.relevance = nn.Linear(self.encoder.config.hidden_size, 1)
        self.span = nn.Linear(self.encoder.config.hidden_size, 2)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Relevance (pairs,), start and end (pairs, tokens): all logits."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        start, end = self.span(hidden).unbind(-1)
        return self.relevance(hidden[:, 0]).squeeze(-1), start, end

    def save(self, path: Path) -> None:
        """All weights, as safetensors."""
        save_file({name: tensor.contiguous() for name, tensor in self.state_dict().items()}, path)

    def load(self, path: Path) -> None:
        """The weights that `save` wrote."""
        self.load_state_dict(load_file(path))


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs padded to one length. Each attribute but `relevant` is (pairs, tokens).

    Attributes:
        answerable: Tokens a span may start or end on: the passage's own, not the heading's, and the first token.
        starts: Where an answer starts; on irrelevant passages the first token; nothing where it is unknown.
        ends: Where it ends, inclusive.
        relevant: (pairs,) whether the passage answers.
    """

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    answerable: Tensor
    starts: Tensor
    ends: Tensor
    relevant: Tensor


def load_tokenizer(encoder: Path) -> Tokenizer:
    """The encoder's tokenizer, cutting the passage and never the question."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
    tokenizer.no_padding()
    return tokenizer


def collate(pairs: Sequence[tuple[str, Candidate]], tokenizer: Tokenizer) -> Batch:
    """Questions with a candidate each, as tensors."""
    encodings = tokenizer.encode_batch([(question, candidate.read_text) for question, candidate in pairs])
    longest = max(len(encoding.ids) for encoding in encodings)
    shape = len(pairs), -(-longest // MULTIPLE) * MULTIPLE
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    answerable, starts, ends = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
    for row, ((_, candidate), encoding) in enumerate(zip(pairs, encodings, strict=True)):
        length = len(encoding.ids)
        ids[row, :length] = torch.tensor(encoding.ids)
        mask[row, :length] = 1
        types[row, :length] = torch.tensor(encoding.type_ids)
        body = len(candidate.read_text) - len(candidate.text)
        own = [
            kind == 1 and end > max(start, body)
            for kind, (start, end) in zip(encoding.type_ids, encoding.offsets, strict=True)
        ]
        answerable[row, :length] = torch.tensor(own)
        answerable[row, 0] = True
        _mark_answers(starts[row], ends[row], candidate, encoding)
    relevant = torch.tensor([candidate.relevant for _, candidate in pairs])
    return Batch(ids, mask, types, answerable, starts, ends, relevant)


def _mark_answers(starts: Tensor, ends: Tensor, candidate: Candidate, encoding: Encoding) -> None:
    starts[0] = ends[0] = not candidate.relevant
    for start, end in candidate.read_answers:
        first, last = encoding.char_to_token(start, 1), encoding.char_to_token(end - 1, 1)
        if first is not None and last is not None:
            starts[first] = ends[last] = True
