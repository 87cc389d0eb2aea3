"""The phrases of a text: its names, its times, its other content words, and its question words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.pronouns import DEMONSTRATIVES, POSSESSIVES
from index.question import LONGEST_QUESTION
from index.time.mentions import mentions
from index.words import content_words

Sort = Literal["asks", "name", "time", "word"]

LONGEST_WORD = 40
"""Characters; longer tokens are no words."""
PREPOSITIONS = frozenset({"in", "at", "to", "from", "near", "into", "on", "with", "against", "for", "between", "by"})
PLACING = frozenset({"in", "at", "to", "from", "near", "into", "across", "of"})
ARTICLES = frozenset({"the", "a", "an", "our"}) | DEMONSTRATIVES | POSSESSIVES

_TITLE = re.compile(
    r"mayor|president|minister|chancellor|senator|councillor|governor|judge|king|queen|prince|princess|pope|mrs?|ms|dr"
    r"|sir|lady|professor|general|captain|secretary|chairman|chairwoman|spokesman|spokeswoman"
)
_NOBODY = re.compile(
    r"\b(?:agency|airport|area|bank|bay|bridge|bureau|cape|cent(?:er|re)|church|city|club|college|commission|committee"
    r"|company|congress|council|county|court|courier|cup|day|department|east|force|gazette|government|group|hall"
    r"|harbou?r|hospital|hotel|house|inn|institute|islands?|kingdom|league|library|marsh|ministry|museum|nations|news"
    r"|north|office|olympics|organi[sz]ation|parliament|park|party|police|port|press|reserve|republic|river|saint|san"
    r"|school|sea|senate|society|south|states?|stores?|storm|street|times|town|union|university|valley|village|war|west"
    r"|world)\b",
    re.IGNORECASE,
)
"""A name that holds one of these is never "she"."""
_LIGHT = re.compile(
    r"say|says|said|saying|tells?|told|thinks?|thought|happen(?:s|ed|ing)?|go|goes|going|went|gets?|got|know|means?|meant"
    r"|gives?|gave|show|name|list|explain|describe|would|could|might|must|shall|us|much|many|also|else|yet|ever|even"
    r"|please|thanks|yes|ok(?:ay)?|(?:any|some|every)?things?|ones?|news|latest|according|(?:some|any)(?:one|body)"
    r"|end|former|latter|another|others|react|respond|comment|reply",
    re.IGNORECASE,
)
"""Words without content of their own."""
_ASKS = re.compile(
    r"\b(?:how\s+(?:many|much|old|long|far|high|tall|big|large|often|fast)|who(?:m|se)?|when|where|why"
    r"|(?:what|which)\s+(?:year|date|day|month|country|city|state|company|percent(?:age)?))\b",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"da|de[lnr]?|della|di|do|dos|du|el|al|bin|ibn|la|le|van|von")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_CLOSE = re.compile(r"\s+(?:&\s+)?|-|['’]s?\s+|(?<=\b[A-Z])\.\s+")
"""What may be between two words of one phrase; a stop only behind an initial."""
_BREAK = re.compile(r"(?:[!?:;“\"\n]|(?<!\b[A-Z])\.)\W*\Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive words of a text.

    Attributes:
        text: The words.
        sort: The class of the words.
        start: Their start, in characters.
        before: The word before them, articles skipped, in lower case; empty at the start of the text.
        after: The word after them in lower case, if it carries meaning; else empty.
        definite: Whether a definite determiner such as "the" precedes them.
    """

    text: str
    sort: Sort
    start: int
    before: str
    after: str
    definite: bool

    @property
    def words(self) -> frozenset[str]:
        """Its words in lower case, without "'s"."""
        return frozenset(_POSSESSIVE.sub("", word.lower()) for word in _WORD.findall(self.text))

    @property
    def placed(self) -> bool:
        """Whether it looks like a place: "in Minsk", "mayor of Port Maren"."""
        return self.sort == "name" and self.before in PLACING

    @property
    def person(self) -> bool:
        """Whether it looks like a person's name: two or three words, or one with a title."""
        if self.sort != "name" or self.definite or self.placed or _NOBODY.search(self.text):
            return False
        return 2 <= len(self.text.split()) <= 4 or bool(_TITLE.fullmatch(self.before))


