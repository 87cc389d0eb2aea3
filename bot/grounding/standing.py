"""What a sentence holds that its source must hold too: quotations, figures, names, words."""

import re
from itertools import pairwise

from bot.grounding.lexicon import STRICT, among, words_of
from bot.grounding.source import Neighbourhood, initials
from bot.grounding.words import Line, Token, plain, runs

_QUOTED = re.compile(r"\"([^\"]{2,})\"|(?<!\w)'([^']{3,}(?:'\w[^']*)*)'(?!\w)")
_EDGES = " .,;:!?…'\""
_ROUND = frozenset({"about", "around", "roughly", "approximately", "nearly", "almost"})
CLOSE = 0.05
"""A number that is called a round one may be off by this share."""


def quotations(line: Line, near: Neighbourhood) -> str:
    """Quoted words stand verbatim in the source."""
    said = " ".join(held.plain for held in near.everything).lower()
    for match in _QUOTED.finditer(line.plain):
        words = (match[1] or match[2]).strip(_EDGES)
        pieces = [piece.strip(_EDGES).lower() for piece in re.split(r"\.{3}|…|\[[^\]]*\]", words)]
        if not all(re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", said) for piece in pieces if piece):
            return "the quotation is not in the source"
    return ""


def numbers(line: Line, near: Neighbourhood) -> str:
    """Numbers and dates stand in the source, in whatever notation."""
    held = _held(near)
    for token in line.tokens:
        for key in token.keys:
            if not _holds(key, held, near) and not _rounded(line, token, key, held):
                sort = "date" if key[0] in "dmyw" else "number"
                return f"the {sort} {_shown(token.raw)} is not in the source"
    return ""


def _held(near: Neighbourhood) -> frozenset[str]:
    """What the figures of the source say; the day of publication only where the best line has no date of its own."""
    best = {key[0] for key in near.lines[near.best].keys}
    published = frozenset(key for key in near.byline.keys if key[0] not in best)
    return published.union(near.title.keys, *(line.keys for line in near.lines))


def _holds(key: str, held: frozenset[str], near: Neighbourhood) -> bool:
    if key in held:
        return True
    if key[0] == "m":
        return any(other.startswith(f"d{key[1:]}-") for other in held)
    if key[0] in "yn":  # 1900 may be a year or a number
        return ("n" if key[0] == "y" else "y") + key[1:] in held
    if key == "o1":
        return any(token.low in ("initial", "initially", "debut") for one in near.lines for token in one.tokens)
    return False


def _rounded(line: Line, token: Token, key: str, held: frozenset[str]) -> bool:
    before = {word.low for word in line.tokens[max(0, token.place - 2) : token.place]}
    if key == "n1" and before | {token.low} <= {"one"} | before and token.low == "one":
        return "n1" in held
    if key[0] not in "n%" or not key[1:].replace(".", "").isdigit() or not before & _ROUND:
        return False
    value = float(key[1:])
    others = (float(other[1:]) for other in held if other[0] == key[0] and other[1:].replace(".", "").isdigit())
    return any(abs(value - other) <= CLOSE * other for other in others)


def names(line: Line, near: Neighbourhood) -> str:
    """Names stand in the source, as they are or as an acronym of what stands there."""
    known = near.initials()
    for run in runs(line.tokens):
        if len(run) > 1 and initials(run) in known:
            continue
        for token in run:
            if not _named(token, near) and not (token.raw.isupper() and token.low in known):
                return f"“{_shown(re.sub(chr(39) + 's$', '', token.raw))}” is not in the source"
    return ""


def _named(token: Token, near: Neighbourhood) -> bool:
    return any(among(token.stem, line.stems) or any(t.low == token.low for t in line.tokens) for line in near.anywhere)


def words(line: Line, near: Neighbourhood) -> str:
    """All other words stand in the source, or what means the same; but for what a model puts around a fact."""
    missing = lacking(line, near)
    return f"“{_shown(missing[0].raw)}” is not in the source" if missing else ""


def lacking(line: Line, near: Neighbourhood) -> list[Token]:
    """The words without match."""
    known = near.initials()
    return [
        token
        for token in line.tokens
        if token.sort == "word"
        and not token.light
        and not (token.raw.isupper() and token.low in known)
        and not near.has(token)
    ]


def strict(line: Line, near: Neighbourhood) -> str:
    """Small words that claim much, such as "all" or "because", have a match."""
    held = {token.low for one in near.everything for token in one.tokens}
    ways = {way for one in near.everything for way in _relative(one)}
    for way in _relative(line) - ways:
        return f"“{' '.join(way)}” is not in the source"
    for token in line.tokens:
        groups = [group for group in STRICT if token.low in group]
        if groups and _claims(line, token) and not any(held & group for group in groups):
            return f"“{_shown(token.raw)}” is not in the source"
    return ""


_RELATIVE = {"this": "this", "next": "next", "coming": "next", "last": "last", "past": "last", "previous": "last"}
_SPANS = words_of("spans")


def _relative(line: Line) -> set[tuple[str, str]]:
    """Times told from now: "next week"."""
    return {
        (_RELATIVE[one.low], other.low)
        for one, other in pairwise(line.tokens)
        if one.low in _RELATIVE and other.low in _SPANS
    }


def _claims(line: Line, token: Token) -> bool:
    """Whether a small word says something here: not "as of", "over the spill", "at least", "after all"."""
    if token.low in (
        "as",
        "in",
        "when",
        "then",
        "by",
        "up",
        "down",
        "over",
        "above",
        "below",
        "under",
        "while",
        "since",
    ):
        return False
    if token.sort != "idle":
        return False
    following = line.tokens[token.place + 1 : token.place + 2]
    return not (token.low in ("once", "even", "some", "several") or (token.low == "least" and not following))


def covered(line: Line, near: Neighbourhood) -> float:
    """The share, from 0 to 1, of the sentence's names, figures and words that stand in the best line."""
    telling = [token for token in line.tokens if token.sort != "idle" and not token.light]
    best = near.lines[near.best]
    return sum(best.has(token) for token in telling) / len(telling) if telling else 1.0


def _shown(words: str) -> str:
    return plain(words)[:40]
