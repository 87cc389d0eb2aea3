"""Takes the pictures in docs/img of the page over the sample articles. Needs Debian's chromium.

Run: make screenshots
"""

import shutil
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.cli import app
from bot.portal.serve import site_of
from bot.settings import Settings
from tests.local_server import served

IMAGES = Path(__file__).parents[1] / "docs" / "img"
PATIENCE = 60_000
"""Milliseconds; the first answer waits for the models."""
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


class Picture(NamedTuple):
    """One state of the page: its file, how to reach it, and the browser's options."""

    name: str
    prepare: Callable[[Page, str], None]
    options: dict[str, Any]


def ask(page: Page, address: str, question: str) -> Locator:
    """Asks a question on a new page, and returns the finished answer."""
    page.goto(address)
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_label("Answer", exact=True)
    expect(answer.locator(".sources, .abstained")).to_be_visible()
    return answer


def start(page: Page, address: str) -> None:
    """The questions offered before the first one."""
    page.goto(address)
    expect(page.locator("#chat button.example").first).to_be_visible()


def article(page: Page, address: str) -> None:
    """An answer, with the first quote open in its article."""
    ask(page, address, "When did the Gull Island ferry open, and what did it cost?").locator("a.mark").first.click()
    expect(page.locator("#reader mark.chosen")).to_be_in_viewport()


def timeline(page: Page, address: str) -> None:
    """What happened, day by day, beside the conversations."""
    ask(page, address, "Give me a timeline of the Gull Island ferry")
    page.locator("#conversations .toggle-button").click()
    expect(page.locator("#library li").first).to_be_visible()


def declined(page: Page, address: str) -> None:
    """A question that the archive does not answer."""
    ask(page, address, "Which airline flies to Gull Island?")


def card(page: Page, address: str) -> None:
    """An answer, with the card of its first source."""
    ask(page, address, "What will the eel pass beside the tidal gate cost?").locator("a.mark").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()


def archive(page: Page, address: str) -> None:
    """The articles by month and outlet."""
    page.goto(f"{address}/archive")


PICTURES = (
    Picture("start", start, {}),
    Picture("answer", article, {}),
    Picture("timeline", timeline, {}),
    Picture("declined", declined, {}),
    Picture("dark", card, {"color_scheme": "dark"}),
    Picture("phone", article, PHONE),
    Picture("archive", archive, {}),
)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Writes one picture in 256 colours: half the bytes, without a visible difference."""
    context = browser.new_context(**{"viewport": {"width": 1200, "height": 780}, "locale": "en-GB", **picture.options})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    picture.prepare(page, address)
    page.wait_for_timeout(700)  # for animations to end
    path = IMAGES / f"{picture.name}.png"
    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    shot.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    context.close()
    print(f"{path.relative_to(IMAGES.parents[1])}  {path.stat().st_size:,} bytes")


def main() -> None:
    """Takes all of them, or those named in the arguments."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium. Install it: apt install chromium")
    wanted = set(sys.argv[1:]) or {picture.name for picture in PICTURES}
    expect.set_options(timeout=PATIENCE)
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        app(["rebuild", "--index", folder], standalone_mode=False)
        with served(site_of(Settings(index=Path(folder)))) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for picture in PICTURES:
                if picture.name in wanted:
                    take(browser, address, picture)
            browser.close()


if __name__ == "__main__":
    main()
