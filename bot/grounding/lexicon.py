"""What a word claims: closed lists of English, small on purpose, each for one rule of the check.

The lists stand in english.toml. The thesaurus is narrow: a word that is missing costs a sentence that is held back
though it is true; a word too many lets a false one through, which is worse.
"""

import tomllib
from functools import cache
from pathlib import Path

from index.words import content_words

ENGLISH: dict[str, str] = tomllib.loads((Path(__file__).parent / "english.toml").read_text(encoding="utf-8"))


def words_in_order(name: str) -> list[str]:
    """The words of a list, in its order."""
    return ENGLISH[name].split()


def words_of(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(ENGLISH[name].split())


LIGHT = words_of("light")
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
OVER = ("more than", "at least", "over", "above", "exceeding", "no fewer than", "no less than", "in excess of")
UNDER = ("less than", "fewer than", "under", "below", "at most", "no more than", "up to", "as many as", "as much as")
ABOUT = ("about", "around", "roughly", "approximately", "some", "nearly", "almost", "an estimated", "close to")


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


@cache
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
    """Pairs of groups of stems that contradict each other, with what the thesaurus adds to them."""

    def side(words: str) -> frozenset[str]:
        return frozenset(stem(word) for word in words.split())

    return [
        (side(one), side(other))
        for one, _, other in (line.partition("|") for line in ENGLISH["opposites"].strip().splitlines())
    ]


@cache
def alike(one: str, other: str) -> bool:
    """Whether two stems may stand for each other."""
    if one == other or groups().get(one, frozenset()) & groups().get(other, frozenset()):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= 3


@cache
def stems(words: frozenset[str]) -> frozenset[str]:
    """The stems of a list."""
    return frozenset(stem(word) for word in words)
