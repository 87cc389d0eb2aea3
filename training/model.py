"""The reader: one pass over a question or claim and a passage gives relevance, support, and the answer's span."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from training.example import Candidate, Example

MAX_TOKENS = 256
MULTIPLE = 16  # batches are padded to a multiple of this


class Reader(nn.Module):
    """A MiniLM encoder with three linear heads: relevance and support on the first token, start and end on every token.

    The first token's start and end mean "no answer here".
    """

    def __init__(self, encoder: Path, attention: str = "eager", dropout: float = 0.0) -> None:
        """The architecture with random weights; `load` reads those of `training.recover`, or of a training.

        Args:
            encoder: The folder of all-MiniLM-L6-v2.
            attention: "sdpa" trains faster; only "eager" can be exported.
            dropout: In training.
        """
        super().__init__()
        self.encoder = AutoModel.from_config(
            AutoConfig.from_pretrained(encoder, hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout),
            add_pooling_layer=False,
            attn_implementation=attention,
        )
        self.relevance = nn.Linear(self.encoder.config.hidden_size, 1)
        self.span = nn.Linear(self.encoder.config.hidden_size, 2)
        self.support = nn.Linear(self.encoder.config.hidden_size, 1)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Relevance (pairs,), start and end (pairs, tokens), support (pairs,): all logits."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        start, end = self.span(hidden).unbind(-1)
        first = hidden[:, 0]
        return self.relevance(first).squeeze(-1), start, end, self.support(first).squeeze(-1)

    def save(self, path: Path) -> None:
        """All weights, as safetensors of float16, which the export stores too."""
        save_file({name: tensor.half().contiguous() for name, tensor in self.state_dict().items()}, path)

    def load(self, path: Path) -> None:
        """Loads weights that `save` or `training.recover` wrote; a head that they lack stays random."""
        weights = {name: tensor.float() for name, tensor in load_file(path).items()}
        missing = self.load_state_dict(weights, strict=False).missing_keys
        if any(not name.startswith("support.") for name in missing):
            raise ValueError(f"{path} lacks {', '.join(missing)}: it is no reader's file")


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs padded to one length. The first six attributes are (pairs, tokens), the last three (pairs,).

    Attributes:
        answerable: Tokens a span may start or end on: the passage's own, not the heading's, and the first token.
        starts: The start of an answer; for irrelevant passages the first token; empty where unknown.
        ends: Its end, inclusive.
        relevant: Whether the passage answers, or supports.
        claim: Whether the pair has a claim.
        example: The number of its example.
    """

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    answerable: Tensor
    starts: Tensor
    ends: Tensor
    relevant: Tensor
    claim: Tensor
    example: Tensor

    def to(self, device: str) -> "Batch":
        """The same on a device."""
        return Batch(*(getattr(self, each.name).to(device, non_blocking=True) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class _Passage:
    """A candidate's tokens: their ids, which are its own and not its heading's, the answers' starts and ends."""

    ids: NDArray[np.int64]
    own: NDArray[np.bool_]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class Collator:
    """Makes batches; each passage is tokenized once."""

    def __init__(self, encoder: Path) -> None:
        """Loads the tokenizer of the encoder's folder."""
        self._tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._first, self._last = (self._tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
        self._passages: dict[Candidate, _Passage] = {}

    def __call__(self, examples: Sequence[Example]) -> Batch:
        """Each example's question paired with each of its candidates, in order.

        The passage is cut if both together are longer than MAX_TOKENS, never the question.
        """
        self.learn(examples)
        asked = self._tokenizer.encode_batch_fast([each.question for each in examples], add_special_tokens=False)
        pairs = [
            (np.array(tokens.ids[: MAX_TOKENS // 2]), self._passages[candidate], candidate.relevant, example.claim)
            for tokens, example in zip(asked, examples, strict=True)
            for candidate in example.candidates
        ]
        longest = min(MAX_TOKENS, max(len(question) + len(passage.ids) + 3 for question, passage, *_ in pairs))
        shape = len(pairs), -(-longest // MULTIPLE) * MULTIPLE
        ids, mask, types = (np.zeros(shape, np.int64) for _ in range(3))
        answerable, starts, ends = (np.zeros(shape, np.bool_) for _ in range(3))
        for row, (question, passage, relevant, claim) in enumerate(pairs):
            begin = len(question) + 2
            read = min(len(passage.ids), MAX_TOKENS - begin - 1)
            ids[row, : begin + read + 1] = [self._first, *question, self._last, *passage.ids[:read], self._last]
            mask[row, : begin + read + 1] = 1
            types[row, begin : begin + read + 1] = 1
            answerable[row, begin : begin + read] = passage.own[:read]
            answerable[row, 0] = True
            if not claim:
                whole = passage.ends < read
                starts[row, begin + passage.starts[whole]] = True
                ends[row, begin + passage.ends[whole]] = True
                starts[row, 0] = ends[row, 0] = not relevant
        relevances, claims = (np.array([pair[place] for pair in pairs]) for place in (2, 3))
        numbers = np.repeat(np.arange(len(examples)), [len(each.candidates) for each in examples])
        return Batch(*map(torch.from_numpy, (ids, mask, types, answerable, starts, ends, relevances, claims, numbers)))

    def learn(self, examples: Iterable[Example]) -> None:
        """Tokenizes new passages, all at once."""
        candidates = (candidate for example in examples for candidate in example.candidates)
        new = list({candidate for candidate in candidates if candidate not in self._passages})
        encodings = self._tokenizer.encode_batch([each.read_text for each in new], add_special_tokens=False)
        self._passages.update({each: _passage(each, encoding) for each, encoding in zip(new, encodings, strict=True)})


def _passage(candidate: Candidate, encoding: Encoding) -> _Passage:
    body = len(candidate.read_text) - len(candidate.text)
    own = np.array([end > max(start, body) for start, end in encoding.offsets], np.bool_)
    places = [(encoding.char_to_token(start), encoding.char_to_token(end - 1)) for start, end in candidate.read_answers]
    known = [(first, last) for first, last in places if first is not None and last is not None]
    starts, ends = np.array(known, np.int64).reshape(-1, 2).T
    return _Passage(np.array(encoding.ids, np.int64), own, starts, ends)
