"""Parses a model's stream into sentences with the passages they cite: without marks, markdown and stray brackets.

The result does not depend on how the reply is cut into deltas: a sentence is yielded once it can no longer change.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.generate.brackets import TRAILING, UNFINISHED, without_marks
from bot.generate.plain_text import is_heading, is_row, plain, prefix, stands_alone
from bot.generate.source_list import opens_sources

LONGEST_SENTENCE = 2_000
"""Characters of a sentence; a longer one is split between words, to bound memory."""
QUOTED = 300
"""Characters within which a quotation has to close; otherwise its quotation mark is a stray one."""
LONGEST_TAIL = 400
"""Characters of marks after a sentence that are read as its own."""

_STOP = re.compile(r"[.!?…。！？]+[\"'”’)»*_`]*|\n")
_SPACE = re.compile(r"[^\S\n]{0,100}")
_LINES = re.compile(r"\s{0,100}")
_ITEM = re.compile(r"(\d+[.)]|[^\w\s#>\]*_]|[*](?!\S))\s*\Z")
_EMPTY = re.compile(r"(?:https?://\S+|[\W\d_])*(?:\(?(?:\w|[ivxlc]{1,4})[.):]*)?", re.IGNORECASE)
"""Holds no word: numbers, signs, an address, a list letter."""


@dataclass(frozen=True, slots=True)
class CitedSentence:
    r"""A sentence of a reply.

    Attributes:
        text: Plain text on one line, without marks.
        numbers: The passages it cites, from 1, in order of first use.
        before: The separator from the sentence before: "" at the start, " ", "
        ", "

        ", or a list item's sign
            such as "
        - ".
    """

    text: str
    numbers: tuple[int, ...]
    before: str


def cited_sentences(deltas: Iterable[str], passages: int) -> Iterator[CitedSentence]:
    """The sentences of a reply, each as soon as it and its marks are complete.

    Args:
        deltas: The reply's text in pieces of any length.
        passages: How many passages the model was given: a mark with a higher number was invented, and is dropped.
    """
    reply = _Reply(passages)
    for delta in deltas:
        for place in range(0, len(delta), LONGEST_SENTENCE):
            yield from reply.read(delta[place : place + LONGEST_SENTENCE])
    yield from reply.read("", whole=True)


class _Reply:
    """The part of a reply that has arrived and was not yielded yet."""

    def __init__(self, passages: int) -> None:
        self.passages = passages
        self.text = ""
        self.newlines = 2
        self.begun = False
        self.seen = 0  # no sentence ends before this offset of the text
        self.listing: Literal["", "line", "all"] = ""  # whether sources are listed: on this line, or from here on

    def read(self, piece: str, whole: bool = False) -> Iterator[CitedSentence]:
        """The sentences that are complete after this piece; all of them, if the reply is."""
        self.text += piece
        while True:
            rest = self.text.lstrip()
            self.newlines = min(2, self.newlines + self.text[: len(self.text) - len(rest)].count("\n"))
            self.text = rest
            end = self._end(whole) if rest else None
            if end is None:
                return
            self.seen = 0
            found = self._sentence(rest[:end])
            self.text = rest[end:]
            if found:
                yield found

    def _end(self, whole: bool) -> int | None:
        """The end of the first sentence with its marks; None as long as later text could change it."""
        start = len(prefix(self.text)) if self.newlines else 0
        for stop in _STOP.finditer(self.text, max(start, self.seen), LONGEST_SENTENCE):
            before = self.text[: stop.start()]
            if stop[0] == "\n" and (stands_alone(self.text) or opens_sources(before)):
                return stop.start()
            end = 0 if stop[0] != "\n" and is_row(before) else _behind(self.text, stop, whole)
            if end != 0:
                return end
            self.seen = stop.end()
        if len(self.text) > LONGEST_SENTENCE:
            return _cut(self.text)
        return len(self.text) if whole else None

    def _sentence(self, raw: str) -> CitedSentence | None:
        """The sentence in its final form; None if it has no words, or is part of a table or a list of sources."""
        sign = prefix(raw) if self.newlines else ""
        text, numbers = without_marks(plain(raw[len(sign) :]), self.passages)
        item = _ITEM.search(sign)
        if self._is_listed(raw, bool(item)):
            self.newlines = 0
            return None
        if _EMPTY.fullmatch(text) or is_row(raw):
            return None
        lines = ("\n" * self.newlines or " ") if self.begun else ""
        before = lines[:1] + (f"{item[1]} " if item[1][0].isdigit() else "- ") if item else lines
        self.begun, self.newlines = True, 0
        return CitedSentence(text, numbers, before)

    def _is_listed(self, raw: str, item: bool) -> bool:
        """Whether a piece is part of a list of sources.

        A list with a heading ends at the next heading; one that starts on its title's line, or above an answer,
        at the next line that is no entry.
        """
        if opens := opens_sources(raw):
            below = opens == "heading" and self.newlines and (self.begun or is_heading(raw))
            self.listing = "all" if below or self.listing == "all" else "line"
        elif self.newlines and self.listing == "all":
            self.listing = "" if is_heading(raw) else "all"
        elif self.newlines and self.listing:
            entry = item or TRAILING.match(raw) or raw.startswith("http")
            self.listing = "line" if entry and self.newlines < 2 else ""
        return bool(self.listing)


def _behind(text: str, stop: re.Match[str], whole: bool) -> int | None:
    """The end of a sentence that may end at this stop: 0 if it does not, None if that is undecided."""
    place = stop.start() if stop[0] == "\n" else stop.end()
    tail = _tail(text, place, whole)
    if tail is None:
        return None
    next_word = _past(_LINES, text, tail)
    if next_word == len(text) and next_word - tail < 100:
        return tail if whole else None
    following, lines = text[next_word : next_word + 1], text.count("\n", tail, next_word)
    if (following.islower() and lines < 2) or (tail == place and next_word == tail):
        return 0
    if lines:
        return tail
    return _divides(text, stop, following, tail > place, whole) and tail


def _tail(text: str, place: int, whole: bool) -> int | None:
    """The end of the marks that follow on this line, or alone on the next; None if that is undecided."""
    end, following = place, _past(_SPACE, text, place)
    while end - place < LONGEST_TAIL and (mark := TRAILING.match(text, following)):
        end = mark.end()
        following = _past(_SPACE, text, end)
    if not whole and UNFINISHED.match(text, following):
        return None
    return _alone(text, end, whole) if text[following : following + 1] == "\n" else end


def _past(pattern: re.Pattern[str], text: str, place: int) -> int:
    """The end of a pattern's match here, which may be empty."""
    found = pattern.match(text, place)
    return found.end() if found else place


