import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from bot.answer import Answer, Turn
from bot.portal.api.ask import add_ask
from bot.portal.api.problems import add_errors
from bot.portal.faults import FaultsMiddleware
from bot.portal.portal import Portal
from bot.settings import Settings
from corpus.article import Article
from corpus.errors import IndexDamaged, IndexMissing, SettingsError
from index.question import Question
from tests.bot.fakes import ScriptedBot, abstention, answered, bridge_answer, cite


def client_of(bot: ScriptedBot) -> TestClient:
    app = FastAPI()
    add_errors(app)
    add_ask(app, Portal.over(bot, Settings()))
    app.add_middleware(FaultsMiddleware)
    return TestClient(app)


def test_an_answer_comes_back_in_the_form_of_the_command_line() -> None:
    bot = ScriptedBot()
    body: dict[str, Any] = {
        "question": " When did it reopen? ",
        "asked": "2022-06-01",
        "since": "2022-05-01",
        "until": "2022-05-31",
        "sources": ["The Harbour Post"],
        "history": [{"question": "Is there a bridge?", "answer": "There is. [1]"}],
    }
    reply = client_of(bot).post("/api/v1/ask", json=body)
    question = Question(
        "When did it reopen?", date(2022, 6, 1), date(2022, 5, 1), date(2022, 5, 31), ("The Harbour Post",), groups=()
    )
    assert bot.asked == [(question, (Turn("Is there a bridge?", "There is. [1]"),))]
    assert reply.status_code == 200
    assert reply.json() == json.loads(json.dumps(bridge_answer(question).to_json()))


def test_asked_may_have_a_time_and_defaults_to_now() -> None:
    bot = ScriptedBot(abstention)
    client = client_of(bot)
    client.post("/api/v1/ask", json={"question": "Who?", "asked": "2022-06-01T09:30:00+02:00"})
    assert client.post("/api/v1/ask", json={"question": "Who?"}).json()["status"] == "abstained"
    stated, left_out = (question.asked for question, _ in bot.asked)
    assert isinstance(stated, datetime)
    assert stated.isoformat() == "2022-06-01T09:30:00+02:00"
    assert isinstance(left_out, datetime)
    assert abs(datetime.now().astimezone() - left_out) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": "  "}, "empty"),
        ({"question": "x" * 2_001}, "2000"),
        ({"question": 7}, "question"),
        ({"question": "Who?", "asked": "yesterday"}, "asked"),
        ({"question": "Who?", "asked": "0001-01-01T00:00:00+14:00"}, "out of reach"),
        ({"question": "Who?", "until": "9999-12-31"}, "out of reach"),
        ({"question": "Who?", "since": 20220602}, "since"),
        ({"question": "Who?", "since": "2022-06-02", "until": "2022-06-01"}, "2022-06-02"),
        ({"question": "Who?", "source": ["The Harbour Post"]}, "source"),
        ({"question": "Who?", "history": [{"question": "Why?"}]}, "answer"),
        ({"question": "Who?", "history": [{"question": "Why?", "answer": "So."}] * 51}, "50"),
    ],
)
def test_a_body_that_cannot_be_used_is_refused_by_name_and_not_asked(body: dict[str, Any], named: str) -> None:
    bot = ScriptedBot()
    reply = client_of(bot).post("/api/v1/ask", json=body)
    assert reply.status_code == 422
    assert named in reply.text
    assert bot.asked == []


def test_a_body_that_is_no_json_is_refused_by_where_it_ends() -> None:
    headers = {"content-type": "application/json"}
    reply = client_of(ScriptedBot()).post("/api/v1/ask", content='{"question":', headers=headers)
    assert reply.status_code == 400
    assert reply.json()["detail"] == "The body is not JSON: Expecting value at character 12."


@pytest.mark.parametrize("content_type", [{}, {"content-type": "application/x-www-form-urlencoded"}])
def test_a_body_without_the_header_of_json_is_refused_with_that_header(content_type: dict[str, str]) -> None:
    reply = client_of(ScriptedBot()).post("/api/v1/ask", content='{"question": "Who?"}', headers=content_type)
    assert reply.status_code == 422
    assert "Content-Type: application/json" in reply.json()["detail"]
    listed = client_of(ScriptedBot()).post("/api/v1/ask", json=["Who?"], headers={"x": "y"})
    assert "Content-Type" not in listed.json()["detail"]


def test_half_a_surrogate_pair_is_refused_and_not_an_internal_error() -> None:
    body = rb'{"question": "\ud800"}'
    reply = client_of(ScriptedBot()).post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert reply.status_code == 422


