"""Whether the passages that a model's sentence cites support it, and with which words.

Nothing here understands a sentence; each rule looks for one way in which a sentence can add to or change its
source. A sentence passes if no rule objects to it in some neighbourhood of a passage.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.grounding.contrary import directions
from bot.grounding.denial import negation
from bot.grounding.joins import counted, joined, timed
from bot.grounding.lexicon import words_of
from bot.grounding.line import Line, parse
from bot.grounding.order import moved, order, paired, portions
from bot.grounding.passage_lines import Neighbourhood, Source, read
from bot.grounding.presence import covered, names, numbers, strict, words
from bot.grounding.rates import rates
from bot.grounding.reasons import reason
from bot.grounding.reckoning import reckoned
from bot.grounding.roles import blended, subjects
from bot.grounding.scopes import hedges, privatives
from bot.grounding.speech import quotations, relatives, speakers
from bot.grounding.whole_dates import dates
from bot.note import Note
from index.passage import Passage

Rule = Callable[[Line, Neighbourhood], Note | None]
RULES: tuple[Rule, ...] = (
    quotations,
    speakers,
    numbers,
    dates,
    names,
    words,
    strict,
    negation,
    hedges,
    privatives,
    rates,
    blended,
    counted,
    timed,
    subjects,
    relatives,
    directions,
    order,
    moved,
    paired,
    portions,
    joined,
)
"""Ordered by how clear their reasons are."""
LEAST = 0.34
"""The least share of a sentence that must be in one line of the source, without its neighbours. Source:
benchmarks/grounding.py."""
NEARLY = 0.8
"""The least share, relative to the best line's, of another line that is tried: no other one excuses a denial there."""
_EDGES = ' .,;:!?"'
_PARTS = re.compile(r";\s+|,\s+(?:and|while|but|whereas|although|though)\s+|\s+(?:while|whereas)\s+")
_LEAD_IN = words_of("lead_in")


@dataclass(frozen=True, slots=True)
class Support:
    """The words of an article that support a sentence: `article.text[start:end]`."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking a sentence.

    Attributes:
        supported: Whether it may be shown.
        reason: What is unsupported; None if nothing is.
        supports: What supports it, best first; empty for a sentence that claims nothing.
        nearest: The sentence of a passage that comes nearest to one that is not supported; None if none shares a word.
    """

    supported: bool
    reason: Note | None = None
    supports: tuple[Support, ...] = ()
    nearest: Support | None = None


def check(sentence: str, cited: Sequence[Passage], others: Sequence[Passage] = ()) -> Verdict:
    """Whether passages support a sentence.

    Args:
        sentence: One sentence, its marks removed.
        cited: The passages it cites.
        others: Passages it does not cite; used only where no cited one supports the sentence.
    """
    line = parse(sentence)
    if _claims_nothing(line):
        return Verdict(True)
    if not cited and not others:
        return Verdict(False, reason("uncited"))
    verdict = _resting(sentence, [read(passage) for passage in cited])
    if verdict.supported:
        return verdict
    for source in map(read, others):
        if _names_all(sentence, source):
            other = _resting(sentence, [source])
            if other.supported:
                return other
            verdict = replace(verdict, nearest=verdict.nearest or other.nearest)
    return verdict if cited else replace(verdict, reason=reason("uncited"))


def _names_all(sentence: str, source: Source) -> bool:
    """Whether a passage has all the names of a sentence; if not, the rules need not run."""
    near = next(source.neighbourhoods(), None)
    return bool(near and not names(parse(source.spelt(sentence)), near))


def _claims_nothing(line: Line) -> bool:
    return not line.keys and all(token.sort == "idle" or token.light or token.low in _LEAD_IN for token in line.tokens)


def _resting(sentence: str, sources: Sequence[Source]) -> Verdict:
    """What supports a sentence as a whole, or each of its parts; the reason if nothing does."""
    verdict = _whole(sentence, sources)
    if verdict.supported:
        return verdict
    parts = [part for part in _PARTS.split(sentence) if part.strip()]
    if len(parts) > 1 and all(len(parse(part).telling) >= 2 for part in parts):
        found = [_whole(part, sources) for part in parts]
        if all(part.supported for part in found):
            return Verdict(True, None, tuple(dict.fromkeys(support for part in found for support in part.supports)))
    return verdict


def _whole(sentence: str, sources: Sequence[Source]) -> Verdict:
    """The neighbourhood that supports the sentence; the clearest reason from the best one if none does."""
    best, sureness = Verdict(False, reason("too_little")), (-1.0, 0)
    for source in sources:
        line = parse(source.spelt(sentence))
        same = [place for place, held in enumerate(source.lines) if _same(line, held)]
        if same:
            start, end = source.spans[same[0]]
            return Verdict(True, None, (Support(source.passage, start, end),))
        ranked = sorted(((covered(line, near), near) for near in source.neighbourhoods()), key=lambda found: -found[0])
        top = ranked[0][0] if ranked else 0.0
        least = max(min(LEAST, top), NEARLY * top)
        for share, near in ranked:
            place, objection = _objection(line, near, least)
            if not objection:
                return Verdict(True, None, tuple(_supports(reckoned(line, near), source, near)))
            if (share, place) > sureness:
                nearest = _support(source, near, near.best) if share > 0 else None
                best, sureness = Verdict(False, objection, nearest=nearest), (share, place)
    return best


def _same(line: Line, held: Line) -> bool:
    """Whether a sentence is verbatim one of the source's."""
    return line.plain.strip(_EDGES).lower() == held.plain.strip(_EDGES).lower()


def _objection(line: Line, near: Neighbourhood, least: float) -> tuple[int, Note | None]:
    """The first objection of a rule, with the rule's place; None if there is none."""
    line = reckoned(line, near)
    if covered(line, near) < least:
        return -1, reason("too_little")
    for place, rule in enumerate(RULES):
        objection = rule(line, near)
        if objection:
            return place, objection
    return len(RULES), None


def _supports(line: Line, source: Source, near: Neighbourhood) -> Iterator[Support]:
    """The best line, and others with words that it lacks."""
    held = [near.lines[near.best]]
    chosen = [near.best]
    for token in line.tokens:
        if token.sort == "idle" or any(one.has(token) for one in held):
            continue
        for place, other in enumerate(near.lines):
            if other.has(token):
                held.append(other)
                chosen.append(place)
                break
    for place in chosen:
        yield _support(source, near, place)


def _support(source: Source, near: Neighbourhood, place: int) -> Support:
    """A line of a neighbourhood."""
    return Support(source.passage, *source.spans[near.first + place])
