"""Question to passages: dense and lexical rankings fused, a prior on the date added, one result per story."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.passage import Passage, ScoredPassage
from index.question import Question
from index.search.embed import Embedder
from index.search.fusion import fuse
from index.search.lexical import Term
from index.search.outlets import check_outlets, outlets_in, plain_name, unknown_outlet
from index.search.recency import prior
from index.search.stories import one_per_story, other_copies
from index.storage.live import LiveIndex
from index.storage.snapshot import EXACT, WIDEST, Ranking, Snapshot, Vector
from index.time.period import Period, period_asked, wants_latest
from index.words import content_words

CANDIDATES = 200
"""Rows taken from each ranking before fusion. Source: benchmarks/retrieval.py."""
LEXICAL_WEIGHT, DENSE_WEIGHT, PRIOR_WEIGHT = 0.7, 0.3, 0.3
"""The most that words, meaning and the date add to a score. The prior is added, not multiplied, so that no article
is buried because of its age. Source: benchmarks/retrieval.py."""
SUPPORT_WEIGHT = 0.04
"""The share of the best score of its article's other passages that a passage gains. Source: benchmarks/retrieval.py."""
RECENT_SHARES = (1 / 32, 1 / 8)
"""Where the newest is asked for, these newest shares of the passages are searched by themselves too: of a subject with
thousands of passages, the best matches are of any day. An assumption, not tuned."""
TODAY = 0.99
"""And an archive that has ended is asked as on the day before which it has this share: single days may be wrong."""
SAME_TEXT = 20
"""The most passages with one text, and so one vector, among the dense candidates."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The passages found, and how they were searched for.

    Attributes:
        passages: Best first; at most PER_ARTICLE of one article, and one article of near-identical copies.
        generation: The id of the searched generation.
        searched: The question with the window and the outlets that its options or its words set.
        period: The period that its words name, whether it is a limit or only a preference.
        widened: Whether the limits in its words left nothing, so that everything was searched.
        terms: Its content words, as searched for.
        unknown_outlet: A newspaper that it asks for as its source and that has no article here; else empty.
    """

    passages: tuple[ScoredPassage, ...]
    generation: str
    searched: Question
    period: Period | None = None
    widened: bool = False
    terms: tuple[Term, ...] = ()
    unknown_outlet: str = ""


@dataclass(frozen=True, slots=True)
class Rankings:
    """The rankings behind a retrieval, each best first.

    Attributes:
        dense: Rows by cosine.
        lexical: Rows by BM25.
        fused: Both fused.
        weighed: The same with the prior on the date and the article's other passages added.
    """

    dense: Ranking
    lexical: Ranking
    fused: Ranking
    weighed: Ranking


class Retriever(Protocol):
    """Finds the passages that match a question."""

    def retrieve(self, question: Question, top_k: int, *, newest: bool = False) -> Retrieval:
        """At most top_k passages; none if nothing matches. `newest`: whether the newest on its subject are wanted.

        Raises:
            IndexMissing: Nothing has been built yet.
            IndexMismatch: The index has another schema or embedder than this program.
            IndexDamaged: The index cannot be read.
        """


@dataclass(frozen=True, slots=True)
class HybridRetriever:
    """Searches the newest generation by meaning and by words."""

    index: LiveIndex
    embedder: Embedder

    def retrieve(self, question: Question, top_k: int, *, newest: bool = False) -> Retrieval:
        """At most top_k passages, best first; none dated after the question.

        Args:
            question: The question.
            top_k: At most so many.
            newest: Whether the newest on its subject are wanted.

        Raises:
            SettingsError: An outlet in the question's options has no article.
        """
        query = _Query.of(question, self.embedder.embed_question(question.text), newest)
        with self.index.snapshot(question.groups) as snapshot:
            if question.sources:
                check_outlets(question.sources, snapshot.outlets)
            terms = tuple(snapshot.terms(sorted(content_words(question.text))))
            unknown = unknown_outlet(question.text, filter(None, snapshot.outlets))
            narrowed = _narrowed(snapshot, question, query.period)
            found = _found(snapshot, replace(query, question=narrowed), top_k)
            widened = not found.passages and narrowed != question
            if widened:  # the limits in the words are our interpretation; if they leave nothing, everything is searched
                found = _found(snapshot, query, top_k)
            return replace(found, terms=terms, widened=widened, unknown_outlet=unknown)

    def rankings(
        self, searched: Question, top_k: int, *, newest: bool = False
    ) -> tuple[Rankings, Mapping[int, Passage]]:
        """The whole rankings behind a retrieval, and the passages of the first top_k rows of each.

        Args:
            searched: The question as searched: `Retrieval.searched`.
            top_k: How many rows of each ranking to look up.
            newest: As in that retrieval.
        """
        query = _Query.of(searched, self.embedder.embed_question(searched.text), newest)
        with self.index.snapshot(searched.groups) as snapshot:
            ranked = _ranked(snapshot, query, _admitted(snapshot, searched))
            kinds = (ranked.weighed, ranked.fused, ranked.dense, ranked.lexical)
            rows = list(dict.fromkeys(row for kind in kinds for row, _ in kind[:top_k]))
            return ranked, dict(zip(rows, snapshot.passages(rows), strict=True))


