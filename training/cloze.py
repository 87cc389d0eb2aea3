"""Questions made from news sentences: a name or a number becomes a question word, and some words are dropped."""

import re
from random import Random

from sentencex import segment

from training.sources import Asked, Text

NUMBER = re.compile(r"[$£€]?\d[\d,.]*\d%?(?: (?:million|billion|percent|per cent))?|\b\d%?(?=[\s,.])")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'\u2019-]+(?: (?:(?:of|the|de|al|bin|and) )?[A-Z][\w'\u2019-]+)*")
DROPPED = {"a", "an", "the", "also", "said", "have", "has", "had", "been", "was", "were", "is", "are", "that"}
LONG_ENOUGH = 6


def from_highlights(number: int, text: Text) -> list[Asked]:
    """One question per highlight, about something that the passage names too, but not in its own words."""
    random = Random(text.text)
    return [asked for line in text.highlights if (asked := _cloze(line, text.text, number, random, 0.0))]


def from_sentences(number: int, text: Text, at_most: int) -> list[Asked]:
    """A few questions on a passage's own sentences, a quarter of whose words are dropped."""
    random = Random(text.text)
    sentences = [line.strip() for line in segment("en", text.text) if len(line.split()) >= LONG_ENOUGH]
    random.shuffle(sentences)
    clozes = (_cloze(line, text.text, number, random, 0.25) for line in sentences)
    return [asked for asked in clozes if asked][:at_most]


def _cloze(line: str, text: str, number: int, random: Random, drop: float) -> Asked | None:
    found = [match for pattern in (NUMBER, NAME) for match in pattern.finditer(line)]
    found = [match for match in found if match[0] in text and match[0].lower() not in DROPPED]
    if not found:
        return None
    match = random.choice(found)
    wh = random.choice(("how many", "how much") if match[0][-1].isdigit() else ("who", "what", "which"))
    before, after = line[: match.start()].split(), line[match.end() :].rstrip(" .").split()
    before, after = ([word for word in side if random.random() >= drop] for side in (before, after))
    words = [word for word in after if word.lower() not in DROPPED]
    if random.random() < 0.5:  # a question that begins with its question word, as most do
        question = " ".join([wh.capitalize(), *words, *before])
    else:
        question = " ".join([*before, wh, *words])
    return Asked(question.strip(" ,;") + "?", number, (match[0],))
