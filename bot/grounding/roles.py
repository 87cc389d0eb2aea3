"""Roles: who did what to whom."""

from collections.abc import Iterator
from itertools import pairwise

from bot.grounding.lexicon import LOOSE, stems, words_of
from bot.grounding.line import Line, Token, runs
from bot.grounding.passage_lines import Neighbourhood, points
from bot.grounding.reasons import reason
from bot.grounding.verbs import REACH, adjacent, agent, is_verb, only, passive, saying, shared, timing
from bot.note import Note

_PLACING = words_of("placing")
_SPANS = words_of("spans")
_SELF = words_of("self")
_STANDING_IN = frozenset({"he", "it", "she", "they"})
_PREPOSITIONS = words_of("prepositions")
_ASIDE = frozenset({"who", "which", "whose", "whom"})
"""A clause that begins with one of these is separate from the words around it."""
_ATTACHING = frozenset({"at", "between", "in", "near", "of", "on"})
"""They precede a phrase that only specifies a noun."""


def blended(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that adjacent names, or a title and a name, are adjacent in the source."""
    for run in runs(line.tokens):
        for one, other in pairwise(run):
            if other.place == one.place + 1 and not adjacent(one, other, near) and _elsewhere(one, other, near):
                return reason("missing", words=f"{one.raw} {other.raw}")
        before = line.tokens[run[0].place - 1] if run[0].place else None
        if before and before.sort == "word" and not adjacent(before, run[0], near) and _titled(before, near):
            return reason("missing", words=f"{before.raw} {run[-1].raw}")
        if before and before.low in _PLACING and _part_of_a_name(run[-1], near):
            return reason("no_place", name=run[-1].raw)
    return None


def _part_of_a_name(token: Token, near: Neighbourhood) -> bool:
    """Whether a name occurs only before another one: "Hollin Museum" does not say that it is in Hollin."""
    places = [(held, own) for held in near.everything for own in held.holding(token)]
    following = [(own, held.tokens[own.place + 1 : own.place + 2]) for held, own in places]
    return bool(following) and all(
        behind and behind[0].sort == "name" and behind[0].clause == own.clause for own, behind in following
    )


def _elsewhere(one: Token, other: Token, near: Neighbourhood) -> bool:
    return any(held.has(one) for held in near.everything) and any(held.has(other) for held in near.everything)


def _titled(role: Token, near: Neighbourhood) -> bool:
    """Whether the source gives a title to a name."""
    for held in near.everything:
        for own in held.holding(role):
            beside = held.tokens[own.place + 1 : own.place + 2]
            if beside and beside[0].sort == "name":
                return True
    return False


def subjects(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that the source has the same subject and object for each verb."""
    for verb in _verbs(line):
        left, right = _sides(line, verb)
        if (
            not left
            or _negative_subject(line, left[0])
            or (verb.stem in saying() and any(near.byline.has(token) for token in left))
        ):
            continue
        places = [(held, own) for held in near.lines for own in held.holding(verb)]
        exact = [(held, own) for held, own in places if own.stem == verb.stem]
        loose = [(held, own) for held, own in places if not exact or not right or shared(right, held.telling)]
        subject = (left, _head(line, verb, left), _apposed(line, left))
        found = [
            any(_agrees(line, verb, some, right, held, own, near) for some in subject if some)
            for held, own in exact + loose
        ]
        if found and not any(found):
            return reason("not_done", name=left[-1].raw, words=verb.raw)
    return None


def _agrees(
    line: Line, verb: Token, left: list[Token], right: list[Token], held: Line, own: Token, near: Neighbourhood
) -> bool:
    """Whether one place of the source has it with the same subject."""
    before = [t for t in held.telling if t.place < own.place]
    after = [t for t in held.telling if t.place > own.place]
    own_voice, voice = (
        passive(line, verb) or _happens(line, verb, right),
        passive(held, own) or _happens(held, own, after),
    )
    close = after[: REACH if verb.stem in saying() else REACH - 1]
    onleft, onright = _same_side(left, before, after), _same_side(left, close, before)
    own_agent, their_agent = agent(line, verb), agent(held, own)
    if own_voice and voice and own_agent and their_agent and not shared(own_agent, their_agent):
        return False
    if not (onleft or onright):
        return _resolves(left, held, own, near)
    if own_voice == voice:
        return onleft or verb.stem in saying() or not is_verb(held, own)
    if onright:
        return True
    return not shared(own_agent, after) if own_voice else not shared(right, their_agent)


def _happens(line: Line, verb: Token, right: list[Token]) -> bool:
    """Whether a verb that needs no agent has none: "the library moves" if it is moved."""
    if verb.stem not in stems(_SELF):
        return False
    behind = line.tokens[verb.place + 1 : verb.place + 2]
    return not behind or behind[0].clause != verb.clause or behind[0].low in _PREPOSITIONS or behind[0].stem[0] == "%"


def _negative_subject(line: Line, subject: Token) -> bool:
    """Whether a subject only specifies a "no one" before it: "no one on the island"."""
    before = line.tokens[max(0, subject.place - 8) : subject.place]
    return any(t.low in ("none", "neither", "nobody", "no") for t in before) and any(
        t.low in _ATTACHING for t in before
    )


def _apposed(line: Line, left: list[Token]) -> list[Token]:
    """The name before a comma that a subject only describes: "Ada Pell, a councillor,"."""
    first = left[0]
    opening = [t for t in line.tokens if t.clause == first.clause][:1]
    if not first.clause or not opening or opening[0].low not in ("a", "an", "the", "who", "his", "her", "its", "which"):
        return []
    return [t for t in line.tokens if t.clause == first.clause - 1 and t.capital][-2:]


def _same_side(some: list[Token], here: list[Token], there: list[Token]) -> bool:
    """Whether these are on one side of a verb, judged by those on that side only, if there are any."""
    if only(some, here, there):
        return True
    return shared(some, here) and not only(some, there, here)


def _resolves(left: list[Token], held: Line, own: Token, near: Neighbourhood) -> bool:
    """Whether the source has the subject as a pronoun, or as a title that belongs to it."""
    if points(held, near) or not [t for t in held.telling if t.place < own.place]:
        return True
    others = [t for t in held.telling if t.place < own.place]
    return any(adjacent(one, other, near) for one in left for other in others if other.sort == "word")


def _sides(line: Line, verb: Token) -> tuple[list[Token], list[Token]]:
    """The content words before a verb, back to the verb before it, and those after it in its clause."""
    left: list[Token] = []
    aside = {token.clause for token in line.tokens if token.low in _ASIDE} - {verb.clause}
    for token in (token for token in reversed(line.tokens[: verb.place]) if token.clause not in aside):
        if not left and token.low in _STANDING_IN and token.clause == verb.clause:
            break
        if len(left) == REACH or (token.clause < verb.clause and any(t.sort == "name" for t in left)):
            break
        if (
            token.telling
            and not (left == [] and _belongs(line, token))
            and not token.low.endswith("ly")
            and token.low not in _SPANS
            and not is_verb(line, token)
        ):
            left.insert(0, token)
        elif left and is_verb(line, token):
            break
    named = [token for token in left if token.capital] if left and left[-1].capital else []
    right = [t for t in line.telling if t.place > verb.place and t.clause == verb.clause][:REACH]
    return named or left[-1:], right


def _belongs(line: Line, token: Token) -> bool:
    """Whether a general word only belongs to the word before it: "the lake's level"."""
    before = line.tokens[token.place - 1] if token.place else token
    return token.stem in stems(LOOSE) and before.raw.endswith("'s")


def _head(line: Line, verb: Token, left: list[Token]) -> list[Token]:
    """The noun itself, if the words before a verb only locate or specify it: "work on a road to Oslo"."""
    verbs = [t.place for t in line.tokens[: left[-1].place] if is_verb(line, t)]
    before = line.tokens[verbs[-1] + 1 if verbs else 0 : left[-1].place]
    places = [t.place for t in before if t.low in _ATTACHING]
    if not places or left[-1].clause != verb.clause:
        return []
    return [t for t in before if t.sort == "word" and t.place < places[0]][-1:]


def _verbs(line: Line) -> Iterator[Token]:
    """The verbs that may have a subject of their own."""
    return (token for token in line.tokens if is_verb(line, token) and not timing(line, token))
