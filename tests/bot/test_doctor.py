"""`byline doctor`: what it looks at, what it advises, and that it never tells a key."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.doctor import Check, examine
from bot.settings import Settings
from tests.bot.llm_server import hangs_up, refuses, says, serving

KEY = "sk-very-secret-7731"


def checks(settings: Settings, **environment: str) -> dict[str, Check]:
    return {check.name: check for check in examine(settings, environment)}


def settings(url: str, index: Path, **more: object) -> Settings:
    given = {"index": index, "llm_base_url": url, "llm_model": "tiny", "llm_api_key": KEY, **more}
    return Settings.model_validate(given)


def test_a_healthy_setup_is_described(sample: Path) -> None:
    with serving(says("Yes."), models=["tiny", "large"]) as server:
        found = checks(settings(server.url, sample))
    assert all(check.ok and not check.advice for check in found.values())
    assert "14 articles" in found["index"].told
    assert f"{server.place} can be reached; it serves tiny, large" in found["server"].told
    assert found["model"].told.startswith("tiny answers")


@pytest.mark.parametrize("style", ["prose", "quotes"])
def test_it_says_whether_the_model_writes_or_chooses_quotes(style: str, sample: Path) -> None:
    with serving(says("Yes.")) as server:
        found = checks(settings(server.url, sample, llm_style=style))
    assert found["style"].ok
    assert found["style"].told.startswith(f"{style}: the model ")


def test_a_model_that_was_chosen_is_named(sample: Path) -> None:
    with serving(says("Yes."), models=["bge-m3", "tiny"]) as server:
        found = checks(settings(server.url, sample, llm_model=None))
    assert found["model"].told.startswith("tiny answers")
    assert found["model"].told.endswith("; it is the first of those listed that writes text")


def test_a_failing_chosen_model_is_not_reported_as_missing(sample: Path) -> None:
    with serving(refuses(500), models=["tiny"]) as server:
        found = checks(settings(server.url, sample, llm_model=None))
    assert found["model"].told.endswith("(it failed (500))")


def test_without_a_model_it_asks_no_server(sample: Path) -> None:
    found = checks(Settings(index=sample, llm_base_url=None, llm_model=None))
    assert set(found) == {"settings", "index", "embedder", "model"}
    assert found["model"].ok


def test_a_missing_index_error_says_how_to_make_one(tmp_path: Path) -> None:
    index = checks(Settings(index=tmp_path))["index"]
    assert not index.ok
    assert "run: byline rebuild" in f"{index.told} {index.advice}"


def test_a_misspelt_variable_is_found(sample: Path) -> None:
    found = checks(Settings(index=sample), BYLINE_LLM_BASEURL="x", BYLINE_INDEX="y", BYLINE_DEBUG="1", PATH="z")
    assert (found["settings"].ok, found["settings"].told) == (False, "nothing reads BYLINE_LLM_BASEURL")
    assert "BYLINE_LLM_BASE_URL" in found["settings"].advice


def test_a_server_that_refuses_the_key_is_reported(sample: Path) -> None:
    with serving(refuses(401)) as server:
        server.status = 401
        found = checks(settings(server.url, sample))
    assert not found["server"].ok
    assert "refused the key" in found["server"].told
    assert "BYLINE_LLM_API_KEY" in found["server"].advice
    assert "model" not in found


def test_an_unknown_model_error_lists_the_known_ones(sample: Path) -> None:
    with serving(refuses(404), models=["tiny", "large"]) as server:
        found = checks(settings(server.url, sample, llm_model="huge"))
    assert not found["model"].ok
    assert "'huge' is not among the models it lists" in found["model"].told
    assert "BYLINE_LLM_MODEL" in found["model"].advice


@pytest.mark.parametrize("act", [says(""), hangs_up])
def test_an_empty_reply_is_reported(act: object, sample: Path) -> None:
    with serving(act) as server:  # type: ignore[arg-type]
        found = checks(settings(server.url, sample))
    assert not found["model"].ok
    assert found["model"].advice


def test_a_server_that_lists_no_models_may_answer_all_the_same(sample: Path) -> None:
    with serving(says("Yes.")) as server:
        server.status = 404
        found = checks(settings(server.url, sample))
    assert found["model"].ok


def test_a_key_sent_unencrypted_is_reported_but_is_no_error(sample: Path) -> None:
    key = next(check for check in examine(settings("http://llm.example.org/v1", sample), {}) if check.name == "key")
    assert key.ok
    assert "https" in key.advice


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize("status", [200, 401])
def test_the_command_exits_by_its_findings_and_shows_no_key(
    form: list[str], status: int, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(says("Yes.")) as server:
        server.status = status
        for name, value in {"INDEX": str(sample), "LLM_BASE_URL": server.url, "LLM_API_KEY": KEY}.items():
            monkeypatch.setenv(f"BYLINE_{name}", value)
        result = CliRunner().invoke(app, ["--debug", "doctor", *form])
    assert result.exit_code == (0 if status == 200 else 1)
    assert KEY not in f"{result.stdout}{result.stderr}{result.exception!r}"
    if form:
        told = json.loads(result.stdout)
        assert told["ok"] == (status == 200)
        assert set(told["checks"][0]) == {"name", "ok", "told", "advice"}


def test_settings_that_cannot_be_used_are_a_finding_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_LLM_BASE_URL", f"http://me:{KEY}@127.0.0.1/v1")
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "BYLINE_LLM_BASE_URL: leave user, password and ?query out of it" in result.stdout
    assert KEY not in result.output
