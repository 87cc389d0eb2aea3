"""What the parts of a site share."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI

from bot.bot import Bot
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Portal:
    """What each part is given.

    Attributes:
        bot: Who answers.
        settings: How the site is served.
    """

    bot: Bot
    settings: Settings


Part = Callable[[FastAPI, Portal], None]
"""Adds its routes to the site, or an application at a path of its own."""
