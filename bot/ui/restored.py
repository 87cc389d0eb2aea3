"""A conversation out of what a visitor's browser kept.

What comes back may hold anything: it is validated within limits, and the page's HTML is made from it anew.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from bot.answer import Answer, Citation, Trace
from bot.answer.declined import Declined
from bot.ui.browser_record import (
    EXCHANGE,
    MOST_EXCHANGES,
    KeptAnswer,
    KeptArticle,
    KeptCitation,
    KeptDeclined,
    KeptExchange,
    KeptPassage,
    KeptQuestion,
)
from bot.ui.conversation import Conversation, Exchange, answer_id_at
from bot.ui.explain import explanation_html
from bot.ui.language import ENGLISH, Language
from bot.ui.render import answer_html, notice_html
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.split import Span

LONGEST_STORED = 2_000_000
"""Characters of a kept conversation; what is longer is not read."""
_MARK = re.compile(r"\[\d{1,3}\]")

Lookup = Callable[[Sequence[str]], Mapping[str, Article]]
"""Ids of articles to those of them that the archive still has."""


def restore(kept: str, lookup: Lookup | None = None, language: Language = ENGLISH) -> Conversation:
    """The conversation that a browser kept, without the exchanges that cannot be read.

    Args:
        kept: A JSON list of exchanges, from the browser: trusted in nothing.
        lookup: Finds the articles in the archive; what it lacks is shown from the kept excerpts.
        language: Of what the page says around the answers.
    """
    exchanges = [read for one in _listed(kept) if (read := _validated(one))]
    ids = {article.id for one in exchanges if one.answer for article in one.answer.articles}
    known = lookup(sorted(ids)) if lookup and ids else {}
    return tuple(_restored(one, known, answer_id_at(place), language) for place, one in enumerate(exchanges))


def _listed(kept: str) -> list[Any]:
    if len(kept) > LONGEST_STORED:
        return []
    try:
        found = json.loads(kept)
    except (ValueError, RecursionError):
        return []
    return found[-MOST_EXCHANGES:] if isinstance(found, list) else []


def _validated(one: Any) -> KeptExchange | None:
    try:
        return EXCHANGE.validate_python(one)
    except (ValidationError, RecursionError):
        return None


def _restored(one: KeptExchange, known: Mapping[str, Article], answer_id: str, language: Language) -> Exchange:
    question = _question(one.question)
    answer = _answer(one.answer, question, known) if one.answer else None
    if not answer:
        notice = one.notice or language.say("notice.stopped")
        shown = notice_html(notice, one.text)
        return Exchange(question, shown, one.text, None, notice=notice, preface=one.preface, id=one.id)
    shown = answer_html(answer, answer_id, language)
    if answer.trace.timings_ms:  # earlier versions kept nothing of how it came about
        shown += explanation_html(answer, language)
    said = one.answer.said if one.answer else ""
    return Exchange(question, shown, answer.text, answer.marks, answer, said, preface=one.preface, id=one.id)


def _question(kept: KeptQuestion) -> Question:
    return Question(kept.text, kept.asked, kept.since, kept.until, kept.sources, kept.plain)


def _answer(kept: KeptAnswer, question: Question, known: Mapping[str, Article]) -> Answer | None:
    """The answer; None if a place in it is none."""
    articles = {one.id: _placed(one, known.get(one.id)) for one in kept.articles}
    try:
        citations = tuple(_citation(one, *articles[one.article]) for one in kept.citations)
        passages = tuple(
            ScoredPassage(
                _passage(one, *articles[one.article]),
                one.score,
                tuple(articles[copy][0] for copy in one.also_in),
                one.parts,
            )
            for one in kept.passages
        )
        marks = _checked(kept.marks, kept.text, _MARK) if kept.marks is not None else None
        declined = _declined(kept.declined, articles) if kept.declined else None
        emphasis, quotes, notes = (_checked(spans, kept.text) for spans in (kept.emphasis, kept.quotes, kept.notes))
    except (LookupError, ValueError):
        return None
    return Answer(
        question=question,
        standalone_question=kept.standalone_question,
        status=kept.status,
        text=kept.text,
        citations=citations,
        passages=passages,
        searched=_question(kept.searched) if kept.searched else None,
        confidence=kept.confidence,
        needed=kept.needed,
        answerer=kept.answerer,
        model=kept.model,
        generation=kept.generation,
        emphasis=emphasis,
        quotes=quotes,
        notes=notes,
        shape=kept.shape,
        marks=marks,
        widened=kept.widened,
        declined=declined,
        trace=Trace(timings_ms=kept.timings),
    )


def _declined(kept: KeptDeclined, articles: Mapping[str, tuple[Article, int]]) -> Declined:
    nearest = tuple(articles[name][0] for name in kept.nearest)
    rewording = _question(kept.rewording) if kept.rewording else None
    return Declined(kept.lacking, kept.outlet, kept.kin, nearest, kept.coverage, rewording)


def _placed(kept: KeptArticle, known: Article | None) -> tuple[Article, int]:
    """The archive's article if it still has the excerpt there, else the excerpt; and how far its places move back."""
    if known and known.text.startswith(kept.text, kept.place):
        return known, 0
    made = Article(kept.title, kept.text, kept.url, kept.source, kept.published, (), kept.updated)
    return made, kept.place


def _passage(kept: KeptPassage, article: Article, back: int) -> Passage:
    """As much of the passage as the article's text still holds."""
    start, end = (min(max(0, place - back), len(article.text)) for place in (kept.start, kept.end))
    return Passage(article, start, max(start, end))


def _citation(kept: KeptCitation, article: Article, back: int) -> Citation:
    ((start, end),) = _checked(((kept.start - back, kept.end - back),), article.text)
    passage = Passage(article, start, end)
    if kept.answer_start is None or kept.answer_end is None:
        return Citation(kept.number, passage, start, end)
    return Citation(kept.number, passage, start, end, kept.answer_start - back, kept.answer_end - back)


def _checked(spans: Sequence[Span], text: str, form: re.Pattern[str] | None = None) -> tuple[Span, ...]:
    """The spans.

    Raises:
        ValueError: One does not lie in the text, or does not have the form there.
    """
    for start, end in spans:
        if not 0 <= start <= end <= len(text) or (form and not form.fullmatch(text, start, end)):
            raise ValueError((start, end))
    return tuple(spans)
