"""Speech: quoted words, their speakers, and the referents of pronouns in reported speech."""

import re

from bot.grounding.lexicon import PRONOUNS
from bot.grounding.line import Line, Token
from bot.grounding.passage_lines import BEFORE, Neighbourhood
from bot.grounding.reasons import reason
from bot.grounding.verbs import AUXILIARY, is_verb, saying
from bot.note import Note
from corpus.pronouns import POSSESSIVES, SUBJECTS

_QUOTED = re.compile(r"\"([^\"]{2,})\"|(?<!\w)'([^']{3,}(?:'\w[^']*)*)'(?!\w)")
_OWN = POSSESSIVES - {"its"}
_EDGES = " .,;:!?…'\""


def quotations(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that quoted words are verbatim in the source."""
    said = " ".join(held.plain for held in near.everything).lower()
    for match in _QUOTED.finditer(line.plain):
        words = (match[1] or match[2]).strip(_EDGES)
        pieces = [piece.strip(_EDGES).lower() for piece in re.split(r"\.{3}|…|\[[^\]]*\]", words)]
        if not all(re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", said) for piece in pieces if piece):
            return reason("quotation")
    return None


def speakers(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that quoted words have the same speaker in the source."""
    match = _QUOTED.search(line.plain)
    if not match:
        return None
    said = (match[1] or match[2]).strip(_EDGES).lower()
    own = [token for token in line.tokens if not match.start() <= token.start < match.end()]
    verbs = [token for token in own if token.stem in saying()]
    if not verbs:
        return None
    before = [t for t in own if t.telling and t.place < verbs[0].place] or [
        t for t in own if t.telling and t not in verbs
    ]
    for place, held in enumerate(near.lines):
        if said in held.plain.lower():
            lines = near.lines[max(0, place - BEFORE) : place + 1] if _pronoun(held, said) else [held]
            missing = [t for t in before if not t.light and not any(one.has(t) for one in [*lines, near.byline])]
            return reason("not_said", name=before[-1].raw) if len(missing) * 2 > len(before) else None
    return None


def _pronoun(held: Line, said: str) -> bool:
    """Whether the speaker of quoted words is someone named before."""
    start = held.plain.lower().find(said)
    own = {t.low for t in held.tokens if not start <= t.start < start + len(said)}
    return not own.isdisjoint(PRONOUNS) or not any(
        t.telling and t.stem not in saying() for t in held.tokens if not start <= t.start < start + len(said)
    )


def relatives(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that an act of someone's relative is not attributed to that person."""
    best = near.lines[near.best]
    for verb in line.tokens:
        doer = _doer(line, verb) if is_verb(line, verb) else None
        if doer is None or doer.low not in SUBJECTS:
            continue
        theirs = [_doer(best, own) for own in best.tokens if own.stem == verb.stem]
        if theirs and all(other and _owned(best, other) and not line.has(other) for other in theirs):
            return reason("not_done", name=doer.raw, words=verb.raw)
    return None


def _doer(line: Line, verb: Token) -> Token | None:
    """The word before a verb and its auxiliaries."""
    before = [t for t in line.tokens[: verb.place] if t.low not in AUXILIARY and not t.low.endswith("ly")]
    return before[-1] if before and before[-1].clause == verb.clause else None


def _owned(line: Line, token: Token) -> bool:
    """Whether a word is a relative or the like: "her late husband"."""
    return token.sort == "word" and any(t.low in _OWN for t in line.tokens[max(0, token.place - 3) : token.place])
