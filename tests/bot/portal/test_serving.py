"""A real server: stopping it, slow clients, many questions at once."""

import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.portal import bodies, server
from bot.portal.server import DrainingServer
from tests.bot.fakes import ScriptedBot
from tests.bot.portal.sites import ASK, site_with
from tests.local_server import on_thread, until

SLOW = {"question": "slow"}


@contextmanager
def running(folder: Path, bot: ScriptedBot, seconds: float = 30.0) -> Iterator[tuple[DrainingServer, httpx.Client]]:
    """A server on a thread; as no signal arrives there, `handle_exit` is called in its place."""
    site = site_with(folder, bot, open=True, answers_at_once=2, answers_waiting=4, rate="10000/minute")
    serving = DrainingServer(site, site.state.portal.bot, seconds)
    with on_thread(serving) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        try:
            yield serving, client
        finally:
            bot.release.set()


def test_a_server_that_is_stopped_finishes_its_answers_and_refuses_new_questions(tmp_path: Path) -> None:
    bot = ScriptedBot()
    with running(tmp_path, bot) as (serving, client), ThreadPoolExecutor() as pool:
        taken = [pool.submit(client.post, "/api/v1/ask", json=SLOW) for _ in range(4)]
        desk = serving._desk
        until(lambda: (desk.running, desk.waiting) == (2, 2))
        serving.handle_exit(signal.SIGTERM, None)
        refused = client.post("/api/v1/ask", json=ASK)
        assert (refused.status_code, "retry-after" in refused.headers) == (503, True)
        assert client.get("/readyz").status_code == 503
        bot.release.set()
        assert [one.result(30).status_code for one in taken] == [200] * 4


def test_answers_that_take_longer_than_a_stopping_server_waits_are_refused_and_no_fault(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedBot(), seconds=0.2) as (serving, client), ThreadPoolExecutor() as pool:
        taken = pool.submit(client.post, "/api/v1/ask", json=SLOW)
        until(lambda: serving._desk.running == 1)
        serving.handle_exit(signal.SIGTERM, None)
        assert taken.result(30).status_code == 503


def test_a_server_that_was_stopped_cuts_no_stream_of_the_next_one_in_the_process(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedBot()) as (stopped, _):
        stopped.handle_exit(signal.SIGTERM, None)
        until(lambda: stopped.should_exit)
    with running(tmp_path, ScriptedBot()) as (_, client):
        reply = client.post("/api/v1/ask", json=ASK, headers={"accept": "text/event-stream"})
    assert "event: answer" in reply.text


def test_a_question_over_the_limit_is_refused_at_once_and_the_page_never_waits(tmp_path: Path) -> None:
    with running(tmp_path, ScriptedBot()) as (serving, client), ThreadPoolExecutor(60) as pool:
        asked = [pool.submit(client.post, "/api/v1/ask", json=SLOW) for _ in range(50)]
        until(lambda: sum(one.done() for one in asked) == 44)  # the others wait for the bot's release
        assert (serving._desk.running, serving._desk.waiting) == (2, 4)
        refused = [one.result() for one in asked if one.done()]
        assert {(one.status_code, one.headers["retry-after"]) for one in refused} == {(503, "5")}
        assert client.get("/").status_code == 200
        assert client.get("/robots.txt").status_code in {200, 404}
        serving._desk._bot.release.set()  # type: ignore[attr-defined]
        assert sorted(one.result(30).status_code for one in asked) == [200] * 6 + [503] * 44


def _exchange(client: httpx.Client, sent: bytes) -> bytes:
    url = client.base_url
    with socket.create_connection((url.host, url.port), timeout=20) as connection:
        connection.sendall(sent)
        received = b""
        while piece := connection.recv(4096):
            received += piece
        return received


def test_headers_that_do_not_arrive_are_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEADER_SECONDS", 0.3)
    with running(tmp_path, ScriptedBot()) as (_, client):
        assert _exchange(client, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n") == b""
        assert _exchange(client, b"") == b""
        assert client.get("/healthz").status_code == 200


def test_a_body_that_does_not_arrive_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.3)
    with running(tmp_path, ScriptedBot()) as (_, client):
        request = b"POST /api/v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"
        assert _exchange(client, request).startswith(b"HTTP/1.1 408 ")
