"""Questions as hastily typed: without capitals, without a question mark, with a wrong letter or a missing word."""

import re
from random import Random

LOWERED = 0.4
BARE = 0.6  # the share of those without capitals that lack the final mark too
SHORTENED = 0.12
MISTYPED = 0.12
LETTERS = "abcdefghijklmnopqrstuvwxyz"

_SMALL = re.compile(r"\b(?:the|a|an|is|was|were|are|did|does|do|of|has|have|had)\s+", re.IGNORECASE)
_LONG = re.compile(r"\b[a-z]{6,}\b")


def typed(question: str, random: Random) -> str:
    """The question, often as typed in a hurry."""
    if random.random() < SHORTENED:
        question = _SMALL.sub("", question) or question
    if random.random() < MISTYPED:
        question = _mistyped(question, random)
    if random.random() < LOWERED:
        question = question.lower()
        if random.random() < BARE:
            question = question.rstrip("?.! ")
    return question


def _mistyped(question: str, random: Random) -> str:
    """The question with one letter of a long word, but not of a name, dropped, doubled, replaced or swapped."""
    found = list(_LONG.finditer(question))
    if not found:
        return question
    word = random.choice(found)
    at = random.randrange(word.start() + 1, word.end() - 1)
    own, following = question[at], question[at + 1]
    put = random.choice(("", own * 2, random.choice(LETTERS)))
    if random.random() < 0.4:
        return question[:at] + following + own + question[at + 2 :]
    return question[:at] + put + question[at + 1 :]
