"""Who did what to whom, and which way round."""

from collections.abc import Iterator
from itertools import pairwise

from bot.grounding.lexicon import among, opposites, words_of
from bot.grounding.source import Neighbourhood, points
from bot.grounding.verbs import REACH, adjacent, agent, distance, is_verb, only, passive, saying, shared
from bot.grounding.words import Line, Token, runs

_PLACING = words_of("placing")
_SPANS = words_of("spans")
_ATTACHING = frozenset({"at", "between", "in", "near", "of", "on"})
"""Before what only tells which thing is meant."""


def blended(line: Line, near: Neighbourhood) -> str:
    """Names that stand side by side do so in the source; so do a title and a name."""
    for run in runs(line.tokens):
        for one, other in pairwise(run):
            if other.place == one.place + 1 and not adjacent(one, other, near) and _elsewhere(one, other, near):
                return f"“{one.raw} {other.raw}” is not in the source"
        before = line.tokens[run[0].place - 1] if run[0].place else None
        if before and before.sort == "word" and not adjacent(before, run[0], near) and _titled(before, near):
            return f"“{before.raw} {run[-1].raw}” is not in the source"
        if before and before.low in _PLACING and _part_of_a_name(run[-1], near):
            return f"{run[-1].raw} is no place in the source"
    return ""


def _part_of_a_name(token: Token, near: Neighbourhood) -> bool:
    """Whether a name stands only in front of another one: "Hollin Museum" does not say that it stands in Hollin."""
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


def subjects(line: Line, near: Neighbourhood) -> str:
    """Whoever does something here does it in the source, and to the same."""
    for verb in _verbs(line):
        left, right = _sides(line, verb)
        if not left or (verb.stem in saying() and any(near.byline.has(token) for token in left)):
            continue
        places = [(held, own) for held in near.lines for own in held.holding(verb)]
        exact = [(held, own) for held, own in places if own.stem == verb.stem]
        loose = [(held, own) for held, own in places if not exact or not right or shared(right, held.telling)]
        found = [
            any(_agrees(line, verb, some, right, held, own, near) for some in (left, _head(line, verb, left)) if some)
            for held, own in exact + loose
        ]
        if found and not any(found):
            return f"the source does not say that {left[-1].raw} {verb.raw}"
    return ""


def _agrees(
    line: Line, verb: Token, left: list[Token], right: list[Token], held: Line, own: Token, near: Neighbourhood
) -> bool:
    """Whether one place of the source says it of the same subject."""
    before = [t for t in held.telling if t.place < own.place]
    after = [t for t in held.telling if t.place > own.place]
    own_voice, voice = passive(line, verb), passive(held, own)
    close = after[: REACH if verb.stem in saying() else REACH - 1]
    onleft, onright = _stands(left, before, after), _stands(left, close, before)
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


def _stands(some: list[Token], here: list[Token], there: list[Token]) -> bool:
    """Whether these stand on one side of a verb, judged by those that stand on one side alone, if there are any."""
    if only(some, here, there):
        return True
    return shared(some, here) and not only(some, there, here)


def _resolves(left: list[Token], held: Line, own: Token, near: Neighbourhood) -> bool:
    """Whether the subject stands in the source as a pronoun, or as a title that goes with it."""
    if points(held, near) or not [t for t in held.telling if t.place < own.place]:
        return True
    others = [t for t in held.telling if t.place < own.place]
    return any(adjacent(one, other, near) for one in left for other in others if other.sort == "word")


def _sides(line: Line, verb: Token) -> tuple[list[Token], list[Token]]:
    """The telling words before a verb, back to the verb before it, and those behind it in its clause."""
    left: list[Token] = []
    for token in reversed(line.tokens[: verb.place]):
        if len(left) == REACH or (token.clause < verb.clause and any(t.sort == "name" for t in left)):
            break
        if token.telling and not token.low.endswith("ly") and token.low not in _SPANS and not is_verb(line, token):
            left.insert(0, token)
        elif left and is_verb(line, token):
            break
    named = [token for token in left if token.capital] if left and left[-1].capital else []
    right = [t for t in line.telling if t.place > verb.place and t.clause == verb.clause][:REACH]
    return named or left[-1:], right


def _head(line: Line, verb: Token, left: list[Token]) -> list[Token]:
    """The thing itself, if the words before a verb tell only where it is or of what: "work on a road to Oslo"."""
    verbs = [t.place for t in line.tokens[: left[-1].place] if is_verb(line, t)]
    before = line.tokens[verbs[-1] + 1 if verbs else 0 : left[-1].place]
    places = [t.place for t in before if t.low in _ATTACHING]
    if not places or left[-1].clause != verb.clause:
        return []
    return [t for t in before if t.sort == "word" and t.place < places[0]][-1:]


def _verbs(line: Line) -> Iterator[Token]:
    return (token for token in line.tokens if token.sort == "word" and is_verb(line, token))


