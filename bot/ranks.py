"""The place of each passage in every ranking of one question, side by side, for tuning an archive."""

from dataclasses import dataclass

from bot.archive_bot import CONSIDERED, ArchiveBot
from corpus.errors import SettingsError
from index.passage import Passage
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage.snapshot import Ranking

DEPTH = 10
"""Rows shown of each ranking."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage's place in a ranking, from 1, and its score."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its places; None where a ranking lacks it.

    Attributes:
        passage: The passage.
        dense: By cosine.
        lexical: By BM25.
        fused: By both, fused.
        weighed: With the date and the other passages of its article.
        found: Among those read for the answer, where copies are folded and an article has at most two passages.
        reader: By the reader's relevance, among the passages in this table.
    """

    passage: Passage
    dense: Place | None
    lexical: Place | None
    fused: Place | None
    weighed: Place | None
    found: Place | None
    reader: Place


@dataclass(frozen=True, slots=True)
class RankTable:
    """The passages, best weighed first, and the question that was searched for."""

    searched: Question
    rows: tuple[Ranked, ...]


def rank_table(bot: ArchiveBot, question: Question) -> RankTable:
    """Every passage among the first of any ranking.

    Raises:
        SettingsError: The bot has another kind of retriever, or the question names an outlet that is not here.
        BylineError: The index cannot be used.
    """
    if not isinstance(bot.retriever, HybridRetriever):
        raise SettingsError("this bot has a retriever of its own, whose rankings are not known")
    newest = bot.analyst.read(question).kind == "latest"
    found = bot.retriever.retrieve(question, CONSIDERED, newest=newest)
    rankings, passages = bot.retriever.rankings(found.searched, DEPTH, newest=newest)
    readings = bot.answerer.reader.read(question.text, list(passages.values()))
    relevance = [(row, reading.relevance) for row, reading in zip(passages, readings, strict=True)]
    read = _places(sorted(relevance, key=lambda scored: -scored[1]))
    kept = {scored.passage.id: Place(rank, scored.score) for rank, scored in enumerate(found.passages, 1)}
    kinds = (rankings.dense, rankings.lexical, rankings.fused, rankings.weighed)
    dense, lexical, fused, weighed = map(_places, kinds)
    table = [
        Ranked(
            passage=passage,
            dense=dense.get(row),
            lexical=lexical.get(row),
            fused=fused.get(row),
            weighed=weighed.get(row),
            found=kept.get(passage.id),
            reader=read[row],
        )
        for row, passage in passages.items()
    ]
    return RankTable(found.searched, tuple(sorted(table, key=_order)))


def _places(ranking: Ranking) -> dict[int, Place]:
    return {row: Place(rank, score) for rank, (row, score) in enumerate(ranking, 1)}


def _order(ranked: Ranked) -> tuple[int, int]:
    if ranked.weighed:
        return 0, ranked.weighed.rank
    return 1, ranked.reader.rank
