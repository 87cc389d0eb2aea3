"""What a word claims: closed lists of English, small on purpose, each for one rule of the check.

The lists are in english.toml. The thesaurus is narrow: a missing word holds back a true sentence; a word too many lets
a false one through, which is worse.
"""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from index.words import content_words

ENGLISH: dict[str, str] = tomllib.loads((Path(__file__).parent / "english.toml").read_text(encoding="utf-8"))


def words_in_order(name: str) -> list[str]:
    """The words of a list, in its order."""
    return ENGLISH[name].split()


def words_of(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(ENGLISH[name].split())


KEPT = 65536
"""Comparisons that are remembered."""
LEAST, LONGER = 5, 3
"""Letters of a stem that a longer one may begin with, and how many the longer one may have more."""
NONE: frozenset[int] = frozenset()
LIGHT = words_of("light")
CALLING = frozenset({"call", "describ"})
"""Stems of verbs that bring what somebody thinks of something."""
LACKING = words_of("lacking")
LOOSE = words_of("loose")
IDLE = words_of("idle")
NEGATORS = words_of("negators")
NEGATING = words_of("negating")
DENYING = words_of("denying")
MAYBE = words_of("maybe")
LATER = words_of("later")
PRIVATIVE = words_of("privative")
NEARLY = words_of("nearly")
SAYING = words_of("saying")
PRONOUNS = words_of("pronouns")
BEING = words_of("being")
CONDITIONAL = words_of("conditional")
ASKING = words_of("asking")
BREAKS = words_of("breaks")
STRICT = tuple(frozenset(line.split()) for line in ENGLISH["strict"].strip().splitlines())
CAUSES = next(group for group in STRICT if "because" in group)
"""They bring a cause; a verb among them may stand for a "because"."""


def past_forms() -> frozenset[str]:
    """The forms of irregular verbs that are not the first."""
    forms = (form for _, *others in _lines(ENGLISH["irregular"]) for form in others)
    return frozenset(forms) - {"leading", "leader", "leads", "maker"}


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


@cache
def _bases() -> dict[str, str]:
    bases: dict[str, str] = {}
    for base, *forms in _lines(ENGLISH["irregular"] + ENGLISH["related"]):
        for form in forms:
            bases.setdefault(form, base)
    return bases


@lru_cache(maxsize=KEPT)
def stem(word: str) -> str:
    """The form under which a word in lower case is compared: "rose", "risen" and "rising" are one."""
    word = _bases().get(word, word)
    found = next(iter(content_words(word)), word)
    return _stems().get(found, found)


@cache
def _stems() -> dict[str, str]:
    """Regular forms of the words that have a base, such as "decided" for "decision"."""
    return {
        next(iter(content_words(form)), form): next(iter(content_words(base)), base)
        for base, *forms in _lines(ENGLISH["irregular"] + ENGLISH["related"])
        for form in forms
    }


@cache
def groups() -> dict[str, frozenset[int]]:
    """The lines of the thesaurus, and of nations, that a stem stands on."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lines(ENGLISH["thesaurus"] + ENGLISH["nations"])):
        for word in line:
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def opposites() -> list[tuple[frozenset[str], frozenset[str]]]:
    """Pairs of groups of stems that contradict each other."""

    def side(words: str) -> frozenset[str]:
        return frozenset(stem(word) for word in words.split())

    return [
        (side(one), side(other))
        for one, _, other in (line.partition("|") for line in ENGLISH["opposites"].strip().splitlines())
    ]


@lru_cache(maxsize=KEPT)
def among(one: str, others: frozenset[str]) -> bool:
    """Whether one of some stems may stand for another."""
    if one in others:
        return True
    lines, beginnings = _reach(others)
    longer = len(one) >= LEAST and one in beginnings
    return longer or not groups().get(one, NONE).isdisjoint(lines) or not _beginnings(one).isdisjoint(others)


@lru_cache(maxsize=1024)
def _reach(stems: frozenset[str]) -> tuple[frozenset[int], frozenset[str]]:
    """The lines of the thesaurus that have some stems, and what these stems are a longer form of."""
    lines = frozenset(line for word in stems for line in groups().get(word, NONE))
    return lines, frozenset(beginning for word in stems for beginning in _beginnings(word))


@lru_cache(maxsize=KEPT)
def _beginnings(word: str) -> frozenset[str]:
    """What a word may be a longer form of."""
    return frozenset(word[:end] for end in range(max(LEAST, len(word) - LONGER), len(word)))


@lru_cache(maxsize=KEPT)
def alike(one: str, other: str) -> bool:
    """Whether two stems may stand for each other."""
    if one == other or one in _beginnings(other) or other in _beginnings(one):
        return True
    return not groups().get(one, NONE).isdisjoint(groups().get(other, NONE))


@cache
def stems(words: frozenset[str]) -> frozenset[str]:
    """The stems of a list."""
    return frozenset(stem(word) for word in words)
