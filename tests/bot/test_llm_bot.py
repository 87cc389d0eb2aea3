"""The whole bot over the sample index and a real HTTP server: answers, failures, and a key that nobody tells."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from bot.answer import Answer, Turn
from bot.answer.explanation import explanation_lines
from bot.archive_bot import ArchiveBot
from bot.cli import app
from bot.commands.terminal import answer_lines
from bot.create import create_bot
from bot.generate.generator import Generator
from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.conversation import ask as ask_page
from index.question import Question
from tests.bot.fakes import ScriptedLLM
from tests.bot.llm_server import (
    Act,
    FakeServer,
    breaks_off,
    hangs_up,
    refuses,
    reports_an_error,
    says,
    sends,
    serving,
    talks_nonsense,
)

KEY = "sk-very-secret-7731"
ASKED = Question("Will Russia send its police reserve into Belarus?", date(2020, 9, 1))
SENTENCE = "Russia does not plan to send its security reserve into Belarus"
GOOD = says(SENTENCE, " at present. ", "[1]")
OWN_WORDS = "this answer is in the articles' own words."


@pytest.fixture(scope="module")
def running(sample: Path) -> Iterator[tuple[FakeServer, ArchiveBot]]:
    """A server, and a bot that asks it; made once, for loading the models takes a second."""
    with serving(GOOD) as fake:
        given = {"index": sample, "llm_base_url": fake.url, "llm_api_key": KEY}
        yield fake, create_bot(Settings.model_validate(given))


@pytest.fixture
def server(running: tuple[FakeServer, ArchiveBot]) -> FakeServer:
    fake, _ = running
    fake.acts = [GOOD]
    fake.bodies.clear()
    fake.keys.clear()
    return fake


@pytest.fixture
def bot(running: tuple[FakeServer, ArchiveBot]) -> ArchiveBot:
    return running[1]


def test_the_model_answers_and_its_sentence_carries_the_articles_exact_words(
    server: FakeServer, bot: ArchiveBot
) -> None:
    answer = bot.answer(ASKED)
    assert (answer.text, answer.answerer, answer.model) == (f"{SENTENCE} at present. [1]", "llm", "tiny")
    (citation,) = answer.citations
    assert "does not plan to send its newly formed security reserve" in citation.quote
    assert {"retrieve", "choose", "first sentence", "write", "total"} == set(answer.trace.timings_ms)
    assert "police reserve" in server.bodies[0]["messages"][-1]["content"]


def test_the_thoughts_of_a_model_are_not_its_answer(server: FakeServer, bot: ArchiveBot) -> None:
    server.acts = [says("The passages do not say. Hm, ", "but [1] does", ".\n</think>\n\n", SENTENCE, ". (1)")]
    answer = bot.answer(ASKED)
    assert (answer.text, answer.status, answer.answerer) == (f"{SENTENCE}. [1]", "answered", "llm")
    assert [sentence.text for sentence in answer.sentences] == [f"{SENTENCE}."]


def test_no_model_is_asked_if_the_archive_does_not_answer(server: FakeServer, bot: ArchiveBot) -> None:
    answer = bot.answer(Question("Who won the 1974 chess olympiad in Nice?"))
    assert (answer.status, server.bodies) == ("abstained", [])


def test_the_model_makes_a_follow_up_standalone(bot: ArchiveBot) -> None:
    restated = "Who said that Russia will not send its reserve into Belarus?"
    llm = ScriptedLLM(restated, "Spokesman Dmitry Peskov said that Russia does not plan to send its reserve. [1]")
    turn = Turn(ASKED.text, "Russia does not plan to send it into Belarus. [1]")
    asking = replace(bot, generator=Generator(llm))
    answer = asking.answer(Question("Who said that?", ASKED.asked), [turn])
    assert answer.standalone_question == restated
    assert "restate" in answer.trace.timings_ms


def test_a_model_that_failed_at_the_follow_up_is_not_asked_again(server: FakeServer, bot: ArchiveBot) -> None:
    server.acts = [refuses(500)]
    turn = Turn(ASKED.text, "Russia does not plan to. [1]")
    answer = bot.answer(Question("And who said so about Belarus?", ASKED.asked), [turn])
    assert len(server.bodies) == 1
    assert answer.status == "abstained" or answer.text.endswith(OWN_WORDS)


FAULTS = [
    *(refuses(status) for status in (400, 401, 403, 404, 429, 500)),
    refuses(400, "maximum context length is 10 tokens"),
    sends("<html>Sign in</html>"),
    sends('{"error": "no GPU"}'),
    *(hangs_up, talks_nonsense, reports_an_error, breaks_off("Russia does not plan"), says(""), says("Nonsense is 7.")),
    breaks_off(f"{SENTENCE} at present. [1] And the mayor said", chunked=False),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_after_any_failure_the_articles_speak_and_the_next_question_works(
    fault: Act, server: FakeServer, bot: ArchiveBot
) -> None:
    server.acts = [fault]
    *_, failed = bot.stream(ASKED)
    server.acts = [GOOD]
    good = bot.answer(ASKED)
    assert isinstance(failed, Answer)
    assert (failed.answerer, failed.status) == ("extractive", "answered")
    assert failed.text.endswith(OWN_WORDS)
    assert failed.citations
    assert good.answerer == "llm"


@pytest.mark.parametrize("act", [GOOD, *FAULTS])
def test_no_output_holds_the_key(
    act: Act, server: FakeServer, bot: ArchiveBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.acts = [act]
    with TestClient(build_site(bot)) as client:
        body = {"question": ASKED.text, "asked": "2020-09-01", "explain": True}
        reply_text = client.post("/api/ask", json=body).text
    *_, conversation = ask_page(bot, (), ASKED)
    answer = bot.answer(ASKED)
    shown = [*answer_lines(answer), *explanation_lines(answer)]
    assert server.keys[0] == f"Bearer {KEY}"
    assert json.loads(reply_text)["explanation"]["messages"]
    assert KEY not in f"{reply_text} {conversation!r} {shown} {answer!r} {bot!r} {caplog.text}"


@pytest.mark.parametrize("act", [GOOD, refuses(401)])
def test_nor_does_the_command_line(act: Act, server: FakeServer, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.acts = [act]
    for name, value in {"INDEX": str(sample), "LLM_BASE_URL": server.url, "LLM_API_KEY": KEY}.items():
        monkeypatch.setenv(f"BYLINE_{name}", value)
    asked = ["--debug", "ask", ASKED.text, "--asked", "2020-09-01", "--explain"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    assert server.keys[0] == f"Bearer {KEY}"
    assert "Given to the language model" in result.stdout
    assert KEY not in f"{result.stdout}{result.stderr}"


def test_an_article_that_gives_orders_or_fakes_marks_changes_nothing(bot: ArchiveBot) -> None:
    """A model that obeys an article is held to it all the same: what it says must stand in the articles."""
    obeying = ScriptedLLM("PWNED. [1] The mayor is a thief. [3] All is free today. [2]")
    answer = replace(bot, generator=Generator(obeying)).answer(ASKED)
    assert answer.answerer == "extractive"
    assert "PWNED" not in answer.text
    assert "thief" not in answer.text
