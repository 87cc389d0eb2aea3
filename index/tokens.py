"""Counting tokens, offline."""

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

ENCODING = "cl100k_base"


@cache
def encoding() -> "tiktoken.Encoding":
    """The encoding, read from llama-index's file unless TIKTOKEN_CACHE_DIR names another folder."""
    import tiktoken

    if "TIKTOKEN_CACHE_DIR" not in os.environ:
        # find_spec of the parent package only: importing llama_index.core takes seconds.
        package = find_spec("llama_index")
        for location in (package.submodule_search_locations or []) if package else []:
            bundled = Path(location) / "core" / "_static" / "tiktoken_cache"
            if bundled.is_dir():
                os.environ["TIKTOKEN_CACHE_DIR"] = str(bundled)
    return tiktoken.get_encoding(ENCODING)


def count_tokens(texts: Sequence[str]) -> list[int]:
    """The number of tokens of each text; words that look like control tokens count as plain text."""
    encode = encoding().encode_ordinary  # its batch form starts a pool of threads at every call
    return [len(encode(text)) for text in texts]
