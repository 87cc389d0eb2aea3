"""Mentions of a time in a question: with the preposition before it, and whether it is background."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.calendar_names import MONTHS
from index.time.calendar import Days
from index.time.timeforms import FORMS, Form

OPEN = frozenset({"since", "after", "before", "prior to", "until", "till", "by", "up to"})
INSIDE = frozenset({"in", "on", "during", "throughout", "within"})
RANGE = frozenset({"between", "from"})
START = frozenset({"starting", "beginning"})
COMPARED = frozenset({"than", "compared to", "compared with", "versus"})
LEAD_REACH = 40
"""The most characters from a preposition to its time."""

_LEADS = "|".join(lead.replace(" ", r"\s+") for lead in sorted(OPEN | START | INSIDE | RANGE | COMPARED | {"of"}))
_LEAD = re.compile(
    rf"(?:\b(?P<offset>(?:hour|day|week|month|year)s?)\s+)?\b(?P<lead>{_LEADS})\s+"
    r"(?:(?:on|from|in)\s+)?(?:the\s+(?:month|year)\s+(?:of\s+)?|(?P<the>the\s+))?['’]?\Z",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s+(?:onwards?|on\b|to\s+(?:now|the\s+present)|(?:un)?till?\s+now)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b")
_ATTRIBUTE = re.compile(rf"\d{{4}}(?!s)|(?:{'|'.join(MONTHS)})", re.IGNORECASE)
_COMING = re.compile(
    r"\b(?:will|won['’]t|next|tomorrow|upcoming|(?:is|are)\s+to|(?:going|set|expected|scheduled|plan(?:s|ning)?)\s+to)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\"[^\"]{1,80}\"|“[^”]{1,80}”|‘[^’]{1,80}’(?!\w)|(?<!\w)'[^']{1,80}'(?!\w)")
_STOP = re.compile(r"[.!?…]+[\"”’)]*\s+(?=[^\W\d])")
_BESIDE = re.compile(r"\b(?:since|after|before|until|during|following|amid|because|than)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"(?<=\w)\s+(?:when|while|where|that|who|whose|whom)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A time in a question.

    Attributes:
        form: The form that it is written in.
        match: The time itself.
        lead: The preposition before it; empty if there is none.
        names: Whether it is part of a name: "the 2020 Olympics", "Tuesday's vote".
        start: The start of its words, including a preposition that counts.
        end: Their end, exclusive.
    """

    form: Form
    match: re.Match[str]
    lead: str
    names: bool
    start: int
    end: int

    def days(self, asked: date) -> Days | None:
        """Its days, up to the day asked; None if there are none, or they are in the future."""
        try:
            since, until = self.form.days(self.match, asked)
        except (ValueError, OverflowError):
            return None
        return (since, min(until, asked)) if since <= min(until, asked) else None

    def passed_over(self, text: str) -> bool:
        """Whether it is no time, one in a comparison, or perhaps one in the future."""
        if self.lead in COMPARED or (self.form.yearly and _COMING.search(text)):
            return True
        if self.names:
            return self.lead in OPEN or self.form.leads
        led = self.lead in OPEN | START | INSIDE or (self.lead == "of" and self.form.exact)
        return self.form.leads and not led

    def beside(self, text: str) -> bool:
        """Whether it is background to the question: in a clause or a sentence of its own."""
        clause = text[: self.start]
        for stop in _STOP.finditer(text, 0, self.start):
            clause = text[stop.end() : self.start]
        sentence_end = re.search(r"[.!?]", text[self.end :])
        background = sentence_end and sentence_end[0] != "?" and re.search(r"\w", text[self.end + sentence_end.end() :])
        return bool(background or _BESIDE.search(clause) or _RELATIVE.search(" ".join(clause.split()[2:])))


def untitled(question: str) -> str:
    """The question with quoted titles blanked out, unless it is nothing else."""
    blanked = _TITLE.sub(lambda title: " " * len(title[0]), question)
    return blanked if re.search(r"\w", blanked) else question


def mentions(text: str) -> Sequence[Mention]:
    """All times in the text, in order; none overlaps another."""
    found: list[Mention] = []
    taken = bytearray(len(text))
    for form in FORMS:
        for match in form.pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\x01" * len(match[0])
                found.append(_mention(text, form, match))
    return sorted(found, key=lambda mention: mention.match.start())


def _mention(text: str, form: Form, match: re.Match[str]) -> Mention:
    start, end = match.span()
    before = _LEAD.search(text, max(0, start - LEAD_REACH), start)
    if not before or before["offset"]:
        return Mention(form, match, "", False, start, end)
    lead = " ".join(before["lead"].lower().split())
    if (before["the"] and _ATTRIBUTE.match(match[0])) or _POSSESSIVE.match(text, end):
        return Mention(form, match, lead, True, start, end)
    onwards = lead == "from" and _ONWARDS.match(text, end)
    if onwards:
        lead, end = "since", onwards.end()
    counts = form.leads or form.exact or lead not in INSIDE | {"of"}
    return Mention(form, match, lead, False, before.start("lead") if counts else start, end)