def test_whatever_characters_an_article_holds_the_reply_can_be_sent() -> None:
    odd = Article("Half \ud800 a pair", "It rained \ud83d all \x00 day.")

    def script(question: Question) -> Answer:
        return answered(question, [cite(1, odd, odd.text)])

    reply = client_of(ScriptedBot(script)).post("/api/v1/ask", json={"question": "Did it rain?"})
    assert json.loads(reply.text)["citations"][0]["quote"] == odd.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (IndexMissing("no index in 'news'; run: byline rebuild PATH"), 503),
        (IndexDamaged("generation 'g1' is damaged; run: byline rebuild --full"), 503),
        (SettingsError("source 'nobody' is not in the index"), 422),
    ],
)
def test_an_abstention_says_why_and_what_to_do(error: Exception, status: int) -> None:
    reply = client_of(ScriptedBot(error=error)).post("/api/v1/ask", json={"question": "fail"})
    assert (reply.status_code, reply.json()["detail"]) == (status, str(error))
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_fault_is_logged_and_reported_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    reply = client_of(ScriptedBot()).post("/api/v1/ask", json={"question": "fail"})
    assert reply.status_code == 500
    assert "10.0.0.1" not in reply.text
    assert "the disk is on fire" in caplog.text


def test_a_slow_answer_keeps_no_other_request_waiting() -> None:
    bot = ScriptedBot()
    with client_of(bot) as client, ThreadPoolExecutor() as pool:
        slow = pool.submit(client.post, "/api/v1/ask", json={"question": "slow"})
        quick = pool.submit(client.post, "/api/v1/ask", json={"question": "When?"})
        assert quick.result(10).status_code == 200
        assert not slow.done()
        bot.release.set()
        assert slow.result(10).status_code == 200


def test_the_first_address_of_the_api_is_the_same_handler() -> None:
    client, body = client_of(ScriptedBot()), {"question": "When did it reopen?", "asked": "2022-06-01"}
    assert client.post("/api/ask", json=body).json() == client.post("/api/v1/ask", json=body).json()


def test_500_000_unknown_fields_cost_one_short_error() -> None:
    client = client_of(ScriptedBot())
    for body in (
        {"question": "Who?", **{f"x{number}": 1 for number in range(500_000)}},
        {"question": "Who?", "history": [{"question": "Why?", f"x{number}": 1} for number in range(50_000)]},
        {"question": "Who?", "sources": [1] * 500_000},
    ):
        reply = client.post("/api/v1/ask", json=body)
        assert reply.status_code == 422
        assert len(reply.content) < 2_000


def events(text: str) -> list[tuple[str, Any]]:
    fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.strip().split("\n\n")]
    return [(field["event"], json.loads(field["data"])) for field in fields]


def stream(bot: ScriptedBot, question: str) -> Response:
    headers = {"accept": "text/event-stream"}
    return client_of(bot).post("/api/v1/ask", json={"question": question, "asked": "2022-06-01"}, headers=headers)


def test_a_stream_brings_the_text_in_deltas_and_then_the_answer() -> None:
    reply = stream(ScriptedBot(), "When did it reopen?")
    *deltas, (name, last) = events(reply.text)
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.headers["x-accel-buffering"] == "no"
    assert {kind for kind, _ in deltas} == {"delta"}
    assert "".join(delta["text"] for _, delta in deltas) == last["text"]
    assert name == "answer"
    assert last["citations"][0]["source"] == "The Harbour Post"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/event-stream", "text/event-stream"),
        ("Text/Event-Stream; q=0.5, */*", "text/event-stream"),
        ("text/event-stream, application/json", "text/event-stream"),
        ("application/json, text/event-stream", "application/json"),
        ("application/json;q=0, text/event-stream", "text/event-stream"),
        ("text/event-stream;q=0", "application/json"),
        ("text/event-stream; q=0.000, */*", "application/json"),
        ("text/event-streams", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_a_stream_comes_where_it_is_accepted_before_json(accept: str, kind: str) -> None:
    reply = client_of(ScriptedBot()).post("/api/v1/ask", json={"question": "When?"}, headers={"accept": accept})
    assert reply.headers["content-type"].startswith(kind)


def test_a_fault_in_mid_stream_is_an_event_with_a_problem(caplog: pytest.LogCaptureFixture) -> None:
    *_, (name, last) = events(stream(ScriptedBot(), "fail").text)
    assert (name, last["status"]) == ("error", 500)
    assert "10.0.0.1" not in last["detail"]
    assert "the disk is on fire" in caplog.text


def test_a_stream_that_cannot_begin_has_the_status_of_its_error() -> None:
    def script(_: Question) -> Answer:
        raise IndexMissing("no index in 'news'; run: byline rebuild PATH")

    reply = stream(ScriptedBot(script), "When?")
    assert (reply.status_code, reply.headers["content-type"]) == (503, "application/problem+json")
