"""Whether people with a screen reader, a keyboard or a large finger can use the page: axe-core judges."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.archive_summary import describe_index
from corpus.article import Rejected
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import BRIDGE, FERRY, WIRE, ScriptedBot, abstention
from tests.browser.conftest import PHONE, Serve, Visit, ask, open_limits
from tests.index.building import article, build

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
GRAVE = ("serious", "critical")
SMALL = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(element => {
  const inside = element.matches("textarea, [role='combobox'], [role='listbox']");
  const field = inside && element.closest(".input-container, .wrap-inner");
  const box = (field || element).getBoundingClientRect(), style = getComputedStyle(element);
  const inRow = element.closest(".where, .also, .citing, .ways, .open-at");
  const inText = !inRow && (style.display === "inline" ||
    element.closest("p, svg, .skip, .sr-only, [aria-hidden='true']"));
  return !inText && box.width && style.visibility !== "hidden" && (box.height < 43.5 || box.width < 43.5);
}).map(element => `${element.outerHTML.slice(0, 120)} ${Math.round(element.getBoundingClientRect().width)}x${
  Math.round(element.getBoundingClientRect().height)}`)"""
"""What is smaller than a finger, but for links within a text."""


def faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    # What still fades in has the colours of neither state.
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_from_the_start_to_the_answer(serve: Serve, visit: Visit, scheme: str) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot, examples=["When did it reopen?", "What did it cost?"])), color_scheme=scheme)
    expect(page.get_by_text("What did it cost?")).to_be_visible()
    assert faults(page) == []
    ask(page, "slow: when did it reopen?")
    expect(page.locator(".streaming")).to_be_visible()
    assert faults(page) == []
    bot.release.set()
    expect(page.locator(".sources")).to_be_visible()
    for summary in page.locator("#chat summary").all():
        summary.click()
    open_limits(page)
    assert faults(page) == []


def test_axe_finds_nothing_grave_where_nothing_is_answered(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot(abstention))))
    ask(page, "Who designed it?")
    expect(page.locator(".abstained")).to_be_visible()
    assert faults(page) == []
    ask(page, "fail")
    expect(page.locator(".notice")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_the_archive(tmp_path: Path, serve: Serve, visit: Visit, scheme: str) -> None:
    articles = [article(number) for number in range(60)]
    build(tmp_path, [*articles, BRIDGE, FERRY, WIRE, Rejected("a.txt", None, "is empty")])
    bot = archive_bot(tmp_path)
    site = build_site(
        bot, lambda groups: describe_index(tmp_path, groups), None, Settings(index=tmp_path, operator=True)
    )
    page = visit(address := serve(site), color_scheme=scheme)
    expect(page.locator("#masthead")).to_contain_text("63 articles")
    open_limits(page)
    ask(page, "When did the bridge reopen?")
    expect(page.get_by_role("button", name="Retry")).to_be_visible()
    for summary in page.locator("#chat summary").all():
        summary.click()
    assert faults(page) == []
    for path in ("archive", f"archive?article={BRIDGE.id}", "operator?q=bridge"):
        page.goto(f"{address}/{path}")
        assert faults(page) == [], path
    page.goto(f"{address}/archive")
    page.locator(".articles a").first.click()
    expect(page.locator("#reader .citing")).to_be_visible()
    assert faults(page) == []


def test_a_finger_hits_what_it_means_to_hit(tmp_path: Path, serve: Serve, visit: Visit) -> None:
    build(tmp_path, [*(article(number) for number in range(60)), BRIDGE])
    page = visit(address := serve(build_site(archive_bot(tmp_path), None, [], Settings(index=tmp_path))), **PHONE)
    open_limits(page)
    assert page.evaluate(SMALL) == []
    ask(page, "When did the bridge reopen?")
    expect(page.get_by_role("button", name="Retry")).to_be_visible()
    for summary in page.locator("#chat summary").all():
        summary.click()
    assert page.evaluate(SMALL) == []
    page.get_by_role("button", name="Read the article").first.click()
    expect(page.locator("#reader .citing")).to_be_visible()
    assert page.evaluate(SMALL) == []
    page.keyboard.press("Escape")
    ask(page, "Which engineers from Zorblax closed the bridge?")
    expect(page.locator(".abstained")).to_be_visible()
    assert page.evaluate(SMALL) == []
    for path in ("archive", f"archive?article={BRIDGE.id}"):
        # A page of its own: one that is left while suggestions are looked for logs that they were cut off.
        page = visit(f"{address}/{path}", ready="body", **PHONE)
        assert page.evaluate(SMALL) == [], path
        if path == "archive":
            page.locator(".articles a").first.tap()
            expect(page.locator("#reader .citing")).to_be_visible()
            assert page.evaluate(SMALL) == []


def test_reduced_motion_stops_all_animation(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())), reduced_motion="reduce")
    ask(page, "slow: when did it reopen?")
    expect(page.locator(".streaming")).to_be_visible()
    moving = "document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 1).length"
    assert page.evaluate(moving) == 0
