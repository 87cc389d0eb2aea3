"""Who may do what: one rule over the page, the API, files and streams."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.portal.access.caller import Caller, caller_of
    from bot.portal.access.middleware import Access

__all__ = ["Access", "Caller", "caller_of"]


def __getattr__(name: str) -> Any:
    """Each name is imported when first used: what the rule needs itself needs parts of this package."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{'middleware' if name == 'Access' else 'caller'}"), name)
