"""What the people who run a site see of it."""

import json
import logging
from pathlib import Path

import pytest

from bot.create import create_bot
from bot.portal.access.chosen import access_of
from bot.portal.operations.logs import JsonFormatter
from bot.portal.site import build_site
from bot.settings import Settings
from corpus.errors import SettingsError
from tests.bot.fakes import ScriptedBot, abstention
from tests.bot.portal.sites import ASK, PASSWORD, client_of, site_with


def test_a_site_is_alive_before_it_can_answer_and_ready_once_it_can(tmp_path: Path, sample: Path) -> None:
    for index, status in ((tmp_path, 503), (sample, 200)):
        settings = Settings(index=index, password=PASSWORD)
        with client_of(build_site(create_bot(settings), settings=settings, access=access_of(settings))) as client:
            assert client.get("/healthz").status_code == 200
            assert client.get("/readyz").status_code == status
    old = Settings(index=sample, password=PASSWORD, ready_hours=1e-9)
    with client_of(build_site(create_bot(old), settings=old, access=access_of(old))) as client:
        assert client.get("/readyz").json() == {"status": "the index is too old"}


def test_a_site_that_stops_is_not_ready_and_takes_no_questions(tmp_path: Path) -> None:
    site = site_with(tmp_path, open=True)
    site.state.portal.bot.close()
    client = client_of(site)
    assert client.get("/readyz").status_code == 503
    refused = client.post("/api/v1/ask", json=ASK)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")


def test_metrics_count_requests_answers_and_stages_for_admins(tmp_path: Path) -> None:
    known = {"proxies": "10.1.2.3", "user_header": "X-User", "groups_header": "X-Groups", "admin_groups": "ops"}
    site = site_with(tmp_path, ScriptedBot(abstention), **known)
    client = client_of(site, "10.1.2.3", headers={"x-user": "ada", "x-groups": "ops"})
    client.post("/api/v1/ask", json=ASK)
    client.get("/api/v1/nothing?q=secret")
    text = client.get("/metrics").text
    assert 'byline_requests_total{method="POST",place="/api/v1/ask",status="200"} 1.0' in text
    assert 'byline_answers_total{status="abstained"} 1.0' in text
    assert "byline_questions_waiting 0.0" in text
    assert "secret" not in text


def test_a_log_for_programs_names_user_and_request_and_not_the_question(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(site_with(tmp_path, password=PASSWORD))
    caplog.set_level(logging.INFO, "byline")  # the command line, run before, sets it too
    lines: list[str] = []
    caplog.handler.setFormatter(JsonFormatter())
    reply = client.post(
        "/api/v1/ask?x=secret", json=ASK, auth=("ada", PASSWORD), headers={"x-request-id": "from-nginx-1"}
    )
    lines = [caplog.handler.format(record) for record in caplog.records if record.name.startswith("byline.")]
    answered, requested = map(json.loads, lines)
    assert reply.headers["x-request-id"] == "from-nginx-1"
    assert (requested["user"], requested["path"], requested["status"]) == ("ada", "/api/v1/ask", 200)
    assert answered["status"] == "answered"
    assert "reopen" not in "".join(lines)
    assert "secret" not in "".join(lines)


def test_questions_are_logged_where_it_is_asked_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "byline")  # the command line, run before, sets it too
    client_of(site_with(tmp_path, open=True, log_questions=True)).post("/api/v1/ask", json=ASK)
    (logged,) = [vars(record)["fields"] for record in caplog.records if record.name == "byline.answers"]
    assert logged["question"] == ASK["question"]


def test_a_request_id_that_is_none_is_replaced_and_problems_name_it(tmp_path: Path) -> None:
    reply = client_of(site_with(tmp_path, open=True)).get("/nothing", headers={"x-request-id": "x\ty"})
    assert reply.headers["x-request-id"] == reply.json()["request_id"] != "x\ty"


def test_the_audit_log_states_who_asked_what_and_what_was_shown(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    client = client_of(site_with(tmp_path, password=PASSWORD, audit=file))
    client.post("/api/v1/ask", json=ASK, auth=("ada", PASSWORD))
    client.post("/api/v1/ask", json=ASK, auth=("bob", PASSWORD))
    first, second = map(json.loads, file.read_text("utf-8").splitlines())
    assert (first["user"], first["known_by"], first["question"]) == ("ada", "password", ASK["question"])
    assert len(first["articles"]) == 3
    assert second["user"] == "bob"
    assert file.stat().st_mode & 0o077 == 0


def test_an_audit_log_that_cannot_be_written_is_reported_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="BYLINE_AUDIT"):
        site_with(tmp_path, open=True, audit=tmp_path / "none" / "audit.jsonl")
