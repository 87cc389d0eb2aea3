"""The replies to a greeting, to thanks, and to the question what can be asked."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answer.declined import Coverage
from bot.answer.wording import Wording, day
from bot.note import Note
from bot.question.phrases import phrases
from index.search.outlets import commonest_names
from index.storage.snapshot import Snapshot

HEADLINES = 60
"""The newest articles, whose headlines provide the examples."""
NAMED = 3
"""Outlets listed by name."""
THANKS = re.compile(r"\b(?:thanks|thank you|thx|cheers)\b", re.IGNORECASE)


def small_talk(said: str, snapshot: Snapshot | None) -> Wording:
    """What Byline is, the archive's coverage, and three questions that it answers; a short reply to thanks."""
    wording = Wording(()).behind([[note] for note in _notes(said, snapshot)])
    return replace(wording, pieces=(wording.text,))


def _notes(said: str, snapshot: Snapshot | None) -> Iterator[Note]:
    if THANKS.search(said):
        yield Note("thanks", "You are welcome. Ask me anything else about the articles in this archive.")
        return
    if snapshot is None or not len(snapshot.outlets):
        yield Note(
            "hello", "Hello. Ask me about the articles in this archive; I answer in their own words, with the source."
        )
        return
    reach = Coverage.of(len(snapshot.outlets), snapshot.days)
    spoken = f", from {day(reach.first)} to {day(reach.last)}" if reach.first and reach.last else ""
    outlets, others = _largest(snapshot.outlets)
    listed = f" of {', '.join(outlets)}{' and others' if others else ''}" if outlets else ""
    yield Note(
        "hello_archive",
        f"Hello. I answer from {reach.articles:,} articles{listed}{spoken}, in their own words.",
        {"reach": reach, "outlets": outlets, "others": others},
    )
    if names := _names(snapshot):
        asked = (
            f"What is the latest on {names[0]}?",
            f"What happened with {names[-1]}?",
            f"How many articles mention {names[0]}?",
        )
        lines = "\n".join(f"- {one}" for one in asked)
        yield Note("hello_ask", f"You can ask, for example:\n{lines}", {"questions": asked})


def _largest(outlets: Sequence[str | None]) -> tuple[list[str], bool]:
    """The outlets with the most articles, and whether there are others."""
    largest = [outlet for outlet, _ in Counter(filter(None, outlets)).most_common(NAMED + 1)]
    return [" ".join(outlet.split()) for outlet in largest[:NAMED]], len(largest) > NAMED


def _names(snapshot: Snapshot) -> list[str]:
    """The names of two words or more that are in most of the newest headlines; no outlet's."""
    newest: dict[int, None] = {}
    for row in snapshot.days.argsort(kind="stable")[::-1]:
        newest.setdefault(int(snapshot.article_of[row]))
        if len(newest) == HEADLINES:
            break
    titles = [article.title for article in snapshot.articles(list(newest))]
    found = (phrase.text for title in titles for phrase in phrases(title) if phrase.sort == "name")
    return commonest_names((name for name in found if " " in name), 2, snapshot.outlets)
