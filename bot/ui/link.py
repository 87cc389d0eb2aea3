"""A link to the page that carries a question, those it follows, its filters, and the generation that answered it."""

import json
from dataclasses import dataclass
from typing import Any

from bot.bot import Bot
from bot.question.follow_up import REACH
from bot.ui.browser_state import wished
from bot.ui.desk import Desk
from bot.ui.language import ENGLISH, Language
from corpus.errors import BylineError

MOST_VALUES = 50
"""Values read of a list in a link."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks.

    Attributes:
        text: The question.
        typed: The filters, as the form has them.
        generation: The id of a generation; may be empty.
        before: The questions that it follows, oldest first; they are asked before it.
    """

    text: str
    typed: tuple[str, str, str, list[str], tuple[str, ...]]
    generation: str
    before: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """All that it asks, in order."""
        return tuple(filter(str.strip, (*self.before, self.text)))


def read_link(wish: str) -> Link:
    """The link that a visitor came by; whatever it says is checked as if it had been typed."""
    days = wished(wish, "asked"), wished(wish, "since"), wished(wish, "until")
    return Link(
        wished(wish, "text"),
        (*days, _texts(wish, "sources"), tuple(_texts(wish, "plain"))),
        wished(wish, "generation"),
        tuple(_texts(wish, "before")[-REACH:]),
    )


def fields_of(wish: str) -> list[Any]:
    """The filters of a link, for the form."""
    return list(read_link(wish).typed)


def bot_for(link: Link, bot: Bot, desk: Desk, language: Language = ENGLISH) -> tuple[Bot, str]:
    """Who answers a link's question, and what is said above the answer."""
    if not link.generation or not desk.at:
        return bot, ""
    try:
        earlier = desk.at(link.generation)
    except BylineError:
        return bot, language.say("notice.gone")
    return (earlier, language.say("notice.earlier")) if earlier else (bot, "")


def _texts(wish: str, name: str) -> list[str]:
    try:
        found = json.loads(wished(wish, name) or "[]")
    except (ValueError, RecursionError):
        return []
    return [one for one in found[:MOST_VALUES] if isinstance(one, str)] if isinstance(found, list) else []