@dataclass(frozen=True, slots=True)
class _Query:
    """A question with what was derived from it."""

    question: Question
    vector: Vector
    period: Period | None
    latest: bool
    newest: bool

    @classmethod
    def of(cls, question: Question, vector: Vector, newest: bool) -> Self:
        return cls(question, vector, period_asked(question), newest or wants_latest(question.text), newest)


def _found(snapshot: Snapshot, query: _Query, top_k: int) -> Retrieval:
    question = query.question
    admitted = _admitted(snapshot, question)
    ranked = _ranked(snapshot, query, admitted)
    kept = list(islice(one_per_story(snapshot, ranked.weighed), top_k))
    return Retrieval(
        passages=tuple(_scored(snapshot, kept, admitted, _parts(snapshot, query, ranked, kept))),
        generation=snapshot.generation,
        searched=question,
        period=query.period,
    )


def _ranked(snapshot: Snapshot, query: _Query, admitted: NDArray[np.bool_] | None) -> Rankings:
    parts = [admitted, *(_recent(snapshot, admitted) if query.newest else ())]
    dense, lexical = _dense(snapshot, query.vector, parts), _lexical(snapshot, query.question.text, parts)
    fused = fuse([(lexical, LEXICAL_WEIGHT), (dense, DENSE_WEIGHT)])
    weighed = _weighed(snapshot, query, fused)
    return Rankings(dense, lexical, sorted(fused.items(), key=lambda scored: -scored[1]), weighed)


def _narrowed(snapshot: Snapshot, question: Question, period: Period | None) -> Question:
    """The question with the limits on window and outlets in its words, within those of its options."""
    if period and period.strict:
        question = question.within(period.since, period.until)
    if not question.sources:
        known = dict.fromkeys(outlet for outlet in snapshot.outlets if outlet)
        named = (outlet for outlet in outlets_in(question.text, known) if outlet not in question.plain)
        question = replace(question, sources=tuple(named))
    return question


def _admitted(snapshot: Snapshot, question: Question) -> NDArray[np.bool_] | None:
    """(rows,) which passages the question's date, window and outlets admit; None if all."""
    masks = []
    if len(snapshot.days) and snapshot.days.max() > question.asked.toordinal():
        masks.append(snapshot.days <= question.asked.toordinal())
    if question.since:
        masks.append(snapshot.days >= question.since.toordinal())
    if question.until:
        masks.append((snapshot.days > 0) & (snapshot.days <= question.until.toordinal()))
    if question.sources:
        wanted = {plain_name(source) for source in question.sources}
        named = np.array([plain_name(outlet or "") in wanted for outlet in snapshot.outlets], bool)
        masks.append(named[snapshot.article_of])
    return np.logical_and.reduce(masks) if masks else None


def _recent(snapshot: Snapshot, admitted: NDArray[np.bool_] | None) -> Iterator[NDArray[np.bool_]]:
    """(rows,) for each of RECENT_SHARES, which of the admitted passages are among their newest."""
    let_in = np.ones(len(snapshot.days), bool) if admitted is None else admitted
    if let_in.any():
        for day in np.quantile(snapshot.days[let_in], [1 - share for share in RECENT_SHARES]):
            yield let_in & (snapshot.days >= day)


def _joined(rankings: Iterable[Iterable[tuple[int, float]]]) -> Ranking:
    """The rows of several parts of the archive, each once, best first."""
    scores = {row: score for ranking in rankings for row, score in ranking}
    return sorted(scores.items(), key=lambda scored: -scored[1])


def _lexical(snapshot: Snapshot, text: str, parts: Sequence[NDArray[np.bool_] | None]) -> Ranking:
    ranking = snapshot.lexical(text, max(map(_reach, parts)))
    return _joined(_admitted_only(ranking, part)[:CANDIDATES] for part in parts)


