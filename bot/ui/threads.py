"""The former place of `bot.threads`."""

from bot.threads import on_threads

__all__ = ["on_threads"]
