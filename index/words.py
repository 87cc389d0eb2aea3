"""The words of a text for comparison: stemmed, without case and accents, codes in one spelling."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

_WORD = re.compile(r"\b\w\w+\b")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h"}
    | {"Ø": "O", "Ł": "L", "ẞ": "SS", "Æ": "AE", "Œ": "OE", "Đ": "D", "Ð": "D", "Þ": "TH", "Ħ": "H"}
)
"""Letters that are no accented form of another, but are typed like one."""
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CODE = re.compile(r"\b([A-Za-z]{1,3})(?:[-‑–]|(?<=[A-Z]) )?(\d{1,4})(?:[-‑–]([A-Z])\b|\b)")
"""A code of letters and digits with any separator: KL1111, KL 1111, KL-1111; in lower case not with a space."""
_JOINED = re.compile(r"\b([A-Z]{1,3})&([A-Z]{1,3})\b|\b([A-Za-z]{1,2})-([A-Za-z]\w+)\b|\b(?<=[a-z]{4} )([A-Z])\b")
"""AT&T, T-cell, vitamin D."""
_DOTTED = re.compile(r"\b([A-Z])\.([A-Z])\.")
"""U.S., U.N."""
_ACRONYM = re.compile(r"\b(?:WHO|IT|US|UN|AM|ALL|NO|SO|X)\b")
"""Names that in lower case are everyday words, or too short."""


def word_ids(texts: Sequence[str]) -> tuple[list[list[int]], list[str]]:
    """The words of each text in lower case, without accents, stemmed, without the commonest.

    Returns:
        For each text, the indexes of its words in the second list.
    """
    import bm25s

    plain = [_spelled(text) for text in texts]
    found: Any = bm25s.tokenize(plain, stopwords="en", stemmer=_stem, show_progress=False)
    words = [""] * len(found.vocab)
    for word, place in found.vocab.items():
        words[place] = word
    return found.ids, words


def content_words(text: str) -> set[str]:
    """The stems of content words: names, nouns, verbs, but not "what", "after" or "should"."""
    words = _WORD.findall(_spelled(text).lower())
    return set(_stem([word for word in words if word not in _idle()]))


def folded(text: str) -> str:
    """The text without accents, case kept: "Łódź" becomes "Lodz", "Ørsted" "Orsted"."""
    return text if text.isascii() else _FOREIGN.sub(_unaccented, text)


def _unaccented(run: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKD", run[0].translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def codes(text: str) -> set[str]:
    """The codes of letters and digits in a text, in one spelling: {"f16", "kl1111"}."""
    return set(code_forms(folded(text)))


def code_forms(text: str) -> dict[str, str]:
    """The codes of a text in one spelling, each with its first spelling in the text."""
    found: dict[str, str] = {}
    for match in _CODE.finditer(text):
        found.setdefault(_joined(match).lower(), match[0])
    return found


def _joined(match: re.Match[str]) -> str:
    """The parts of a code or a compound as one word."""
    return "".join(filter(None, match.groups()))


def _spelled(text: str) -> str:
    """The text without accents, followed by its codes, compounds and acronyms as separate words."""
    plain = _DOTTED.sub(r"\1\2", folded(text))
    added = [_joined(match) for match in _CODE.finditer(plain)]
    # A letter alone is no word.
    added += [_joined(match) + "joint" * (match[5] is not None) for match in _JOINED.finditer(plain)]
    if not plain.isupper():
        added += [f"{match[0]}acronym" for match in _ACRONYM.finditer(plain)]
    return f"{plain} {' '.join(added)}" if added else plain


_UNMARKED = frozenset(
    {f"{word}s" for word in ("who", "what", "when", "where", "why", "how", "that", "there", "here", "she")}
    | {"didnt", "doesnt", "dont", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "hadnt", "couldnt", "wouldnt"}
    | {"shouldnt", "cant", "wont"}
    | {"im", "ive", "youre", "youve", "theyre", "theyve"}
)
"""Contractions as they are typed in haste: "whats", "isnt"."""


@cache
def _idle() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    # "won't" is split in two, which puts "won" on the list.
    return (frozenset(STOPWORDS_EN_PLUS) - {"won"}) | _UNMARKED


@cache
def _stemmer() -> Any:
    import Stemmer  # type: ignore[import-not-found]  # a compiled module without stubs

    return Stemmer.Stemmer("english")


def _stem(words: list[str]) -> list[str]:
    stemmed: list[str] = _stemmer().stemWords(words)
    return stemmed
