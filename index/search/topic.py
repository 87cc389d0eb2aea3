"""Topics to count articles by: names and phrases in their spelling, other words by their stems."""

import re
import unicodedata
from calendar import month_name
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from index.words import content_words, folded, word_ids

LONGEST_DOTTED_INITIALS = 5
"""The longest initials that an article may write with dots: "F.B.I."."""

LONGEST_CAPITAL_INITIALS = 4
"""The longest initials that may be another word in lower case. Longer ones are often written so: "covid"."""

_TOKEN = re.compile(r"[^\W_]+")
_GAP = r"(?:['’]s)?(?:[\s\-‐‑–'’&/]|(?<!\w{4})\.){1,4}"
"""What may be between two words of a name. A dot ends a short word ("St. Louis"), or else a sentence."""
_LOOSE_GAP = r"(?:['’]s)?\W{1,4}"
_END = r"(?:['’]?s)?(?!\w|\.\w\.)"


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article must mention: every part, in its headline or its text.

    Attributes:
        phrases: Names and quoted phrases, whose words must be adjacent.
        words: Other words, in any form and anywhere.
        others: Topics without others, any of which an article may mention in place of these parts.
    """

    phrases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    others: tuple["Topic", ...] = ()

    def __bool__(self) -> bool:
        return bool(self.phrases or self.words)

    @property
    def alternatives(self) -> tuple["Topic", ...]:
        """The topics, one of which is enough."""
        return (replace(self, others=()), *self.others)

    @property
    def text(self) -> str:
        """The topic on one line, phrases of several words in quotation marks."""
        return " or ".join(map(_line, self.alternatives))


@dataclass(frozen=True, slots=True)
class Lookup:
    """Searches the index for candidates with one word of a topic.

    Attributes:
        words: Lower-case forms of the word; one is enough.
        dotted: Its spelling with dots, which the index of words lacks: "F.B.I"; empty if there is none.
    """

    words: tuple[str, ...]
    dotted: str = ""


class PhraseFinder:
    """Finds adjacent words, ignoring case and accents.

    The last may have a plural or possessive "s". Initials may have dots. Alone, short ones count only with a
    capital: "NATO" and "Nato", "ICE" but not "ice", and only "US" and "WHO", as "Us" and "Who" are other words.

    Attributes:
        lookups: Searches for candidates, all of which must match.
    """

    def __init__(self, phrase: str) -> None:
        phrase = unicodedata.normalize("NFC", phrase)
        spans = [token.span() for token in _TOKEN.finditer(phrase)]
        gaps = [_gap(phrase[end:start]) for (_, end), (start, _) in pairwise(spans)]
        tokens = [phrase[start:end] for start, end in spans]
        *others, last = tokens
        self.lookups = [Lookup((token.lower(),), _dotted(token)) for token in others]
        self.lookups.append(Lookup((last.lower(), f"{last.lower()}s"), _dotted(last)))
        is_short = not others and bool(_dotted(last)) and len(last) <= LONGEST_CAPITAL_INITIALS
        self._spellings = [
            re.compile(_pattern([_spelled(token, change(token)) for token in tokens], gaps))
            for change in (_changes(last) if is_short else (str, str.title, str.upper))
        ]
        folds = [_spelled(token, _plain(token)) for token in tokens]
        self._folded = None if is_short else re.compile(_pattern(folds, gaps))

    def is_in(self, text: str) -> bool:
        """Whether the text has the phrase."""
        # Searching for the usual spellings takes a tenth of the time of folding a text.
        if any(spelling.search(text) for spelling in self._spellings):
            return True
        return self._folded is not None and bool(self._folded.search(_plain(text)))


class WordFinder:
    """Finds a word in any of its forms.

    Attributes:
        lookups: Searches for candidates.
        is_month: Whether it looks like a month, as "march" does. The index has the passages' dates too.
    """

    def __init__(self, word: str, stem: str) -> None:
        self.lookups = [Lookup((word.lower(),))]
        self._stem = stem
        self.is_month = stem in _months()
        # The stem of "stories" is "stori": the last letter may differ in the text.
        opening = re.escape(stem[:-1])
        self._variant_pattern = re.compile(rf"{opening}(?<!\w{opening})\w*")

    def is_in(self, text: str) -> bool:
        """Whether the text has the word."""
        variants = set(self._variant_pattern.findall(_plain(text)))
        return bool(variants) and self._stem in _stems(" ".join(variants))


Finder = PhraseFinder | WordFinder


def finders_of(topic: Topic) -> list[Finder]:
    """One for each part of the topic and its alternatives; a part needs letters or digits."""
    phrases = [PhraseFinder(phrase) for one in topic.alternatives for phrase in one.phrases if _TOKEN.search(phrase)]
    words = [_word_finder(word) for one in topic.alternatives for word in one.words if _TOKEN.search(word)]
    return [*phrases, *words]


def _line(topic: Topic) -> str:
    return " ".join([*(f'"{phrase}"' if " " in phrase else phrase for phrase in topic.phrases), *topic.words])


def _plain(text: str) -> str:
    """The text in lower case and without accents, like the index of words."""
    return folded(text).lower()


def _word_finder(word: str) -> Finder:
    stems = _stems(word.lower())
    # "covid-19" has two stems, "will" none, and a number is its only form.
    has_forms = len(stems) == 1 and _TOKEN.fullmatch(word) and not stems[0].isdigit()
    return WordFinder(word, stems[0]) if has_forms else PhraseFinder(word)


def _changes(initials: str) -> tuple[Callable[[str], str], ...]:
    """The other spellings of short initials."""
    is_common = initials == "US" or not content_words(initials.lower())
    return (str,) if is_common else (str, str.title)


def _gap(between: str) -> str:
    """A pattern of what may be between two words, with the comma or the like that the phrase has."""
    return _GAP if re.fullmatch(_GAP, between) else _LOOSE_GAP


def _spelled(typed: str, spelling: str) -> str:
    """A pattern of one word, which may have dots if it was typed as initials."""
    return r"\.?".join(spelling) if _dotted(typed) else re.escape(spelling)


def _pattern(tokens: Sequence[str], gaps: Sequence[str]) -> str:
    """A pattern of the words with what may be between them.

    The border before the first word is checked after it: a pattern that starts with letters is found faster.
    """
    first, *others = tokens
    rest = "".join(gap + token for gap, token in zip(gaps, others, strict=True))
    dot = first.find(r"\.?")
    opening, more = (first, "") if dot < 0 else (first[:dot], first[dot:])
    return rf"{opening}(?<!\w{opening}){more}{rest}{_END}"


def _dotted(token: str) -> str:
    """Initials with dots between them; empty for other words."""
    is_initials = 2 <= len(token) <= LONGEST_DOTTED_INITIALS and token.isalpha() and token.isupper()
    return ".".join(token) if is_initials else ""


@cache
def _months() -> frozenset[str]:
    return frozenset(_stems(" ".join(month_name)))


def _stems(text: str) -> list[str]:
    return word_ids([text])[1]
