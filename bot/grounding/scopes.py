"""Words that change what another word claims: "not", "may", "former", "up to"; none may be lost or added."""

from collections.abc import Callable, Iterator, Sequence

from bot.grounding.lexicon import (
    ABOUT,
    ASKING,
    BEING,
    CONDITIONAL,
    DENYING,
    LATER,
    MAYBE,
    NEARLY,
    NEGATING,
    NEGATORS,
    OVER,
    PRIVATIVE,
    UNDER,
    stems,
    words_of,
)
from bot.grounding.source import Neighbourhood
from bot.grounding.verbs import is_verb
from bot.grounding.words import Line, Token

NEGATED_REACH, HEDGED_REACH = 3, 2
"""Telling words behind a negation or a hedge that it changes."""
_LEADING = frozenset({"at", "by", "for", "from", "in", "near", "of", "on", "to", "with"})
FLAT, SOON, PENDING, UNSURE = 4, 3, 2, 1
"""How sure a word is said to be: it happened, it will, it will if, it may."""
Marker = Callable[[Line, Token], bool]


def negation(line: Line, near: Neighbourhood) -> str:
    """What is denied here is denied there, and the other way round."""
    own = list(_scopes(line, _negates, NEGATED_REACH))
    theirs = [scope for held in near.lines for scope in _scopes(held, _negates, NEGATED_REACH)]
    for scope in own:
        if scope and not any(_meet(scope, other) for other in theirs):
            return "a denial that is not in the source"
    if not own and any(line.has(name) for name in _excepted(near.lines[near.best])):
        return "the source denies it"
    denied = [token for scope in own for token in scope]
    for scope in _scopes(near.lines[near.best], _negates, NEGATED_REACH):
        if _asserted(scope, line, denied, near):
            return "the source denies it"
    return ""


def _excepted(line: Line) -> Iterator[Token]:
    """Names right behind a "not" and a preposition, and nowhere else in the sentence: "though not in Oslo"."""
    for token in line.tokens:
        behind = line.tokens[token.place + 1 : token.place + 3]
        if token.low != "not" or len(behind) < 2 or behind[0].low not in _LEADING:
            continue
        if behind[1].sort == "name" and len(line.holding(behind[1])) == 1:
            yield behind[1]


def _asserted(scope: list[Token], line: Line, denied: list[Token], near: Neighbourhood) -> bool:
    """Whether a sentence says plainly what the source denies, and nowhere says plainly."""
    if any(token.like(other) for token in scope for other in denied):
        return False
    return any(
        token.sort == "word" and not token.low.endswith("ly") and line.has(token) and not _plainly(token, line, near)
        for token in scope
    )


def _plainly(token: Token, line: Line, near: Neighbourhood) -> bool:
    """Whether a word stands in the neighbourhood outside every denial."""
    for held in [near.lines[near.best]] if _nearly_verbatim(line, near) else near.everything:
        inside = {other.place for scope in _scopes(held, _negates, NEGATED_REACH) for other in scope}
        if any(other.place not in inside and other.stem == token.stem for other in held.tokens):
            return True
    return False


def _nearly_verbatim(line: Line, near: Neighbourhood) -> bool:
    """Whether the best line holds all that the sentence tells: then no other line excuses a difference."""
    return all(near.lines[near.best].has(token) for token in line.telling)


def hedges(line: Line, near: Neighbourhood) -> str:
    """Nothing is said to be surer than the source says: "may open" is no "will open", "will open" no "opened"."""
    sure = _sureness(line, len(line.tokens))
    for token in line.telling:
        if token.sort != "word" or token.low.endswith("ly"):
            continue
        reach = HEDGED_REACH if is_verb(line, token) else 1
        best = near.lines[near.best]
        levels = _levels(token, [best], reach)
        if not levels or reach == 1:
            levels += _levels(token, [best, *near.everything], reach)
        if levels and max(levels) < sure[token.place]:
            return f"the source does not say so firmly that “{token.raw}”"
    return ""


def _levels(token: Token, lines: Sequence[Line], reach: int) -> list[int]:
    """How sure the source is of a word, wherever it stands; of a thing only behind "a" or the hedge itself."""
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
    """How sure each token of a sentence is said to be."""
    levels = [FLAT] * len(line.tokens)
    unless = _conditional(line)
    for markers, level in ((LATER, SOON), (MAYBE, UNSURE)):
        known = markers | stems(frozenset(word for word in markers if not word.endswith("ly")))
        for token in line.tokens:
            ahead = level == SOON and token.low in BEING and _following(line, token) == "to"
            if token.low not in known and token.stem not in known and not ahead:
                continue
            if token.raw == "May" or token.sort == "name":
                continue
            reduced = min(level, PENDING) if unless else level
            for other in _behind(line, token, reach):
                levels[other.place] = min(levels[other.place], reduced)
    return levels


def _conditional(line: Line) -> bool:
    """Whether a sentence makes what it tells depend on something."""
    asking = any(token.low in ASKING for token in line.tokens)
    return not asking and any(token.low in CONDITIONAL for token in line.tokens)


def condition(line: Line, near: Neighbourhood) -> str:
    """A condition of the source is not dropped."""
    best = near.lines[near.best]
    if not _conditional(best) or _conditional(line):
        return ""
    maybe = MAYBE | {"would", "could", "conditional", "depending"}
    return "" if any(token.low in maybe for token in line.tokens) else "the source makes it depend on something"


