"""What a visitor sees of the archive's state and the server's, in a real browser."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.generate.generator import Generator
from bot.llm.llm_server import served as model_of
from bot.portal.site import build_site
from bot.settings import Settings
from corpus.article import Article
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import BRIDGE, ScriptedBot, abstention, bridge_answer
from tests.bot.llm_server import says, serving
from tests.browser.conftest import Serve, Visit, ask
from tests.index.building import article, build
from tests.local_server import free_port

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PROGRAM = "from bot.settings import Settings; from bot.portal.serve import serve; serve(Settings(), port={port})"


def state(page: Page) -> Locator:
    return page.locator("#state p")


@contextmanager
def process(index: Path, port: int) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    environment = {**os.environ, "BYLINE_INDEX": str(index), "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-c", PROGRAM.format(port=port)]
    with subprocess.Popen(program, cwd=index, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            yield server, server.stderr.readline().removeprefix("Byline is at ").strip()
        finally:
            server.kill()


def test_a_server_is_interrupted_quietly_while_a_page_is_open_and_the_page_comes_back(
    tmp_path: Path, visit: Visit
) -> None:
    port = free_port()
    with process(tmp_path, port) as (server, address):
        page = visit(address, failing=True)
        expect(state(page)).to_have_text("There is no archive here yet. Please come back later.")
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
        assert server.stderr
        lines = server.stderr.read().splitlines()
        assert [line for line in lines if "there is nothing to answer from yet" not in line] == []
    expect(state(page)).to_contain_text("The connection to the archive is lost.", timeout=30_000)
    ask(page, "Who sails?")
    with process(tmp_path, port):
        expect(state(page)).to_contain_text("There is no archive here yet.", timeout=60_000)
        expect(page.locator(".toast-body")).to_have_count(0)
        ask(page, "Who sails?")
        answer = page.get_by_label("Answer", exact=True)
        expect(answer).to_contain_text("There is no archive here yet.", timeout=60_000)


def test_a_page_that_was_open_before_there_was_an_archive_follows_the_rebuild(
    tmp_path: Path, serve: Serve, visit: Visit
) -> None:
    reached, go_on = Event(), Event()

    def articles() -> Iterator[Article]:
        yield article(1)
        reached.set()
        go_on.wait(60)
        yield article(2)

    page = visit(serve(build_site(archive_bot(tmp_path), None, [], Settings(index=tmp_path))))
    expect(state(page)).to_contain_text("There is no archive here yet.")
    rebuilding = Thread(target=build, args=(tmp_path, articles()))
    rebuilding.start()
    assert reached.wait(30)
    expect(state(page)).to_contain_text("The archive is being prepared: reading articles, 1 so far.")
    go_on.set()
    rebuilding.join(60)
    expect(state(page)).to_be_hidden()


def test_a_screen_reader_hears_how_an_answer_comes_along(serve: Serve, visit: Visit) -> None:
    scripts = iter([bridge_answer, abstention])
    bot = ScriptedBot(lambda question: next(scripts)(question))
    page = visit(serve(build_site(bot)))
    spoken = page.locator("#spoken")
    expect(spoken).to_have_attribute("aria-live", "polite")
    ask(page, "slow: when did it reopen?")
    expect(spoken).to_have_text("Reading the archive")
    bot.release.set()
    expect(spoken).to_have_text("Answer ready")
    ask(page, "Who designed it?")
    expect(spoken).to_have_text("The archive does not answer this")
    statuses = page.locator('[role="status"]').all_inner_texts()
    assert not any("common." in status for status in statuses)


def test_while_the_language_model_is_away_answers_are_in_the_articles_words_and_the_page_says_so_calmly(
    tmp_path: Path, serve: Serve, visit: Visit
) -> None:
    build(tmp_path, [BRIDGE])
    written = says("Engineers reopened the bridge to traffic on Monday morning, eleven weeks ahead of plan [1].")
    port = free_port()
    settings = Settings.model_validate({"index": tmp_path, "llm_base_url": f"http://127.0.0.1:{port}/v1"})
    model = model_of(settings)
    assert model
    bot = replace(archive_bot(tmp_path), generator=Generator(model))
    page = visit(serve(build_site(bot, None, [], settings)))
    question, away = "When did engineers reopen the bridge to traffic?", "The language model gave no answer"
    with serving(written, port=port):
        reply = ask(page, question)
        expect(reply.locator("figure, .answer p").first).to_contain_text("Engineers reopened the bridge")
        expect(reply.locator(".sources")).to_be_visible()
        expect(reply.get_by_text(away)).to_have_count(0)
    page.get_by_role("button", name="Retry").click()
    expect(reply.get_by_text(away)).to_be_visible()
    expect(reply.locator(".sources")).to_be_visible()
    assert f"127.0.0.1:{port}" not in page.locator("#chat").inner_text()
    with serving(written, port=port):
        page.get_by_role("button", name="Retry").click()
        expect(reply.get_by_text(away)).to_have_count(0)
        expect(reply.locator(".sources")).to_be_visible()
