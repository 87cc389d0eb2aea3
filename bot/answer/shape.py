"""What happened, told by one sentence an article: in the order of their days, or the newest first."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from bot.answer.leaning import leans
from bot.answer.sentence import Sentence, apart
from bot.question.phrases import phrases
from corpus.article import Article, instant
from index.split import sentences
from index.words import content_words

OPENING = 1_000
"""Characters of an article in which its first sentence has to end."""
ALONE = 2
"""The most sentences of an article that is the only one."""
_TELLING = (
    "timeline chronology summary summarise recap overview outline digest rundown brief events news latest new newest "
    "unfold develop evolve happen story report development headline learn know become current currently recent "
    "recently early mid late around beginning middle half thing things stand course update updates mess situation"
)
"""Words that ask to be told, whatever of."""
LAST = datetime.max.replace(tzinfo=UTC)

_STATEMENT = re.compile(r"\A[^►•▪]*[^.][.!][”\"’')]*\Z", re.DOTALL)
"""No heading, question or teaser."""
_OF_THE_PAGE = re.compile(
    r"\b(?:click here|(?:our|see|follow) (?:live|latest)|editor['’]s note|this (?:page|story|article|newsletter) "
    r"|newsletter|live updates|latest (?:coverage|updates)|(?:everything )?(?:you|we) (?:need|want) to know"
    r"|good (?:morning|afternoon|evening),|\Aphotos: )",
    re.I,
)
"""It speaks of what can be read where, not of what happened."""


def topic(question: str) -> frozenset[str]:
    """The stems of what a question wants to be told about; none if it names no more than a time: "in March 2024"."""
    named = " ".join(phrase.text for phrase in phrases(question) if phrase.sort in ("name", "word"))
    return frozenset(content_words(named) - content_words(_TELLING))


def share(wanted: frozenset[str], text: str) -> float:
    """The share of the wanted stems that a text has, from 0 to 1; 1 if none is wanted."""
    return len(wanted & content_words(text)) / len(wanted) if wanted else 1.0


def timeline(
    question: str, candidates: Sequence[Sentence], most: int = 6, newest_first: bool = False
) -> list[Sentence]:
    """The sentences that tell what happened, in order of their articles' days, the undated last.

    One of an article, or two if there is but one; none that says what a better one does. An article's opening tells
    its news, and stands for it where it speaks of what is asked.

    Args:
        question: What is asked.
        candidates: Sentences, those of the best passages first.
        most: The most sentences.
        newest_first: Whether the newest articles are chosen, and come first; else the best are, the oldest first.
    """
    of_article: dict[Article, list[Sentence]] = {}
    for sentence in candidates:
        of_article.setdefault(sentence.passage.article, []).append(sentence)
    wanted = topic(question)
    tellers = [_teller(wanted, sentences) for sentences in of_article.values()]
    if len(of_article) == 1:
        told, most = [*tellers, *candidates], min(most, ALONE)
    else:
        tellers = [sentence for sentence in tellers if _tells(sentence.text)] or tellers
        told = [one for one in tellers if _spoken_of(wanted, one) or one == _opening(one)] or tellers
    if newest_first:
        told = _news(wanted, told)
        dated = [one for one in told if one.passage.article.published]
        return list(islice(apart(sorted(dated, key=_moment, reverse=True) or told), most))
    return sorted(islice(apart(told), most), key=_moment)


def _news(wanted: frozenset[str], told: Sequence[Sentence]) -> list[Sentence]:
    """What articles report, of those that are about what is asked: their opening, if it or the headline says so."""

    def about(sentence: Sentence) -> float:
        return share(wanted, f"{sentence.passage.article.title} {sentence.text}")

    leads = [opening if (opening := _opening(one)) and about(opening) >= about(one) else one for one in told]
    return [one for one in leads if 2 * about(one) > 1] or leads


def _teller(wanted: frozenset[str], good: Sequence[Sentence]) -> Sentence:
    """Which of an article's good sentences tells its news: of those that stand alone the first that says enough."""
    opening = _opening(good[0])
    statements = [sentence for sentence in good if _tells(sentence.text)]
    alone = [*([opening] if opening else ()), *(one for one in statements if not leans(one.text))]
    chosen: Sequence[Sentence] = alone or statements or good
    said = [_spoken_of(wanted, sentence) for sentence in chosen]
    return next(one for one, count in zip(chosen, said, strict=True) if 2 * count >= max(said))


def _tells(text: str) -> bool:
    return bool(_STATEMENT.match(text)) and not _OF_THE_PAGE.search(text)


def _spoken_of(wanted: frozenset[str], sentence: Sentence) -> int:
    """How many of the wanted words a sentence has."""
    return len(wanted & content_words(sentence.text))


def _opening(sentence: Sentence) -> Sentence | None:
    """The first sentence of a sentence's article, if it is a statement that stands alone."""
    text = sentence.passage.article.text[:OPENING]
    start, end = next(iter(sentences(text)), (0, 0))
    if end == OPENING or not _tells(text[start:end]) or leans(text[start:end]):
        return None
    return Sentence(replace(sentence.passage, start=start, end=end), start, end)


def _moment(sentence: Sentence) -> tuple[datetime, int]:
    published = sentence.passage.article.published
    return instant(published) if published else LAST, sentence.start
