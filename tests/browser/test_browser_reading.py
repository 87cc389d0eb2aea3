"""From a mark to its article and back, by pointer, keyboard and finger; and what a declined question leads to."""

from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from bot.answer import Answer, AnswerSentence
from bot.answer.declined import Coverage, Declined
from bot.grounding.reasons import reason
from bot.portal.site import build_site
from corpus.article import Article
from index.question import Question
from tests.bot.fakes import BRIDGE, FERRY, ScriptedBot, abstention, bridge_answer, cite, quoting
from tests.browser.conftest import PHONE, Serve, Visit, expect_sheet
from tests.browser.test_browser_page import ARCHIVE, HOSTILE, ask, narrow

pytestmark = pytest.mark.browser

COST = "The city council put the final cost at 41 million crowns, a tenth below the estimate."
LONG = replace(BRIDGE, text=f"{'The tide rose and fell over the old pier. ' * 200}\n\n{BRIDGE.text}")


def script(question: Question) -> Answer:
    if "who designed" in question.text.lower():
        nearest = (BRIDGE, FERRY)
        reach = Coverage(2, date(2022, 5, 16), date(2022, 5, 24))
        declined = Declined(("Orrin Isle",), nearest=nearest, coverage=reach, rewording=Question("When did it reopen?"))
        return replace(abstention(question), declined=declined)
    cited = [cite(1, LONG, COST), cite(2, LONG, "Cyclists were the first to cross."), cite(3, FERRY, FERRY.text)]
    return quoting(question, cited)


def reader(visit: Visit, serve: Serve, path: str = "", **options: object) -> Page:
    bot = ScriptedBot(script, articles=(LONG, FERRY))
    page = visit(serve(build_site(bot, lambda _: ARCHIVE)) + path, **options)
    expect(ask(page, "What did it cost?").locator(".sources")).to_be_visible()
    return page


def test_a_mark_shows_its_source_at_the_pointer_and_hides_it_again(serve: Serve, visit: Visit) -> None:
    page = reader(visit, serve)
    mark = page.locator("a.mark").first
    mark.hover()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text(BRIDGE.title)
    expect(card).to_contain_text("The Harbour Post · 16 May 2022")
    expect(card.locator(".words")).to_have_text(COST)
    expect(mark).to_have_attribute("aria-describedby", "card")
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_keyboard_alone_leads_into_an_article_through_its_quotes_and_back(serve: Serve, visit: Visit) -> None:
    page = reader(visit, serve)
    mark = page.locator("a.mark").first
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('a.mark[href=\"#answer-1-1\"]')"):
            break
    expect(mark).to_be_focused()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")

    panel = page.get_by_role("dialog", name=BRIDGE.title)
    expect(panel.locator("mark.chosen")).to_have_text(COST)
    expect(panel.locator("mark.chosen")).to_be_in_viewport()
    expect(page.get_by_role("tooltip")).to_be_hidden()
    expect(panel.locator(".place")).to_have_text("Quote 1 of 3")
    expect(panel.locator(".open-at a")).to_have_text("Open at The Harbour Post")
    expect(panel.locator(".open-at a")).to_have_attribute(
        "href",
        "https://example.org/harbour-bridge?from=front&page=1#:~:text=The%20city%20council%20put%20the,"
        "a%20tenth%20below%20the%20estimate.",
    )
    expect(panel.locator(".open-at a")).to_have_attribute("rel", "noopener noreferrer")

    page.keyboard.press("ArrowRight")
    expect(panel.locator("mark.chosen")).to_have_text("Cyclists were the first to cross.")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name=FERRY.title).locator("mark.chosen")).to_have_text(FERRY.text)
    expect(page.get_by_role("button", name="Next quote")).to_be_disabled()
    page.get_by_role("button", name="Previous quote").press("Enter")
    expect(panel.locator("mark.chosen")).to_have_text("Cyclists were the first to cross.")

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(mark).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_the_article_is_a_sheet_from_below(serve: Serve, visit: Visit, theme: str) -> None:
    page = reader(visit, serve, f"/?__theme={theme}", **PHONE)
    page.locator("a.mark").first.tap()
    panel = page.locator("#reader")
    expect(panel.locator("mark.chosen")).to_be_in_viewport()
    expect_sheet(page, panel, dark=theme == "dark")
    assert panel.locator(".page").evaluate("page => page.scrollWidth <= page.clientWidth")
    page.get_by_role("button", name="Close").tap()
    expect(panel).to_be_hidden()


def test_back_closes_the_article_and_then_leaves_the_page(serve: Serve, visit: Visit) -> None:
    page = reader(visit, serve, **PHONE)
    address, panel, mark = page.url, page.locator("#reader"), page.locator("a.mark").first
    mark.tap()
    expect(panel).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()
    expect(mark).to_be_visible()
    mark.tap()
    page.reload()
    expect(mark).to_be_visible()
    mark.tap()
    expect(panel).to_be_visible()
    page.get_by_role("button", name="Close").tap()
    expect(panel).to_be_hidden()
    mark.tap()
    expect(panel).to_be_visible()
    # Closed and opened again at once, before the browser has gone back.
    page.evaluate("() => { document.querySelector('#reader').close(); document.querySelector('a.mark').click(); }")
    expect(panel).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()
    assert page.url == address
    page.go_back()
    assert page.url == "about:blank"


