"""A visitor's conversations: kept in their browser, listed, opened, renamed, searched, deleted."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from typer.testing import CliRunner

from bot.answer import Answer
from bot.cli import app
from bot.feedback import Ratings
from bot.portal.site import build_site
from bot.ui import wiring
from bot.ui.archive_summary import Archive
from bot.ui.desk import Desk
from index.question import Question
from tests.bot.fakes import ScriptedBot, bridge_answer
from tests.browser.conftest import PHONE, Serve, Visit, ask, open_limits
from tests.local_server import served

pytestmark = pytest.mark.browser

ARCHIVE = Archive(2, outlets=("The Harbour Post", "Northern Courier"))
LONG = "What did the harbour office say about the ferry crossings in the first week after the bridge returned?"


def rows(page: Page) -> Locator:
    return page.locator("#library li")


def open_list(page: Page) -> None:
    page.get_by_role("button", name="Conversations").click()
    expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()


def answered(page: Page, question: str) -> None:
    expect(ask(page, question).locator(".sources")).to_be_visible()


def new_chat(page: Page) -> None:
    page.get_by_role("button", name="New chat").click()
    expect(page.get_by_label("Answer", exact=True)).to_have_count(0)


def test_a_conversation_outlives_a_reload_and_another_server(visit: Visit) -> None:
    bot = ScriptedBot()
    with served(build_site(bot)) as address:
        page = visit(address, failing=True)
        answered(page, "When did it reopen?")
        answered(page, "And what did it cost?")
        page.locator("#question textarea").fill("half a thou")
        page.reload()
        expect(page.locator(".sources")).to_have_count(2)
        expect(page.locator("#question textarea")).to_have_value("half a thou")
        port = int(address.rsplit(":", 1)[1])
    again = ScriptedBot()
    with served(build_site(again), port=port):
        page.reload()
        expect(page.locator(".sources")).to_have_count(2)
        expect(page.get_by_label("Question", exact=True)).to_contain_text(
            ["When did it reopen?", "And what did it cost?"]
        )
        answered(page, "And who paid?")
        assert [turn.question for turn in again.asked[0][1]] == ["When did it reopen?", "And what did it cost?"]
        expect(page.get_by_role("link", name="Source 1").last).to_be_visible()


def test_what_is_shown_of_an_answer_outlives_a_reload(
    serve: Serve, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "KEEP_EVERY", 0.0)
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    expect(ask(page, "slow: what did it cost?").locator(".streaming")).to_have_text("Engineers")
    page.reload()
    expect(page.locator(".notice")).to_have_text("Stopped.")
    expect(page.locator("#chat .answer")).to_have_text("Engineers")
    bot.release.set()


def test_conversations_are_listed_opened_renamed_searched_and_deleted_with_undo(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())))
    answered(page, "When did it reopen?")
    new_chat(page)
    answered(page, "What did the <b>ferry</b> lose?")
    open_list(page)
    expect(rows(page)).to_contain_text(["What did the <b>ferry</b> lose?", "When did it reopen?"])

    rows(page).nth(1).get_by_role("button", name="When did it reopen?", exact=True).click()
    expect(page.get_by_label("Question", exact=True)).to_contain_text(["When did it reopen?"])
    expect(page.locator(".sources")).to_have_count(1)

    rows(page).nth(1).hover()
    page.get_by_role("button", name="Rename: When did it reopen?").click()
    page.get_by_label("Name of the conversation").fill("The harbour bridge")
    page.keyboard.press("Enter")
    expect(rows(page).get_by_text("The harbour bridge")).to_be_visible()
    expect(page.get_by_role("button", name="Rename: The harbour bridge")).to_be_focused()

    page.get_by_label("Search conversations").fill("HARBOUR bridge")
    expect(rows(page)).to_have_count(2)  # the answers of both have the words
    page.get_by_label("Search conversations").fill("lose")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("Search conversations").fill("zeppelin")
    expect(page.get_by_text("No conversation has these words.")).to_be_visible()
    page.get_by_label("Search conversations").fill("")

    rows(page).nth(0).hover()
    page.get_by_role("button", name="Delete: The harbour bridge").click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_label("Answer", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_role("button", name="The harbour bridge", exact=True)).to_be_focused()
    page.evaluate("byline.change(byline.talk().key, {})")  # as when another tab goes on
    expect(page.get_by_role("button", name="The harbour bridge", exact=True)).to_be_focused()
    expect(page.get_by_label("Question", exact=True)).to_contain_text(["When did it reopen?"])

    page.get_by_role("button", name="Delete: What did").click()
    page.get_by_role("button", name="Delete: The harbour bridge").click()
    expect(rows(page)).to_have_count(0)
    for left in (1, 2):
        page.get_by_role("button", name="Undo").click()
        expect(rows(page)).to_have_count(left)
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    page.reload()
    expect(rows(page)).to_contain_text(["The harbour bridge"])


def test_a_long_name_takes_two_lines_of_the_list_and_is_whole_as_a_title(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())))
    answered(page, LONG)
    open_list(page)
    name = rows(page).locator(".open")
    expect(name).to_have_attribute("title", LONG)
    row, shown = rows(page).bounding_box(), name.locator("span").bounding_box()
    assert row
    assert shown
    assert shown["width"] > row["width"] - 20
    assert 36 < shown["height"] < 42


@pytest.mark.parametrize(("locale", "strip", "name"), [("en", 380, "Conversations"), ("ar", 10, "المحادثات")])
def test_on_a_phone_a_strip_of_the_page_escape_and_back_close_the_list(
    serve: Serve, visit: Visit, locale: str, strip: int, name: str
) -> None:
    page = visit(serve(build_site(ScriptedBot())), locale=locale, **PHONE)
    page.locator("#question textarea").fill(LONG)
    page.keyboard.press("Enter")
    expect(page.locator(".sources")).to_be_visible()
    toggle, opened = page.get_by_role("button", name=name, exact=True), page.locator("#conversations.open #library")

    def open_it() -> None:
        toggle.click()
        expect(opened).to_be_visible()
        page.wait_for_function("!document.getAnimations().length")

    open_it()
    page.touchscreen.tap(195, 700)
    expect(opened).to_be_visible()
    page.touchscreen.tap(strip, 400)
    expect(opened).to_have_count(0)
    open_it()
    rows(page).locator(".rename").click()
    page.keyboard.press("Escape")
    expect(rows(page).locator(".rename")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(toggle).to_be_focused()
    open_it()
    address = page.url
    page.go_back()
    expect(opened).to_have_count(0)
    assert page.url == address
    open_it()
    rows(page).locator(".open").click()
    expect(opened).to_have_count(0)
    expect(page.locator(".sources")).to_be_visible()
    page.go_back()
    assert page.url == "about:blank"


def test_two_visitors_have_conversations_of_their_own(serve: Serve, visit: Visit) -> None:
    address = serve(build_site(ScriptedBot()))
    one, other = visit(address), visit(address)
    answered(one, "When did it reopen?")
    answered(other, "What did it cost?")
    open_list(other)
    expect(rows(other)).to_have_count(1)
    expect(rows(other)).to_contain_text(["What did it cost?"])


def test_two_tabs_do_not_overwrite_each_others_conversations(serve: Serve, visit: Visit) -> None:
    address = serve(build_site(ScriptedBot()))
    first = visit(address)
    answered(first, "When did it reopen?")
    second = first.context.new_page()
    second.goto(address)
    open_list(second)
    expect(rows(second)).to_have_count(1)
    rows(second).get_by_role("button", name="When did it reopen?", exact=True).click()
    expect(second.locator(".sources")).to_have_count(1)
    answered(second, "What did it cost?")
    answered(first, "Who paid?")
    expect(rows(second)).to_have_count(2)
    open_list(first)
    expect(rows(first)).to_have_count(2)
    kept = [json.loads(text) for text in first.evaluate("Object.values(localStorage)")]
    asked = sorted([one["question"]["text"] for one in talk["exchanges"]] for talk in kept)
    assert asked == [["When did it reopen?", "What did it cost?"], ["When did it reopen?", "Who paid?"]]


def test_hostile_storage_becomes_neither_markup_nor_history(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    answered(page, "When did it reopen?")
    attack = '<img src=x onerror="alert(1)">'
    page.evaluate(
        """attack => {
          for (const key of Object.keys(localStorage)) {
            const talk = JSON.parse(localStorage[key]);
            talk.title = attack;
            talk.exchanges[0].question.text = attack;
            talk.exchanges[0].answer.text = attack;
            talk.exchanges[0].answer.articles[0].title = attack;
            talk.exchanges[0].answer.articles[0].url = "javascript:alert(2)";
            talk.exchanges.push({ ...talk.exchanges[0], answer: { text: "x".repeat(100000) } });
            localStorage[key] = JSON.stringify(talk);
          }
          const prefix = Object.keys(localStorage)[0].split("talk:")[0];
          localStorage[prefix + "talk:" + "0".repeat(8) + "-0000-0000-0000-" + "0".repeat(12)] = "{";
          localStorage[prefix + "talk:<img>"] = "[]";
        }""",
        attack,
    )
    page.reload()
    open_list(page)
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text(attack)
    expect(page.locator("#chat :is(img, script), #library :is(img, script)")).to_have_count(0)
    answered(page, "And now?")
    assert len(bot.asked[-1][1]) <= 1


def test_an_earlier_question_is_edited_and_asked_again_from_there(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    answered(page, "When did it reopen?")
    answered(page, "And what did it cost?")
    page.get_by_label("Question", exact=True).first.hover()
    page.get_by_role("button", name="Edit").first.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Edit").first).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Edit your question").fill("Who reopened it?")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Question", exact=True)).to_have_count(1)
    expect(page.get_by_label("Question", exact=True)).to_contain_text("Who reopened it?")
    expect(page.locator(".sources")).to_have_count(1)
    assert (bot.asked[-1][0].text, bot.asked[-1][1]) == ("Who reopened it?", ())


def test_what_an_edit_takes_away_is_said_before_and_comes_back_with_undo(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    questions, removed = ["When did it reopen?", "And what did it cost?", "Who paid?"], page.locator("#removed")
    for question in questions:
        answered(page, question)
    asked, editor = page.get_by_label("Question", exact=True), page.locator("#chat .editor")

    def edit(place: int) -> None:
        asked.nth(place).hover()
        page.get_by_role("button", name="Edit", exact=True).nth(place).click()

    for place, said in enumerate(["The 2 exchanges after it", "The exchange after it"]):
        edit(place)
        expect(editor.locator("p")).to_have_text(f"{said} will be removed.")
        editor.get_by_role("button", name="Cancel").click()
    edit(2)
    expect(editor.locator("p")).to_have_count(0)
    editor.get_by_role("button", name="Cancel").click()

    edit(0)
    page.get_by_label("Edit your question").fill("slow: who reopened it?")
    page.keyboard.press("Enter")
    expect(page.locator(".streaming")).to_be_visible()
    expect(removed).to_contain_text("2 exchanges removed.")
    removed.get_by_role("button", name="Undo").press("Enter")  # while the answer is coming
    expect(asked).to_contain_text(questions)
    expect(page.locator(".sources")).to_have_count(3)
    expect(removed).to_be_hidden()
    expect(page.locator("#question textarea")).to_be_focused()
    bot.release.set()

    page.get_by_role("button", name="Retry").nth(1).click()
    expect(removed).to_contain_text("One exchange removed.")
    expect(page.locator(".sources")).to_have_count(2)
    removed.get_by_role("button", name="Undo").click()
    expect(asked).to_contain_text(questions)
    page.reload()
    expect(asked).to_contain_text(questions)
    answered(page, "And then?")
    assert [turn.question for turn in bot.asked[-1][1]] == questions

    page.get_by_role("button", name="Retry").nth(2).click()
    expect(removed).to_contain_text("One exchange removed.")
    expect(page.get_by_role("button", name="Retry")).to_have_count(3)
    answered(page, "And now?")
    expect(removed).to_be_hidden()


def test_a_short_question_is_edited_within_its_bubble_on_a_phone(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())), **PHONE)
    answered(page, "When?")
    page.get_by_role("button", name="Edit").click()
    put = page.locator("#chat .editor").get_by_role("button", name="Ask").bounding_box()
    bubble = page.locator("#chat .user").bounding_box()
    assert put
    assert bubble
    assert put["x"] + put["width"] < bubble["x"] + bubble["width"] <= 390


def test_an_answer_is_copied_with_its_sources(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())), permissions=["clipboard-read", "clipboard-write"])
    answered(page, "When did it reopen?")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("[data-told='Copied']")).to_be_visible()
    above = "button => parseFloat(getComputedStyle(button, '::after').bottom) >= button.clientHeight"
    assert page.locator("[data-told='Copied']").evaluate(above), "it is not written across the other buttons"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Engineers reopened the bridge to traffic on Monday morning, eleven weeks ahead of plan. [1]" in copied
    assert "[3] Ferry crossings fall by half as the bridge returns, Northern Courier, 2022-05-24" in copied


def test_a_rating_with_its_reason_is_kept_shown_again_and_listed(serve: Serve, visit: Visit, tmp_path: Path) -> None:
    address = serve(build_site(ScriptedBot(), desk=Desk(ratings=Ratings(tmp_path / "feedback.sqlite"))))
    page = visit(address)
    answered(page, "When did it reopen?")
    page.get_by_role("button", name="Bad answer").click()
    page.get_by_label("What was wrong with it?").fill("The day is missing.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert feedback_once(tmp_path, lambda found: bool(found and found[0]["reason"]))
    page.reload()
    expect(page.get_by_role("button", name="Bad answer")).to_have_attribute("aria-pressed", "true")
    answered(page, "And what did it cost?")
    page.get_by_role("button", name="Good answer").last.click()
    expect(page.get_by_label("What was good about it?")).to_be_visible()
    listed = feedback_once(tmp_path, lambda found: len(found) == 2)
    assert {(one["question"], one["good"], one["reason"]) for one in listed} == {
        ("When did it reopen?", False, "The day is missing."),
        ("And what did it cost?", True, ""),
    }
    page.get_by_role("button", name="Good answer").last.click()
    expect(page.get_by_role("button", name="Good answer").last).to_have_attribute("aria-pressed", "false")
    assert len(feedback_once(tmp_path, lambda found: len(found) == 1)) == 1


def feedback_once(index: Path, there: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
    """What `byline feedback` lists, once it is there: ratings arrive behind the page."""
    for _ in range(100):
        said = CliRunner().invoke(app, ["feedback", "--json", "--index", str(index)]).stdout
        found: list[dict[str, Any]] = json.loads(said)["ratings"]
        if there(found):
            break
        sleep(0.1)
    return found


def test_without_a_file_for_ratings_none_are_asked_for(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())))
    answered(page, "When did it reopen?")
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Good answer")).to_be_hidden()


def test_limits_are_chips_that_are_taken_off_and_kept_for_a_new_chat_only_if_pinned(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    page = visit(serve(build_site(bot)))
    open_limits(page)
    page.get_by_label("As of").fill("2022-06-01")
    page.get_by_label("From").fill("2022-05-01")
    page.locator("#question textarea").fill("What happened in May 2022?")
    chips = page.locator("#chips .chip bdi")
    expect(chips).to_have_text(["As of 1 June 2022", "From 1 May 2022", "Only from 1 May 2022 to 31 May 2022"])
    page.get_by_role("button", name="Remove: From 1 May 2022").click()
    page.get_by_role("button", name="Remove: Only from 1 May 2022 to 31 May 2022").click()
    expect(chips).to_have_text(["As of 1 June 2022"])
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("button", name="Pinned")).to_be_visible()
    answered(page, "What happened in May 2022?")
    put = bot.asked[0][0]
    assert (put.asked.isoformat(), put.since, put.plain) == ("2022-06-01", None, ("in May 2022",))
    expect(page.locator(".narrowed")).to_contain_text("as of 1 June 2022")
    new_chat(page)
    expect(chips).to_have_text(["As of 1 June 2022"])
    page.get_by_role("button", name="Pinned").click()
    new_chat(page)
    expect(chips).to_have_count(0)


def test_a_long_chip_is_whole_on_a_phone(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())), **PHONE)
    page.locator("#question textarea").fill("What happened in November 2022?")
    chip = page.locator("#chips .chip bdi")
    expect(chip).to_have_text("Only from 1 November 2022 to 30 November 2022")
    assert chip.evaluate("label => label.scrollWidth <= label.clientWidth")


def pin_an_outlet_and_a_day(page: Page) -> None:
    open_limits(page)
    page.get_by_label("From").fill("2022-05-01")
    page.get_by_label("Outlets").fill("harb")
    page.get_by_role("option", name="The Harbour Post").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#chips .chip bdi")).to_have_text(["From 1 May 2022", "The Harbour Post"])
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("button", name="Pinned")).to_be_visible()


def test_pinned_limits_outlive_a_reload_until_they_are_removed_or_unpinned(serve: Serve, visit: Visit) -> None:
    bot, chips = ScriptedBot(), ["From 1 May 2022", "The Harbour Post"]
    desk = Desk(outlets=lambda: ARCHIVE.outlets)
    page = visit(serve(build_site(bot, lambda _: ARCHIVE, desk=desk)))
    answered(page, "When did it reopen?")
    pin_an_outlet_and_a_day(page)
    page.reload()
    shown = page.locator("#chips .chip bdi")
    expect(shown).to_have_text(chips)
    expect(page.get_by_role("button", name="Pinned")).to_be_visible()
    expect(page.locator(".sources")).to_be_visible()  # the conversation is opened again, and asked without limits
    answered(page, "And what did it cost?")
    assert (str(bot.asked[-1][0].since), bot.asked[-1][0].sources) == ("2022-05-01", ("The Harbour Post",))
    new_chat(page)
    open_list(page)
    page.get_by_role("button", name="When did it reopen?", exact=True).click()
    expect(page.locator(".sources")).to_have_count(2)
    expect(shown).to_have_text(chips)

    page.get_by_role("button", name="Remove: From 1 May 2022").click()
    expect(shown).to_have_text(["The Harbour Post"])
    page.reload()
    expect(shown).to_have_text(["The Harbour Post"])
    page.get_by_role("button", name="Pinned").click()
    expect(page.get_by_role("button", name="Pin", exact=True)).to_be_visible()
    page.reload()
    expect(page.locator(".sources")).to_have_count(2)
    expect(shown).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.endsWith('pinned'))") == []


@pytest.mark.parametrize(("kept", "chips"), [
    ({"since": "2022-05-01", "sources": '["Gone", "Northern Courier"]'}, ["From 1 May 2022", "Northern Courier"]),
    ({"since": "<b>", "sources": "{"}, []),
    ("nonsense", []),
])  # fmt: skip
def test_of_pinned_limits_only_those_come_back_that_still_are_limits(
    serve: Serve, visit: Visit, kept: object, chips: list[str]
) -> None:
    site = build_site(ScriptedBot(), lambda _: ARCHIVE, desk=Desk(outlets=lambda: ARCHIVE.outlets))
    page = visit(serve(site))
    page.evaluate("kept => localStorage.setItem('byline:/:pinned', kept)", json.dumps(kept))
    with page.expect_response("**/gradio_api/run/predict"):
        page.reload()
    expect(page.locator("#chips .chip bdi")).to_have_text(chips)
    answered(page, "When did it reopen?")
    expect(page.locator("#chips .chip bdi")).to_have_text(chips)


def test_a_link_brings_its_own_limits_and_leaves_the_pinned_ones_alone(serve: Serve, visit: Visit) -> None:
    page = visit(address := serve(build_site(bot := ScriptedBot(), lambda _: ARCHIVE)))
    pin_an_outlet_and_a_day(page)
    page.goto(f"{address}/?q=When%3F&until=2022-06-30")
    expect(page.locator(".sources")).to_be_visible()
    expect(page.locator("#chips .chip bdi")).to_have_text(["Until 30 June 2022"])
    assert (bot.asked[0][0].since, bot.asked[0][0].sources) == (None, ())
    page.reload()
    expect(page.locator("#chips .chip bdi")).to_have_text(["From 1 May 2022", "The Harbour Post"])


def test_limits_are_looked_for_once_typing_rests(serve: Serve, visit: Visit) -> None:
    page = visit(serve(build_site(ScriptedBot())))
    page.wait_for_timeout(500)
    looks: list[str] = []
    page.on("request", lambda request: looks.append(request.post_data or "") if "predict" in request.url else None)
    page.locator("#question textarea").press_sequentially("What happened in May 2022?", delay=10)
    expect(page.locator("#chips .chip bdi")).to_have_text(["Only from 1 May 2022 to 31 May 2022"])
    assert len(looks) < 10
    assert page.locator("#question textarea").input_value() == "What happened in May 2022?"


def test_a_link_opens_question_and_filters_in_another_browser(serve: Serve, visit: Visit) -> None:
    bot = ScriptedBot()
    address = serve(build_site(bot))
    page = visit(address, permissions=["clipboard-read", "clipboard-write"])
    open_limits(page)
    page.get_by_label("As of").fill("2022-06-01")
    answered(page, "When did it <b>reopen</b>? & how?")
    page.get_by_role("button", name="Copy link").first.click()
    expect(page.locator("[data-told='Copied']")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "generation=g1" in link
    other = visit(link)
    expect(other.locator(".sources")).to_be_visible()
    expect(other.get_by_label("Question", exact=True)).to_contain_text("When did it <b>reopen</b>? & how?")
    expect(other.locator("#chips .chip bdi")).to_have_text(["As of 1 June 2022"])
    assert (bot.asked[1][0].text, bot.asked[1][0].asked) == (bot.asked[0][0].text, bot.asked[0][0].asked)
    assert "q=" not in other.url
    other.reload()
    expect(other.locator(".sources")).to_be_visible()
    assert len(bot.asked) == 2


def test_a_link_to_a_follow_up_asks_what_it_follows_first(serve: Serve, visit: Visit) -> None:
    def script(question: Question) -> Answer:
        alone = f"The bridge. {question.text}" if question.text.startswith("And ") else question.text
        return replace(bridge_answer(question), standalone_question=alone)

    bot = ScriptedBot(script)
    page = visit(serve(build_site(bot)), permissions=["clipboard-read", "clipboard-write"])
    answered(page, "When did it reopen?")
    answered(page, "And what did it cost?")
    page.get_by_role("button", name="Copy link").last.click()
    expect(page.locator("[data-told='Copied']")).to_be_visible()
    other = visit(page.evaluate("navigator.clipboard.readText()"))
    expect(other.get_by_label("Answer", exact=True)).to_have_count(2)
    expect(other.get_by_label("Question", exact=True)).to_contain_text(["When did it reopen?", "And what did it cost?"])
    expect(other.locator(".sources")).to_have_count(2)
    assert [(asked.text, len(history)) for asked, history in bot.asked[2:]] == [
        ("When did it reopen?", 0),
        ("And what did it cost?", 1),
    ]
    assert "before=" not in other.url


@pytest.mark.parametrize(("question", "dated"), [("When did it reopen?", False), ("What happened yesterday?", True)])
def test_a_link_carries_a_day_only_if_its_question_depends_on_it(
    serve: Serve, visit: Visit, question: str, dated: bool
) -> None:
    page = visit(serve(build_site(ScriptedBot())), permissions=["clipboard-read", "clipboard-write"])
    answered(page, question)
    page.get_by_role("button", name="Copy link").first.click()
    expect(page.locator("[data-told='Copied']")).to_be_visible()
    assert ("asked=" in page.evaluate("navigator.clipboard.readText()")) == dated


@pytest.mark.parametrize(("item", "ending", "holds"), [
    ("Save as Markdown", ".md", "[^1]: “Engineers reopened the bridge"),
    ("Save as web page", ".html", '<li id="note-1">“Engineers reopened the bridge'),
])  # fmt: skip
def test_a_conversation_is_saved_as_a_document(serve: Serve, visit: Visit, item: str, ending: str, holds: str) -> None:
    page = visit(serve(build_site(ScriptedBot())))
    answered(page, "When did it reopen?")
    page.locator("#share summary").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=item).click()
    assert download.value.suggested_filename.endswith(f"when-did-it-reopen{ending}")
    assert holds in Path(download.value.path()).read_text("utf-8")
