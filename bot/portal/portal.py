"""What the parts of a site share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import FastAPI

from bot.archive_bot import ArchiveBot
from bot.bot import Bot, KeepsArticles
from bot.portal.answer_cache import AnswerCache
from bot.portal.answer_queue import Desk
from bot.portal.operations.audit import Audit
from bot.portal.operations.meters import Meters
from bot.portal.operations.tracing import Tracing, tracing_of
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Portal:
    """What each part is given.

    Attributes:
        bot: Who answers, so many questions at once: parts ask it, and never the bot behind it.
        archive: The bot over an archive that can be searched and counted; None where another bot answers.
        settings: How the site is served.
        keeper: The bot, if its articles can be read whole.
        meters: What is counted of it.
        audit: Where it is written who asked what; None where it is not.
        tracing: Makes spans; None where no one collects them.
    """

    bot: Desk
    archive: ArchiveBot | None
    settings: Settings
    keeper: KeepsArticles | None = None
    meters: Meters = field(default_factory=Meters)
    audit: Audit | None = None
    tracing: Tracing | None = None

    @classmethod
    def over(cls, bot: Bot, settings: Settings) -> "Portal":
        """The portal over a bot."""
        archive = bot if isinstance(bot, ArchiveBot) and bot.index else None
        keeper = bot if isinstance(bot, KeepsArticles) else None
        audit = Audit.at(settings.audit) if settings.audit else None
        cache = AnswerCache.of(archive) if archive else None
        desk = Desk(bot, settings.answers_at_once, settings.answers_waiting, cache)
        return cls(desk, archive, settings, keeper, audit=audit, tracing=tracing_of(settings.log_questions))


Part = Callable[[FastAPI, Portal], None]
"""Adds its routes to the site, or an application at a path of its own."""
