"""Opposites: "rose" and "fell", "more" and "less"."""

from bot.grounding.lexicon import ENGLISH, among, opposites
from bot.grounding.line import Line, Token
from bot.grounding.order import following
from bot.grounding.passage_lines import Neighbourhood
from bot.grounding.reasons import reason
from bot.grounding.verbs import distance
from bot.note import Note

_SMALL = [tuple(line.split()) for line in ENGLISH["contrary"].strip().splitlines()]


def directions(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that opposites are not exchanged: where the source has both, each keeps its company."""
    turned = _turned(line, near.lines[near.best])
    if turned:
        return turned
    for pair in opposites():
        for side, other in (pair, pair[::-1]):
            own = [token for token in line.telling if _on(token, side)]
            for token in own:
                if any(_on(t, other) for t in line.telling) or _plainly(token, other, near.lines[near.best]):
                    continue
                if _contrary(line, token, side, other, near):
                    return reason("not_of_this", words=token.raw)
    return None


def _turned(line: Line, best: Line) -> Note | None:
    """Whether a single line has everything else, but the opposite of a word instead of it."""
    if not all(best.has(token) or _against(token) & best.lows for token in line.telling):
        return None
    for token in line.tokens:
        there = _against(token) & best.lows - line.lows
        if there and token.low not in best.lows and _same_behind(line, token, best, there):
            return reason("not_of_this", words=token.raw)
    return None


def _same_behind(line: Line, token: Token, best: Line, there: frozenset[str]) -> bool:
    """Whether the same word follows the opposite: "before she died" is "died after" in reverse."""
    behind = following(line, token)
    theirs = [following(best, other) for other in best.tokens if other.low in there]
    return not behind or any(other is None or behind.like(other) for other in theirs)


def _against(token: Token) -> frozenset[str]:
    """The stems that contradict a word."""
    return frozenset(other for pair in _SMALL for one, other in (pair, pair[::-1]) if one == token.low)


def _plainly(token: Token, other: frozenset[str], best: Line) -> bool:
    """Whether the best line has the very word, and nothing that contradicts it."""
    return token.stem in best.stems and not any(_on(t, other) for t in best.telling)


def _on(token: Token, side: frozenset[str]) -> bool:
    return among(token.stem, side)


def _contrary(line: Line, token: Token, side: frozenset[str], other: frozenset[str], near: Neighbourhood) -> bool:
    """Whether in the source the opposite is nearer to the words beside this one."""
    beside = [
        t for t in line.telling if t.clause == token.clause and t is not token and abs(t.place - token.place) <= 4
    ]
    against = 0
    for held in near.lines:
        sides = [t for t in held.telling if _on(t, side)]
        contrary = [t for t in held.telling if _on(t, other)]
        if not contrary:
            continue
        for word in beside:
            for place in held.holding(word):
                if place in sides or place in contrary:
                    continue
                near_side = min((distance(place, t) for t in sides), default=99)
                near_other = min(distance(place, t) for t in contrary)
                against += ((near_other < near_side) - (near_side < near_other)) * (1 + (word.place > token.place))
    for held in near.lines:
        if any(_on(t, side) for t in held.telling) and not any(_on(t, other) for t in held.telling):
            against -= sum(held.has(word) for word in beside)
    return against > 0
