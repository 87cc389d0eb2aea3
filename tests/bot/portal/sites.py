"""Sites to test, over a scripted bot."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.bot import Bot
from bot.portal.access.chosen import access_of
from bot.portal.site import build_site
from bot.settings import Settings
from tests.bot.fakes import ScriptedBot

PASSWORD = "correct horse battery"
ASK = {"question": "When did it reopen?"}


def site_with(folder: Path, bot: Bot | None = None, **options: Any) -> FastAPI:
    """A site with these settings; its keys are in the folder."""
    settings = Settings(index=folder, **options)
    return build_site(bot or ScriptedBot(), settings=settings, access=access_of(settings))


def client_of(site: FastAPI, address: str = "192.0.2.7", **options: Any) -> TestClient:
    """A client at an address; by default one of another machine."""
    return TestClient(site, client=(address, 50_000), follow_redirects=False, **options)
