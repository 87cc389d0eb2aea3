"""The time that a question is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from index.calendar import Days
from index.timeforms import FORMS, Form

LONGEST = 1_000
"""Only so many characters are read: what is longer is a pasted article rather than a question."""
FOLLOW_DAYS = 3
"""A report follows its event within so many days; an assumption, not tuned."""

OPEN = frozenset({"since", "after", "before", "prior to", "until", "till", "by", "up to"})
INSIDE = frozenset({"in", "on", "during", "throughout", "within"})
RANGE = frozenset({"between", "from"})
START = frozenset({"starting", "beginning"})
COMPARED = frozenset({"than", "compared to", "compared with", "versus"})
_LEADS = "|".join(lead.replace(" ", r"\s+") for lead in sorted(OPEN | START | INSIDE | RANGE | COMPARED | {"of"}))
_LEAD = re.compile(
    rf"(?:\b(?P<offset>(?:hour|day|week|month|year)s?)\s+)?\b(?P<lead>{_LEADS})\s+"
    r"(?:(?:on|from|in)\s+)?(?:the\s+(?:month|year)\s+(?:of\s+)?|(?P<the>the\s+))?['’]?\Z",
    re.IGNORECASE,
)
_LEAD_REACH = 40
_JOIN = re.compile(r",?\s+(?:and|to|through|until|till)\s+(?:on\s+)?(?:the\s+)?|\s*[-–—]\s*", re.IGNORECASE)
_ONWARDS = re.compile(r"\s+(?:onwards?|on\b|to\s+(?:now|the\s+present)|(?:un)?till?\s+now)", re.IGNORECASE)
_NAMED = "named "
_POSSESSIVE = re.compile(r"['’]s\b")
_ATTRIBUTE = re.compile(r"\d{4}(?!s)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_COMING = re.compile(
    r"\b(?:will|won['’]t|next|tomorrow|upcoming|(?:is|are)\s+to|(?:going|set|expected|scheduled|plan(?:s|ning)?)\s+to)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\"[^\"]{1,80}\"|“[^”]{1,80}”|‘[^’]{1,80}’(?!\w)|(?<!\w)'[^']{1,80}'(?!\w)")
_STOP = re.compile(r"[.!?…]+[\"”’)]*\s+(?=[^\W\d])")
_BESIDE = re.compile(r"\b(?:since|after|before|until|during|following|amid|because|than)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"(?<=\w)\s+(?:when|while|where|that|who|whose|whom)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\bhow\s+(?:many|much)\b|\b(?:percent(?:age)?|average|median|rate)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:(?<!at\sthe\s)latest|newest|most\s+recent(?:ly)?|currently|nowadays|these\s+days|at\s+the\s+moment"
    r"|(?<!until\s)(?<!by\s)(?<!just\s)now(?!-|\s+(?:that|known|called)\b)"
    r"|(?:the|its|his|her|their|['’]s)\s+current\s+(?!of\b)\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question's words speak of.

    Attributes:
        since: The first day; None if all before are meant too.
        until: The last day, never after the day asked; None if all up to then are meant.
        words: The exact words it was read from.
        strict: Whether the words ask for these days and no others. Else they are a strong hint: an article of
            another day can still be the one that is meant.
    """

    since: date | None
    until: date | None
    words: str
    strict: bool

    def published(self, asked: date) -> tuple[date | None, date | None]:
        """The days on which reports of these days appear; a strict period's own.

        Reports follow events: by days, or after a month or a year with its figures. So the window runs on for as long
        as it is, FOLLOW_DAYS at least, but never beyond the day asked. It starts a day early, as clocks differ.
        """
        if self.strict:
            return self.since, self.until
        since, until = self.since, self.until
        if until:
            length = until - since + timedelta(days=1) if since else timedelta()
            until = min(_day(asked), until + max(length, timedelta(days=FOLLOW_DAYS)))
        return since - timedelta(days=1) if since else None, until


@dataclass(frozen=True, slots=True)
class _Mention:
    """A time as it stands in the question, with the preposition before it."""

    form: Form
    match: re.Match[str]
    lead: str
    start: int
    end: int

    def days(self, asked: date) -> Days | None:
        """Its days, cut off at the day asked; None if it names none, or is to come."""
        try:
            since, until = self.form.days(self.match, asked)
        except (ValueError, OverflowError):
            return None
        return (since, min(until, asked)) if since <= min(until, asked) else None


def period_of(question: str, asked: date) -> Period | None:
    """The time that the question is about, seen from the day it is asked.

    Weeks start on Monday. A bare month or weekday is the last one that has begun. Of several times that
    which begins last counts, and it is not strict then. Titles in quotation marks are not read.

    What is told beside the question ("after the riot on 6 January 2021") may be reported again any day after, so its
    window stays open; a window that is still running is never strict, nor is that of figures, which come out later.

    Returns:
        None if the question names no time, or only one to come: that says nothing of when an article was published.
    """
    asked = _day(asked)
    text = _untitled(question[:LONGEST])
    found = {(period.since, period.until): period for period in _periods(text, asked)}
    if not found:
        return None
    chosen = max(found.values(), key=lambda period: period.since or period.until or asked)
    return Period(chosen.since, chosen.until, chosen.words, chosen.strict and len(found) == 1)


