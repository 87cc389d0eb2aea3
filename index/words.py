"""The words of a text as they are compared: stemmed, without case and accents."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

_WORD = re.compile(r"\b\w\w+\b")


def word_ids(texts: Sequence[str]) -> tuple[list[list[int]], list[str]]:
    """The words of each text, lower case, without accents, stemmed, the commonest left out.

    Returns:
        For each text the places of its words in the list that comes second.
    """
    import bm25s

    plain = [_without_accents(text) for text in texts]
    found: Any = bm25s.tokenize(plain, stopwords="en", stemmer=_stem, show_progress=False)
    words = [""] * len(found.vocab)
    for word, place in found.vocab.items():
        words[place] = word
    return found.ids, words


def content_words(text: str) -> set[str]:
    """The stems of the words that carry meaning: names, things, deeds, not "what", "after" or "should"."""
    words = _WORD.findall(_without_accents(text).lower())
    return set(_stem([word for word in words if word not in _idle()]))


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


@cache
def _idle() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    # "won't" is cut in two, and so puts "won" on the list.
    return frozenset(STOPWORDS_EN_PLUS) - {"won"}


@cache
def _stemmer() -> Any:
    import Stemmer  # type: ignore[import-not-found]  # a compiled module without stubs

    return Stemmer.Stemmer("english")


def _stem(words: list[str]) -> list[str]:
    stemmed: list[str] = _stemmer().stemWords(words)
    return stemmed
