"""A conversation as a visitor's browser keeps it; restored.py reads it back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.answer import Answer
from bot.answer.declined import Declined
from bot.answer.declining import nearest
from bot.ui.browser_record import (
    LONGEST_LINE,
    MOST_COPIES,
    MOST_EXCHANGES,
    KeptAnswer,
    KeptArticle,
    KeptCitation,
    KeptDeclined,
    KeptExchange,
    KeptPassage,
    KeptQuestion,
)
from bot.ui.conversation import Conversation, Exchange
from bot.ui.sources import CONTEXT
from corpus.article import Article
from index.passage import ScoredPassage
from index.question import Question
from index.time.period import depends_on_day

NEAREST = 10
"""Passages kept of an answer that declines."""
CONSIDERED = 12
"""Passages kept of an answer, for what else was considered and how the answer came about; their text is not."""
AROUND = CONTEXT + 60
"""Characters of an article kept on either side of its quotes, a little more than are shown."""


def to_saved(conversation: Conversation) -> list[dict[str, Any]]:
    """The last exchanges of a conversation as JSON; a reply that is still coming is kept as stopped."""
    return [_plain(asdict(_saved(exchange))) for exchange in conversation[-MOST_EXCHANGES:]]


def _plain(value: Any) -> Any:
    """JSON of a tree; no string of it has a lone surrogate, which could not be sent."""
    return json.loads(
        json.dumps(value, ensure_ascii=False, default=lambda day: day.isoformat()).encode("utf-8", "replace")
    )


def _saved(exchange: Exchange) -> KeptExchange:
    answer = _saved_answer(exchange.answer, exchange.said) if exchange.answer else None
    return KeptExchange(
        exchange.id,
        _saved_question(exchange.question),
        exchange.text,
        exchange.notice[:LONGEST_LINE],
        exchange.preface,
        answer,
        _link_day(exchange.question),
    )


def _link_day(question: Question) -> date | None:
    """The day set by hand, else the one that the words are relative to; without a day a link asks as of its opening."""
    asked = question.asked
    if not isinstance(asked, datetime):
        return asked
    return asked.date() if depends_on_day(question) else None


def _saved_question(question: Question) -> KeptQuestion:
    return KeptQuestion(question.text, question.asked, question.since, question.until, question.sources, question.plain)


def _saved_answer(answer: Answer, said: str) -> KeptAnswer:
    shown = _shown_passages(answer)
    excerpts = [(one.passage.article, one.start, one.end) for one in answer.citations]
    excerpts += [(one.passage.article, one.passage.start, one.passage.end) for one in shown if not answer.citations]
    articles = {article.id: article for article in _excerpts(excerpts)}
    also = [one.passage.article for one in shown]
    also += [copy for one in shown if one.passage.article.id in articles for copy in one.also_in[:MOST_COPIES]]
    also += answer.declined.nearest if answer.declined else ()
    bare = {article.id: _article(article, 0, 0) for article in also}
    return KeptAnswer(
        standalone_question=answer.standalone_question,
        status=answer.status,
        text=answer.text,
        searched=_saved_question(answer.searched) if answer.searched else None,
        generation=answer.generation,
        marks=answer.marks,
        quotes=answer.quotes,
        notes=answer.notes,
        shape=answer.shape,
        emphasis=answer.emphasis,
        articles=tuple((bare | articles).values()),
        citations=tuple(
            KeptCitation(one.number, one.passage.article.id, one.start, one.end, one.answer_start, one.answer_end)
            for one in answer.citations
        ),
        passages=tuple(
            KeptPassage(
                one.passage.article.id,
                one.passage.start,
                one.passage.end,
                tuple(copy.id for copy in one.also_in[:MOST_COPIES] if one.passage.article.id in articles),
                round(one.score, 3),
                _rounded(one.parts),
            )
            for one in shown
        ),
        confidence=answer.confidence,
        needed=answer.needed,
        answerer=answer.answerer,
        model=answer.model,
        widened=answer.widened,
        declined=_saved_declined(answer.declined) if answer.declined else None,
        timings=_rounded(answer.trace.timings_ms),
        said="" if said == answer.text else said,
    )


def _rounded(amounts: Mapping[str, float]) -> dict[str, float]:
    return {name: round(amount, 3) for name, amount in amounts.items()}


def _saved_declined(declined: Declined) -> KeptDeclined:
    return KeptDeclined(
        lacking=declined.lacking,
        outlet=declined.outlet,
        kin=declined.kin,
        nearest=tuple(article.id for article in declined.nearest),
        coverage=declined.coverage,
        rewording=_saved_question(declined.rewording) if declined.rewording else None,
    )


def _shown_passages(answer: Answer) -> list[ScoredPassage]:
    """The best, and those of the cited articles; under an answer that declines, the nearest."""
    if answer.citations:
        cited = {citation.passage.article.id for citation in answer.citations}
        ranked = enumerate(answer.passages)
        return [scored for place, scored in ranked if place < CONSIDERED or scored.passage.article.id in cited]
    return nearest(answer.standalone_question, answer.passages)[:NEAREST]


def _excerpts(spans: Iterable[tuple[Article, int, int]]) -> Iterable[KeptArticle]:
    """Of each article the text that its spans lie in, and what is around it."""
    reach: dict[str, tuple[Article, int, int]] = {}
    for article, start, end in spans:
        _, first, last = reach.get(article.id, (article, start, end))
        reach[article.id] = (article, min(first, start), max(last, end))
    for article, first, last in reach.values():
        yield _article(article, max(0, first - AROUND), last + AROUND)


def _article(article: Article, start: int, end: int) -> KeptArticle:
    """An article with this part of its text; of names without end the beginning."""
    url, source = article.url, article.source
    return KeptArticle(
        id=article.id,
        title=article.title[:LONGEST_LINE],
        text=article.text[start:end],
        place=start,
        url=url if url and len(url) <= LONGEST_LINE else None,
        source=source and source[:LONGEST_LINE],
        published=article.published,
        updated=article.updated,
    )
