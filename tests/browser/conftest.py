"""A real browser before a real server."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.local_server import served

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000
"""Milliseconds that something on the page may take to appear; a busy machine is slow."""
LEAVING = """addEventListener("beforeunload", () => {
  const say = console.error;
  console.error = (...said) => /AbortError|Unexpected error/.test(String(said[0])) || say(...said);
})"""
"""Gradio logs, as errors, that it closes its streams where a page is left or loaded anew."""
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
"""Options of `visit`."""
Serve = Callable[..., str]
Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: install the package chromium")
        pytest.skip("no Chromium is installed")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        opened.close()


def is_error(said: ConsoleMessage) -> bool:
    """Whether the page's own console reports an error; the icon of the host around it is not ours."""
    return said.type == "error" and not said.location["url"].endswith("/favicon.ico")


def ask(page: Page, question: str) -> Locator:
    """Puts a question and returns its reply, which may be yet to come."""
    replies = page.get_by_label("Answer", exact=True)
    number = replies.count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    return replies.nth(number)


def expect_sheet(page: Page, panel: Locator, dark: bool) -> None:
    """Expects that the panel is a sheet from below on a PHONE, in the colours of the theme."""
    page.wait_for_timeout(300)
    box = panel.bounding_box()
    assert box
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 844)
    assert box["y"] > 60
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    red = int(panel.evaluate("panel => getComputedStyle(panel).backgroundColor").split("(")[1].split(",")[0])
    assert (red < 60) == dark


def open_limits(page: Page) -> None:
    """Opens what narrows the search, ready to be filled in.

    Gradio writes the first value into each field once more, a frame after the field is there.
    """
    page.get_by_text("Narrow the search").click()
    page.wait_for_function("() => document.querySelectorAll('#narrow input').length === 4")
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go))))")


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as servers:
        yield lambda app, root_path="": servers.enter_context(served(app, root_path))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a page as one more visitor; what it requests, pops up and logs as an error is judged at the end.

    `failing` pages may log errors: their server goes away.
    """
    requested: list[str] = []
    dialogs: list[str] = []
    logged: list[str] = []
    with ExitStack() as visitors:

        def open_page(address: str, failing: bool = False, ready: str = "#question textarea", **options: Any) -> Page:
            context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **options})
            visitors.callback(context.close)
            context.add_init_script(LEAVING)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("request", lambda request: requested.append(request.url))
            if not failing:
                page.on("console", lambda said: logged.extend([said.text] if is_error(said) else []))
                page.on("pageerror", lambda error: logged.append(error.message))
            page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
            page.goto(address)
            page.locator(ready).wait_for()
            # The page's script names its parts and makes pickers of the fields for days.
            page.wait_for_function("() => !document.querySelector('[data-word], [data-label]')")
            return page

        yield open_page
    abroad = [url for url in requested if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    assert requested
    assert abroad == []
    assert dialogs == []
    assert logged == []
