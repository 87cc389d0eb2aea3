"""The period that a question is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from corpus.pronouns import POSSESSIVES, any_of
from index.question import LONGEST_QUESTION, Question
from index.time.calendar import Days
from index.time.mentions import INSIDE, OPEN, RANGE, START, Mention, mentions, untitled

FOLLOW_DAYS = 3
"""Days within which a report follows its event; an assumption, not tuned."""
_FAR = date(8999, 12, 31)
"""A day so late that every time word which is relative to the day asked has moved on."""

_JOIN = re.compile(r",?\s+(?:and|or|to|through|until|till)\s+(?:on\s+)?(?:the\s+)?|\s*[-–—]\s*", re.IGNORECASE)
_FIGURE = re.compile(r"\bhow\s+(?:many|much)\b|\b(?:percent(?:age)?|average|median|rate)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:(?<!at\sthe\s)latest|newest|any\s+news|what['’]?s\s+new|updates?\s+on|most\s+recent(?:ly)?|currently"
    r"|nowadays|these\s+days|at\s+the\s+moment"
    r"|(?<!until\s)(?<!by\s)(?<!just\s)now(?!-|\s+(?:that|known|called)\b)"
    rf"|(?:the|{any_of(POSSESSIVES)}|['’]s)\s+current\s+(?!of\b)\w)",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:dated|published|written)\s+\Z", re.IGNORECASE)
_ITS_ARTICLES = re.compile(r"\s+(?:news\s+)?(?:articles|stories|reports|pieces|items|posts|headlines)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question's words name.

    Attributes:
        since: The first day; None for no limit.
        until: The last day, never after the day asked; None for no limit.
        words: The exact words it was read from.
        strict: Whether only articles of these days are asked for. Otherwise they are a strong hint: an article of
            another day can still be the one that is meant.
    """

    since: date | None
    until: date | None
    words: str
    strict: bool

    def published(self, asked: date) -> tuple[date | None, date | None]:
        """The days of the reports on these days; for a strict period these days themselves.

        Reports follow events: by days, or after a month or a year with its figures. So the window continues for the
        period's own length, at least FOLLOW_DAYS, but never beyond the day asked. It starts a day early, as clocks
        differ.
        """
        if self.strict:
            return self.since, self.until
        since, until = self.since, self.until
        if until:
            length = until - since + timedelta(days=1) if since else timedelta()
            until = min(_day(asked), until + max(length, timedelta(days=FOLLOW_DAYS)))
        return since - timedelta(days=1) if since else None, until


def period_of(question: str, asked: date) -> Period | None:
    """The period that the question is about, relative to the day it is asked.

    Weeks start on Monday. A bare month or weekday is the last one that has begun. Of several periods the one that
    begins last counts, and it is not strict then. Quoted titles are ignored.

    A time in the background ("after the riot on 6 January 2021") may be reported on any day after, so its window stays
    open; a window that is still running is never strict, nor is one for figures, which are published later.

    Returns:
        None if the question names no time, or only a future one: that does not limit when an article was published.
    """
    asked = _day(asked)
    text = untitled(question[:LONGEST_QUESTION])
    found = {(period.since, period.until): period for period in _periods(text, asked)}
    if not found:
        return None
    chosen = max(found.values(), key=lambda period: period.since or period.until or asked)
    return Period(chosen.since, chosen.until, chosen.words, chosen.strict and len(found) == 1)


def period_asked(question: Question) -> Period | None:
    """The period that a question is about, unless its words are to be taken literally."""
    period = period_of(question.text, question.asked)
    return None if period and period.words in question.plain else period


def period_of_articles(question: Question) -> Period | None:
    """The period of the articles that a question about the archive asks for.

    "From 2021" and "2021 articles" name one too; elsewhere they may be the time of what is reported. A future period
    is kept, as no article is of it.
    """
    period = period_asked(question)
    asked, text = _day(question.asked), untitled(question.text[:LONGEST_QUESTION])
    for mention in mentions(text):
        words = text[mention.start : mention.end]
        if words in question.plain or (period and words in period.words) or not _dates_articles(text, mention):
            continue
        try:
            return Period(*mention.form.days(mention.match, asked), words, strict=True)
        except (ValueError, OverflowError):
            continue
    return period


def depends_on_day(question: Question) -> bool:
    """Whether the question means something else on another day: "yesterday", "in May", "the latest"."""
    moved = replace(question, asked=_FAR)
    readings = (period_asked, period_of_articles)
    return wants_latest(question.text) or any(read(question) != read(moved) for read in readings)


def wants_latest(question: str) -> bool:
    """Whether the newest report is asked for: "the latest", "now", "currently"."""
    return bool(_LATEST.search(untitled(question[:LONGEST_QUESTION])))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _dates_articles(text: str, mention: Mention) -> bool:
    """Whether a year, month or weekday that elsewhere needs "in" is that of articles."""
    if not mention.form.leads or mention.names or mention.lead not in {"", "from"}:
        return False
    end = mention.match.end()
    return bool(mention.lead or _DATED.search(text, 0, mention.start) or _ITS_ARTICLES.match(text, end))


def _periods(text: str, asked: date) -> Iterator[Period]:
    found = mentions(text)
    joined: set[int] = set()
    for place, mention in enumerate(found):
        if place in joined:
            continue
        following = found[place + 1] if place + 1 < len(found) else None
        period = following and _range(text, mention, following, asked)
        if period:
            joined.add(place + 1)
        else:
            period = _single(text, mention, asked)
        if period:
            yield period


def _range(text: str, first: Mention, second: Mention, asked: date) -> Period | None:
    """From the first through the second, if they are written as the ends of one period."""
    if first.lead not in RANGE | INSIDE or not _JOIN.fullmatch(text, first.match.end(), second.match.start()):
        return None
    last = second.days(asked)
    begun = last and first.days(asked if first.form.exact else last[1])
    if not last or not begun or begun[0] > last[1]:
        return None
    words = text[first.start : second.end]
    if first.beside(text):
        return Period(begun[0], None, words, strict=False)
    strict = first.lead in RANGE or (first.form.exact and second.form.exact and not _FIGURE.search(text))
    return Period(begun[0], last[1], words, strict)


def _single(text: str, mention: Mention, asked: date) -> Period | None:
    days = None if mention.passed_over(text) else mention.days(asked)
    if not days:
        return None
    lead = "" if mention.names else mention.lead
    since, until = _opened(lead, days)
    if since and since > asked:
        return None
    ends = lead in RANGE and mention.match.groupdict().get("last")
    words = text[mention.start : mention.end]
    if mention.beside(text):
        return Period(since, None if lead in INSIDE else until, words, strict=False)
    over = mention.form.exact and until != asked and not _FIGURE.search(text)
    return Period(since, until, words, bool(lead in OPEN or (over and (lead in INSIDE or ends))))


def _opened(lead: str, days: Days) -> tuple[date | None, date | None]:
    """The window that a preposition makes of the days."""
    since, until = days
    if lead in START or lead == "since":
        return since, None
    if lead == "after":
        return until + timedelta(days=1), None
    if lead in {"before", "prior to"}:
        return None, since - timedelta(days=1)
    if lead in {"until", "till", "by", "up to"}:
        return None, until
    return since, until
