"""What a person sees at the page, in a real browser."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from bot.answer import Answer, Turn
from bot.portal.site import build_site
from bot.ui.archive_summary import Archive
from corpus.article import Article
from corpus.errors import IndexMissing
from index.question import Question
from tests.bot.fakes import ScriptedBot, abstention, answered, bridge_answer, cite
from tests.browser.conftest import PHONE, Serve, Visit, ask, open_limits

pytestmark = pytest.mark.browser

HOSTILE = Article(
    '<img src=x onerror="alert(1)">[x](javascript:alert(2)) **bold** $$e=mc^2$$ `code`',
    'Before {{value}} ${alert(3)}. <script>alert(4)</script> $$x^2$$ and "quotes" &amp; <b>all</b>. After.',
    "javascript:alert(5)",
    '"><svg onload=alert(6)>',
    date(2022, 1, 3),
)
ARCHIVE = Archive(2, outlets=("The Harbour Post", "Northern Courier"), examples=("When did the bridge reopen?",))
CORNERS = [(dx, dy) for dx in (-11.5, 11.5) for dy in (-11.5, 11.5)]
ALONE = """() => [...document.querySelectorAll(".answer a.mark")].filter(
    mark => mark.getBoundingClientRect().left - mark.closest("p").getBoundingClientRect().left < 2
).map(mark => mark.textContent)"""
"""Marks with nothing before them in their line."""
ATTACK = '<script>alert(4)</script> $$x^2$$ and "quotes" &amp; <b>all</b>.'


def test_a_new_answer_streams_in_sight_while_the_sources_of_an_older_one_stay_open(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    first = ask(page, "When did the bridge reopen?")
    expect(first.locator(".sources")).to_be_visible()
    for source in first.locator(".source > summary").all():
        source.click()
    second = ask(page, "slow, please")
    expect(second.locator(".streaming")).to_have_text("Engineers")
    expect(second.locator(".streaming")).to_be_in_viewport()
    expect(first.locator("details[open]")).to_have_count(2)
    bot.release.set()
    expect(second.locator(".sources")).to_be_visible()
    expect(first.locator("details[open]")).to_have_count(2)
    expect(page.get_by_label("Question", exact=True).last).to_be_in_viewport()
    expect(second.locator("h4")).to_be_in_viewport()
    assert [turn.question for turn in bot.asked[1][1]] == ["When did the bridge reopen?"]


def test_hostile_articles_and_questions_are_shown_letter_for_letter(serve: Serve, visit: Visit) -> None:
    def script(question: Question) -> Answer:
        return answered(question, [cite(1, HOSTILE, ATTACK)])

    page = visit(serve(build_site(ScriptedBot(script))))
    question = "<img src=x onerror=alert(7)> **who** $$y$$ ${alert(8)} {{value}}"
    reply = ask(page, question)
    reply.locator(".source > summary").click()
    expect(page.get_by_label("Question", exact=True)).to_have_text(question)
    expect(reply.locator(".answer")).to_have_text(f"{ATTACK} 1")
    expect(reply.locator("blockquote mark")).to_have_text(ATTACK)
    expect(reply.locator(".headline bdi").first).to_have_text(HOSTILE.title)
    expect(reply.locator(".where span")).to_have_text("javascript:alert(5)")
    expect(page.locator("#chat :is(script, img, b, strong, code, .katex, [onerror], [onload])")).to_have_count(0)
    links = page.locator("#chat a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == ["#answer-1-1", "https://example.com/wire"]


def test_an_abstention_looks_unlike_an_answer_and_lists_the_nearest_articles(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot(abstention))))
    reply = ask(page, "Who designed the bridge?")
    expect(reply.locator(".abstained h3")).to_have_text("The archive does not answer this.")
    expect(reply.locator(".abstained .read")).to_have_text(
        ["Harbour bridge reopens after two years of repairs", "Ferry crossings fall by half as the bridge returns"]
    )
    expect(page.locator(".sources")).to_have_count(0)


def test_two_visitors_neither_wait_for_nor_see_each_other(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    address = serve(build_site(bot))
    waiting, other = visit(address), visit(address)
    slow = ask(waiting, "slow: what did it cost?")
    expect(slow.locator(".streaming")).to_be_visible()
    expect(ask(other, "When did it reopen?").locator(".sources")).to_be_visible()
    expect(slow.locator(".sources")).to_have_count(0)
    bot.release.set()
    expect(slow.locator(".sources")).to_be_visible()
    expect(other.get_by_label("Question", exact=True)).to_have_text(["When did it reopen?"])
    expect(waiting.get_by_label("Question", exact=True)).to_have_text(["slow: what did it cost?"])
    assert [history for _, history in bot.asked] == [(), ()]


def test_what_is_typed_before_the_server_takes_a_question_stays(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())))
    held: list[Route] = []
    page.route("**/gradio_api/queue/join*", lambda route: held.append(route), times=1)
    answer = ask(page, "When did it reopen?")
    box = page.locator("#question textarea")
    while not held:
        page.wait_for_timeout(10)
    box.fill("And what did it cost?")
    held[0].continue_()
    expect(answer.locator(".sources")).to_be_visible()
    expect(box).to_have_value("And what did it cost?")
    page.keyboard.press("Enter")
    expect(page.locator(".sources")).to_have_count(2)
    expect(box).to_have_value("")


def test_stop_keeps_what_had_come_and_the_next_question_works(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    stopped = ask(page, "slow: what did it cost?")
    expect(stopped.locator(".streaming")).to_have_text("Engineers")
    page.get_by_role("button", name="Stop").click()
    expect(stopped.locator(".notice")).to_have_text("Stopped.")
    expect(ask(page, "When did it reopen?").locator(".sources")).to_be_visible()
    bot.release.set()
    expect(stopped.locator(".answer")).to_have_text("Engineers")
    assert bot.asked[-1][1] == (Turn("slow: what did it cost?", "Engineers"),)


def test_stop_works_by_keyboard_and_however_late_the_end_of_the_answer_arrives(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(address := serve(build_site(bot)))
    cancelled: list[Any] = []

    def hold_back(route: Route) -> None:
        cancelled.append(route.request.post_data_json)
        route.fulfill(json={"success": True})

    page.route("**/gradio_api/cancel", hold_back)
    box, spoken = page.locator("#question textarea"), page.locator("#spoken")
    for key in ("Enter", "Space"):
        stopped = ask(page, "slow: what did it cost?")
        expect(stopped.locator(".streaming")).to_have_text("Engineers")
        box.fill("half a thought")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Stop")).to_be_focused()
        page.keyboard.press(key)
        expect(stopped.locator(".notice")).to_have_text("Stopped.")
        expect(spoken).to_have_text("Stopped.")
        expect(box).to_be_focused()
        expect(box).to_have_value("half a thought")
        page.request.post(f"{address}/gradio_api/cancel", data=cancelled.pop())
        page.wait_for_timeout(300)
        stopped.locator(".notice").click()  # it is covered by nothing
    bot.release.set()
    expect(ask(page, "When did it reopen?").locator(".sources")).to_be_visible()
    expect(spoken).to_have_text("Answer ready")
    assert [question.text for question, _ in bot.asked][2:] == ["When did it reopen?"]


def test_retry_asks_again_and_new_chat_forgets(serve: Serve, visit: Visit) -> None:
    scripts = iter([bridge_answer, abstention])
    bot = ScriptedBot(lambda question: next(scripts, bridge_answer)(question))
    page = visit(serve(build_site(bot)))
    expect(ask(page, "When did it reopen?").locator(".sources")).to_be_visible()
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".abstained")).to_be_visible()
    expect(page.locator(".sources")).to_have_count(0)
    expect(page.get_by_role("button", name="Ask")).to_be_visible()
    assert [(question.text, history) for question, history in bot.asked] == [("When did it reopen?", ())] * 2
    expect(ask(page, "What did it cost?").locator(".sources")).to_be_visible()
    page.get_by_role("button", name="New chat").click()
    expect(page.get_by_label("Answer", exact=True)).to_have_count(0)
    expect(ask(page, "When?").locator(".sources")).to_be_visible()
    assert bot.asked[-1][1] == ()


def test_a_failure_is_one_calm_line_and_nothing_is_asked_for_a_blank_question(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    failed = ask(page, "fail: what did it cost?")
    expect(failed.locator(".notice")).to_contain_text("Something went wrong")
    assert "10.0.0.1" not in page.content()
    bot.error = IndexMissing("no index in 'news <b>'; run: byline rebuild PATH")
    expect(ask(page, "fail again").locator(".notice")).to_contain_text("There is no archive here yet.")
    expect(ask(page, "x" * 2_001).locator(".notice")).to_contain_text("2,001 characters")
    expect(ask(page, "When did it reopen?").locator(".sources")).to_be_visible()
    ask(page, "   ")
    page.wait_for_timeout(300)
    expect(page.get_by_label("Answer", exact=True)).to_have_count(4)
    failures = [turn.question for turn in bot.asked[-1][1]]
    assert failures == ["fail: what did it cost?", "fail again"], "both show a first word"


def narrow(page: Page) -> None:
    open_limits(page)
    for label, day in {"As of": "2022-06-01", "From": "2022-05-01"}.items():
        page.get_by_label(label).fill(day)
    page.get_by_label("Outlets").fill("harb")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def test_the_search_can_be_narrowed_and_the_page_says_so(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot, lambda _: ARCHIVE)))
    narrow(page)
    expect(ask(page, "When did it reopen?").locator(".sources")).to_be_visible()
    expect(page.locator(".narrowed")).to_have_text("as of 1 June 2022, from 1 May 2022, only The Harbour Post")
    assert bot.asked[0][0] == Question(
        "When did it reopen?", date(2022, 6, 1), date(2022, 5, 1), None, ("The Harbour Post",), groups=()
    )
    page.get_by_label("Until").fill("2022-04-30")
    expect(ask(page, "And now?").locator(".notice")).to_contain_text("“From” (1 May 2022) is later than")
    expect(page.locator("#question textarea")).to_have_value("And now?")


def test_without_known_outlets_one_can_be_typed(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    narrow(page)
    expect(ask(page, "When did it reopen?").locator(".sources")).to_be_visible()
    assert bot.asked[0][0].sources == ("harb",)


def test_a_new_chat_searches_the_whole_archive_again(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot, lambda _: ARCHIVE)))
    narrow(page)
    expect(ask(page, "When did it reopen?").locator(".sources")).to_be_visible()
    page.get_by_role("button", name="New chat").click()
    expect(page.locator("#chips .chip")).to_have_count(0)
    for label in ("As of", "From", "Outlets"):
        expect(page.get_by_label(label)).to_have_value("")
    expect(ask(page, "When did it reopen?").locator(".sources")).to_be_visible()
    assert (bot.asked[1][0].since, bot.asked[1][0].sources) == (None, ())


def test_the_page_follows_the_archive_while_the_app_runs(serve: Serve, visit: Visit) -> None:
    found = [ARCHIVE]
    page = visit(serve(build_site(ScriptedBot(), lambda _: found[0])))
    expect(page.locator("#chat button.example")).to_have_text(["When did the bridge reopen?"])
    narrow(page)
    expect(page.locator("#narrow .token")).to_have_text(["The Harbour Post"])
    found[0] = Archive(3, outlets=("Evening Wire",), examples=("Who sails?", "When?"))
    page.get_by_text("Narrow the search").click()
    page.get_by_text("Narrow the search").click()
    expect(page.locator("#masthead")).to_contain_text("3 articles")
    expect(page.locator("#narrow .token")).to_have_count(0)
    expect(page.locator("#chat button.example")).to_have_text(["Who sails?", "When?"])
    page.get_by_label("Outlets").click()
    expect(page.get_by_role("option")).to_contain_text(["Evening Wire"])


def test_a_mark_is_large_enough_for_a_finger_and_never_begins_a_line(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())), viewport={"width": 390, "height": 800})
    mark = ask(page, "When did it reopen?").locator("a.mark").first
    box = mark.bounding_box()
    assert box
    for x, y in ((box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy) for dx, dy in CORNERS):
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).className", [x, y]) == "mark"
    for width in range(300, 500, 7):
        page.locator(".answer").evaluate("(answer, width) => (answer.style.width = `${width}px`)", width)
        assert page.evaluate(ALONE) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_shows_it_all_without_scrolling_sideways(serve: Serve, visit: Visit, theme: str) -> None:
    def script(question: Question) -> Answer:
        return replace(bridge_answer(question), standalone_question="w" * 200)

    page = visit(f"{serve(build_site(ScriptedBot(script)))}/?__theme={theme}", viewport={"width": 390, "height": 844})
    reply = ask(page, "q" * 200)
    expect(reply.locator(".sources")).to_be_visible()
    for summary in reply.locator(".source > summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#chat .bubble-wrap").evaluate("chat => chat.scrollWidth <= chat.clientWidth")
    expect(page.locator("#question textarea")).to_be_in_viewport()
    red = int(page.evaluate("getComputedStyle(document.body).backgroundColor").split("(")[1].split(",")[0])
    assert (red < 60) == (theme == "dark")


def test_on_a_phone_in_arabic_the_page_runs_from_right_to_left_and_its_quotes_from_left(
    serve: Serve, visit: Visit
) -> None:
    page = visit(serve(build_site(ScriptedBot())), locale="ar", **PHONE)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    toggle, found = page.get_by_role("button", name="المحادثات", exact=True), "button => button.getBoundingClientRect()"
    for side in ("left > innerWidth / 2", "right < innerWidth / 2", "left > innerWidth / 2"):
        page.wait_for_function(f"({found}.{side})(document.querySelector('#conversations .toggle-button'))")
        toggle.click()  # the panel opens from the right, over the page
    expect(page.locator("#library")).to_be_visible()
    toggle.click()
    expect(page.locator("#chat .bubble-wrap")).to_have_attribute("aria-label", "المحادثة")
    page.locator("#question textarea").fill("When did it reopen?")
    page.get_by_role("button", name="إرسال السؤال", exact=True).click()
    expect(page.locator(".sources h4")).to_have_text("المصادر")
    direction = "element => getComputedStyle(element).direction"
    assert page.locator(".sources").evaluate(direction) == "rtl"
    page.locator("a.mark").first.click()
    expect(page.locator("#reader mark.chosen")).to_be_visible()
    assert page.locator("#reader .text p").first.evaluate(direction) == "ltr"
    page.keyboard.press("Escape")
    expect(page.locator("a.mark").first).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