def _reach(admitted: NDArray[np.bool_] | None) -> int:
    """How many rows to fetch so that about CANDIDATES of them are admitted."""
    if admitted is None:
        return CANDIDATES
    return min(WIDEST, 2 * CANDIDATES * len(admitted) // max(1, int(admitted.sum())))


def _dense(snapshot: Snapshot, vector: Vector, parts: Sequence[NDArray[np.bool_] | None]) -> Ranking:
    large = [part for part in parts if part is None or part.sum() > EXACT]
    ranking = snapshot.dense(vector, max(map(_reach, large))) if large else []
    rankings = [_admitted_only(ranking, part) for part in large]
    rankings += [_exact(snapshot, vector, part) for part in parts if part is not None and part.sum() <= EXACT]
    return _joined(islice(_few_of_a_text(snapshot, each), CANDIDATES) for each in rankings)


def _exact(snapshot: Snapshot, vector: Vector, admitted: NDArray[np.bool_]) -> Ranking:
    rows = np.flatnonzero(admitted).tolist()
    cosines = snapshot.cosines(vector, rows)
    return [(rows[place], float(cosines[place])) for place in np.argsort(-cosines, kind="stable")]


def _few_of_a_text(snapshot: Snapshot, ranking: Ranking) -> Iterator[tuple[int, float]]:
    """At most SAME_TEXT rows of each vector, so that hundreds of copies leave room for other texts."""
    taken: Counter[int] = Counter()
    for row, score in ranking:
        vector = int(snapshot.vector_of[row])
        taken[vector] += 1
        if taken[vector] <= SAME_TEXT:
            yield row, score


def _admitted_only(ranking: Ranking, admitted: NDArray[np.bool_] | None) -> Ranking:
    return ranking if admitted is None else [(row, score) for row, score in ranking if admitted[row]]


def _weighed(snapshot: Snapshot, query: _Query, fused: Mapping[int, float]) -> Ranking:
    """The fused scores plus the prior on each row's date, best first."""
    rows = np.fromiter(fused, np.int64, len(fused))
    scores = np.fromiter(fused.values(), np.float64, len(fused))
    scores += PRIOR_WEIGHT * _prior(snapshot, query, rows)
    scores += SUPPORT_WEIGHT * _support(snapshot.article_of[rows], scores)
    return [(int(rows[place]), float(scores[place])) for place in np.argsort(-scores, kind="stable")]


def _prior(snapshot: Snapshot, query: _Query, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """(rows,) how well their days suit."""
    days, question = snapshot.days[rows], query.question
    if query.newest and len(days):
        today = int(np.quantile(snapshot.days, TODAY))
        if 0 < today < question.asked.toordinal():
            days, question = np.minimum(days, today), replace(question, asked=date.fromordinal(today))
    return prior(days, question, query.period, query.latest)


def _parts(snapshot: Snapshot, query: _Query, ranked: Rankings, kept: Ranking) -> Iterator[Mapping[str, float]]:
    """The terms of each kept row's score."""
    words, meaning = fuse([(ranked.lexical, LEXICAL_WEIGHT)]), fuse([(ranked.dense, DENSE_WEIGHT)])
    days = PRIOR_WEIGHT * _prior(snapshot, query, np.array([row for row, _ in kept], np.int64))
    for (row, score), day in zip(kept, days.tolist(), strict=True):
        parts = {"words": words.get(row, 0.0), "meaning": meaning.get(row, 0.0), "day": day}
        yield parts | {"article": score - sum(parts.values())}


def _support(article_of: NDArray[np.int32], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """(rows,) the best score among the other rows of each row's article; 0 where there is none."""
    best: dict[int, tuple[float, float]] = {}
    for article, score in zip(article_of, scores, strict=True):
        first, second = best.get(article, (0.0, 0.0))
        best[article] = (score, first) if score > first else (first, max(second, score))
    pairs = (best[article] for article in article_of)
    return np.array([second if score == first else first for score, (first, second) in zip(scores, pairs, strict=True)])


def _scored(
    snapshot: Snapshot, ranking: Ranking, admitted: NDArray[np.bool_] | None, parts: Iterable[Mapping[str, float]]
) -> Iterator[ScoredPassage]:
    """The rows as passages, with the admitted copies of their articles."""
    passages = snapshot.passages([row for row, _ in ranking])
    let_in = np.zeros(len(snapshot.group_of), bool)
    let_in[snapshot.article_of if admitted is None else snapshot.article_of[admitted]] = True
    for (row, score), passage, summands in zip(ranking, passages, parts, strict=True):
        yield ScoredPassage(passage, score, other_copies(snapshot, row, let_in), summands)
