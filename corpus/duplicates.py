"""Near-identical copies of one story, found by MinHash over word shingles.

A signature depends on the words alone, so it is the same in every process and can be stored with the article.
Signatures of different rensa versions cannot be compared: its range is pinned in pyproject.toml.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

# Tuned on 8,657 articles of 2022, read by title and date, the doubtful ones in full: the 369 groups at 0.8 are each
# one story, saved twice or updated within days. At 0.7 they include a timeline half a year on and profiles that share a
# gallery, at 0.5 different days of one daily digest. 32 bands of 4 find a pair at 0.8 but for one in 10^7.
THRESHOLD = 0.8
SLOTS = 128
BAND = 4
SHINGLE = 4  # words
SEED = 1

_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """Four bytes a slot: the share of equal slots of two signatures estimates how much wording two texts share."""
    words = _WORD.findall(text.lower())
    shingles = [" ".join(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1))]
    sketch = RMinHash(num_perm=SLOTS, seed=SEED)
    sketch.update(shingles)
    return np.array(sketch.digest(), dtype="<u4").tobytes()


def groups(signatures: Sequence[bytes]) -> list[int]:
    """Numbers the articles' groups, from 0 in order of first appearance; near-identical copies share a number."""
    slots = np.frombuffer(b"".join(signatures), dtype="<u4").reshape(len(signatures), SLOTS)
    first = list(range(len(signatures)))
    for one, other in _candidates(slots):
        if _root(first, one) != _root(first, other) and np.mean(slots[one] == slots[other]) >= THRESHOLD:
            low, high = sorted((_root(first, one), _root(first, other)))
            first[high] = low
    numbers: dict[int, int] = {}
    return [numbers.setdefault(_root(first, row), len(numbers)) for row in range(len(first))]


def copies_of(one: bytes, signatures: Sequence[bytes]) -> list[int]:
    """The places of the signatures whose articles are near-identical to one."""
    slots = np.frombuffer(b"".join(signatures), dtype="<u4").reshape(len(signatures), SLOTS)
    shares = np.mean(slots == np.frombuffer(one, dtype="<u4"), axis=1)
    return np.flatnonzero(shares >= THRESHOLD).tolist()


def _candidates(slots: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Pairs that agree in all of a band's slots."""
    for start in range(0, SLOTS, BAND):
        seen: dict[bytes, int] = {}
        for row, band in enumerate(slots[:, start : start + BAND]):
            other = seen.setdefault(band.tobytes(), row)
            if other != row:
                yield other, row


def _root(first: list[int], row: int) -> int:
    while first[row] != row:
        first[row] = first[first[row]]
        row = first[row]
    return row
