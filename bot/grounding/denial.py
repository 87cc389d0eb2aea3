"""Negation: what the source and a sentence deny, and whether that is the same."""

from collections.abc import Iterator

from bot.grounding.lexicon import CAUSES, DENYING, NEGATING, NEGATORS, stem, stems
from bot.grounding.line import Line, Token
from bot.grounding.passage_lines import Neighbourhood
from bot.grounding.reasons import reason
from bot.grounding.scopes import behind, following
from bot.note import Note

NEGATED_REACH, DENIED_REACH = 3, 5
"""Content words after a negation that it certainly changes, and that it may change."""
_NOBODY = frozenset({"neither", "no", "nobody", "none", "nothing"})
_LEADING = frozenset({"at", "by", "for", "from", "in", "near", "of", "on", "to", "with"})


def negation(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that the sentence denies what the source denies, and nothing else."""
    best = near.lines[near.best]
    own = list(_denials(line, DENIED_REACH))
    theirs = [token for held in near.lines for scope in _scopes(held, DENIED_REACH) for token in scope]
    if any(scope and not any(_denied(token, theirs, near) for token in scope) for scope in own):
        return reason("denial")
    if _nearly_verbatim(line, near) and len(own) > len(list(_scopes(best, DENIED_REACH))):
        return reason("denial")
    if not own and (
        (_no_cause(best) and not line.lows.isdisjoint(CAUSES)) or any(line.has(name) for name in _excepted(best))
    ):
        return reason("denied")
    denied = [token for scope in _denials(line, NEGATED_REACH) for token in scope]
    if any(_asserted(scope, line, denied, near) for scope in _scopes(best, NEGATED_REACH)):
        return reason("denied")
    return None


def _denials(line: Line, reach: int) -> Iterator[list[Token]]:
    """The words that each negation changes; all words where the subject is negative: "neither of the two was hurt"."""
    for token in line.tokens:
        if _negates(line, token):
            nobody = [other for other in line.tokens if other.sort == "word"] if token.low in _NOBODY else []
            yield nobody or behind(line, token, reach)


def _denied(token: Token, theirs: list[Token], near: Neighbourhood) -> bool:
    """Whether the source denies a word, or has "unhurt" for "not hurt"."""
    if any(token.like(held) for held in theirs):
        return True
    words = (other.low for held in near.lines for other in held.tokens if other.low.startswith("un"))
    return any(stem(word[2:]) == token.stem for word in words)


def _no_cause(line: Line) -> bool:
    """Whether a sentence denies that something caused something."""
    return any(
        token.low == "because" and any(t.low in NEGATORS for t in line.tokens[max(0, token.place - 4) : token.place])
        for token in line.tokens
    )


def _excepted(line: Line) -> Iterator[Token]:
    """Names directly after "not" and a preposition, and nowhere else in the sentence: "though not in Oslo"."""
    for token in line.tokens:
        after = line.tokens[token.place + 1 : token.place + 3]
        if token.low != "not" or len(after) < 2 or after[0].low not in _LEADING:
            continue
        if after[1].sort == "name" and len(line.holding(after[1])) == 1:
            yield after[1]


def _asserted(scope: list[Token], line: Line, denied: list[Token], near: Neighbourhood) -> bool:
    """Whether a sentence asserts what the source denies and nowhere asserts."""
    if any(token.like(other) for token in scope for other in denied):
        return False
    return any(
        token.sort == "word" and not token.low.endswith("ly") and line.has(token) and not _plainly(token, line, near)
        for token in scope
    )


def _plainly(token: Token, line: Line, near: Neighbourhood) -> bool:
    """Whether a word is in the neighbourhood outside every negation."""
    for held in [near.lines[near.best]] if _nearly_verbatim(line, near) else near.everything:
        inside = {other.place for scope in _scopes(held, NEGATED_REACH) for other in scope}
        if any(other.place not in inside and other.stem == token.stem for other in held.tokens):
            return True
    return False


def _nearly_verbatim(line: Line, near: Neighbourhood) -> bool:
    """Whether the best line has all content of the sentence: then no other line excuses a difference."""
    return all(near.lines[near.best].has(token) for token in line.telling)


def _negates(line: Line, token: Token) -> bool:
    """Whether a word negates what follows it."""
    after = following(line, token)
    if token.low == "not" and after == "only":
        return False
    if token.stem == "exclud" and any(t.low in NEGATORS for t in line.tokens[max(0, token.place - 3) : token.place]):
        return False
    if token.low in NEGATORS or token.stem in stems(DENYING):
        return True
    return (token.low in NEGATING or token.stem in stems(NEGATING)) and after in ("to", "short")


def _scopes(line: Line, reach: int) -> Iterator[list[Token]]:
    """The content words that each negation changes."""
    return (behind(line, token, reach) for token in line.tokens if _negates(line, token))
