"""An article's text without the page furniture around it.

A line is dropped whole or kept unchanged, so that what remains is verbatim. Cut from a line are only the staff
credit and "(Click here)" at its end, and an agency at its start: "(CNN)The mayor ...". A dateline that opens a sentence
stays ("MOSCOW, Aug 19 (Reuters) - The Kremlin ..."): it gives place and time. One on a line of its own ("London CNN -")
goes.
"""

import re

from corpus.boilerplate import (
    AGENCY,
    CAPTION,
    CLICK,
    COOKIES,
    CORRECTED,
    CREDIT,
    CREDIT_LABEL,
    FURNITURE,
    GALLERY,
    OWN_DATELINE,
    TRAILER,
    WALL,
)
from corpus.walls import ABROAD

# Longer lines are the story, whatever they start with (characters).
LONGEST_FURNITURE = 480
# A picture gallery has less text than this beside its captions (characters).
LEAST_STORY = 200
# A dateline further down, or after more characters, does not begin the story.
OPENING_LINES = 12
LONGEST_OPENING = 900
_CREDIT_TAIL = 200
_GALLERY_TAIL = 40
_ENDS_SENTENCE = (".", "!", "?", "\u201d", '"', ":", ",")

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANK = re.compile("[\xa0\u2007\u202f]")
_LINE_END = re.compile("\r\n?|[\v\f\u2028\u2029]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# A quick test for any of the four patterns: most texts match none of them.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\xa0\xad\u2007\u200b\u2028-\u202f\u2066-\u2069\ufeff\ud800-\udfff]")


def characters(text: str) -> str:
    """Leaves out invisible characters and those that break databases and terminals.

    Every line end becomes a newline, and a non-breaking space an ordinary one.
    """
    if not _ODD.search(text):
        return text
    return _LONE_SURROGATE.sub("\ufffd", _UNSEEN.sub("", _BLANK.sub(" ", _LINE_END.sub("\n", text))))


def one_line(text: str) -> str:
    """For titles and names: no line breaks, single spaces."""
    return " ".join(characters(text).split())


def body(text: str) -> str:
    """The article's own words: no captions, credits, links elsewhere, or pleas to subscribe.

    Captions stay where there is hardly any other text, as in a gallery.
    """
    lines = [trimmed(line) for line in _from_dateline([line.strip() for line in characters(text).split("\n")])]
    story = ["" if not line or is_furniture(line) else line for line in lines]
    without_captions = ["" if not line or is_caption(line) else line for line in story]
    is_gallery = _size(without_captions) < min(LEAST_STORY, _size(story) / 2)
    kept = story if is_gallery else without_captions
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _from_dateline(lines: list[str]) -> list[str]:
    """The lines from the first dateline on: what is before it is the outlet's word to its readers.

    Corrections stay, and all of it where it is more than such a word.
    """
    for place, line in enumerate(lines[:OPENING_LINES]):
        if OWN_DATELINE.match(line) or AGENCY.match(line):
            before = [line for line in lines[:place] if not is_caption(line)]
            return lines if _size(before) > LONGEST_OPENING else [*filter(CORRECTED.search, before), "", *lines[place:]]
    return lines


def trimmed(line: str) -> str:
    """Cuts "(CNN)" from the start of a paragraph, "(Reporting by ...; editing by ...)" from its end."""
    if line.endswith(")"):
        line = CLICK.sub("", TRAILER.sub("", line))
    opening = AGENCY.match(line) if "(" in line else None
    return line[opening.end() :] if opening else line


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page rather than to the article."""
    return len(line) <= LONGEST_FURNITURE and any(rule.match(line) for rule in FURNITURE)


def is_wall(text: str, title: str) -> bool:
    """Whether a text holds only an offer to subscribe or a question about cookies beside its title."""
    lines = [line for line in map(str.strip, characters(text).split("\n")) if line and line != title]
    # Furniture alone comes first: of an ordinary article that takes one look.
    return all(map(is_furniture, lines)) and any(rule.match(line) for line in lines for rule in (WALL, COOKIES, ABROAD))


def is_caption(line: str) -> bool:
    """Whether a line is a picture caption: it ends in a credit, or is labelled as one."""
    if CAPTION.match(line) or CREDIT_LABEL.match(line) or GALLERY.search(line[-_GALLERY_TAIL:]):
        return True
    return not line.endswith(_ENDS_SENTENCE) and bool(CREDIT.search(line[-_CREDIT_TAIL:]))


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))
