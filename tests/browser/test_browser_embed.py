"""The tag and the frame inside pages of other origins, in a real browser."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.answer import Answer
from bot.answer.declined import Declined
from bot.portal.site import build_site
from bot.settings import Settings
from corpus.article import Article
from index.question import Question
from tests.bot.fakes import BRIDGE, ScriptedBot, abstention, answered, bridge_answer, cite
from tests.browser.conftest import Serve, Visit

pytestmark = pytest.mark.browser

HOSTILE = Article(
    '<img src=x onerror="alert(1)">',
    "Before 😀. <script>alert(4)</script> and <b>all</b>. After.",
    "javascript:alert(5)",
    '"><svg onload=alert(6)>',
    date(2022, 1, 3),
)
ATTACK = "<script>alert(4)</script> and <b>all</b>."
Embed = Callable[..., Page]


@pytest.fixture
def embed(serve: Serve, visit: Visit) -> Embed:
    """Opens a page of another origin with a tag in it; it may embed the site unless `listed` is false."""

    def open_page(
        bot: ScriptedBot, tag: str, listed: bool = True, ready: str = "byline-chat", **options: object
    ) -> Page:
        pages: dict[str, str] = {}

        def page(_: Request) -> HTMLResponse:
            site = pages["site"]
            style = "<style>button, p { background: lime; font-size: 50px }</style>"
            script = f'<script src="{site}/embed.js"></script>'
            head = '<!doctype html><title>Intranet</title><link rel="icon" href="data:,">'
            body = f"{head}{style}{tag.format(site=site)}{script}"
            policy = f"default-src 'none'; img-src data:; script-src {site}; connect-src {site}; frame-src {site}"
            return HTMLResponse(body, headers={"content-security-policy": f"{policy}; style-src 'unsafe-inline'"})

        intranet = serve(Starlette(routes=[Route("/", page)]))
        settings = Settings(embed_origins=intranet if listed else "https://elsewhere.example")
        pages["site"] = serve(build_site(bot, settings=settings))
        return visit(intranet, **{"failing": not listed, "ready": ready, **options})

    return open_page


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")


def test_on_a_listed_page_an_answer_shows_and_a_mark_opens_its_source(embed: Embed) -> None:
    bot = ScriptedBot(bridge_answer)
    page = embed(bot, '<byline-chat examples="When did the bridge reopen?" since="2022-05-01"></byline-chat>')
    page.get_by_role("button", name="When did the bridge reopen?").click()
    page.get_by_role("button", name="Source 2: Harbour bridge reopens after two years of repairs").click()
    source = page.locator("details[open]")
    expect(source.locator("summary")).to_be_focused()
    expect(source.locator("blockquote")).to_have_text(
        [
            "Engineers reopened the bridge to traffic on Monday morning, eleven weeks ahead of plan.",
            "The city council put the final cost at 41 million crowns, a tenth below the estimate.",
        ]
    )
    away = source.get_by_role("link", name="Read the article")
    expect(away).to_have_attribute("href", "https://example.org/harbour-bridge?from=front&page=1")
    expect(away).to_have_attribute("rel", "noopener noreferrer")
    expect(page.get_by_role("list", name="Sources").locator("details")).to_have_count(2)
    ask(page, "And what did it cost?")
    expect(page.get_by_role("list", name="Sources")).to_have_count(2)
    assert [turn.question for turn in bot.asked[1][1]] == ["When did the bridge reopen?"]
    assert bot.asked[1][0].since == date(2022, 5, 1)
    expect(page.get_by_role("button", name="Ask", exact=True)).not_to_have_css("background-color", "rgb(0, 255, 0)")


def test_hostile_articles_are_shown_verbatim_with_marks_in_place(embed: Embed) -> None:
    def script(question: Question) -> Answer:
        found = answered(question, [cite(1, HOSTILE, "Before 😀."), cite(2, HOSTILE, ATTACK)])
        text = f"Before 😀. [1] {ATTACK} [2]"
        marks = ((10, 13), (len(text) - 3, len(text)))
        return Answer(question, question.text, "answered", text, found.citations, found.passages, marks=marks)

    page = embed(ScriptedBot(script), "<byline-chat></byline-chat>")
    ask(page, "<img src=x onerror=alert(7)> who?")
    expect(page.locator(".answer > p")).to_have_text(f"Before 😀. 1 {ATTACK} 2")
    expect(page.locator(".question")).to_have_text("<img src=x onerror=alert(7)> who?")
    page.get_by_role("button", name=f"Source 1: {HOSTILE.title}").click()
    expect(page.locator(".headline bdi")).to_have_text(HOSTILE.title)
    expect(page.locator("byline-chat :is(script, img, b, svg[onload], a)")).to_have_count(0)


def test_a_page_that_is_not_listed_gets_no_answer_and_asks_nothing(embed: Embed) -> None:
    bot = ScriptedBot()
    page = embed(bot, "<byline-chat></byline-chat>", listed=False)
    ask(page, "When did the bridge reopen?")
    expect(page.locator(".notice")).to_contain_text("The archive cannot be reached.")
    assert bot.asked == []


@pytest.mark.parametrize("listed", [True, False])
def test_only_a_listed_page_may_frame_the_site(embed: Embed, listed: bool) -> None:
    tag = '<iframe src="{site}/" width=600 height=500></iframe>'
    page = embed(ScriptedBot(), tag, listed, ready="iframe", failing=True)  # browsers tell of an autofocus in a frame
    framed = page.frame_locator("iframe").locator("#question textarea")
    if listed:
        framed.wait_for()
    else:
        frame = page.locator("iframe").element_handle().content_frame()
        assert frame
        frame.wait_for_load_state()
        expect(framed).to_have_count(0)
        assert frame.url == "chrome-error://chromewebdata/"


def test_the_floating_button_works_by_keyboard_and_its_panel_fills_a_phone(embed: Embed) -> None:
    page = embed(ScriptedBot(), "<byline-chat floating></byline-chat>", viewport={"width": 390, "height": 780})
    launcher = page.get_by_role("button", name="Ask the archive")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(launcher).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Ask the archive")
    expect(page.get_by_role("textbox", name="Ask about the news")).to_be_focused()
    box = panel.bounding_box()
    assert box
    assert (round(box["width"]), round(box["height"])) == (390, 780)
    page.keyboard.type("When did it reopen?")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("log").locator("[aria-busy]")).to_have_count(0)
    expect(panel.get_by_role("status")).to_have_text("Answer ready")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(launcher).to_be_focused()


def test_an_answer_can_be_stopped_and_asked_again_and_a_new_chat_forgets(embed: Embed) -> None:
    bot = ScriptedBot()
    page = embed(bot, "<byline-chat></byline-chat>")
    ask(page, "slow, please")
    expect(page.locator(".growing")).to_have_text("Engineers")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".notice")).to_contain_text("Stopped.")
    bot.release.set()
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_role("list", name="Sources")).to_have_count(1)
    page.get_by_role("button", name="New chat").click()
    expect(page.locator("article")).to_have_count(0)
    ask(page, "When?")
    expect(page.get_by_role("list", name="Sources")).to_have_count(1)
    assert bot.asked[-1][1] == ()


def test_an_abstention_looks_unlike_an_answer_and_an_error_says_what_to_do(embed: Embed) -> None:
    bot = ScriptedBot(abstention)
    page = embed(bot, "<byline-chat></byline-chat>")
    ask(page, "Who designed the bridge?")
    expect(page.locator(".abstained .declined")).to_have_text("The archive does not answer this.")
    ask(page, "fail: who?")
    expect(page.locator(".notice")).to_contain_text("Something went wrong")
    assert "10.0.0.1" not in page.content()


def declined(question: Question) -> Answer:
    known = Declined(("Halm", "Orrin"), "CNN", (), (BRIDGE,), rewording=Question("When?"))
    return replace(abstention(question), declined=known)


def test_the_tag_speaks_the_language_of_the_page_around_it(embed: Embed) -> None:
    bot = ScriptedBot(lambda question: declined(question) if "who" in question.text else bridge_answer(question))
    page = embed(bot, '<div lang="de-AT"><byline-chat></byline-chat></div>')
    expect(page.get_by_role("region", name="Das Archiv fragen")).to_have_attribute("lang", "de")
    page.get_by_role("textbox", name="Fragen Sie nach Nachrichten").fill("When?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Quellen").locator(".signature").first).to_have_text(
        "The Harbour Post · 16. Mai 2022"
    )
    expect(page.get_by_role("status")).to_have_text("Die Antwort ist da")
    ask(page, "who?")
    expect(page.locator(".abstained > p")).to_have_text(
        [
            "Das Archiv enthält keine Antwort auf diese Frage.",
            "Kein Artikel erwähnt Halm oder Orrin.",
            "Das Archiv enthält keinen Artikel von CNN.",
            "Am ehesten passende Artikel",
        ]
    )
    expect(page.get_by_role("button", name="Stattdessen fragen: When?")).to_be_visible()
    ask(page, "fail: who?")
    expect(page.locator(".notice")).to_contain_text("Beim Beantworten ist ein Fehler aufgetreten.")


def test_in_arabic_the_tag_runs_from_right_to_left_and_names_keep_their_direction(embed: Embed) -> None:
    page = embed(ScriptedBot(declined), '<byline-chat lang="ar" heading="News"></byline-chat>')
    expect(page.get_by_role("region", name="News")).to_have_css("direction", "rtl")
    ask(page, "who?")
    expect(page.locator(".abstained > p").nth(2)).to_have_text("لا يضم الأرشيف أي مقال من \u2068CNN\u2069.")
    expect(page.locator(".abstained .signature")).to_have_text("\u2068The Harbour Post\u2069 · 16 مايو 2022")


def test_without_a_known_language_around_it_the_tag_speaks_the_browsers(embed: Embed) -> None:
    page = embed(ScriptedBot(), '<byline-chat lang="xx" floating></byline-chat>', locale="de-DE")
    expect(page.get_by_role("button", name="Das Archiv fragen")).to_be_visible()
