"""Whether a sentence of a model rests on the passages it cites, and on which of their words.

Nothing here understands a sentence; each rule looks for one way in which a sentence can say more than its source, or
something else. A sentence passes if in one neighbourhood of a passage no rule finds anything.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.grounding.contrary import directions
from bot.grounding.dates import dates
from bot.grounding.denial import negation
from bot.grounding.joins import counted, joined, timed
from bot.grounding.lexicon import words_of
from bot.grounding.order import moved, order, paired, portions
from bot.grounding.rates import rates
from bot.grounding.reckoning import reckoned
from bot.grounding.roles import blended, subjects
from bot.grounding.scopes import hedges, privatives
from bot.grounding.source import Neighbourhood, Source, read
from bot.grounding.speech import quotations, relatives, speakers
from bot.grounding.standing import covered, names, numbers, strict, words
from bot.grounding.words import Line, parse
from index.passage import Passage

Rule = Callable[[Line, Neighbourhood], str]
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
"""In the order of how plain the reason is that they give."""
LEAST = 0.34
"""The share of a sentence that has to stand in one line of the source, its neighbours left out. Source:
benchmarks/grounding.py."""
NEARLY = 0.8
"""The share of the best line's share that another one needs: what the best one denies, no other one excuses."""
_EDGES = ' .,;:!?"'
_PARTS = re.compile(r";\s+|,\s+(?:and|while|but|whereas|although|though)\s+|\s+(?:while|whereas)\s+")
_LEAD_IN = words_of("lead_in")


@dataclass(frozen=True, slots=True)
class Support:
    """The words of an article that a sentence rests on: `article.text[start:end]`."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about a sentence.

    Attributes:
        supported: Whether it may be shown.
        reason: What is missing, in plain words; empty if nothing is.
        supports: What it rests on, best first; empty for a sentence that claims nothing.
    """

    supported: bool
    reason: str = ""
    supports: tuple[Support, ...] = ()


def check(sentence: str, cited: Sequence[Passage], others: Sequence[Passage] = ()) -> Verdict:
    """Whether a sentence rests on its passages.

    Args:
        sentence: One sentence, its marks removed.
        cited: The passages it cites.
        others: Passages it does not cite; where one of them supports it and no cited one does, that is the support.
    """
    line = parse(sentence)
    if _claims_nothing(line):
        return Verdict(True)
    if not cited and not others:
        return Verdict(False, "it cites no source")
    reason, supports = _resting(sentence, [read(passage) for passage in cited])
    if supports:
        return Verdict(True, "", supports)
    for source in map(read, others):
        supports = _resting(sentence, [source])[1] if _names_all(sentence, source) else ()
        if supports:
            return Verdict(True, "", supports)
    return Verdict(False, reason if cited else "it cites no source")


def _names_all(sentence: str, source: Source) -> bool:
    """Whether a passage has all the names of a sentence; if not, no rule needs to look at it."""
    near = next(source.neighbourhoods(), None)
    return bool(near and not names(parse(source.spelt(sentence)), near))


def _claims_nothing(line: Line) -> bool:
    return not line.keys and all(token.sort == "idle" or token.light or token.low in _LEAD_IN for token in line.tokens)


def _resting(sentence: str, sources: Sequence[Source]) -> tuple[str, tuple[Support, ...]]:
    """What a sentence rests on as a whole, or each of its parts; the reason if it does not."""
    reason, supports = _whole(sentence, sources)
    if supports:
        return "", supports
    parts = [part for part in _PARTS.split(sentence) if part.strip()]
    if len(parts) > 1 and all(len(parse(part).telling) >= 2 for part in parts):
        found = [_whole(part, sources)[1] for part in parts]
        if all(found):
            return "", tuple(dict.fromkeys(support for some in found for support in some))
    return reason, ()


def _whole(sentence: str, sources: Sequence[Source]) -> tuple[str, tuple[Support, ...]]:
    """The neighbourhood that the sentence rests on; the plainest reason of the best one if there is none."""
    best = ("too little of it is in the source", (-1.0, 0))
    for source in sources:
        line = parse(source.spelt(sentence))
        same = [place for place, held in enumerate(source.lines) if _same(line, held)]
        if same:
            start, end = source.spans[same[0]]
            return "", (Support(source.passage, start, end),)
        ranked = sorted(((covered(line, near), near) for near in source.neighbourhoods()), key=lambda found: -found[0])
        top = ranked[0][0] if ranked else 0.0
        least = max(min(LEAST, top), NEARLY * top)
        for share, near in ranked:
            place, reason = _objection(line, near, least)
            if not reason:
                return "", tuple(_supports(reckoned(line, near), source, near))
            if (share, place) > best[1]:
                best = (reason, (share, place))
    return best[0], ()


def _same(line: Line, held: Line) -> bool:
    """Whether a sentence is one of the source's, word for word."""
    return line.plain.strip(_EDGES).lower() == held.plain.strip(_EDGES).lower()


def _objection(line: Line, near: Neighbourhood, least: float) -> tuple[int, str]:
    """What the first rule that finds something finds, with its place; an empty reason if none does."""
    line = reckoned(line, near)
    if covered(line, near) < least:
        return -1, "too little of it is in the source"
    for place, rule in enumerate(RULES):
        reason = rule(line, near)
        if reason:
            return place, reason
    return len(RULES), ""


def _supports(line: Line, source: Source, near: Neighbourhood) -> Iterator[Support]:
    """The best line, and others that hold what it lacks."""
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
        start, end = source.spans[near.first + place]
        yield Support(source.passage, start, end)
