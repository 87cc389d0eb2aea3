"""The parts of a question to look for in articles."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.question.kind import Kind
from bot.question.phrases import phrases
from corpus.article import Article
from index.passage import Passage
from index.search.lexical import Term
from index.words import code_forms, codes, content_words, folded

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
"""A number in digits, as written."""
HARDLY = 0.88
"""The rarity of a word in at most two of 3,000 articles, which may be a typing error there too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's words and their weights.

    Attributes:
        text: The standalone question.
        kind: The kind of answer it wants.
        rarity: Each stem's rarity in the archive, from 0 to 1.
        names: The stems written as names.
        figures: Its numbers in digits: "7.0" in "the 7.0-magnitude earthquake".
        codes: Its codes of letters and digits: {"f16"}.
        unknown: The names that occur in no article, even with a similar spelling.
        misspelled: The stems that occur, as typed, in no article or hardly any.
    """

    text: str
    kind: Kind
    rarity: dict[str, float]
    names: frozenset[str]
    figures: frozenset[str]
    codes: frozenset[str]
    unknown: frozenset[str] = frozenset()
    misspelled: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, kind: Kind, terms: Iterable[Term], outlets: Iterable[str] = ()) -> "Asked":
        """Parses a question; without terms, all its words have the same weight.

        The names of the outlets that are searched are no part of it: an article seldom names its own.
        """
        known = {term.asked: term for term in terms}
        searched = content_words(" ".join(outlets))
        words = [word for word in content_words(text) if word not in searched]
        found = [known.get(word) or Term(word, word, 0.5) for word in words]
        named = content_words(" ".join(phrase.text for phrase in phrases(text) if phrase.sort == "name")) - searched
        return cls(
            text,
            kind,
            {term.word: term.rarity for term in found},
            frozenset(term.word for term in found if term.asked in named),
            frozenset(FIGURE.findall(text)),
            frozenset(codes(text)),
            frozenset(term.word for term in found if term.asked in named and term.rarity == 1),
            frozenset(term.asked for term in known.values() if term.asked != term.word or term.rarity > HARDLY),
        )

    def covered(self, words: set[str]) -> float:
        """The share of its words among these, weighted by rarity; from 0 to 1."""
        total = sum(self.rarity.values())
        return sum(weight for word, weight in self.rarity.items() if word in words) / total if total else 0.0

    def lacking(self, articles: Sequence[Article], *, everywhere: bool = True) -> tuple[str, ...]:
        """The names and codes in no article of the archive, as the question writes them.

        Args:
            articles: Those considered; a code that is in none of them is in none that was searched.
            everywhere: Whether all were searched; if not, only a code that is no word of the archive is in no article.
        """
        names = [
            phrase.text
            for phrase in phrases(self.text)
            if phrase.sort == "name" and content_words(phrase.text) & self.unknown
        ]
        held = set[str]().union(*(codes(indexed_text(article)) for article in articles))
        absent = {code for code in self.codes - held if everywhere or self.rarity.get(code) == 1}
        forms = code_forms(folded(self.text))
        return tuple(dict.fromkeys([*names, *(forms[code] for code in sorted(absent))]))


@dataclass(frozen=True, slots=True)
class Held:
    """What a whole article, with its headline and date, has of a question's words.

    Attributes:
        words: The stems of its words.
        figures: Its numbers in digits.
    """

    words: set[str]
    figures: set[str]

    @classmethod
    def by(cls, article: Article) -> "Held":
        """Reads an article."""
        text = indexed_text(article)
        return cls(content_words(text), set(FIGURE.findall(text)))


def indexed_text(article: Article) -> str:
    """A whole article in the form that its passages are indexed in."""
    return Passage(article, 0, len(article.text)).indexed_text
