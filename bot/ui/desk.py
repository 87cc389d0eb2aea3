"""What the page has at hand besides its bot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.archive import ArchiveBot
from bot.bot import Bot
from bot.earlier import EarlierBots
from bot.feedback import Ratings, ratings_of
from bot.settings import Settings
from bot.ui.lookup import find_articles
from bot.ui.restored import Lookup


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page has at hand besides its bot; each part may be missing.

    Attributes:
        lookup: Finds articles of the archive, for conversations that are opened again.
        ratings: Where visitors' ratings go; None where they are not asked for.
        at: A bot over the earlier generation that a link names, None for the newest; raises BylineError if it is gone.
        outlets: The archive's outlets, to know which a question names.
    """

    lookup: Lookup | None = None
    ratings: Ratings | None = None
    at: Callable[[str], Bot | None] | None = None
    outlets: Callable[[], Sequence[str]] | None = None


def desk_of(settings: Settings, bot: ArchiveBot) -> Desk:
    """What the settings put at hand beside a bot over their index."""
    lookup = partial(find_articles, settings.index)
    return Desk(lookup, ratings_of(settings), EarlierBots(bot, settings.index).at, partial(_outlets, bot))


def _outlets(bot: ArchiveBot) -> Sequence[str]:
    if not bot.index:
        return ()
    with bot.index.snapshot() as snapshot:
        return list(dict.fromkeys(outlet for outlet in snapshot.outlets if outlet))
