"""A conversation over an index of news articles.

from bot import Question, create_bot

bot = create_bot()
answer = bot.answer(Question("Who won the election?"))
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.answer import Answer, Citation, Delta, Turn
    from bot.create import create_bot
    from bot.settings import Settings
    from index.question import Question

__all__ = ["Answer", "Citation", "Delta", "Question", "Settings", "Turn", "create_bot"]

_HOMES = {
    "Answer": "bot.answer",
    "Citation": "bot.answer",
    "Delta": "bot.answer",
    "Question": "index.question",
    "Settings": "bot.settings",
    "Turn": "bot.answer",
    "create_bot": "bot.create",
}


def __getattr__(name: str) -> Any:
    """Each public name is imported when first used, so `import bot` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