def privatives(line: Line, near: Neighbourhood) -> str:
    """A "former mayor" is no mayor, and the "second-largest" not the largest."""
    own = {(marker.low, head.stem) for marker, head in _marked(line)}
    theirs = [pair for held in near.everything for pair in _marked(held)]
    for marker, head in _marked(line):
        if (
            marker.low not in {"some", "most", "one", "half"}
            and theirs
            and not any(marker.low == other.low and head.like(thing) for other, thing in theirs)
            and not any(other.low == marker.low for held in near.everything for other in held.tokens)
        ):
            return f"“{marker.raw} {head.raw}” is not in the source"
    for marker, head in theirs:
        if head.sort == "figure" or (marker.low in NEARLY and not head.low.endswith("est")):
            continue
        for token in line.holding(head):
            if marker.low not in NEARLY and _same_name(token, line, head, near) and not _loose(marker, line):
                return f"the source says “{marker.raw} {head.raw}”"
            if (marker.low, token.stem) not in own and not _unmarked(head, near) and not _loose(marker, line):
                return f"the source says “{marker.raw} {head.raw}”"
    return ""


def _same_name(token: Token, line: Line, head: Token, near: Neighbourhood) -> bool:
    """Whether the same name stands beside a word here and beside the changed one in the source."""
    names = [t for t in line.tokens[token.place + 1 : token.place + 4] if t.capital]
    for held in near.everything:
        if head in held.tokens:
            theirs = [t for t in held.tokens[head.place + 1 : head.place + 4] if t.capital]
            return any(one.low == other.low for one in names for other in theirs)
    return False


def _loose(marker: Token, line: Line) -> bool:
    """Whether the sentence says the marker somewhere else."""
    return any(token.low == marker.low or token.like(marker) for token in line.tokens)


def _marked(line: Line) -> Iterator[tuple[Token, Token]]:
    """Each word that changes the one behind it, with that one."""
    for token in line.tokens:
        if token.low in PRIVATIVE:
            following = [other for other in line.tokens[token.place + 1 :] if other.clause == token.clause]
            if following and following[0].sort != "idle":
                yield token, following[0]


def _unmarked(head: Token, near: Neighbourhood) -> bool:
    for held in near.everything:
        marked = {other.place for _, other in _marked(held)}
        if any(other.place not in marked for other in held.holding(head)):
            return True
    return False


def bounds(line: Line, near: Neighbourhood) -> str:
    """What is up to 50 is not 50, and what is more than 50 is not less."""
    for token in line.tokens:
        if token.sort != "figure" or token.dated:
            continue
        own = _bound(line, token)
        theirs = {_bound(held, other) for held in near.everything for other in held.holding(token)}
        if own == "over" and theirs and "over" not in theirs:
            return f"the source does not say that it is more than {token.raw}"
        if own != "under" and theirs == {"under"}:
            return f"the source says that it is at most {token.raw}"
        if own == "under" and theirs and not theirs & {"under"}:
            return f"the source does not say that it is less than {token.raw}"
    return ""


def _bound(line: Line, token: Token) -> str:
    """Whether a number is said to be a least or a most: "over", "under", "about" or empty."""
    before = line.plain[max(0, token.start - 24) : token.start].lower().rstrip("$€£ ")
    for sort, phrases in (("over", OVER), ("under", UNDER), ("about", ABOUT)):
        if any(before.endswith(f" {phrase}") or before == phrase for phrase in phrases):
            return sort
    return ""


def _negates(line: Line, token: Token) -> bool:
    following = _following(line, token)
    if token.low == "not" and following == "only":
        return False
    if token.low in NEGATORS or token.stem in stems(DENYING):
        return True
    if token.low in ("ruled", "rule") and following == "out":
        return True
    return (token.low in NEGATING or token.stem in stems(NEGATING)) and following in ("to", "short")


def _following(line: Line, token: Token) -> str:
    return line.tokens[token.place + 1].low if token.place + 1 < len(line.tokens) else ""


def against(line: Line, near: Neighbourhood) -> str:
    """A vote against something is not made one for it."""
    best = near.lines[near.best]
    if any(token.low in ("against", "opposed", "opposing", "rejected") for token in line.tokens):
        return ""
    for token in best.tokens:
        if _following(best, token) == "against" and token.low in _SIDING and line.has(token):
            return "the source says that it was against"
    return ""


_SIDING = words_of("siding")


def _scopes(line: Line, marks: Marker, reach: int) -> Iterator[list[Token]]:
    """For each marker the telling words behind it that it changes."""
    for token in line.tokens:
        if marks(line, token):
            yield _behind(line, token, reach)


def _behind(line: Line, token: Token, reach: int) -> list[Token]:
    """The telling words behind a token in its clause, adverbs not counted; no names."""
    found: list[Token] = []
    counted = 0
    clause = token.clause
    for other in line.tokens[token.place + 1 :]:
        if other.low in ("that", "if", "whether") and other.place <= token.place + 2:
            clause = other.clause
        if counted == reach or other.clause != clause:
            break
        if other.sort == "word":
            found.append(other)
            counted += not other.low.endswith("ly")
    return found


def _meet(one: list[Token], other: list[Token]) -> bool:
    return any(token.like(held) for token in one for held in other)