def test_an_article_that_is_gone_leaves_a_calm_line_and_the_quote(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot(script, articles=()))), failing=True)
    ask(page, "What did it cost?").locator("a.mark").first.click()
    panel = page.locator("#reader")
    expect(panel.get_by_role("status").last).to_have_text("This article is no longer in the archive.")
    expect(panel.locator(".headline")).to_contain_text(BRIDGE.title)
    expect(panel.locator("blockquote")).to_have_text(COST)


def test_a_hostile_article_is_read_letter_for_letter(serve: Serve, visit: Visit) -> None:
    hostile = replace(HOSTILE, authors=("<img src=x onerror=alert(9)>",))
    bot = ScriptedBot(lambda question: quoting(question, [cite(1, hostile, hostile.text)]), articles=(hostile,))
    page = visit(serve(build_site(bot)))
    mark = ask(page, "What?").locator("a.mark")
    mark.hover()
    expect(page.get_by_role("tooltip").locator(".words")).to_have_text(hostile.text)
    mark.click()
    panel = page.locator("#reader")
    expect(panel.locator("h2")).to_have_text(hostile.title)
    expect(panel.locator("mark.chosen")).to_have_text(hostile.text)
    expect(panel.locator(".authors")).to_have_text(hostile.authors[0])
    expect(
        page.locator("#reader :is(script, img, svg, b, a, [onerror]), #card :is(script, img, svg, b)")
    ).to_have_count(0)


def test_a_text_from_right_to_left_is_read_so(serve: Serve, visit: Visit) -> None:
    hebrew = Article("A headline", "\u05d4\u05d2\u05e9\u05e8 \u05e0\u05e4\u05ea\u05d7 \u05d4\u05d9\u05d5\u05dd.")
    bot = ScriptedBot(lambda question: quoting(question, [cite(1, hebrew, hebrew.text)]), articles=(hebrew,))
    page = visit(serve(build_site(bot)))
    reply = ask(page, "What?")
    quote = reply.locator("figure p")
    assert quote.evaluate("p => [getComputedStyle(p).direction, p.lang]") == ["rtl", "he"]
    reply.locator("a.mark").click()
    assert page.locator("#reader .text p").evaluate("p => getComputedStyle(p).direction") == "rtl"


def test_a_citation_is_copied(serve: Serve, visit: Visit) -> None:
    page = reader(visit, serve)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".source > summary").first.click()
    page.get_by_role("button", name="Copy citation, Plain").first.click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = "The Harbour Post, “Harbour bridge reopens after two years of repairs”, 16 May 2022. "
    assert page.evaluate("navigator.clipboard.readText()") == f"{copied}{BRIDGE.url}"


def test_a_declined_question_leads_to_the_nearest_articles_and_to_one_that_is_answered(
    serve: Serve, visit: Visit
) -> None:
    bot = ScriptedBot(script)
    page = visit(serve(build_site(bot, lambda _: ARCHIVE)))
    reply = ask(page, "Who designed the bridge of Orrin Isle?")
    expect(reply.locator(".reason-why")).to_have_text("No article mentions Orrin Isle.")
    expect(reply.locator(".coverage")).to_have_text("The archive has 2 articles, from 16 May 2022 to 24 May 2022.")
    expect(reply.locator(".titles")).to_have_attribute("href", "archive?q=bridge")
    nearest = reply.get_by_role("button", name=BRIDGE.title)
    nearest.press("Enter")
    panel = page.get_by_role("dialog", name=BRIDGE.title)
    expect(panel.locator(".text")).to_contain_text("Cyclists were the first to cross.")
    expect(panel.get_by_role("button", name="Next quote")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(nearest).to_be_focused()
    reply.get_by_role("button", name="When did it reopen?").click()
    expect(page.locator(".sources")).to_be_visible()
    assert bot.asked[-1][0].text == "When did it reopen?"


def test_the_quote_nearest_to_a_sentence_that_was_held_back_opens_in_its_article(serve: Serve, visit: Visit) -> None:
    def script(question: Question) -> Answer:
        why = reason("number", figure="3")
        held_back = AnswerSentence("It cost 3.", None, None, (), False, why, cite(0, LONG, COST))
        return replace(bridge_answer(question), sentences=(held_back,))

    page = visit(serve(build_site(ScriptedBot(script, articles=(LONG,)), lambda _: ARCHIVE)))
    reply = ask(page, "What did it cost?")
    reply.locator(".how > summary").click()
    after = "summary => getComputedStyle(summary, '::after').content"
    assert reply.locator(".how > summary").evaluate(after) == "none", "one sign shows that it is open"
    nearest = reply.get_by_role("button", name="Nearest quote:")
    nearest.click()
    chosen = page.get_by_role("dialog").locator("mark.chosen")
    expect(chosen).to_have_text(COST)
    expect(chosen).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(nearest).to_be_focused()


def test_the_whole_archive_is_asked_where_limits_set_by_hand_held_nothing(serve: Serve, visit: Visit) -> None:
    def script(question: Question) -> Answer:
        whole = replace(question, since=None, until=None, sources=())
        return replace(abstention(question), declined=Declined(rewording=whole))

    bot = ScriptedBot(script)
    page = visit(serve(build_site(bot, lambda _: ARCHIVE)))
    narrow(page)
    reply = ask(page, "When did it reopen?")
    reply.get_by_role("button", name="in the whole archive").click()
    expect(page.get_by_label("Question", exact=True)).to_have_count(2)
    expect(page.locator(".abstained")).to_have_count(2)
    asked = bot.asked[-1][0]
    assert (asked.text, asked.asked, asked.since, asked.sources) == ("When did it reopen?", date(2022, 6, 1), None, ())