def wants_latest(question: str) -> bool:
    """Whether the newest report is asked for: "the latest", "now", "currently"."""
    return bool(_LATEST.search(_untitled(question[:LONGEST])))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _untitled(question: str) -> str:
    """The question with what stands in quotation marks blanked out, unless that is all of it."""
    blanked = _TITLE.sub(lambda title: " " * len(title[0]), question)
    return blanked if re.search(r"\w", blanked) else question


def _periods(text: str, asked: date) -> Iterator[Period]:
    mentions = _mentions(text)
    joined: set[int] = set()
    for place, mention in enumerate(mentions):
        if place in joined:
            continue
        following = mentions[place + 1] if place + 1 < len(mentions) else None
        period = following and _range(text, mention, following, asked)
        if period:
            joined.add(place + 1)
        else:
            period = _single(text, mention, asked)
        if period:
            yield period


def _mentions(text: str) -> Sequence[_Mention]:
    """All times in the text, in its order; none overlaps another."""
    mentions: list[_Mention] = []
    taken = bytearray(len(text))
    for form in FORMS:
        for match in form.pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\x01" * len(match[0])
                mentions.append(_mention(text, form, match))
    return sorted(mentions, key=lambda mention: mention.match.start())


def _mention(text: str, form: Form, match: re.Match[str]) -> _Mention:
    """The match with its preposition; "the" before a month or a year makes it the name of something."""
    start, end = match.span()
    before = _LEAD.search(text, max(0, start - _LEAD_REACH), start)
    if not before or before["offset"]:
        return _Mention(form, match, "", start, end)
    lead = " ".join(before["lead"].lower().split())
    if (before["the"] and _ATTRIBUTE.match(match[0])) or _POSSESSIVE.match(text, end):
        return _Mention(form, match, _NAMED + lead, start, end)
    onwards = lead == "from" and _ONWARDS.match(text, end)
    if onwards:
        lead, end = "since", onwards.end()
    counts = form.leads or form.exact or lead not in INSIDE | {"of"}
    return _Mention(form, match, lead, before.start("lead") if counts else start, end)


def _range(text: str, first: _Mention, second: _Mention, asked: date) -> Period | None:
    """From the first through the second, if they are said to be the ends of one time."""
    if first.lead not in RANGE | INSIDE or not _JOIN.fullmatch(text, first.match.end(), second.match.start()):
        return None
    last = second.days(asked)
    begun = last and first.days(asked if first.form.exact else last[1])
    if not last or not begun or begun[0] > last[1]:
        return None
    words = text[first.start : second.end]
    if _beside(text, first, second.end):
        return Period(begun[0], None, words, strict=False)
    strict = first.lead in RANGE or (first.form.exact and second.form.exact and not _FIGURE.search(text))
    return Period(begun[0], last[1], words, strict)


def _single(text: str, mention: _Mention, asked: date) -> Period | None:
    days = None if _passed_over(text, mention) else mention.days(asked)
    if not days:
        return None
    lead, end = mention.lead, mention.end
    since, until = _opened(lead, days)
    if since and since > asked:
        return None
    ends = lead in RANGE and mention.match.groupdict().get("last")
    words = text[mention.start : end]
    if _beside(text, mention, end):
        return Period(since, None if lead in INSIDE else until, words, strict=False)
    over = mention.form.exact and until != asked and not _FIGURE.search(text)
    return Period(since, until, words, bool(lead in OPEN or (over and (lead in INSIDE or ends))))


def _passed_over(text: str, mention: _Mention) -> bool:
    """Whether it is no time, or one that is compared with, or perhaps one to come."""
    lead = mention.lead.removeprefix(_NAMED)
    if lead in COMPARED or (mention.form.yearly and _COMING.search(text)):
        return True
    if mention.lead != lead:
        return lead in OPEN or mention.form.leads
    return mention.form.leads and lead not in OPEN | START | INSIDE and not (lead == "of" and mention.form.exact)


def _opened(lead: str, days: Days) -> tuple[date | None, date | None]:
    """The window that the preposition makes of the days."""
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


def _beside(text: str, mention: _Mention, end: int) -> bool:
    """Whether the time is that of something said beside the question: in a clause or a sentence of its own."""
    clause = text[: mention.start]
    for stop in _STOP.finditer(text, 0, mention.start):
        clause = text[stop.end() : mention.start]
    told = re.search(r"[.!?]", text[end:])
    background = told and told[0] != "?" and re.search(r"\w", text[end + told.end() :])
    return bool(background or _BESIDE.search(clause) or _RELATIVE.search(" ".join(clause.split()[2:])))
