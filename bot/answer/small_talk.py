"""The replies to a greeting, to thanks, and to the question what can be asked."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.answer.declined import Coverage
from bot.answer.wording import day
from bot.question.phrases import phrases
from index.storage.snapshot import Snapshot

HEADLINES = 60
"""The newest articles, whose headlines provide the examples."""
NAMED = 3
"""Outlets listed by name."""
THANKS = re.compile(r"\b(?:thanks|thank you|thx|cheers)\b", re.IGNORECASE)


def small_talk(said: str, snapshot: Snapshot | None) -> str:
    """What Byline is, the archive's coverage, and three questions that it answers; a short reply to thanks."""
    if THANKS.search(said):
        return "You are welcome. Ask me anything else about the articles in this archive."
    if snapshot is None or not len(snapshot.outlets):
        return "Hello. Ask me about the articles in this archive; I answer in their own words, with the source."
    reach = Coverage.of(len(snapshot.outlets), snapshot.days)
    spoken = f", from {day(reach.first)} to {day(reach.last)}" if reach.first and reach.last else ""
    lines = [f"Hello. I answer from {reach.articles:,} articles{_from(snapshot.outlets)}{spoken}, in their own words."]
    names = _names(snapshot)
    if names:
        asked = (
            f"What is the latest on {names[0]}?",
            f"What happened with {names[-1]}?",
            f"How many articles mention {names[0]}?",
        )
        lines.append("You can ask, for example:\n" + "\n".join(f"- {one}" for one in asked))
    return "\n\n".join(lines)


def _from(outlets: Sequence[str | None]) -> str:
    largest = [outlet for outlet, _ in Counter(filter(None, outlets)).most_common(NAMED + 1)]
    if not largest:
        return ""
    shown = [" ".join(outlet.split()) for outlet in largest[:NAMED]]
    return f" of {', '.join(shown)}{' and others' if len(largest) > NAMED else ''}"


def _names(snapshot: Snapshot) -> list[str]:
    """The names of two words or more that are in most of the newest headlines."""
    newest: dict[int, None] = {}
    for row in snapshot.days.argsort(kind="stable")[::-1]:
        newest.setdefault(int(snapshot.article_of[row]))
        if len(newest) == HEADLINES:
            break
    titles = [article.title for article in snapshot.articles(list(newest))]
    counted = Counter(
        phrase.text for title in titles for phrase in phrases(title) if phrase.sort == "name" and " " in phrase.text
    )
    return [name for name, _ in counted.most_common(2)]
