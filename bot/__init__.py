"""A conversation over an index of news articles.

from bot import Question, create_bot

bot = create_bot()
answer = bot.answer(Question("Who won the election?"))
"""

from importlib.util import find_spec
from pathlib import Path
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


def _check_packages() -> None:
    """An application's own package of the same name hides ours, and what follows would fail far from the cause."""
    home = Path(__file__).parent.parent
    for name in ("index", "corpus"):
        found = find_spec(name)
        where = Path(found.origin).parent if found and found.origin else None
        if where != home / name:
            raise ImportError(
                f"Byline's package {name!r} is hidden by {str(where) if where else 'another one'!r}. Rename that one, "
                "or run Byline in a process of its own (byline serve) and ask it over HTTP: see docs/python.md"
            )


_check_packages()


def __getattr__(name: str) -> Any:
    """Each public name is imported on first use, so `import bot` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
