"""A passage parsed into the neighbourhoods that may support a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.grounding.days import dated
from bot.grounding.lexicon import PRONOUNS
from bot.grounding.line import Line, Token, parse, runs
from index.passage import Passage
from index.split import sentences

BEFORE, AFTER = 2, 1
"""Sentences before and after the best one in its neighbourhood: they say whom "he" means."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A sentence of a passage, those around it, and the headline and byline.

    Attributes:
        lines: The sentences, in their order.
        best: The place in them of the line that best supports the claim.
        title: The headline.
        byline: Outlet, authors and date.
        first: The number of the first of the lines in the passage.
        whole: All lines of the passage, where a name may be given in full.
    """

    lines: Sequence[Line]
    best: int
    title: Line
    byline: Line
    first: int
    whole: Sequence[Line]

    @property
    def anywhere(self) -> list[Line]:
        """All lines of the passage, the headline and the byline."""
        return [*self.whole, self.title, self.byline]

    @property
    def everything(self) -> list[Line]:
        """The lines, the headline and the byline."""
        return [*self.lines, self.title, self.byline]

    def has(self, token: Token) -> bool:
        """Whether a token is here."""
        return any(line.has(token) for line in self.everything)

    def initials(self) -> frozenset[str]:
        """Acronyms here, and those of the names here."""
        return acronyms(tuple(self.anywhere))


@dataclass(frozen=True, slots=True)
class Source:
    """A passage with its sentences parsed.

    Attributes:
        passage: The passage.
        spans: The sentences' spans in the article's text.
        lines: The sentences.
        title: The headline.
        byline: Outlet, authors and date.
    """

    passage: Passage
    spans: tuple[tuple[int, int], ...]
    lines: tuple[Line, ...]
    title: Line
    byline: Line

    def spelt(self, sentence: str) -> str:
        """A sentence with acronyms and full names as in the source."""
        full, known = _spellings((*self.lines, self.title))
        for acronym, name in full.items():
            if len(acronym) > 1 and acronym not in known:
                sentence = re.sub(rf"\b{re.escape(acronym)}\b", name, sentence)
        for run in runs(parse(sentence).tokens):
            acronym, name = initials(run).upper(), " ".join(token.raw for token in run)
            if len(run) > 1 and acronym in known and not known & {token.raw for token in run}:
                sentence = sentence.replace(name, acronym)
        return sentence

    def neighbourhoods(self) -> Iterator[Neighbourhood]:
        """One around each sentence."""
        for best in range(len(self.lines)):
            first = max(0, best - BEFORE)
            yield Neighbourhood(
                self.lines[first : best + AFTER + 1], best - first, self.title, self.byline, first, self.lines
            )


@lru_cache(maxsize=256)
def read(passage: Passage) -> Source:
    """A parsed passage; cached, because every sentence of a reply needs the same few."""
    text, start = passage.text, passage.start
    spans = sentences(text)
    article = passage.article
    published = f"{article.published:%d %B %Y}" if article.published else ""
    byline = " ; ".join(part for part in ("By", article.source, *article.authors, published) if part)
    return Source(
        passage,
        tuple((start + first, start + last) for first, last in spans),
        tuple(dated(parse(text[first:last]), article.published) for first, last in spans),
        parse(article.title),
        parse(byline),
    )


@lru_cache(maxsize=256)
def acronyms(lines: tuple[Line, ...]) -> frozenset[str]:
    """The acronyms in some lines, and those of the names there."""
    found = {token.low for line in lines for token in line.tokens if token.raw.isupper()}
    return frozenset(found | {initials(run) for line in lines for run in _named(line) if len(run) > 1})


def _named(line: Line) -> Iterator[list[Token]]:
    """The names of a line, and those without the acronym before them: "US Centers for Disease Control"."""
    for run in runs(line.tokens):
        yield run
        if run[0].raw.isupper() and run[1:]:
            yield run[1:]


@lru_cache(maxsize=256)
def _spellings(lines: tuple[Line, ...]) -> tuple[dict[str, str], frozenset[str]]:
    """The names of some lines by their acronyms, and the words as written."""
    full = {initials(run).upper(): " ".join(token.raw for token in run) for line in lines for run in _named(line)}
    return full, frozenset(token.raw for line in lines for token in line.tokens)


def initials(run: Sequence[Token]) -> str:
    """The acronym of a name."""
    return "".join(token.raw if token.raw.isupper() else token.raw[0] for token in run).lower()


def points(line: Line, near: Neighbourhood) -> bool:
    """Whether a sentence begins with a reference to something before it."""
    for token in line.tokens:
        if token.low in PRONOUNS:
            return True
        if token.capital and any(
            t.sort == "name" and t.low == token.low for one in near.everything for t in one.tokens
        ):
            return False
    return False
