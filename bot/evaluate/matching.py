"""Whether a text contains a gold answer, and how many words the two share."""

import re
import string
from collections import Counter
from collections.abc import Sequence

PUNCTUATION = frozenset(string.punctuation + "“”‘’–—…")


def normalise(text: str) -> str:
    """Lower case, without punctuation and articles, one space between words.

    Source: the SQuAD evaluation (Rajpurkar et al., 2016).
    """
    bare = "".join(character for character in text.lower() if character not in PUNCTUATION)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", bare).split())


def holds(text: str, golds: Sequence[str]) -> bool:
    """Whether the text contains a gold answer, both normalised."""
    normalised = normalise(text)
    return any(gold in normalised for gold in map(normalise, golds) if gold)


def overlap(text: str, gold: str) -> float:
    """The harmonic mean of precision and recall over words."""
    words, wanted = normalise(text).split(), normalise(gold).split()
    shared = sum((Counter(words) & Counter(wanted)).values())
    return 2 * shared / (len(words) + len(wanted)) if shared else 0.0
