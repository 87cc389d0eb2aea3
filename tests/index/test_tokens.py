import os

import pytest

from index.tokens import count_tokens, encoding


def test_tokens_are_counted_offline_with_the_encoding_that_the_install_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    encoding.cache_clear()
    assert count_tokens(["hello world", ""]) == [2, 0]
    assert os.environ["TIKTOKEN_CACHE_DIR"].endswith("tiktoken_cache")


def test_words_that_look_like_control_tokens_count_as_text() -> None:
    assert count_tokens(["<|endoftext|>"])[0] > 1
