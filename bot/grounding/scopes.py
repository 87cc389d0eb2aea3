"""Words that change what another word claims: "may", "former"; none may be dropped or added."""

import re
from collections.abc import Iterator, Sequence

from bot.grounding.lexicon import ASKING, BEING, CALLING, CONDITIONAL, LATER, MAYBE, NEARLY, PRIVATIVE, stems
from bot.grounding.line import Line, Token
from bot.grounding.passage_lines import Neighbourhood
from bot.grounding.reasons import reason
from bot.grounding.verbs import is_verb
from bot.note import Note

HEDGED_REACH, NEAR = 2, 4
"""Content words that a hedge before them changes; and the reach from which its scope may begin after a comma."""
_MAY = frozenset({"could", "may", "might"})
_SURE = frozenset({"going", "shall", "will", "would"})
FLAT, SOON, PENDING, UNSURE = 4, 3, 2, 1
"""Degrees of certainty: it happened, it will, it will if, it may."""


_WAS_TO_BE = re.compile(
    r"\b(?:had been|was|were) (?:due|expected|meant|originally|planned|scheduled|set|supposed|to have)\b", re.IGNORECASE
)


def hedges(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that nothing is more certain than in the source: "may open" is no "will open", "will open" no "opened"."""
    sure = _sureness(line, len(line.tokens))
    best = near.lines[near.best]
    if "will" in line.lows and _open(best) and not _open(line) and best.lows.isdisjoint(_SURE):
        return reason("not_sure")
    if _given_up(line, near):
        return reason("was_to_be")
    for token in line.telling:
        if token.sort != "word" or token.low.endswith("ly") or token.stem in CALLING:
            continue
        reach = HEDGED_REACH if is_verb(line, token) else 1
        levels = _levels(token, [best], reach)
        if not levels or reach == 1:
            levels += _levels(token, [best, *near.everything], reach)
        if levels and max(levels) < sure[token.place]:
            return reason("not_so_sure", words=token.raw)
    return None


def _given_up(line: Line, near: Neighbourhood) -> bool:
    """Whether a sentence says that something will happen that the source says was to happen."""
    coming = [line.tokens[t.place + 1] for t in line.tokens[:-1] if t.low == "will"]
    return any(_WAS_TO_BE.search(held.plain) and held.has(token) for token in coming for held in near.lines)


def _open(line: Line) -> bool:
    """Whether a sentence says that something may happen."""
    return not line.lows.isdisjoint(_MAY)


def _levels(token: Token, lines: Sequence[Line], reach: int) -> list[int]:
    """How certain the source is of a word in each place; of a thing only after "a" or the hedge itself."""
    return [
        _sureness(held, reach)[other.place] if reach > 1 or _named_anew(held, other) else FLAT
        for held in lines
        for other in held.holding(token)
        if reach > 1 or held is lines[0] or not is_verb(held, other)
    ]


def _named_anew(line: Line, token: Token) -> bool:
    before = line.tokens[token.place - 1] if token.place else token
    return before.low in ("a", "an") or before.sort == "word"


def _sureness(line: Line, reach: int) -> list[int]:
    """How certain each token of a sentence is."""
    levels = [FLAT] * len(line.tokens)
    unless = _conditional(line)
    for markers, level in ((LATER, SOON), (MAYBE, UNSURE)):
        known = markers | stems(frozenset(word for word in markers if not word.endswith("ly")))
        for token in line.tokens:
            ahead = level == SOON and token.low in BEING and following(line, token) == "to"
            if token.low not in known and token.stem not in known and not ahead:
                continue
            if token.raw == "May" or token.sort == "name":
                continue
            reduced = min(level, PENDING) if unless else level
            covers_clause = level == UNSURE and following(line, token) == "that" and reach < len(line.tokens)
            for other in behind(line, token, len(line.tokens) if covers_clause else reach):
                levels[other.place] = min(levels[other.place], reduced)
    return levels


def _conditional(line: Line) -> bool:
    """Whether a sentence makes its statement conditional."""
    asking = any(token.low in ASKING for token in line.tokens)
    return not asking and any(token.low in CONDITIONAL for token in line.tokens)


def privatives(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that a "former mayor" is no mayor, and the "second-largest" not the largest."""
    own = {(marker.low, head.stem) for marker, head in _marked(line)}
    theirs = [pair for held in near.everything for pair in _marked(held)]
    for marker, head in _marked(line):
        if (
            marker.low not in {"some", "most", "one", "half"}
            and theirs
            and not any(marker.low == other.low and head.like(thing) for other, thing in theirs)
            and not any(other.low == marker.low for held in near.everything for other in held.tokens)
        ):
            return reason("missing", words=f"{marker.raw} {head.raw}")
    for marker, head in theirs:
        if head.sort == "figure" or (marker.low in NEARLY and not head.low.endswith("est")):
            continue
        for token in line.holding(head):
            if marker.low not in NEARLY and _same_name(token, line, head, near) and not _loose(marker, line):
                return reason("says", words=f"{marker.raw} {head.raw}")
            if (marker.low, token.stem) not in own and not _unmarked(head, near) and not _loose(marker, line):
                return reason("says", words=f"{marker.raw} {head.raw}")
    return None


def _same_name(token: Token, line: Line, head: Token, near: Neighbourhood) -> bool:
    """Whether the same name is beside the word here and beside the modified one in the source."""
    names = [t for t in line.tokens[token.place + 1 : token.place + 4] if t.capital]
    for held in near.everything:
        if head in held.tokens:
            theirs = [t for t in held.tokens[head.place + 1 : head.place + 4] if t.capital]
            return any(one.low == other.low for one in names for other in theirs)
    return False


def _loose(marker: Token, line: Line) -> bool:
    """Whether the sentence has the modifier somewhere else."""
    return any(token.low == marker.low or token.like(marker) for token in line.tokens)


def _marked(line: Line) -> Iterator[tuple[Token, Token]]:
    """Each modifier with the word after it."""
    for token in line.tokens:
        if token.low in PRIVATIVE:
            after = [other for other in line.tokens[token.place + 1 :] if other.clause == token.clause]
            after = after[1:] if after and after[0].low == "of" else after  # "lack of previous convictions"
            if after and after[0].sort != "idle" and not after[0].reckoned:
                yield token, after[0]


def _unmarked(head: Token, near: Neighbourhood) -> bool:
    for held in near.everything:
        marked = {other.place for _, other in _marked(held)}
        if any(other.place not in marked for other in held.holding(head)):
            return True
    return False


def following(line: Line, token: Token) -> str:
    """The next word in lower case; empty after the last."""
    return line.tokens[token.place + 1].low if token.place + 1 < len(line.tokens) else ""


def behind(line: Line, token: Token, reach: int) -> list[Token]:
    """The content words after a token in its clause, without adverbs and names."""
    found: list[Token] = []
    counted = 0
    clause = token.clause
    for other in line.tokens[token.place + 1 :]:
        if other.low in ("that", "if", "whether") and other.place <= token.place + 2:
            clause = other.clause
        if counted == reach or (other.clause != clause and (found or reach < NEAR)):
            break
        if other.sort == "word":
            found.append(other)
            counted += not other.low.endswith("ly")
    return found
