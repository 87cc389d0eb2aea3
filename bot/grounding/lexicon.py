"""The classes of words that the rules need: closed lists of English, small on purpose.

The lists are in english.toml. The thesaurus is narrow: a missing word holds back a true sentence; a word too many lets
a false one through, which is worse.
"""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from corpus.pronouns import DEMONSTRATIVES, OBJECTS, SUBJECTS
from index.words import content_words

ENGLISH: dict[str, str] = tomllib.loads((Path(__file__).parent / "english.toml").read_text(encoding="utf-8"))


def words_of(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(ENGLISH[name].split())


KEPT = 65536
"""Cached comparisons."""
LEAST, LONGER = 5, 3
"""The least letters of a stem that a longer one may begin with, and the most that the longer one may add."""
NONE: frozenset[int] = frozenset()
LIGHT = words_of("light")
CALLING = frozenset({"call", "describ"})
"""Stems of verbs that introduce an opinion about something."""
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
PRONOUNS = (SUBJECTS | OBJECTS | DEMONSTRATIVES | {"it"}) - {"her", "that"}
"""They refer to something named before; "her" and "that" often do not stand alone."""
BEING = words_of("being")
CONDITIONAL = words_of("conditional")
ASKING = words_of("asking")
BREAKS = words_of("breaks")
STRICT = tuple(frozenset(line.split()) for line in ENGLISH["strict"].strip().splitlines())
CAUSES = next(group for group in STRICT if "because" in group)
"""They introduce a cause; a verb among them may replace "because"."""


def past_forms() -> frozenset[str]:
    """The forms of irregular verbs other than the first."""
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
    """The form that a lower-case word is compared in: "rose", "risen" and "rising" share one."""
    word = _bases().get(word, word)
    found = next(iter(content_words(word)), word)
    return _stems().get(found, found)


@cache
def _stems() -> dict[str, str]:
    """Regular forms of the words with a base, such as "decided" for "decision"."""
    return {
        next(iter(content_words(form)), form): next(iter(content_words(base)), base)
        for base, *forms in _lines(ENGLISH["irregular"] + ENGLISH["related"])
        for form in forms
    }


@cache
def groups() -> dict[str, frozenset[int]]:
    """The lines of the thesaurus, nations included, that contain a stem."""
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
    """Whether a stem may replace one of others."""
    if one in others:
        return True
    lines, beginnings = _reach(others)
    longer = len(one) >= LEAST and one in beginnings
    return longer or not groups().get(one, NONE).isdisjoint(lines) or not _beginnings(one).isdisjoint(others)


@lru_cache(maxsize=1024)
def _reach(stems: frozenset[str]) -> tuple[frozenset[int], frozenset[str]]:
    """The lines of the thesaurus with some stems, and the stems that these extend."""
    lines = frozenset(line for word in stems for line in groups().get(word, NONE))
    return lines, frozenset(beginning for word in stems for beginning in _beginnings(word))


@lru_cache(maxsize=KEPT)
def _beginnings(word: str) -> frozenset[str]:
    """The stems that a word may extend."""
    return frozenset(word[:end] for end in range(max(LEAST, len(word) - LONGER), len(word)))


@lru_cache(maxsize=KEPT)
def are_synonyms(one: str, other: str) -> bool:
    """Whether two stems may replace each other."""
    if one == other or one in _beginnings(other) or other in _beginnings(one):
        return True
    return not groups().get(one, NONE).isdisjoint(groups().get(other, NONE))


@cache
def stems(words: frozenset[str]) -> frozenset[str]:
    """The stems of a list."""
    return frozenset(stem(word) for word in words)
