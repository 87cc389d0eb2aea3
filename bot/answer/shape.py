"""Timelines and latest news: one sentence per article, in order of date or newest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from bot.answer.back_reference import refers_back
from bot.answer.sentence import Sentence, deduplicate
from bot.question.phrases import phrases
from corpus.article import Article, instant
from index.split import sentences
from index.words import content_words

OPENING = 1_000
"""An article's first sentence has to end within so many characters."""
NEWEST = 3
"""Sentences in an answer about the latest news."""
ABOUT = 0.15
"""An article is on a topic if at least this share of its sentences has a word of it; round-ups have .1 at most."""
ALONE = 2
"""The most sentences if there is only one article."""
_TELLING = (
    "timeline chronology summary summarise recap overview outline digest rundown brief events news latest new newest "
    "unfold develop evolve happen story report development headline learn know become current currently recent "
    "recently early mid late around beginning middle half thing things stand course update updates mess situation"
)
"""Words that ask for a report and are not part of its topic."""
LAST = datetime.max.replace(tzinfo=UTC)

_STATEMENT = re.compile(r"\A(?=\s*(?:\S+\s+){2}\S)[^►•▪]*[^.][.!][”\"’')]*\Z", re.DOTALL)
"""A heading, question, teaser or the number of a list's item lacks it."""
_OF_THE_PAGE = re.compile(
    r"\b(?:click here|(?:our|see|follow) (?:live|latest)|editor['’]s note|this (?:page|story|article|newsletter) "
    r"|newsletter|live updates|latest (?:coverage|updates)|(?:everything )?(?:you|we) (?:need|want) to know"
    r"|verification email|there was a problem\.|refresh the page|sign up (?:for|to) (?:our|the|your) |privacy policy"
    r"|subscribe (?:to|here)\b|be back (?:tomorrow|next week)|(?:coverage|reporting) .{0,30}made possible"
    r"|good (?:morning|afternoon|evening),|\Aphotos: )",
    re.I,
)
"""Points to other coverage instead of reporting."""


def topic(question: str) -> frozenset[str]:
    """The stems of the topic that a question asks about; empty if it names only a period: "in March 2024"."""
    named = " ".join(phrase.text for phrase in phrases(question) if phrase.sort in ("name", "word"))
    return frozenset(content_words(named) - content_words(_TELLING))


def share(wanted: frozenset[str], text: str) -> float:
    """The share of the wanted stems that a text has, from 0 to 1; 1 if none is wanted."""
    return len(wanted & content_words(text)) / len(wanted) if wanted else 1.0


def timeline(wanted: frozenset[str], candidates: Sequence[Sentence], most: int = 6) -> list[Sentence]:
    """The sentences that report what happened, by their articles' dates, undated ones last.

    One per article, or two if there is only one; no sentence repeats a better one. An article's opening summarises
    it and is preferred where it is on the topic.

    Args:
        wanted: The stems of the topic; empty for any.
        candidates: Sentences, those of the best passages first.
        most: The most sentences.
    """
    of_article = _by_article(candidates)
    news = [_news_sentence(wanted, sentences) for sentences in of_article.values()]
    if len(of_article) == 1:
        reported, most = [*news, *candidates], min(most, ALONE)
    else:
        news = [sentence for sentence in news if is_statement(sentence.text)] or news
        reported = [one for one in news if _words_covered(wanted, one) or one == _opening(one)] or news
    return sorted(islice(deduplicate(reported), most), key=_moment)


def latest(wanted: frozenset[str], candidates: Sequence[Sentence]) -> list[Sentence]:
    """The newest article's first two statements and the first of each before it, newest first.

    Undated articles count only if all are. Of a round-up the first sentence about the topic is quoted.

    Args:
        wanted: The stems of the topic; empty for any.
        candidates: Sentences on it, those of the best passages first.
    """
    articles = _by_article(candidates)
    dated = {article: own for article, own in articles.items() if article.published} or articles
    newest = sorted(dated, key=_day, reverse=True)
    reports = (_report(wanted, dated[article], 1 if place else 2) for place, article in enumerate(newest))
    return list(islice(deduplicate(sentence for report in reports for sentence in report), NEWEST))


def _report(wanted: frozenset[str], own: Sequence[Sentence], most: int) -> list[Sentence]:
    """The first statements of an article on the topic, or of a round-up the first about the topic."""
    text = own[0].passage.article.text
    words = [content_words(text[start:end]) for start, end in sentences(text)]
    opening = list(islice(_statements(own[0]), most))
    if opening and (not wanted or sum(bool(wanted & one) for one in words) >= ABOUT * len(words)):
        return opening
    about = (sentence for sentence in own if is_statement(sentence.text) and _words_covered(wanted, sentence))
    return [next(about, _news_sentence(wanted, own))]


def _by_article(candidates: Sequence[Sentence]) -> dict[Article, list[Sentence]]:
    of_article: dict[Article, list[Sentence]] = {}
    for sentence in candidates:
        of_article.setdefault(sentence.passage.article, []).append(sentence)
    return of_article


def _news_sentence(wanted: frozenset[str], good: Sequence[Sentence]) -> Sentence:
    """The sentence that best reports an article's news: the first that covers enough and stands alone."""
    opening = _opening(good[0])
    statements = [sentence for sentence in good if is_statement(sentence.text)]
    alone = [*([opening] if opening else ()), *(one for one in statements if not refers_back(one.text))]
    chosen: Sequence[Sentence] = alone or statements or good
    covered = [_words_covered(wanted, sentence) for sentence in chosen]
    return next(one for one, count in zip(chosen, covered, strict=True) if 2 * count >= max(covered))


def is_statement(text: str) -> bool:
    """Whether a sentence reports something: it is no heading, question, caption or offer of the page."""
    return bool(_STATEMENT.match(text)) and not _OF_THE_PAGE.search(text)


def _words_covered(wanted: frozenset[str], sentence: Sentence) -> int:
    """How many of the wanted words a sentence has."""
    return len(wanted & content_words(sentence.text))


def _opening(sentence: Sentence) -> Sentence | None:
    """The first sentence of a sentence's article, if it is a statement that can be understood alone."""
    text = sentence.passage.article.text[:OPENING]
    start, end = next(iter(sentences(text)), (0, 0))
    if end == OPENING or not is_statement(text[start:end]) or refers_back(text[start:end]):
        return None
    return _of_article(sentence, start, end)


def _statements(sentence: Sentence) -> Iterator[Sentence]:
    """The statements with which a sentence's article opens."""
    text = sentence.passage.article.text[:OPENING]
    for start, end in sentences(text):
        if end < OPENING and is_statement(text[start:end]):
            yield _of_article(sentence, start, end)


def _of_article(sentence: Sentence, start: int, end: int) -> Sentence:
    """Another sentence of a sentence's article."""
    return Sentence(replace(sentence.passage, start=start, end=end), start, end)


def _day(article: Article) -> datetime:
    return instant(article.published) if article.published else LAST


def _moment(sentence: Sentence) -> tuple[datetime, int]:
    return _day(sentence.passage.article), sentence.start
