"""Who did what to whom, and what each number counts: words that all stand in the source, joined as the source joins them."""

from collections.abc import Iterator, Sequence

from bot.grounding.lexicon import BEING, IRREGULAR, LIGHT, SAYING, alike, opposites, stem
from bot.grounding.source import Neighbourhood, points
from bot.grounding.words import Line, Token, runs

REACH = 4
"""Telling words beside a verb that may be its subject or object."""
_PAST = frozenset(
    form for line in IRREGULAR.split("\n") for entry in line.split("|") for form in entry.split()[1:] if form not in ("leading", "leader", "leads", "maker")
) | frozenset("hit cut put beat let set shut cost split spread quit bid burst hurt".split())
_AUXILIARY = BEING | frozenset("has have had will would to may might could should did does do".split())
_DETERMINERS = frozenset("a an the his her its their".split())
_SPANS = frozenset("day days week weeks month months year years hour hours minute minutes night nights time times".split())
_PLACING = frozenset("in at near outside".split())
_LINKING = frozenset("of the new more other s".split())
_COMPARING = frozenset("less more fewer higher lower below above under over than to from".split())
_JOINED = 4
"""Words from a title to its name: "Pell, the city's mayor"."""


def blended(line: Line, near: Neighbourhood) -> str:
    """Names that stand side by side do so in the source; so do a title and a name."""
    for run in runs(line.tokens):
        for one, other in zip(run, run[1:], strict=False):
            if other.place == one.place + 1 and not _adjacent(one, other, near) and _elsewhere(one, other, near):
                return f"“{one.raw} {other.raw}” is not in the source"
        before = line.tokens[run[0].place - 1] if run[0].place else None
        if before and before.sort == "word" and not _adjacent(before, run[-1], near) and _titled(before, near):
            return f"“{before.raw} {run[-1].raw}” is not in the source"
        if before and before.low in _PLACING and _part_of_a_name(run[-1], near):
            return f"{run[-1].raw} is no place in the source"
    return ""


def _part_of_a_name(token: Token, near: Neighbourhood) -> bool:
    """Whether a name stands only in front of another one: "Hollin Museum" does not say that it stands in Hollin."""
    following = [
        held.tokens[own.place + 1 : own.place + 2] for held in near.everything for own in held.holding(token)
    ]
    return bool(following) and all(behind and behind[0].sort == "name" for behind in following)


