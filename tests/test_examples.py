"""Each example runs, as its page says."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path

import pytest
from fastapi.testclient import TestClient

from bot.portal.site import build_site
from corpus.sample import QUESTIONS
from tests.bot.fakes import ScriptedBot
from tests.local_server import served

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(build_site(ScriptedBot())) as address:
        yield address


def run(example: str, *arguments: str, **environment: str) -> str:
    """What an example prints."""
    command = [sys.executable, str(EXAMPLES / example), *arguments]
    variables = os.environ | {"PYTHONPATH": str(EXAMPLES.parent)} | environment
    done = subprocess.run(command, capture_output=True, text=True, env=variables, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_openais_client_prints_an_answer_with_its_sources(site: str) -> None:
    printed = run("openai_chat.py", "When did the bridge reopen?", BYLINE_URL=site)
    assert "Engineers reopened the bridge to traffic" in printed
    assert "- [1] [Harbour bridge reopens after two years of repairs]" in printed


def test_an_mcp_client_lists_the_tools_and_prints_the_quotes(site: str) -> None:
    printed = run("mcp_client.py", "When did the bridge reopen?", BYLINE_URL=site)
    assert printed.startswith("tools: ask\n")
    assert "[3] Ferry crossings fall by half as the bridge returns: “Ferry crossings fell by half" in printed


@pytest.mark.parametrize("example", ["answer.py", "llama_index_query.py", "langchain_retriever.py"])
def test_a_program_in_python_prints_what_the_archive_holds(sample: Path, example: str) -> None:
    question = json.loads(QUESTIONS.read_text("utf-8").splitlines()[0])
    printed = run(example, question["question"], BYLINE_INDEX=str(sample))
    assert len(printed.splitlines()) >= 3
    if example != "langchain_retriever.py":
        assert "[1]" in printed


def test_a_portal_with_byline_mounted_knows_its_users_and_has_the_tag_on_its_page(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_INDEX", str(sample))
    with TestClient(run_path(str(EXAMPLES / "mounted.py"))["app"]) as client:
        assert client.get("/news/").status_code == 401
        assert client.get("/news/embed.js").status_code == 200
        assert "<byline-chat floating>" in client.get("/").text
        assert client.get("/news/").status_code == 200
        assert client.get("/news/api/v1/status").json()["articles"] > 0
