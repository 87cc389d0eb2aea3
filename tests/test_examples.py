"""Each example runs, as its page says."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.portal.site import build_site
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
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_openais_client_prints_an_answer_with_its_sources(site: str) -> None:
    printed = run("openai_chat.py", "When did the bridge reopen?", BYLINE_URL=site)
    assert "Engineers reopened the bridge to traffic" in printed
    assert "- [1] [Harbour bridge reopens after two years of repairs]" in printed
