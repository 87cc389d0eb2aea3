"""What kind of answer a question wants, and whether a sentence holds one."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.answer.speech import speaker_asked_for
from index.split import sentences
from index.words import content_words

Kind = Literal["number", "date", "name", "other"]

# The first that matches is the kind.
QUESTIONS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(r"\bhow (many|much|old|long|far|high|tall|big|large)\b|\b(what|which) (percent|number|age)", re.I),
    ),
    ("date", re.compile(r"\bwhen\b|\b(what|which) (year|date|day|month)\b", re.I)),
    ("name", re.compile(r"\b(who|whom|whose|which|where|name)\b|\bwhat (country|city|state|company)\b", re.I)),
)
NUMBER = re.compile(
    r"\d|%|\b(one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|half|quarter|percent)\b",
    re.I,
)
DATE = re.compile(
    r"\b(19|20)\d\d\b|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|"
    r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
NAME = re.compile(r"(?<![.!?“\"]\s)(?<!^)\b[A-Z][\w’'-]+")
"""A capitalised word that opens no sentence."""
SPOKEN = frozenset({"say", "said", "tell", "told", "think", "thought"})
"""That a sentence has one of these says nothing where somebody's words are asked for: whose they are is what counts."""
NAMES_COUNTED = 5
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
"""A number in digits, as it is written."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question, taken apart.

    Attributes:
        text: In lower case.
        words: Its content words.
        asked: Those of its last sentence: before what is asked, a question often says what happened.
        figures: Its numbers in digits: "7.0" in "the 7.0-magnitude earthquake".
        speaker: The last word that names whose words are asked for; empty if none are.
        kind: What the answer must be.
    """

    text: str
    words: frozenset[str]
    asked: frozenset[str]
    figures: frozenset[str]
    speaker: str
    kind: Kind

    @classmethod
    def of(cls, question: str) -> "Wanted":
        """The parts of a question."""
        spans = sentences(question)
        last = question[slice(*spans[-1])] if spans else ""
        kinds: list[Kind] = [kind for kind, pattern in QUESTIONS if pattern.search(question)]
        words, asked = frozenset(content_words(question)), frozenset(content_words(last))
        figures = frozenset(FIGURE.findall(question))
        kind = kinds[0] if kinds else "other"
        speaker = speaker_asked_for(question)
        spoken = SPOKEN if speaker else frozenset()
        return cls(question.lower(), words - spoken, asked - spoken, figures, speaker, kind)

    def new_names(self, sentence: str) -> float:
        """How much a sentence names that the question does not, from 0 to 1; 0 unless a name is wanted."""
        if self.kind != "name":
            return 0.0
        found = [name for name in NAME.findall(sentence) if name.lower() not in self.text]
        return min(len(found), NAMES_COUNTED) / NAMES_COUNTED

    def held_by(self, sentence: str) -> bool:
        """Whether a sentence holds something of the kind."""
        match self.kind:
            case "number":
                return bool(NUMBER.search(sentence))
            case "date":
                return bool(DATE.search(sentence))
            case "name":
                return self.new_names(sentence) > 0
            case "other":
                return False


def covered(wanted: frozenset[str], words: set[str]) -> float:
    """The share, from 0 to 1, of the wanted words among these; 0 if none is wanted."""
    return len(wanted & words) / len(wanted) if wanted else 0.0
