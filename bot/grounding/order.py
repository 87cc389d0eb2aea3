"""Order and pairing: from 5 to 7, before and after, each name with its own figure."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from bot.grounding.lexicon import words_of
from bot.grounding.line import Line, Token
from bot.grounding.passage_lines import Neighbourhood
from bot.grounding.reasons import reason
from bot.grounding.verbs import REACH, is_verb, only, passive
from bot.note import Note

_PORTIONS = frozenset({"all", "half", "majority", "most", "rest"})
_PLACING = words_of("placing")
CLOSE = 3
"""The most words from a name to a number that belongs to it."""


def order(line: Line, near: Neighbourhood) -> Note | None:
    """Checks the direction of changes and comparisons: from 5 to 7, before and after, longer and shorter."""
    for start, end in _ways(line):
        for held in near.lines:
            if any(start.like(b) and end.like(a) for a, b in _ways(held)) and not any(
                start.like(a) and end.like(b) for a, b in _ways(held)
            ):
                return reason("turned")
    return _pivots(line, near)


def _ways(line: Line) -> Iterator[tuple[Token, Token]]:
    """Pairs of a "from" and its "to", in either order."""
    heads = {word: [following(line, t) for t in line.tokens if t.low == word] for word in ("from", "to")}
    for start in heads["from"]:
        for end in heads["to"]:
            if start and end and abs(start.place - end.place) <= 8:
                yield start, end


def following(line: Line, token: Token) -> Token | None:
    """The next content word or figure, if there is one close after."""
    behind = [t for t in line.tokens[token.place + 1 : token.place + 4] if t.sort != "idle"]
    return behind[0] if behind else None


def _pivots(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that the two sides of "than", "before" and "after" are those of the source."""
    for token in line.tokens:
        if token.low not in ("than", "before", "after", "over", "against", "instead"):
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
                    return reason("turned")
    return None


def _crossed(left: list[Token], right: list[Token], held: Line, own: Token) -> bool | None:
    """Whether the sides are exchanged in the source; None if it has too little of them."""
    before = [t for t in held.tokens if t.place < own.place and t.sort != "idle"]
    after = [t for t in held.tokens if t.place > own.place and t.sort != "idle"]
    if only(left, after, before) and only(right, before, after):
        return True
    return False if only(left, before, after) or only(right, after, before) else None


def moved(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that names and verbs keep their order in a sentence with the source's words: none are exchanged."""
    best = near.lines[near.best]
    own = [t for t in line.telling if t.sort == "name" or not t.light]
    if not all(best.has(token) for token in own) or _other_voice(line, best):
        return None
    words = _places([t for t in own if t.sort == "word"], best)
    names = [t for t in own if t.sort == "name" and not _led(line, t)]
    if len(words) < 3 or words != sorted(words) or not names:
        return None
    keep = _in_order([t for t in own if is_verb(line, t) or t in names], best)
    return None if keep else reason("moved")


def _led(line: Line, token: Token) -> bool:
    """Whether a name gives a place or an origin, which may be anywhere in a sentence."""
    before = line.tokens[max(0, token.place - 3) : token.place]
    return any(t.low in _PLACING or t.low in ("according", "of") for t in before)


def _places(tokens: list[Token], held: Line) -> list[int]:
    found = ([t.place for t in held.tokens if token.like(t) and t.sort != "idle"] for token in tokens)
    return [places[0] for places in found if places]


def _in_order(tokens: list[Token], held: Line) -> bool:
    """Whether a line has these words in this order."""
    place = -1
    for token in tokens:
        behind = [t.place for t in held.tokens if t.place > place and t.sort != "idle" and token.like(t)]
        if not behind:
            return False
        place = behind[0]
    return True


def _other_voice(line: Line, held: Line) -> bool:
    """Whether one is passive and the other is not."""
    return any(
        passive(line, verb) != passive(held, own)
        for verb in line.tokens
        if is_verb(line, verb)
        for own in held.holding(verb)
        if is_verb(held, own)
    )


def paired(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that each of two names keeps its figure: "May for Ada, June for Bo" is not "June for Ada"."""
    for held in near.lines:
        days = {(number.stem, day.stem) for number, day in _timed(held)}
        for number, day in _timed(line):
            crossed = {d for n, d in days if n == number.stem}, {n for n, d in days if d == day.stem}
            if all(crossed) and (number.stem, day.stem) not in days:
                return reason("not_of", figure=number.raw, name=day.raw)
    best = near.lines[near.best]
    named = {token.low for token in best.tokens if token.sort == "name"}
    own = _pairs(line, lambda token: token.capital and (token.sort == "name" or token.low in named))
    if not all(best.has(token) for pair in own for token in pair):
        return None
    theirs = {(name.low, key) for name, figure in _pairs(best, lambda t: t.low in named) for key in figure.keys}
    for name, figure in own:
        others = {low for low, key in theirs if key in figure.keys}
        its = {key[0] for low, key in theirs if low == name.low}
        close = figure.dated or figure.place - name.place <= CLOSE
        alone = len({one.low for one, _ in own}) < 2 and not (close and its & {key[0] for key in figure.keys})
        if others and name.low not in others and not alone:
            return reason("not_of", figure=figure.raw, name=name.raw)
    return None


def portions(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that what gets most of something does not get the whole sum."""
    best = near.lines[near.best]
    theirs = list(_portions(best))
    for portion, word in _portions(line):
        whole = [t.low for t in line.tokens[portion.place + 1 : word.place]]
        if (
            portion.low not in _PORTIONS
            or portion.low not in best.lows
            or word.light
            or whole in (["of"], ["of", "the"])
        ):
            continue
        own = [other for other, held in theirs if word.like(held)]
        if own and not any(portion.low == other.low or line.has(other) for other in own):
            return reason("word_not_of", words=portion.raw, name=word.raw)
    return None


def _portions(line: Line) -> Iterator[tuple[Token, Token]]:
    """Each word with the last amount before it."""
    last: Token | None = None
    for token in line.tokens:
        if token.low in _PORTIONS or (token.sort == "figure" and not token.dated):
            last = token
        elif last and token.telling:
            yield last, token


def _timed(line: Line) -> Iterator[tuple[Token, Token]]:
    """Each number right before a day, a month or a year, with that: "2.8 percent in May"."""
    figures = [token for token in line.tokens if token.sort == "figure"]
    return ((one, day) for one, day in pairwise(figures) if not one.dated and day.dated and day.place - one.place <= 3)


def _pairs(line: Line, chosen: Callable[[Token], bool]) -> list[tuple[Token, Token]]:
    """Each time or number with the last name before it, but not one that something is "done by"."""
    found: list[tuple[Token, Token]] = []
    last: Token | None = None
    for token in line.tokens:
        if chosen(token):
            behind_by = any(t.low == "by" for t in line.tokens[max(0, token.place - 2) : token.place])
            last = None if behind_by else token
        elif token.sort == "figure" and last and token.stem[0] != "o":
            found.append((last, token))
    return found
