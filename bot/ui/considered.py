"""What else was considered for an answer, and why: the words, the meaning and the day it shares with the question."""

from collections.abc import Collection, Sequence

from bot.answer import Answer
from bot.ui.language import Language
from bot.ui.links import read_button
from bot.ui.paragraphs import literal
from bot.ui.signature import signature
from index.passage import ScoredPassage

SHOWN = 6
"""Articles at most."""
REASONS = ("words", "meaning", "day")
"""The parts of a score that are drawn."""


def considered_html(answer: Answer, cited: Collection[str], language: Language) -> str:
    """The articles that were considered and not cited, best first, folded; nothing if there are none.

    Args:
        answer: Whose passages were considered.
        cited: The ids of the articles that it cites.
        language: Of labels and days.
    """
    best: dict[str, ScoredPassage] = {}
    for scored in answer.passages:
        if scored.passage.article.id not in cited:
            best.setdefault(scored.passage.article.id, scored)
    if not best:
        return ""
    cards = "".join(_card(scored, answer.passages, language) for scored in list(best.values())[:SHOWN])
    title = literal(language.say("answer.considered"))
    return f'<details class="considered"><summary>{title}</summary><ul>{cards}</ul></details>'


def _card(scored: ScoredPassage, among: Sequence[ScoredPassage], language: Language) -> str:
    article = scored.passage.article
    return (
        f"<li>{read_button(article, f'<bdi>{literal(article.title)}</bdi>')}"
        f"{signature(article, language)}{_bars(scored, among, language)}</li>"
    )


def _bars(scored: ScoredPassage, among: Sequence[ScoredPassage], language: Language) -> str:
    """A bar for each reason: how much of it the passage has, of the most that any that was considered has."""
    bars = []
    for part in REASONS:
        most = max((other.parts.get(part, 0.0) for other in among), default=0.0)
        if part in scored.parts and most > 0:
            share = round(100 * max(0.0, scored.parts[part]) / most)
            label = literal(language.say(f"answer.{part}"))
            bars.append(
                f'<span class="reason">{label}<span class="bar" role="meter" aria-label="{label}" aria-valuemin="0" '
                f'aria-valuemax="100" aria-valuenow="{share}" style="--share:{share}%"></span></span>'
            )
    return f'<span class="reasons">{"".join(bars)}</span>' if bars else ""
