"""The page inside another application, in a real browser."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect

from bot.portal import mount
from tests.bot.fakes import ScriptedBot
from tests.browser.conftest import Serve, Visit

pytestmark = pytest.mark.browser

Scope = MutableMapping[str, Any]


def portal() -> FastAPI:
    app = FastAPI()

    @app.get("/")
    def home() -> str:
        return "the portal's home"

    @app.get("/favicon.ico", status_code=204)
    def favicon() -> None:
        """The browser asks the host for it, and logs an error where there is none."""

    mount(app, "/news", bot=ScriptedBot())
    return app


def stripped(app: FastAPI, prefix: str) -> Callable[[Scope, Any, Any], Awaitable[None]]:
    """What the application sees behind a proxy that takes the prefix off: the server puts it before the path again."""

    async def proxied(scope: Scope, receive: Any, send: Any) -> None:
        if "path" in scope:
            scope["path"] = scope["path"].removeprefix(prefix)
        await app(scope, receive, send)

    return proxied


@pytest.mark.parametrize("prefix", ["", "/intranet"])
def test_the_page_works_below_a_path_and_behind_a_proxy(serve: Serve, visit: Visit, prefix: str) -> None:
    page = visit(f"{serve(stripped(portal(), prefix), prefix)}/news")
    page.locator("#question textarea").fill("When did it reopen?")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Source 1").click()
    expect(page.locator("#reader mark.chosen")).to_contain_text("Engineers reopened the bridge")
    assert page.url.split("?")[0].endswith(f"{prefix}/news/")