def directions(line: Line, near: Neighbourhood) -> str:
    """Where the source says both "rose" and "fell", each goes with what it goes with there."""
    for pair in opposites():
        for side, other in (pair, pair[::-1]):
            own = [token for token in line.telling if _on(token, side)]
            for token in own:
                if any(_on(t, other) for t in line.telling):
                    continue
                if _contrary(line, token, side, other, near):
                    return f"the source does not say “{token.raw}” of this"
    return ""


def _on(token: Token, side: frozenset[str]) -> bool:
    return among(token.stem, side)


def _contrary(line: Line, token: Token, side: frozenset[str], other: frozenset[str], near: Neighbourhood) -> bool:
    """Whether in the source the opposite stands nearer to what stands beside the word here."""
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


def choices(line: Line, near: Neighbourhood) -> str:
    """One of two is not told where the source leaves it open: "one or the other"."""
    if any(token.low == "or" for token in line.tokens):
        return ""
    best = near.lines[near.best]
    for token in best.tokens:
        if token.low != "or":
            continue
        before = [t for t in best.telling if t.place < token.place][-2:]
        after = [t for t in best.telling if t.place > token.place][:2]
        if shared(before, line.tokens) != shared(after, line.tokens):
            return "the source leaves it open"
    return ""


def order(line: Line, near: Neighbourhood) -> str:
    """What went from 5 to 7 did not go from 7 to 5; what came before stays before; the longer stays longer."""
    for start, end in _ways(line):
        for held in near.lines:
            if any(start.like(b) and end.like(a) for a, b in _ways(held)) and not any(
                start.like(a) and end.like(b) for a, b in _ways(held)
            ):
                return "the source says it the other way round"
    return _pivots(line, near)


def _ways(line: Line) -> Iterator[tuple[Token, Token]]:
    """Pairs of a "from" and its "to", in either order."""
    heads = {word: [_next(line, t) for t in line.tokens if t.low == word] for word in ("from", "to")}
    for start in heads["from"]:
        for end in heads["to"]:
            if start and end and abs(start.place - end.place) <= 8:
                yield start, end


def _next(line: Line, token: Token) -> Token | None:
    behind = [t for t in line.tokens[token.place + 1 : token.place + 4] if t.sort != "idle"]
    return behind[0] if behind else None


def _pivots(line: Line, near: Neighbourhood) -> str:
    """The two sides of "than", "before" and "after" are those of the source."""
    for token in line.tokens:
        if token.low not in ("than", "before", "after", "over", "against"):
            continue
        left = [t for t in line.tokens[: token.place] if t.sort != "idle"][-REACH:]
        right = [t for t in line.tokens[token.place + 1 :] if t.sort != "idle"][:REACH]
        for held in near.lines:
            for own in held.tokens:
                flipped = {token.low, own.low} == {"before", "after"}
                if own.low != token.low and not flipped:
                    continue
                crossed = _crossed(left, right, held, own)
                if crossed is not None and crossed != flipped:
                    return "the source says it the other way round"
    return ""


def _crossed(left: list[Token], right: list[Token], held: Line, own: Token) -> bool | None:
    """Whether the sides are changed in the source; None if it has too little of them."""
    before = [t for t in held.tokens if t.place < own.place and t.sort != "idle"]
    after = [t for t in held.tokens if t.place > own.place and t.sort != "idle"]
    if only(left, after, before) and only(right, before, after):
        return True
    return False if only(left, before, after) or only(right, after, before) else None


def moved(line: Line, near: Neighbourhood) -> str:
    """Where the words stand as in the source, so do names and verbs: else somebody took another one's place."""
    best = near.lines[near.best]
    own = [t for t in line.telling if t.sort == "name" or not t.light]
    if not all(best.has(token) for token in own) or _other_voice(line, best):
        return ""
    words = _places([t for t in own if t.sort == "word"], best)
    names = [t for t in own if t.sort == "name" and not _led(line, t)]
    if len(words) < 3 or words != sorted(words) or not names:
        return ""
    return (
        "" if _in_order([t for t in own if is_verb(line, t) or t in names], best) else "the names stand in other places"
    )


def _led(line: Line, token: Token) -> bool:
    """Whether a name tells the place or the source of something, which may be said anywhere in a sentence."""
    before = line.tokens[max(0, token.place - 3) : token.place]
    return any(t.low in _PLACING or t.low in ("according", "of") for t in before)


def _places(tokens: list[Token], held: Line) -> list[int]:
    return [next(t.place for t in held.tokens if token.like(t) and t.sort != "idle") for token in tokens]


def _in_order(tokens: list[Token], held: Line) -> bool:
    """Whether a line holds these words one behind the other."""
    place = -1
    for token in tokens:
        behind = [t.place for t in held.tokens if t.place > place and t.sort != "idle" and token.like(t)]
        if not behind:
            return False
        place = behind[0]
    return True


def _other_voice(line: Line, held: Line) -> bool:
    """Whether one is told in the passive and the other is not."""
    return any(
        passive(line, verb) != passive(held, own)
        for verb in line.tokens
        if is_verb(line, verb)
        for own in held.holding(verb)
        if is_verb(held, own)
    )
