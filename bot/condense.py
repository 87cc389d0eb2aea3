"""A follow-up made to stand alone, without a language model."""

import re
from collections.abc import Sequence

from bot.answer import Turn

OPENERS = re.compile(
    r"(and|but|so|then|also|or|what about|how about|why|when|where|who else|what else)\b", re.IGNORECASE
)
POINTERS = re.compile(
    r"\b(he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|there|then|one|ones|else|"
    r"former|latter|same)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"(?<=\s)[A-Z][\w’'.-]+|\d{4}")
SHORT = 4
"""A question of so few words that begins like a continuation leans on the one before."""
REACH = 3
"""The most earlier questions a follow-up is joined with."""


def condense(question: str, history: Sequence[Turn]) -> str:
    """The question with the earlier ones it leans on put before it; itself, if it leans on none.

    A chain of follow-ups is walked back to the question that stands alone, REACH questions at most.
    """
    chain = [question]
    for turn in reversed(history[-REACH:]):
        if not leans(chain[0]):
            break
        chain.insert(0, turn.question)
    return " ".join(chain)


def leans(question: str) -> bool:
    """Whether the question points at something that was said before."""
    words = question.split()
    opened = OPENERS.match(question.strip())
    return bool(
        (
            opened
            and (
                len(words) <= SHORT or opened.group().lower() in {"and", "but", "so", "then", "what about", "how about"}
            )
        )
        or (POINTERS.search(question) and not NAME.search(question))
    )
