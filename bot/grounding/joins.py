"""Words of the source in other combinations: what each number counts, when each event was."""

from bot.grounding.lexicon import CALLING, NEGATORS, words_of
from bot.grounding.line import Line, Token
from bot.grounding.naming import called
from bot.grounding.passage_lines import Neighbourhood, acronyms, points
from bot.grounding.presence import loose
from bot.grounding.reasons import reason
from bot.grounding.verbs import REACH, distance, is_verb, replaces, saying, shared
from bot.note import Note

_LINKING = words_of("linking")
_BODIES = words_of("bodies")
_REFERRING = words_of("referring")
_COMPARING = words_of("comparing")
_SPANS = words_of("spans")
_SETTING = frozenset({"at", "from", "in", "of", "on"})


def joined(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that one sentence of the source says all of a part of the sentence, pronouns resolved."""
    for part in _parts(line):
        if not any(_holds(line, part, held, near) for held in (*near.lines, near.title)):
            return reason("this_not_of", name=part[-1].raw) if part[-1].sort != "word" else reason("connection")
    return None


def _parts(line: Line) -> list[list[Token]]:
    """The clauses with a verb, each with the adjacent clauses that have none."""
    parts: list[list[Token]] = []
    verbs: list[bool] = []
    for clause in sorted({token.clause for token in line.tokens}):
        tokens = [t for t in line.tokens if t.clause == clause and t.sort != "idle"]
        verb = any(is_verb(line, t) for t in tokens)
        if parts and (not (verb and verbs[-1]) or (tokens[0].sort == "figure" and not tokens[0].dated)):
            parts[-1] += tokens
            verbs[-1] = verbs[-1] or verb
        else:
            parts.append(tokens)
            verbs.append(verb)
    return [part for part in parts if part]


def _holds(line: Line, part: list[Token], held: Line, near: Neighbourhood) -> bool:
    """Whether a line has all of a part, or all but some common words that another line has."""
    missing = _missing(line, part, held, near)
    if any(token.sort == "figure" for token in missing):
        return False
    beside = [token for token in missing if not called(token, part, held, near)]
    if any(replaces(token, line, held) for token in beside if token.sort == "word"):
        return False
    if not beside or (len(beside) == 1 and _topic(beside[0], held, near)):
        return True
    if len(beside) > REACH or any(is_verb(line, token) for token in beside):
        return False
    if _setting(beside, line, near) and not any(replaces(token, line, held) for token in beside):
        return True
    pointing = points(held, near)
    if not pointing and not all(_common(token, near) for token in beside):
        return False
    others = [other for other in (*near.lines, near.title) if other is not held]
    return any(
        all(other.has(token) for token in beside) and (pointing or NEGATORS.isdisjoint(other.lows)) for other in others
    )


def _missing(line: Line, part: list[Token], held: Line, near: Neighbourhood) -> list[Token]:
    """What a line lacks of a part, and what neither another line nor the byline has, nor is self-evident."""
    return [
        token
        for token in part
        if not token.light
        and not held.has(token)
        and not _bylined(token, part, near)
        and not loose(token, near)
        and not (_epithet(token, line) and not replaces(token, line, held))
        and not (token.raw.isupper() and token.low in acronyms((held,)))
    ]


def _setting(beside: list[Token], line: Line, near: Neighbourhood) -> bool:
    """Whether names only give the place or the headline's topic: "at the Tony Awards"."""
    before = [t.low for t in line.tokens[max(0, beside[0].place - 2) : beside[0].place]]
    return not _SETTING.isdisjoint(before) and all(t.sort == "name" and near.title.has(t) for t in beside)


def _common(token: Token, near: Neighbourhood) -> bool:
    """Whether a word is no name, even if it opens the sentence."""
    return token.sort == "word" and (
        not token.capital or any(own.raw == own.low == token.low for one in near.everything for own in one.tokens)
    )


def _epithet(token: Token, line: Line) -> bool:
    """Whether a word only repeats who is meant: "the 53-year-old", "said that the company"."""
    before = line.tokens[token.place - 1].low if token.place else ""
    if token.sort == "figure":
        return before == "the" and token.place == 1
    return (
        token.low in _BODIES
        and before in ("the", "its", "their")
        and any(t.telling for t in line.tokens[: token.place])
    )


def _topic(token: Token, held: Line, near: Neighbourhood) -> bool:
    """Whether a word is in the headline, and a line has a pronoun that may refer to it."""
    return token.sort == "word" and not token.capital and near.title.has(token) and not held.lows.isdisjoint(_REFERRING)


def _bylined(token: Token, part: list[Token], near: Neighbourhood) -> bool:
    """Whether a word is the outlet's, the author's or the date's, in a sentence on who reported what and when."""
    reported = any(other.stem in saying() or other.low in ("according", "published", "wrote") for other in part)
    return near.byline.has(token) and (token.dated or reported)


def timed(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that a time goes with its verb: "painted in 1871, before she died" is no death in 1871."""
    for token in line.tokens:
        verbs = [t for t in line.tokens if t.clause == token.clause and t.place < token.place and is_verb(line, t)]
        finite = [t for t in verbs if line.tokens[t.place - 1].low != "to"]
        if (
            not finite
            or finite[-1].stem in CALLING
            or not (token.sort == "figure" or token.capital)
            or (token.sort == "figure" and token.stem[0] == "o")  # "the third" is no time
            or _between(line, token)
        ):
            continue
        where = [(held, own) for held in (*near.lines, near.title) for own in held.holding(token)]
        if where and all(_of_another(finite[-1], held, own) for held, own in where):
            return reason("not_of_word", figure=token.raw, words=finite[-1].raw)
    return None


def _between(line: Line, token: Token) -> bool:
    """Whether a number is the time between two events: "two years before she died"."""
    return any(t.low in ("before", "after", "later", "earlier") for t in line.tokens[token.place + 1 : token.place + 3])


def _of_another(verb: Token, held: Line, own: Token) -> bool:
    """Whether the word is in a part of the source with another verb, and this verb is in another part."""
    if own.sort == "name" or own.dated:
        before = [t for t in held.holding(verb) if t.place < own.place]
        if before and not any(t.capital or t.dated for t in held.tokens[before[-1].place + 1 : own.place]):
            return False
    if own.dated and any(
        t.low == "that" and held.tokens[t.place + 1 : t.place + 2] and held.tokens[t.place + 1].low in _SPANS
        for t in held.tokens[own.place + 1 :]
    ):
        return False
    inside = next((part for part in _parts(held) if own in part), [])
    return any(is_verb(held, t) for t in inside) and not shared([verb], inside) and held.has(verb)


def counted(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that each number counts what it counts in the source: "3 killed and 14 hurt" is not "14 killed"."""
    for token in line.tokens:
        if token.sort != "figure" or token.dated or token.reckoned:
            continue
        for word in _counted(line, token):
            if _other_number(line, token, word, near):
                return reason("not_of_word", figure=token.raw, words=word.raw)
    return None


def _counted(line: Line, figure: Token) -> list[Token]:
    """The word that a number goes with: the next one, or else the one directly before it."""
    for token in line.tokens[figure.place + 1 : figure.place + 4]:
        if token.clause == figure.clause and token.telling:
            return [token]
        if token.clause != figure.clause or token.low not in _LINKING:
            break
    following = [t.low for t in line.tokens[figure.place + 1 : figure.place + 2]]
    before = [t for t in line.tokens[max(0, figure.place - 1) : figure.place] if t.telling]
    return [] if set(following) & _COMPARING else before


def _other_number(line: Line, figure: Token, word: Token, near: Neighbourhood) -> bool:
    """Whether another number is nearer to the word wherever both occur."""
    seen = False
    for held in near.everything:
        numbers = [t for t in held.tokens if t.sort == "figure" and t.dated == figure.dated]
        same = [number for number in numbers if figure.like(number)]
        if not same or any(_elliptic(line, held, number) for number in same):
            continue
        if all(_counts_another(held, number, word) for number in same):
            seen = True
            continue
        for own in held.holding(word):
            seen = True
            nearest = min(distance(own, number) for number in numbers)
            if any(figure.like(number) and distance(own, number) <= nearest for number in numbers):
                return False
    return seen


def _elliptic(line: Line, held: Line, figure: Token) -> bool:
    """Whether the source omits what a number counts: "only 2,100 used it"."""
    counted = _counted(held, figure)
    return not counted or (is_verb(held, counted[0]) and line.has(counted[0]))


def _counts_another(held: Line, figure: Token, word: Token) -> bool:
    """Whether a number goes with another word in the source, and this word is in another clause."""
    counted = _counted(held, figure)
    if not counted or is_verb(held, counted[0]) or counted[0].like(word):
        return False
    own = held.holding(word)
    return bool(own) and all(t.clause != figure.clause for t in own)
