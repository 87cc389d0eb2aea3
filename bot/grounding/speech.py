"""Quoted words: that they stand in the source, and who says them."""

import re

from bot.grounding.lexicon import PRONOUNS
from bot.grounding.source import BEFORE, Neighbourhood
from bot.grounding.verbs import saying
from bot.grounding.words import Line

_QUOTED = re.compile(r"\"([^\"]{2,})\"|(?<!\w)'([^']{3,}(?:'\w[^']*)*)'(?!\w)")
_EDGES = " .,;:!?…'\""


def quotations(line: Line, near: Neighbourhood) -> str:
    """Quoted words stand verbatim in the source."""
    said = " ".join(held.plain for held in near.everything).lower()
    for match in _QUOTED.finditer(line.plain):
        words = (match[1] or match[2]).strip(_EDGES)
        pieces = [piece.strip(_EDGES).lower() for piece in re.split(r"\.{3}|…|\[[^\]]*\]", words)]
        if not all(re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", said) for piece in pieces if piece):
            return "the quotation is not in the source"
    return ""


def speakers(line: Line, near: Neighbourhood) -> str:
    """Whoever says quoted words says them in the source."""
    match = _QUOTED.search(line.plain)
    if not match:
        return ""
    said = (match[1] or match[2]).strip(_EDGES).lower()
    own = [token for token in line.tokens if not match.start() <= token.start < match.end()]
    verbs = [token for token in own if token.stem in saying()]
    if not verbs:
        return ""
    before = [t for t in own if t.telling and t.place < verbs[0].place] or [
        t for t in own if t.telling and t not in verbs
    ]
    for place, held in enumerate(near.lines):
        if said in held.plain.lower():
            lines = near.lines[max(0, place - BEFORE) : place + 1] if _pronoun(held, said) else [held]
            missing = [t for t in before if not t.light and not any(one.has(t) for one in [*lines, near.byline])]
            return f"the source does not say that {before[-1].raw} said this" if len(missing) * 2 > len(before) else ""
    return ""


def _pronoun(held: Line, said: str) -> bool:
    """Whether words are quoted of somebody named before."""
    start = held.plain.lower().find(said)
    own = {t.low for t in held.tokens if not start <= t.start < start + len(said)}
    return not own.isdisjoint(PRONOUNS) or not any(
        t.telling and t.stem not in saying() for t in held.tokens if not start <= t.start < start + len(said)
    )
