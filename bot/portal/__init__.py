"""Byline as a web site: the page and the HTTP API, served alone or inside an application that is already there."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.portal.hosting import mount

__all__ = ["mount"]


def __getattr__(name: str) -> Any:
    """`mount` is imported when first used: the command line reads a part of this package without a web framework."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bot.portal.hosting import mount

    return mount
