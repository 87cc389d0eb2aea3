"""The figures, names and words of a sentence that its source must have too."""

from itertools import pairwise

from bot.grounding.lexicon import LACKING, LOOSE, NEGATORS, STRICT, among, stems, words_of
from bot.grounding.line import Line, Token, plain, runs
from bot.grounding.passage_lines import Neighbourhood, initials
from bot.grounding.reasons import reason
from bot.note import Note

_UNCOUNTED = words_of("uncounted")


def numbers(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that numbers and dates are in the source, in any notation."""
    held = _held(near)
    for token in line.tokens:
        for key in token.keys:
            if key == "o1" and line.tokens[max(0, token.place - 1)].low in _UNCOUNTED:
                continue
            if not _holds(key, held, near):
                return reason("date" if key[0] in "dmyw" else "number", figure=_shown(token.raw))
    return None


def _held(near: Neighbourhood) -> frozenset[str]:
    """The keys of the source's figures; the date of publication only where the best line has no date of its own."""
    best = {key[0] for token in near.lines[near.best].tokens for key in token.keys}
    published = frozenset(key for key in near.byline.keys if key[0] not in best)
    return published.union(near.title.keys, *(line.keys for line in near.lines))


def _holds(key: str, held: frozenset[str], near: Neighbourhood) -> bool:
    if key in held:
        return True
    if key[0] == "m":
        return any(other.startswith(f"d{key[1:]}-") for other in held)
    if key[0] in "yn":  # 1900 may be a year or a number
        return ("n" if key[0] == "y" else "y") + key[1:] in held
    if key == "o1":
        return any(token.low in ("initial", "initially", "debut") for one in near.lines for token in one.tokens)
    return False


def names(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that names are in the source, in full or as acronyms."""
    known = near.initials()
    for run in runs(line.tokens):
        if len(run) > 1 and initials(run) in known:
            continue
        for token in run:
            if not _named(token, near) and not (token.raw.isupper() and token.low in known):
                return reason("missing", words=_shown(token.raw.removesuffix("'s")))
    return None


def _named(token: Token, near: Neighbourhood) -> bool:
    return any(among(token.stem, line.stems) or any(t.low == token.low for t in line.tokens) for line in near.anywhere)


def words(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that all other words, or synonyms, are in the source, except what a model puts around a fact."""
    missing = lacking(line, near)
    return reason("missing", words=_shown(missing[0].raw)) if missing else None


def lacking(line: Line, near: Neighbourhood) -> list[Token]:
    """The words without a match."""
    known = near.initials()
    return [
        token
        for token in line.tokens
        if token.sort == "word"
        and not token.light
        and not (token.raw.isupper() and token.low in known)
        and not near.has(token)
        and not loose(token, near)
        and not _titled(token, near)
        and not (token.stem in stems(LACKING) and any(not NEGATORS.isdisjoint(one.lows) for one in near.lines))
    ]


def _titled(token: Token, near: Neighbourhood) -> bool:
    """Whether a word is elsewhere in the passage directly before a name of this line."""
    return not token.capital and any(
        other.sort == "name" and any(one.has(other) for one in near.lines)
        for line in near.whole
        for own in line.holding(token)
        for other in line.tokens[own.place + 1 : own.place + 3]
    )


def loose(token: Token, near: Neighbourhood) -> bool:
    """Whether a word that the source lacks is too general to need a match."""
    return token.stem in stems(LOOSE) and not near.has(token)


def strict(line: Line, near: Neighbourhood) -> Note | None:
    """Checks that small words with a strong claim, such as "all" or "because", have a match."""
    held = {token.low for one in near.everything for token in one.tokens}
    ways = {way for one in near.everything for way in _relative(one)}
    for way in _relative(line) - ways:
        return reason("missing", words=" ".join(way))
    if _out_of(line) and not any("out" in one.lows for one in near.everything):
        return reason("missing", words="out of")
    for token in line.tokens:
        groups = [group for group in STRICT if token.low in group]
        if groups and _claims(line, token) and not any(held & group for group in groups):
            return reason("missing", words=_shown(token.raw))
    return None


_RELATIVE = {"this": "this", "next": "next", "coming": "next", "last": "last", "past": "last", "previous": "last"}
_SPANS = words_of("spans")


def _relative(line: Line) -> set[tuple[str, str]]:
    """Times relative to now: "next week"."""
    return {
        (_RELATIVE[one.low], other.low)
        for one, other in pairwise(line.tokens)
        if one.low in _RELATIVE and other.low in _SPANS
    }


def _out_of(line: Line) -> bool:
    return any(one.low == "out" and other.low == "of" for one, other in pairwise(line.tokens))


def _claims(line: Line, token: Token) -> bool:
    """Whether a small word carries meaning here: not in "as of", "over the spill", "at least", "after all"."""
    if token.low in (
        "as",
        "in",
        "when",
        "then",
        "by",
        "up",
        "down",
        "over",
        "above",
        "below",
        "under",
        "while",
        "since",
    ):
        return False
    if token.sort != "idle" or any(t.reckoned for t in line.tokens[max(0, token.place - 3) : token.place + 4]):
        return False
    following = line.tokens[token.place + 1 : token.place + 2]
    return not (token.low in ("once", "even", "some", "several") or (token.low == "least" and not following))


def covered(line: Line, near: Neighbourhood) -> float:
    """The share, from 0 to 1, of the sentence's names, figures and words that are in the best line."""
    telling = [token for token in line.tokens if token.sort != "idle" and not token.light]
    best = near.lines[near.best]
    return sum(best.has(token) for token in telling) / len(telling) if telling else 1.0


def _shown(words: str) -> str:
    return plain(words)[:40]