def _alone(text: str, place: int, whole: bool) -> int | None:
    """The end of marks that fill the next line; the place itself if there are none."""
    line = end = _past(_LINES, text, place)
    while mark := TRAILING.match(text, end):
        end = mark.end()
        if end - place > LONGEST_TAIL:
            return place
        end = _past(_SPACE, text, end)
    if not whole and UNFINISHED.match(text, end):
        return None
    return end if end > line and text[end : end + 1] in ("\n", "") else place


def _divides(text: str, stop: re.Match[str], following: str, marked: bool, whole: bool) -> bool | None:
    """Whether a full stop before more text ends a sentence: not inside a quotation, nor after "Mr."."""
    quoted = _quoted(text, stop.end(), whole)
    if quoted is None or quoted:
        return None if quoted is None else False
    if marked or stop[0][-1] not in ".…":
        return True
    from sentencex import get_sentence_boundaries

    near = f"{text[max(0, stop.end() - 60) : stop.end()]} {following}"
    return bool(get_sentence_boundaries("en", near)[-1]["start_index"] >= len(near) - 1)


def _quoted(text: str, place: int, whole: bool) -> bool | None:
    """Whether a place is inside a quotation that closes; None if that is undecided."""
    before = text[:place]
    straight = before.rfind('"') if before.count('"') % 2 else -1
    curly = before.rfind("“") if before.rfind("“") > before.rfind("”") else -1
    opened = max(straight, curly)
    if opened < 0:
        return False
    reach = text[place : opened + QUOTED]
    line, newline, _ = reach.partition("\n")
    if ('"' if opened == straight else "”") in line:
        return True
    return False if newline or whole or len(text) >= opened + QUOTED else None


def _cut(text: str) -> int:
    """Where to split an endless sentence: between words, and not inside a mark."""
    held = text[:LONGEST_SENTENCE]
    bracket = max(held.rfind(sign, LONGEST_SENTENCE - 60) for sign in "[【［")
    if bracket > 0 and not re.search(r"[\]】］]", held[bracket:]):
        return bracket
    space = max(held.rfind(sign, LONGEST_SENTENCE // 2) for sign in " \n\t")
    return space if space > 0 else LONGEST_SENTENCE