def _adjacent(one: Token, other: Token, near: Neighbourhood) -> bool:
    """Whether two words stand close to each other in the source."""
    return any(
        abs(left.place - right.place) <= _JOINED
        for held in near.anywhere
        for left in held.holding(one)
        for right in held.holding(other)
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


def counted(line: Line, near: Neighbourhood) -> str:
    """Each number counts what it counts in the source: "3 killed and 14 hurt" is not "14 killed"."""
    for token in line.tokens:
        if token.sort != "figure" or token.dated:
            continue
        for word in _counted(line, token):
            if _other_number(token, word, near):
                return f"the source does not say {token.raw} of “{word.raw}”"
    return ""


def _counted(line: Line, figure: Token) -> list[Token]:
    """The word that a number goes with: the next one, or else the one right before it."""
    for token in line.tokens[figure.place + 1 : figure.place + 4]:
        if token.clause == figure.clause and token.telling:
            return [token]
        if token.clause != figure.clause or token.low not in _LINKING:
            break
    following = [t.low for t in line.tokens[figure.place + 1 : figure.place + 2]]
    before = [t for t in line.tokens[max(0, figure.place - 1) : figure.place] if t.telling]
    return [] if set(following) & _COMPARING else before


def _other_number(figure: Token, word: Token, near: Neighbourhood) -> bool:
    """Whether another number stands nearer to the word, wherever both stand."""
    seen = False
    for held in near.everything:
        numbers = [t for t in held.tokens if t.sort == "figure" and t.dated == figure.dated]
        if not any(figure.like(number) for number in numbers):
            continue
        for own in held.holding(word):
            seen = True
            nearest = min(_distance(own, number) for number in numbers)
            if any(figure.like(number) and _distance(own, number) <= nearest for number in numbers):
                return False
    return seen


def _distance(one: Token, other: Token) -> int:
    """How far apart two words are; a clause between them counts as ten words."""
    return abs(one.place - other.place) + 10 * abs(one.clause - other.clause)


def joined(line: Line, near: Neighbourhood) -> str:
    """What one part of a sentence says stands in one sentence of the source, but for whom a pronoun means."""
    for part in _parts(line):
        if not any(_holds(part, held, near) for held in (*near.lines, near.title)):
            return f"the source does not say this of {part[-1].raw}" if part[-1].sort != "word" else _APART
    return ""


_APART = "the source does not say it in this connection"


def _parts(line: Line) -> list[list[Token]]:
    """The clauses that have a verb, each with those beside it that have none."""
    parts: list[list[Token]] = []
    verbs: list[bool] = []
    for clause in sorted({token.clause for token in line.tokens}):
        tokens = [t for t in line.tokens if t.clause == clause and t.sort != "idle" and t.low not in LIGHT]
        verb = any(_is_verb(line, t) for t in tokens)
        if parts and (not (verb and verbs[-1]) or (tokens[0].sort == "figure" and not tokens[0].dated)):
            parts[-1] += tokens
            verbs[-1] = verbs[-1] or verb
        else:
            parts.append(tokens)
            verbs.append(verb)
    return [part for part in parts if part]


def _holds(part: list[Token], held: Line, near: Neighbourhood) -> bool:
    """Whether a line holds all of a part, or all but its subject where it has a pronoun for it."""
    missing = [token for token in part if not held.has(token) and not _bylined(token, part, near)]
    if any(token.sort == "figure" for token in missing):
        return False
    beside = [token for token in missing if not any(_appended(token, other, held, near) for other in part)]
    if not beside:
        return True
    return points(held, near) and len(beside) <= REACH and any(
        all(other.has(token) for token in beside) for other in (*near.lines, near.title) if other is not held
    )


def _appended(token: Token, other: Token, held: Line, near: Neighbourhood) -> bool:
    """Whether a word goes with a name of the line elsewhere: "Mayor Ada" with "Pell"."""
    if other is token or not any(own.capital for own in held.holding(other)) or not other.capital:
        return False
    return "figure" not in (token.sort, other.sort) and abs(token.place - other.place) <= _JOINED and _adjacent(token, other, near)


def _bylined(token: Token, part: list[Token], near: Neighbourhood) -> bool:
    """Whether a word is the outlet's, the author's or the date's, where the sentence tells who reported what when."""
    reported = any(other.stem in _saying() or other.low in ("according", "published", "wrote") for other in part)
    return near.byline.has(token) and (token.dated or reported)


def timed(line: Line, near: Neighbourhood) -> str:
    """What stands behind a verb stands there in the source: "painted in 1871, before she died" is no death in 1871."""
    for token in line.tokens:
        verbs = [t for t in line.tokens if t.clause == token.clause and t.place < token.place and _is_verb(line, t)]
        finite = [t for t in verbs if line.tokens[t.place - 1].low != "to"]
        if not finite or not (token.sort == "figure" or token.capital) or _between(line, token):
            continue
        where = [(held, own) for held in near.lines for own in held.holding(token)]
        if where and all(_of_another(finite[-1], held, own) for held, own in where):
            return f"the source does not say {token.raw} of “{finite[-1].raw}”"
    return ""


def _between(line: Line, token: Token) -> bool:
    """Whether a number is the time between two things: "two years before she died"."""
    return any(t.low in ("before", "after", "later", "earlier") for t in line.tokens[token.place + 1 : token.place + 3])


def _of_another(verb: Token, held: Line, own: Token) -> bool:
    """Whether the part of the source that a word stands in has another verb, and this one stands in another part."""
    inside = next((part for part in _parts(held) if own in part), [])
    return any(_is_verb(held, t) for t in inside) and not _shared([verb], inside) and held.has(verb)


def subjects(line: Line, near: Neighbourhood) -> str:
    """Whoever does something here does it in the source, and to the same."""
    for verb in _verbs(line):
        left, right = _sides(line, verb)
        if not left or (verb.stem in _saying() and any(near.byline.has(token) for token in left)):
            continue
        found = [
            _agrees(line, verb, left, right, held, own, near)
            for held in near.lines
            for own in held.holding(verb)
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
    passive, theirs = _passive(line, verb), _passive(held, own)
    onleft, onright = _stands(left, before, after), _stands(left, after[:3], before)
    agent, their_agent = _agent(line, verb), _agent(held, own)
    if passive and theirs and agent and their_agent and not _shared(agent, their_agent):
        return False
    if not (onleft or onright):
        return _resolves(left, held, own, near)
    if passive == theirs:
        return onleft or (verb.stem in _saying() or not _is_verb(held, own) or not right)
    if onright:
        return True
    return not _shared(agent, after) if passive else not _shared(right, their_agent)


def _stands(some: list[Token], here: list[Token], there: list[Token]) -> bool:
    """Whether these stand on one side of a verb, judged by those that stand on one side alone, if there are any."""
    if _only(some, here, there):
        return True
    return _shared(some, here) and not _only(some, there, here)


def _resolves(left: list[Token], held: Line, own: Token, near: Neighbourhood) -> bool:
    """Whether the subject stands in the source as a pronoun, or as a title that goes with it."""
    if points(held, near) or not [t for t in held.telling if t.place < own.place]:
        return True
    others = [t for t in held.telling if t.place < own.place]
    return any(_adjacent(one, other, near) for one in left for other in others if other.sort == "word")


def _shared(some: Sequence[Token], others: Sequence[Token]) -> bool:
    return any(one.like(other) for one in some for other in others)


def _agent(line: Line, verb: Token) -> list[Token]:
    """Those behind "by"."""
    behind = line.tokens[verb.place + 1 : verb.place + 6]
    places = [t.place for t in behind if t.low == "by"]
    return [t for t in line.telling if places and places[0] < t.place <= places[0] + 4]


def _sides(line: Line, verb: Token) -> tuple[list[Token], list[Token]]:
    """The telling words before a verb, back to the verb before it, and those behind it in its clause."""
    left: list[Token] = []
    for token in reversed(line.tokens[: verb.place]):
        if len(left) == REACH or (token.clause < verb.clause and any(t.sort == "name" for t in left)):
            break
        if token.telling and not token.low.endswith("ly") and token.low not in _SPANS and not _is_verb(line, token):
            left.insert(0, token)
        elif left and _is_verb(line, token):
            break
    named = [token for token in left if token.capital] if left and left[-1].capital else []
    right = [t for t in line.telling if t.place > verb.place and t.clause == verb.clause][:REACH]
    return named or left[-1:], right


def _verbs(line: Line) -> Iterator[Token]:
    return (token for token in line.tokens if token.sort == "word" and _is_verb(line, token))


def _is_verb(line: Line, token: Token) -> bool:
    """Whether a word looks like a verb that somebody carries out: a past form, or one behind "will" or "to"."""
    if token.sort != "word":
        return False
    if line.tokens[max(0, token.place - 1)].low in _DETERMINERS or token.low == "aged":
        return False
    if token.low.endswith("ed") or token.low in _PAST or token.stem in _saying():
        return True
    before = [t for t in line.tokens[max(0, token.place - 2) : token.place] if t.low.endswith("ly") or t.sort == "idle"]
    return any(t.low in _AUXILIARY for t in before[-1:])


def _passive(line: Line, verb: Token) -> bool:
    if not (verb.low.endswith(("ed", "en", "wn")) or verb.low in _PAST):
        return False
    before = line.tokens[max(0, verb.place - 3) : verb.place]
    for token in reversed(before):
        if token.low in BEING:
            return True
        if token.sort != "idle" and not token.low.endswith("ly"):
            return False
    following = line.tokens[verb.place + 1 : verb.place + 2]
    return bool(following and following[0].low == "by")


def _saying() -> frozenset[str]:
    return frozenset(other for word in SAYING for other in _alikes(word))


def _alikes(word: str) -> frozenset[str]:
    from bot.grounding.lexicon import groups

    base = stem(word)
    return frozenset({base} | {other for other in groups() if alike(base, other)})


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
    return any(alike(token.stem, word) for word in side)


def _contrary(line: Line, token: Token, side: frozenset[str], other: frozenset[str], near: Neighbourhood) -> bool:
    """Whether in the source the opposite stands nearer to what stands beside the word here."""
    beside = [t for t in line.telling if t.clause == token.clause and t is not token and abs(t.place - token.place) <= 4]
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
                near_side = min((_distance(place, t) for t in sides), default=99)
                near_other = min(_distance(place, t) for t in contrary)
                against += ((near_other < near_side) - (near_side < near_other)) * (1 + (word.place > token.place))
    for held in near.lines:
        if any(_on(t, side) for t in held.telling) and not any(_on(t, other) for t in held.telling):
            against -= sum(held.has(word) for word in beside)
    return against > 0


def choices(line: Line, near: Neighbourhood) -> str:
    """ "One or the other" is not one of them."""
    if any(token.low == "or" for token in line.tokens):
        return ""
    best = near.lines[near.best]
    for token in best.tokens:
        if token.low != "or":
            continue
        before = [t for t in best.telling if t.place < token.place][-2:]
        after = [t for t in best.telling if t.place > token.place][:2]
        if _shared(before, line.tokens) != _shared(after, line.tokens):
            return "the source leaves it open"
    return ""


def order(line: Line, near: Neighbourhood) -> str:
    """ "From 5 to 7" is not "from 7 to 5"; what came before stays before; the longer stays longer."""
    for start, end in _ways(line):
        for held in near.lines:
            if any(start.like(b) and end.like(a) for a, b in _ways(held)) and not any(
                start.like(a) and end.like(b) for a, b in _ways(held)
            ):
                return "the source says it the other way round"
    return _pivots(line, near)


def _ways(line: Line) -> Iterator[tuple[Token, Token]]:
    """Pairs of a "from" and its "to", in either order."""
    heads = {
        word: [_next(line, t) for t in line.tokens if t.low == word] for word in ("from", "to")
    }
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
    if _only(left, after, before) and _only(right, before, after):
        return True
    return False if _only(left, before, after) or _only(right, after, before) else None


def _only(some: list[Token], here: list[Token], there: list[Token]) -> int:
    """How many of some words stand on one side alone."""
    return sum(_shared([one], here) and not _shared([one], there) for one in some)
