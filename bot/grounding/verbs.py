"""Relations in a sentence: verbs, their agents, and words that belong together."""

from collections.abc import Sequence
from functools import cache

from bot.grounding.lexicon import BEING, SAYING, are_synonyms, groups, past_forms, stem, words_of
from bot.grounding.line import Line, Token
from bot.grounding.passage_lines import Neighbourhood
from corpus.pronouns import POSSESSIVES

REACH = 4
"""Content words beside a verb that may be its subject or object."""
JOINED = 4
"""The most words from a title to its name: "Pell, the city's mayor"."""
_SAME_PAST = words_of("same_past")
_PAST = past_forms() | _SAME_PAST
AUXILIARY = BEING | words_of("auxiliary")
_ARTICLES = frozenset({"a", "an", "the"})
_DETERMINERS = _ARTICLES | POSSESSIVES
"""No verb follows these."""


def is_verb(line: Line, token: Token) -> bool:
    """Whether a word looks like a verb with an agent: a past form, or one after "will" or "to"."""
    if token.sort != "word":
        return False
    if line.tokens[max(0, token.place - 1)].low in _DETERMINERS or token.low == "aged":
        return False
    if token.low in _SAME_PAST and any(t.low in AUXILIARY for t in line.tokens[token.place + 1 : token.place + 2]):
        return False
    if token.low.endswith("ed") or token.low in _PAST or token.stem in saying():
        return True
    if timing(line, token):
        return True
    before = [t for t in line.tokens[max(0, token.place - 2) : token.place] if t.low.endswith("ly") or t.sort == "idle"]
    return any(t.low in AUXILIARY for t in before[-1:])


def timing(line: Line, token: Token) -> bool:
    """Whether a verb only gives a time for the main action: "after agreeing to it"."""
    return token.low.endswith("ing") and line.tokens[max(0, token.place - 1)].low in ("after", "before")


def passive(line: Line, verb: Token) -> bool:
    """Whether a verb is passive."""
    if not (verb.low.endswith(("ed", "en", "wn")) or verb.low in _PAST):
        return False
    before = line.tokens[max(0, verb.place - 3) : verb.place]
    for token in reversed(before):
        if token.low in BEING:
            return True
        if token.sort != "idle" and not token.low.endswith("ly"):
            break
    following = line.tokens[verb.place + 1 : verb.place + 2]
    return bool(following and following[0].low == "by")


def agent(line: Line, verb: Token) -> list[Token]:
    """The agent after "by"."""
    behind = line.tokens[verb.place + 1 : verb.place + 6]
    places = [t.place for t in behind if t.low == "by"]
    return [t for t in line.telling if places and places[0] < t.place <= places[0] + 4]


@cache
def saying() -> frozenset[str]:
    """The stems of the verbs of saying."""
    return frozenset(other for word in SAYING for other in _synonyms(word))


def _synonyms(word: str) -> frozenset[str]:
    base = stem(word)
    return frozenset({base} | {other for other in groups() if are_synonyms(base, other)})


def shared(some: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether two sets of words share one."""
    return any(one.like(other) for one in some for other in others)


def adjacent(one: Token, other: Token, near: Neighbourhood) -> bool:
    """Whether two words are close to each other in the source."""
    return any(
        abs(left.place - right.place) <= JOINED
        for held in near.anywhere
        for left in held.holding(one)
        for right in held.holding(other)
    )


def distance(one: Token, other: Token) -> int:
    """The words between two words; a clause between them counts as ten."""
    return abs(one.place - other.place) + 10 * abs(one.clause - other.clause)


def only(some: list[Token], here: list[Token], there: list[Token]) -> int:
    """How many of some words are on one side only."""
    return sum(shared([one], here) and not shared([one], there) for one in some)


def replaces(token: Token, line: Line, held: Line) -> bool:
    """Whether a line has another word in a word's place: "data on rainfall" for "data on rivers"."""
    before, behind = _beside(line, token, -1), _beside(line, token, 1)
    for other in held.tokens:
        if other.telling and not line.holding(other) and not token.like(other):
            left, right = _beside(held, other, -1), _beside(held, other, 1)
            if (before and left and before.low == left.low) or (
                behind and right and behind.telling and right.like(behind)
            ):
                return True
    return False


def _beside(line: Line, token: Token, step: int) -> Token | None:
    """The next token on a side in the same clause, articles skipped."""
    place = token.place + step
    while 0 <= place < len(line.tokens) and line.tokens[place].low in _ARTICLES:
        place += step
    found = line.tokens[place] if 0 <= place < len(line.tokens) else None
    return found if found and found.clause == token.clause else None
