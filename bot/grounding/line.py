"""A parsed sentence: its names, its figures, its other words, and their clauses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from bot.grounding.figures import Figure, figures
from bot.grounding.lexicon import BREAKS, CAUSES, IDLE, LIGHT, among, are_synonyms, stem, stems, words_of

Sort = Literal["name", "word", "figure", "idle"]

_COMING = (
    "appear|arrive|be|begin|close|come|decide|end|enter|expire|face|finish|give|go|have|hold|land|launch|leave|make|meet"
    "|open|play|publish|release|reopen|report|resume|retire|return|rule|run|sail|sign|speak|stand|start|take|visit|vote"
)
"""After "due to" these are plans, other words a cause."""
_SPELLINGS = (
    (re.compile(r"[‘’ʼ`]"), "'"),
    (re.compile(r"[“”„«»]"), '"'),
    (re.compile(r"[\u00a0\u2009\u202f]"), " "),
    (re.compile(r"\b(?:U\.\s?S\.(?:\s?A\.)?|USA|United States(?: of America)?)(?!\w)"), "US"),
    (re.compile(r"\b(?:U\.\s?K\.|United Kingdom)(?!\w)"), "UK"),
    (re.compile(r"\b(?:U\.\s?N\.|United Nations)(?!\w)"), "UN"),
    (re.compile(r"\b(?:E\.\s?U\.|European Union)(?!\w)"), "EU"),
    (re.compile(r"\b([A-Z])\.(?=[A-Z]\.)"), r"\1"),
    (re.compile(r"(?<=\w)n't\b"), " not"),
    (re.compile(r"\b([Cc])annot\b"), r"\1an not"),
    (re.compile(r"\b(?:went|goes|go)\s+on\s+for\b"), "lasted"),
    (re.compile(r"\btouch(?:ed|es)?\s+down\b"), "landed"),
    (re.compile(r"(?<=\w)[ -]years?[ -]old\b"), ""),
    (re.compile(r"\btwo\s+times\b"), "twice"),
    (re.compile(rf"\b(?:due(?!\s+to\s+(?:{_COMING})\b)|owing|thanks)\s+to\b|\bas\s+a\s+result\s+of\b"), "because of"),
    (re.compile(r"\brather\s+than\b"), "instead of"),
    (re.compile(r"\bclose\s+to\b"), "near"),
    (re.compile(r"\brul(?:e|ed|ing)\s+out\b"), "excluded"),
    (re.compile(r"\b(year|week|month|day)[ -]long\b"), r"\1"),
    (re.compile(r"\bbefore\s+the\s+end\b"), "by the end"),
    (re.compile(r"\b(?:say|says|said)\s+sorry\b"), "apologised"),
    (re.compile(r"\bwould\s+like\s+to\b"), "hope to"),
    (re.compile(r"\b(?:went|gone|goes|go|push(?:ed|es)?|drove|driven)\s+up\b"), "rose"),
    (re.compile(r"\b(?:went|gone|goes|go|push(?:ed|es)?|drove|driven)\s+down\b"), "fell"),
    (re.compile(r"\b(?:came|come|comes)\s+to\s+light\b"), "was discovered"),
    (re.compile(r"\bpa(?:id|y|ys)\s+back\b"), "repaid"),
    (re.compile(r"\bpa(?:id|y|ys)\s+for\b"), "paid"),
    (re.compile(r"\b(?:found|finds?)\s+fault\s+with\b"), "criticised"),
    (re.compile(r"\bpoint(?:ed|s)?\s+out\b"), "said"),
    (re.compile(r"\b(?:laid|lays?)\s+off\b"), "dismissed"),
    (re.compile(r"\bst(?:epp?ed|ood|eps?|ands?)\s+down\b"), "resigned"),
    (re.compile(r"\b(?:broke|breaks?)\s+out\b"), "began"),
    (re.compile(r"\bknock(?:ed|s)?\s+out\b"), "eliminated"),
    (re.compile(r"\b(?:took|takes?|taken)\s+part\b"), "participated"),
    (re.compile(r"\bshut(?:s|ting)?\s+down\b"), "closed"),
    (re.compile(r"\ba\s+decade\b"), "ten years"),
    (re.compile(r"\ba\s+fortnight\b"), "two weeks"),
    (re.compile(r"\blos(?:e|ing)\s+(?:his|her|their)\s+jobs?\b"), "be dismissed"),
    (re.compile(r"\blost\s+(?:his|her|their)\s+jobs?\b"), "was dismissed"),
    (re.compile(r"\bconclude[ds]?\s+that\b"), "said that"),
    (re.compile(r"\bcall(?:ed|s)?\s+off\b"), "cancelled"),
    (re.compile(r"\bcall(?:ed|s|ing)?\s+(?:up)?on\s+(?=[^,;:]{2,40}\sto\s)"), "demanded "),
    (re.compile(r"\bcalls?\s+(?=(?:to|for)\s)"), "demands "),
    (re.compile(r"\b(?:put|puts|putting)\s+off\b"), "postponed"),
    (re.compile(r"\bturn(?:ed|s)?\s+down\b"), "rejected"),
    (re.compile(r"\bcarr(?:ied|ies|y)\s+out\b"), "conducted"),
    (re.compile(r"\b(?:took|takes|take|taken)\s+place\b"), "happened"),
    (re.compile(r"\b(?:set|sets)\s+up\b"), "founded"),
)
_CODE = re.compile(r"\b[A-Z]{1,3}[.-]\d{1,3}\b")
"""A name that ends in a number: "BA.5", "F-16"."""
_WORD = re.compile(_CODE.pattern + r"|[^\W\d_]+(?:'[^\W\d_]+)*|\d[\w.]*|[,;:()—–\"]|\s-\s")
_BREAK = re.compile(r"[,;:()—–]|\s-\s")
_OPENING = re.compile(r"(?:\A|[:\"]\s?)\W*\Z")
_TITLES = words_of("titles")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a figure.

    Attributes:
        low: In lower case, without the possessive ending.
        stem: The form that it is compared in; of a figure its first key.
        sort: Its class; "idle" words carry no meaning of their own.
        clause: The number of its clause in the sentence, from 0.
        place: Its number in the sentence, from 0.
        keys: The meaning of a figure.
        raw: As written.
        dated: Whether it is a figure for a time.
        start: Its start in the plain text, in characters.
        reckoned: Whether it has the keys of the source's figure that it derives from.
    """

    low: str
    stem: str
    sort: Sort
    clause: int
    place: int
    raw: str
    start: int
    keys: tuple[str, ...] = ()
    dated: bool = False
    reckoned: bool = False

    @property
    def telling(self) -> bool:
        """Whether it is a content word or a name."""
        return self.sort in ("name", "word")

    @property
    def capital(self) -> bool:
        """Whether it is a content word with a capital: a name or a sentence's first word."""
        return self.telling and self.raw[:1].isupper()

    @property
    def light(self) -> bool:
        """Whether a model may put it around a fact without adding a claim."""
        return self.sort == "word" and (self.low in LIGHT or self.stem in stems(LIGHT))

    def like(self, other: "Token") -> bool:
        """Whether it may replace the other one."""
        if self.sort == "figure" or other.sort == "figure":
            return bool(set(self.keys) & set(other.keys))
        return self.low == other.low or are_synonyms(self.stem, other.stem)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A sentence.

    Attributes:
        plain: Its text in plain spelling: straight quotes, "US" for "U.S.", "did not" for "didn't".
        tokens: In order.
        keys: Those of its figures.
        stems: Those of its words and names.
        lows: All its words in lower case.
    """

    plain: str
    tokens: tuple[Token, ...]
    keys: frozenset[str]
    stems: frozenset[str]
    lows: frozenset[str]

    @property
    def telling(self) -> list[Token]:
        """Content words and names."""
        return [token for token in self.tokens if token.telling]

    def holding(self, token: Token) -> Sequence[Token]:
        """The words and figures that match a token of a claim."""
        return _holding(self, token)

    def has(self, token: Token) -> bool:
        """Whether a word or figure here matches the token."""
        if token.sort == "figure":
            return not self.keys.isdisjoint(token.keys)
        return among(token.stem, self.stems) or (token.low in CAUSES and not CAUSES.isdisjoint(self.lows))


@lru_cache(maxsize=65_536)
def _holding(line: Line, token: Token) -> tuple[Token, ...]:
    """Cached, as nearly every rule needs the same."""
    here = token.sort == "figure" or token.low in line.lows or among(token.stem, line.stems)
    return tuple(other for other in line.tokens if other.sort != "idle" and token.like(other)) if here else ()


def plain(text: str) -> str:
    """The text with plain quotes and spellings, on one line."""
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def parse(text: str) -> Line:
    """Parses a sentence."""
    spelling = plain(text)
    tokens: list[Token] = []
    clause = 0
    starts = {figure.start: figure for figure in _figures(spelling)}
    place = 0
    while place < len(spelling):
        figure = starts.get(place)
        if figure:
            raw = spelling[figure.start : figure.end]
            tokens.append(
                Token(raw.lower(), figure.keys[0], "figure", clause, len(tokens), raw, place, figure.keys, figure.dated)
            )
            if figure.currency:
                tokens.append(_word(figure.currency, clause, len(tokens), place, ""))
            place = figure.end
            continue
        match = _WORD.match(spelling, place)
        stop = min((start for start in starts if start > place), default=len(spelling)) if match else 0
        if not match or match.end() > stop:
            place += 1
            continue
        if _BREAK.fullmatch(match[0]):
            clause += 1
        elif match[0] != '"':
            token = _placed(
                _word(match[0], clause, len(tokens), place, spelling[:place]), tokens, spelling[match.end() :]
            )
            clause = token.clause
            tokens.append(token)
        place = match.end()
    keys = frozenset(key for token in tokens for key in token.keys)
    content_stems = frozenset(token.stem for token in tokens if token.telling)
    return Line(spelling, tuple(tokens), keys, content_stems, frozenset(token.low for token in tokens))


def _placed(token: Token, before: Sequence[Token], behind: str) -> Token:
    """A token in its clause: "and" between two names does not open one."""
    names = token.low == "and" and before and before[-1].sort == "name" and behind[1:2].isupper()
    return replace(token, clause=before[-1].clause) if names else token


def _figures(spelling: str) -> list[Figure]:
    """The figures, except those within a name."""
    codes = [code.span() for code in _CODE.finditer(spelling)]
    return [figure for figure in figures(spelling) if not any(start < figure.start < end for start, end in codes)]


def _word(raw: str, clause: int, number: int, start: int, before: str) -> Token:
    low = re.sub(r"'s\Z|'\Z", "", raw.lower())
    named = raw[0].isupper() and not _OPENING.search(before[-4:] if len(before) > 4 else before)
    acronym = len(raw) > 1 and raw.isupper() and raw.isalpha()
    if (named and low not in IDLE) or acronym:
        sort: Sort = "name"
    else:
        sort = "idle" if low in IDLE or low in _TITLES or (len(low) == 1 and not raw.isupper()) else "word"
    if low in _TITLES:
        sort = "idle"
    return Token(low, stem(low), sort, clause + (low in BREAKS), number, raw, start)


def runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """Adjacent names, such as "World Health Organization"."""
    found: list[list[Token]] = []
    for token in tokens:
        if token.sort != "name":
            continue
        previous = found[-1][-1] if found else None
        between = tokens[previous.place + 1 : token.place] if previous else ()
        if previous and previous.clause == token.clause and all(word.low in ("of", "the", "for") for word in between):
            found[-1].append(token)
        else:
            found.append([token])
    return found
