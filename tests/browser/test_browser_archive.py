"""From the archive page into an article and back to the same list."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from starlette.requests import HTTPConnection

from bot.portal.access.caller import PERSON, Caller
from bot.portal.access.middleware import Access
from bot.portal.site import build_site
from bot.settings import Settings
from corpus.article import Article
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import BRIDGE
from tests.browser.conftest import PHONE, Serve, Visit, expect_sheet
from tests.browser.test_browser_portal import stripped
from tests.index.building import article, build

pytestmark = pytest.mark.browser

SECOND_PAGE = "archive?q=headline&outlet=Gazette&page=2"


@pytest.fixture
def address(tmp_path: Path, serve: Serve) -> str:
    build(tmp_path, [*(article(number) for number in range(60)), BRIDGE])
    site = build_site(archive_bot(tmp_path), None, [], Settings(index=tmp_path))
    return serve(stripped(site, "/intranet/news"), "/intranet/news")


def listed(visit: Visit, address: str, **options: object) -> tuple[Page, Locator]:
    """A narrowed list, and the link to one of its articles."""
    page = visit(f"{address}/{SECOND_PAGE}", ready=".articles", **options)
    return page, page.get_by_role("link", name="Headline 1", exact=True)


def test_an_article_opens_beside_its_list_and_escape_leads_back_to_its_link(address: str, visit: Visit) -> None:
    page, link = listed(visit, address)
    page.evaluate("window.stays = true")
    link.scroll_into_view_if_needed()
    before = page.url, page.evaluate("scrollY")
    link.press("Enter")
    panel = page.get_by_role("dialog", name="Headline 1")
    expect(panel.locator(".text")).to_contain_text("Report 1 describes harbour1 and river1.")
    expect(panel.get_by_role("link", name="Open at Gazette")).to_have_attribute("href", "https://news.example/1")
    expect(panel.get_by_role("button", name="Next quote")).to_be_hidden()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_role("button", name="Copy citation, Plain").click()
    expect(panel.get_by_text("Copied")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()
    assert (page.url, page.evaluate("scrollY")) == before
    assert page.evaluate("window.stays"), "the page was loaded once"


def test_the_link_opens_a_page_of_its_own_in_a_new_tab_and_without_a_script(address: str, visit: Visit) -> None:
    page, link = listed(visit, address)
    for button, modifiers in (("left", ["Control"]), ("middle", [])):
        with page.context.expect_page() as opened:
            link.click(button=button, modifiers=modifiers)  # type: ignore[arg-type]
        expect(opened.value.get_by_role("heading", name="Headline 1")).to_be_visible()
    expect(page.locator("#reader")).to_be_hidden()

    plain, link = listed(visit, address, java_script_enabled=False)
    link.click()
    expect(plain.get_by_role("heading", name="Headline 1")).to_be_visible()
    plain.get_by_role("link", name="To the archive").click()
    assert plain.url.endswith(SECOND_PAGE)


@pytest.mark.parametrize(
    ("locale", "scheme", "opened_at", "title"),
    [("de", "light", "Bei The Harbour Post öffnen", "ltr"), ("ar", "dark", None, "rtl")],
)
def test_on_a_phone_the_article_is_a_sheet_in_the_visitors_language(
    address: str, visit: Visit, locale: str, scheme: str, opened_at: str | None, title: str
) -> None:
    page = visit(f"{address}/archive?q=bridge", ready=".articles", locale=locale, color_scheme=scheme, **PHONE)
    page.locator(".articles a").tap()
    panel = page.get_by_role("dialog", name=BRIDGE.title)
    expect(panel.locator(".text")).to_contain_text("Cyclists were the first to cross.")
    expect_sheet(page, panel, dark=scheme == "dark")
    assert panel.evaluate("panel => getComputedStyle(panel).direction") == title
    if opened_at:
        expect(panel.get_by_role("link", name=opened_at)).to_be_visible()
    panel.locator(".close").tap()
    expect(panel).to_be_hidden()


def test_an_article_for_some_groups_opens_for_their_members_and_what_is_gone_says_so_on_its_own_page(
    tmp_path: Path, serve: Serve, visit: Visit
) -> None:
    async def member(connection: HTTPConnection) -> Caller:
        return Caller("ann", "host", PERSON, tuple(filter(None, [connection.headers.get("x-group")])))

    closed = Article("Board meets", "The board met in private.", groups=("board",))
    build(tmp_path, [BRIDGE, closed])
    site = build_site(archive_bot(tmp_path), None, [], Settings(index=tmp_path), Access((member,)))
    address = serve(site)
    inside = visit(f"{address}/archive", ready=".articles", extra_http_headers={"x-group": "board"})
    inside.get_by_role("link", name=closed.title).click()
    expect(inside.get_by_role("dialog", name=closed.title)).to_contain_text("The board met in private.")

    outside = visit(f"{address}/archive", ready=".articles", failing=True)
    expect(outside.get_by_role("link", name=closed.title)).to_have_count(0)
    link = outside.locator(".articles a.read")
    link.evaluate("(link, id) => (link.dataset.article = id, link.href = `archive?article=${id}`)", closed.id)
    link.click()
    outside.wait_for_url(f"**/archive?article={closed.id}")
    expect(outside.get_by_text("The board met in private.")).to_have_count(0)
