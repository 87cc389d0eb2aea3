"""References: what one sentence of the source names, and its neighbours call by a pronoun, a title or another word."""

from collections.abc import Sequence

from bot.grounding.line import Line, Token, runs
from bot.grounding.passage_lines import Neighbourhood
from bot.grounding.verbs import JOINED, adjacent, is_verb
from corpus.pronouns import POSSESSIVES

_ARTICLES = frozenset({"a", "an", "the"})


def called(token: Token, part: Sequence[Token], held: Line, near: Neighbourhood) -> bool:
    """Whether a word of a part belongs to a line, though another line has it."""
    return (
        any(_appended(token, other, held, near) for other in part)
        or _title_of(token, held, near)
        or (token.raw.endswith("'s") and _possesses(held))
        or _meant_by_it(token, held, near)
        or _other_name(token, held, near)
        or _narrows(token, part, held, near)
        or _in_full(token, held, near)
    )


def _in_full(token: Token, held: Line, near: Neighbourhood) -> bool:
    """Whether a name is given in full elsewhere, and by its last word here: "the telescope"."""
    return token.sort == "name" and any(
        any(own.place and held.tokens[own.place - 1].low in ("the", "its") for own in held.holding(run[-1]))
        for line in near.anywhere
        for run in runs(line.tokens)
        if len(run) > 1 and any(own in run[:-1] for own in line.holding(token))
    )


def _appended(token: Token, other: Token, held: Line, near: Neighbourhood) -> bool:
    """Whether a word belongs to a name of the line elsewhere: "Mayor Ada" with "Pell"."""
    if other is token or not any(own.capital for own in held.holding(other)) or not other.capital:
        return False
    return (
        "figure" not in (token.sort, other.sort)
        and abs(token.place - other.place) <= JOINED
        and adjacent(token, other, near)
    )


def _narrows(token: Token, part: Sequence[Token], held: Line, near: Neighbourhood) -> bool:
    """Whether a word only specifies a thing that the source calls by "the": "the school building"."""
    thing = [t for t in part if t.place == token.place + 1 and t.sort == "word"]
    if token.sort == "word" and any(other.low in held.lows and _are_adjacent(token, other, near) for other in thing):
        return True
    return token.sort == "word" and any(
        own.place
        and held.tokens[own.place - 1].low == "the"
        and any(one.has(token) for one in near.lines if one is not held)
        for other in thing
        for own in held.holding(other)
    )


def _are_adjacent(one: Token, other: Token, near: Neighbourhood) -> bool:
    """Whether a word is directly before another somewhere in the passage: "water board" where "board" is meant."""
    return any(
        own.place + 1 < len(line.tokens) and other.low == line.tokens[own.place + 1].low
        for line in near.whole
        for own in line.holding(one)
    )


def _meant_by_it(token: Token, held: Line, near: Neighbourhood) -> bool:
    """Whether the sentence before has a thing, and this one has "it" after its verb."""
    place = next((number for number, one in enumerate(near.lines) if one is held), 0)
    if token.sort != "word" or not place or held.lows.isdisjoint(("it", "them")):
        return False
    verbs = [t.place for t in held.tokens if is_verb(held, t)]
    return any(t.low in ("it", "them") and verbs and t.place > verbs[0] for t in held.tokens) and any(
        not is_verb(near.lines[place - 1], t) for t in near.lines[place - 1].holding(token)
    )


def _other_name(token: Token, held: Line, near: Neighbourhood) -> bool:
    """Whether a name is elsewhere beside another word for a thing of this sentence: "the painting “Dawn”"."""
    things = [t for t in held.tokens if t.sort == "word" and t.place and held.tokens[t.place - 1].low in _ARTICLES]
    return token.capital and any(
        0 < name.place - own.place <= JOINED and own.low != thing.low and one.tokens[own.place - 1].low == "the"
        for thing in things
        for one in near.lines
        if one is not held
        for own in one.holding(thing)
        for name in one.holding(token)
    )


def _title_of(token: Token, held: Line, near: Neighbourhood) -> bool:
    """Whether a word is elsewhere directly before the name that a line begins with: "the probe" for "Larka"."""
    named = [t for t in held.tokens if t.sort == "name"] or [t for t in held.tokens if t.capital][:1]
    return token.sort == "word" and any(
        0 < other.place - own.place <= 1
        for one in near.anywhere
        for own in one.holding(token)
        for name in named
        for other in one.holding(name)
        if other.low == name.low
    )


def _possesses(line: Line) -> bool:
    """Whether a sentence has an "its" or "his" that refers to something before it."""
    return any(token.low in POSSESSIVES for token in line.tokens[:3])