def phrases(text: str) -> list[Phrase]:
    """The names, times and other content words of a text, in order, and its leading question words: "how many".

    Names are recognised by their capitals; a text without capitals, or all in capitals, has none.
    """
    text = text[:LONGEST_QUESTION]
    words = [match for match in _WORD.finditer(text) if len(match[0]) <= LONGEST_WORD]
    sorts = _sorts(text, words)
    runs: list[list[int]] = []
    for place, sort in enumerate(sorts):
        if not sort:
            continue
        if runs and runs[-1][-1] == place - 1 and sorts[place - 1] == sort and _close(text, words, place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [_phrase(text, words, run[0], run[-1], sorts[run[0]] or "word") for run in runs]


def carries_meaning(word: str) -> bool:
    """Whether a word is a content word."""
    return not _LIGHT.fullmatch(word) and _is_content(word.lower())


@lru_cache(maxsize=4_096)
def _is_content(word: str) -> bool:
    return any(map(str.isdigit, word)) or bool(content_words(word))


def _phrase(text: str, words: Sequence[re.Match[str]], first: int, last: int, sort: Sort) -> Phrase:
    said = " ".join(text[words[first].start() : words[last].end()].split())
    place = first - 1
    while place >= 0 and words[place][0].lower() in ARTICLES:
        place -= 1
    after = words[last + 1][0].lower() if last + 1 < len(words) and _close(text, words, last + 1) else ""
    return Phrase(
        _POSSESSIVE.sub("", said),
        sort,
        words[first].start(),
        before=words[place][0].lower() if place >= 0 else "",
        after=after if after and _is_content(after) else "",
        definite=first - 1 > place,
    )


def _close(text: str, words: Sequence[re.Match[str]], place: int) -> bool:
    """Whether nothing between a word and the one before separates them."""
    return bool(_CLOSE.fullmatch(text, words[place - 1].end(), words[place].start()))


def _sorts(text: str, words: Sequence[re.Match[str]]) -> list[Sort | None]:
    """The class of each word; None for words without content."""
    times = [mention.match.span() for mention in mentions(text)]
    asks = _ASKS.search(text)
    capital = _capitals(text, words)
    sorts: list[Sort | None] = []
    for place, word in enumerate(words):
        if any(start <= word.start() < end for start, end in times):
            sorts.append("time")
        elif asks and asks.start() <= word.start() < asks.end():
            sorts.append("asks")
        elif capital[place] or _joins(words, capital, place):
            sorts.append("name")
        else:
            sorts.append("word" if carries_meaning(word[0]) else None)
    return sorts


def _capitals(text: str, words: Sequence[re.Match[str]]) -> list[bool]:
    """Which words are written as names."""
    opens = [_opens(text, word) for word in words]
    idle = [word[0] for word, first in zip(words, opens, strict=True) if not first and not _is_content(word[0].lower())]
    if text.isupper() or 2 * sum(word[0].isupper() for word in idle) > len(idle) > 1:
        return [False] * len(words)
    capital = [word[0] != word[0].lower() and not word[0].startswith(("I'", "I’")) for word in words]
    telling = [big and carries_meaning(word[0]) for big, word in zip(capital, words, strict=True)]
    beside = [before or after for before, after in zip([False, *telling], [*telling[1:], False], strict=False)]
    return [
        _initials(word[0])
        or (telling[place] and (beside[place] or not opens[place]))
        or (capital[place] and beside[place] and not opens[place])
        for place, word in enumerate(words)
    ]


def _opens(text: str, word: re.Match[str]) -> bool:
    """Whether a word begins a sentence, so that its capital means nothing."""
    return bool(_BREAK.search(text, 0, word.start())) or not text[: word.start()].strip(" \"“'‘(")


def _initials(word: str) -> bool:
    """Whether a word is one such as US, NATO or COVID-19."""
    return len(word) > 1 and word.isupper()


def _joins(words: Sequence[re.Match[str]], capital: Sequence[bool], place: int) -> bool:
    """Whether it is a particle within a name, as "von" and "der" in "von der Leyen"."""

    def named(reach: Iterable[int]) -> bool:
        return next((capital[at] for at in reach if not _PARTICLE.fullmatch(words[at][0])), False)

    around = range(place - 1, -1, -1), range(place + 1, len(words))
    return bool(_PARTICLE.fullmatch(words[place][0])) and all(map(named, around))
