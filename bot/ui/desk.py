"""What the page has at hand besides its bot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event

from bot.answer import Answer, Turn
from bot.archive_bot import ArchiveBot
from bot.bot import Bot
from bot.earlier import EarlierBots
from bot.feedback import Ratings, ratings_of
from bot.settings import Settings
from bot.ui.restored import Lookup
from bot.ui.visitor import visitor_groups
from corpus.article import Article
from corpus.errors import BylineError
from index.question import Question

Suggest = Callable[[Question, Answer, Sequence[Turn], Event], Sequence[str]]
"""Finds questions to go on with, as `Suggested.questions` does."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page has at hand besides its bot; each part may be missing.

    Attributes:
        lookup: Finds articles of the archive, for conversations that are opened again.
        ratings: Where visitors' ratings go; None where they are not asked for.
        at: A bot over the earlier generation that a link names, None for the newest; raises BylineError if it is gone.
        outlets: The archive's outlets, to know which a question names.
        suggest: Finds questions to go on with after an answer.
    """

    lookup: Lookup | None = None
    ratings: Ratings | None = None
    at: Callable[[str], Bot | None] | None = None
    outlets: Callable[[], Sequence[str]] | None = None
    suggest: Suggest | None = None


def desk_of(settings: Settings, bot: ArchiveBot) -> Desk:
    """What the settings put at hand beside a bot over their index."""
    earlier = EarlierBots(bot, settings.folder)
    return Desk(partial(_articles, bot), ratings_of(settings), partial(_at, earlier), partial(_outlets, bot))


def _at(earlier: EarlierBots, generation: str) -> Bot | None:
    """What an earlier generation lets everyone read, the newest may not: then none is asked but that."""
    if earlier.bot.index and earlier.bot.index.is_restricted():
        return None
    return earlier.at(generation)


def _articles(bot: ArchiveBot, ids: Sequence[str]) -> Mapping[str, Article]:
    """Those of the articles that the newest generation has for the visitor; none where there is no index to read."""
    try:
        found = (bot.article(name, visitor_groups()) for name in ids)
        return {article.id: article for article in found if article}
    except BylineError:
        return {}


def _outlets(bot: ArchiveBot) -> Sequence[str]:
    if not bot.index:
        return ()
    with bot.index.snapshot(visitor_groups()) as snapshot:
        return list(dict.fromkeys(outlet for outlet in snapshot.outlets if outlet))
