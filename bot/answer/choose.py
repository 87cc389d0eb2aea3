"""Answers in the articles' own words: verbatim sentences, each with its citation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

import numpy as np

from bot.answer import Citation, Shape
from bot.answer.asked import Asked, indexed_text
from bot.answer.candidates import FEATURES, Candidates, answer_words, candidates, sentences_of
from bot.answer.disagreement import disagreement
from bot.answer.sentence import Sentence, deduplicate
from bot.answer.shape import latest, share, timeline, topic
from bot.question.kind import OVERVIEWS, Kind
from index.passage import Passage, ScoredPassage
from index.search.lexical import Term
from index.search.reader import Reader, Reading
from index.words import code_forms, codes, content_words

READ = 8
"""Passages that are read. Source: benchmarks/answering.py."""
FIRST, CLEAR, HOPELESS = 4, 2.0, -8.0
"""So many are read first; the others only where the best of these is between the two, as a logit of relevance. Source:
benchmarks/results/time.md."""
WEIGHTS = {
    "span": 0.18,
    "relevance": 0.0,
    "passage": 6.95,
    "covered": 1.17,
    "name lacks": -1.37,
    "figure lacks": -1.72,
    "agreed": 0.84,
    "fits": 1.41,
}
"""The weight of each feature in a sentence's score. Source: fitted by benchmarks/answering.py, which also measures
them on questions that they were not fitted on."""
RELEVANCE = FEATURES.index("relevance")
SHIPPED = np.array([WEIGHTS[name] for name in FEATURES])
BESIDE = 2.6
"""A further sentence is shown if its score is at most this much below the best. Source: the same."""
COMPARED = 10
"""Sentences that are searched for differing sources."""
EMPHASISED = 9.0
"""The reader's words are emphasised from this span score on. Source: the same."""
WORD = re.compile(r"[^\W\d_]{4,}")
"""Words long enough to be recognised with one wrong letter."""
LIKENESS = 0.78
"""The least similarity of two spellings of one word, from 0 to 1. Tried on hastily typed questions."""
ON_TOPIC = 0.65
"""An overview uses passages at least this near to the question, by words and meaning, relative to the nearest."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences chosen.

    Attributes:
        citations: Numbered in the order in which they are shown; empty if there was none to quote.
        shape: How the citations belong together.
        evidence: What indicates whether the best of them answers, in the order of EVIDENCE.
        covered: Of an overview, the share of the question's topic that its passages cover, from 0 to 1.
        differing: Whether the citations give different answers.
        ranked: All candidate sentences, best first.
        lacking: Names and codes of the question that occur in no article, as the question writes them; only where
            nothing was read because of them.
    """

    citations: tuple[Citation, ...] = ()
    shape: Shape = "fact"
    evidence: tuple[float, ...] = ()
    covered: float = 0.0
    differing: bool = False
    ranked: tuple[Sentence, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractiveAnswerer:
    """Quotes the sentences that most likely answer."""

    reader: Reader
    max_sentences: int = 3

    def choose(
        self,
        question: str,
        passages: Sequence[ScoredPassage],
        kind: Kind = "what",
        terms: Sequence[Term] = (),
        *,
        beside: Sequence[ScoredPassage] = (),
        resolved: str = "",
        outlets: Sequence[str] = (),
        everywhere: bool = True,
    ) -> Choice:
        """The sentences that answer best, in the shape that the kind of question calls for.

        Args:
            question: Standalone.
            passages: Best first.
            kind: The kind of answer it wants.
            terms: Its words as searched for.
            beside: Passages to read too, found with a follow-up's previous turn.
            resolved: A follow-up with a name in place of its pronoun; the best passages are read with it too.
            outlets: The only ones that were searched, if any.
            everywhere: Whether the passages are of the whole archive, whatever their days and outlets.
        """
        asked = Asked.of(question, kind, terms, outlets)
        if kind in OVERVIEWS and _readable(asked, passages):
            return _overview(topic(question) - content_words(" ".join(outlets)), passages, kind == "latest")
        near = [*passages[:READ], *beside]
        read = self.read(asked, near, whole=bool(beside or resolved))
        if resolved and read.sentences:
            read = self._read_again(read, Asked.of(resolved, kind, terms, outlets), near)
        if not read.sentences:
            articles = [scored.passage.article for scored in passages]
            return Choice(lacking=asked.lacking(articles, everywhere=everywhere))
        scores = read.features @ SHIPPED
        order = np.argsort(-scores, kind="stable")
        ranked = [read.sentences[place] for place in order]
        good = ranked[: int((scores >= scores[order[0]] - BESIDE).sum())]
        differing = [ranked[place] for place in disagreement(question, ranked[:COMPARED])]
        best = differing or list(islice(_further(good), self.max_sentences))
        citations = cited(best, len(differing) or 1)
        return Choice(citations, evidence=read.evidence(scores), differing=bool(differing), ranked=tuple(ranked))

    def read(self, asked: Asked, passages: Sequence[ScoredPassage], *, whole: bool = False) -> Candidates:
        """The sentences of the passages, with features that rate them.

        A question about a code, such as F-15, is answered only from articles with that code; one about a name
        that the archive lacks is not answered.

        Args:
            asked: The question.
            passages: Best first.
            whole: Whether to read all of them, even where the first settle it.
        """
        read = _readable(asked, passages)
        spelled, near = _as_spelled(asked, read), [scored.passage for scored in read]
        readings = self.reader.read(spelled, near) if whole else self._readings(spelled, near)
        return candidates(asked, read[: len(readings)], readings)

    def _readings(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Of the first passages alone, where one of them clearly answers, or all are of quite another matter."""
        first = self.reader.read(question, passages[:FIRST])
        best = max((reading.relevance for reading in first), default=CLEAR)
        if best >= CLEAR or best <= HOPELESS:
            return first
        return first + self.reader.read(question, passages[FIRST:])

    def _read_again(self, read: Candidates, asked: Asked, passages: Sequence[ScoredPassage]) -> Candidates:
        """The sentences; for the best passages the features are the mean of two readings, the relevance the higher."""
        best: dict[str, float] = {}
        for sentence, score in zip(read.sentences, read.features @ SHIPPED, strict=True):
            best[sentence.passage.id] = max(score, best.get(sentence.passage.id, score))
        chosen = sorted(best, key=lambda name: -best[name])[:READ]
        again = self.read(asked, [scored for scored in passages if scored.passage.id in chosen], whole=True)
        rows = {_place(sentence): row for sentence, row in zip(again.sentences, again.features, strict=True)}
        second = np.array([rows.get(_place(one), row) for one, row in zip(read.sentences, read.features, strict=True)])
        features = (read.features + second) / 2
        features[:, RELEVANCE] = np.maximum(read.features, second)[:, RELEVANCE]
        return Candidates(read.sentences, features)


def _readable(asked: Asked, passages: Sequence[ScoredPassage]) -> Sequence[ScoredPassage]:
    """Those of articles with the codes; none where no article has a name."""
    if asked.unknown:
        return ()
    if not asked.codes:
        return passages
    return [scored for scored in passages if asked.codes <= codes(indexed_text(scored.passage.article))]


def _place(sentence: Sentence) -> tuple[str, int]:
    return sentence.passage.article.id, sentence.start


def _as_spelled(asked: Asked, read: Sequence[ScoredPassage]) -> str:
    """The question in the passages' spelling: F-16 for F16, and the nearest of their words for one that no article has.

    The reader relies on spelling: one wrong letter makes another word.
    """
    question, theirs = asked.text, " ".join(scored.passage.indexed_text for scored in read)
    if asked.codes:
        forms = code_forms(theirs)
        for code, form in code_forms(question).items():
            question = question.replace(form, forms.get(code, form))
    if not asked.misspelled:
        return question
    words = {word.lower(): word for word in WORD.findall(theirs)}

    def mended(match: re.Match[str]) -> str:
        typed = match[0]
        if typed.lower() in words or not content_words(typed) & asked.misspelled:
            return typed
        near = get_close_matches(typed.lower(), words, 1, LIKENESS)
        return words[near[0]] if near else typed

    return WORD.sub(mended, question)


def _further(good: Sequence[Sentence]) -> Iterator[Sentence]:
    """The best sentence, and those that give another answer in other words."""
    answers: list[set[str]] = []
    for sentence in deduplicate(good):
        words = answer_words(sentence)
        if not any(words and other and (words <= other or other <= words) for other in answers):
            answers.append(words)
            yield sentence


def _overview(wanted: frozenset[str], passages: Sequence[ScoredPassage], newest_first: bool) -> Choice:
    """What happened, from the passages nearest to the topic of these stems; from all, if there are none.

    The reader is not used: it looks for a single answer.
    """
    shares = [share(wanted, scored.passage.indexed_text) for scored in passages]
    nearness = [_nearness(*one) for one in zip(passages, shares, strict=True)] if wanted else shares
    enough = ON_TOPIC * max(nearness, default=0.0)
    speaking = [
        scored for scored, shared, near in zip(passages, shares, nearness, strict=True) if shared > 0 and near >= enough
    ]
    sentences = [sentence for scored in speaking for sentence in sentences_of(scored.passage)]
    chosen = latest(wanted, sentences) if newest_first else timeline(wanted, sentences)
    shape: Shape = "latest" if newest_first else "timeline"
    return Choice(cited(chosen, 0), shape, covered=max(shares, default=0.0), ranked=tuple(sentences))


def _nearness(scored: ScoredPassage, shared: float) -> float:
    """How near a passage is to a question by words and meaning; if unknown, the share of its words in the passage."""
    return scored.parts.get("words", 0.0) + scored.parts.get("meaning", 0.0) if scored.parts else shared


def cited(sentences: Sequence[Sentence], answering: int) -> tuple[Citation, ...]:
    """The sentences as citations, numbered from 1; the first `answering` of them with their answering words."""
    return tuple(
        Citation(number, found.passage, found.start, found.end, *_answering(found, number <= answering))
        for number, found in enumerate(sentences, 1)
    )


def _answering(sentence: Sentence, sought: bool) -> tuple[int, int] | tuple[()]:
    """The span of the answering words in the article's text, where the reader is sure of them."""
    if sought and sentence.answer and sentence.answer.score >= EMPHASISED:
        return sentence.answer.start, sentence.answer.end
    return ()
