"""The served page and the entry points, without a browser."""

import errno
import os
import re
import runpy
import signal
import socket
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from bot.portal.listen import listen
from bot.portal.serve import serve
from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.archive_summary import Archive
from bot.ui.brand import Brand
from bot.ui.language import languages
from bot.ui.page import masthead_html
from corpus.errors import SettingsError
from tests.bot.fakes import ScriptedBot

ENGLISH = languages()["en"]
ROOT = Path(__file__).parents[2]
LOADED = re.compile(
    r"""(?:src|href|action)=["']?(https?://[^"'\s>]+)|url\(["']?(https?://[^"')]+)|@import\s+["'](http[^"']+)"""
)


def test_the_page_and_its_style_load_nothing_from_elsewhere() -> None:
    with TestClient(build_site(ScriptedBot())) as client:
        page = client.get("/").text
        styles = [client.get(path).text for path in ("/theme.css", *re.findall(r'href="\.?(/[^"]+\.css)', page))]
    own = "http://testserver"
    found = [url for text in (page, *styles) for urls in LOADED.findall(text) for url in urls if url]
    assert [url for url in found if not url.startswith(own)] == []
    assert len(styles) > 1


def test_the_pages_own_events_are_no_public_api() -> None:
    with TestClient(build_site(ScriptedBot())) as client:
        assert client.get("/gradio_api/info").status_code == 404
        assert "swagger" not in client.get("/docs").text.lower()


def test_the_masthead_describes_the_archive() -> None:
    html = masthead_html(Brand(), Archive(8_657, date(2022, 1, 1), date(2022, 12, 31)), ENGLISH)
    assert "8,657 articles, 1 January 2022 to 31 December 2022" in html
    assert "1 article<" in masthead_html(Brand(), Archive(1), ENGLISH)
    assert '<a href="archive">2 articles</a>' in masthead_html(Brand(), Archive(2, browsable=True), ENGLISH)
    assert masthead_html(Brand("<b>"), Archive(0), ENGLISH) == "<h1><span>&lt;b&gt;</span></h1>"


def test_a_busy_port_error_names_the_next_step() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        message = f"port {port} is in use; try: byline serve --port {port + 1}"
        with pytest.raises(SettingsError, match=message):
            serve(Settings(index=Path("none")), port=port)
        program = f"import sys; from bot.cli import app; app(['serve', '--port', '{port}'], standalone_mode=False)"
        program = f"try:\n    {program}\nfinally:\n    print(*sys.modules)"
        refused = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert refused.stderr.startswith(f"byline: {message}\n")
    assert "gradio" not in refused.stdout.split()


def test_an_unknown_address_gets_a_plain_message() -> None:
    with pytest.raises(SettingsError, match=r"'192\.0\.2\.1', port 7860: Cannot assign requested address; choose"):
        listen("192.0.2.1", 7860)


def test_the_web_entry_ends_with_one_line_when_its_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use (while attempting to bind)")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(SystemExit, match=r"^port 7860 is in use; try: byline serve --port 7861$"):
        runpy.run_path(str(ROOT / "app.py"), run_name="__main__")


def test_a_server_starts_before_there_is_an_index_and_ends_quietly(tmp_path: Path) -> None:
    program = "from bot.settings import Settings; from bot.portal.serve import serve; serve(Settings(), port=0)"
    environment = {**os.environ, "BYLINE_INDEX": str(tmp_path / "none"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        greeting = server.stderr.readline()
        address = greeting.removeprefix("Byline is at ").strip()
        with httpx.Client(base_url=address, timeout=30) as client:
            assert "byline rebuild" in client.post("/api/ask", json={"question": "When?"}).json()["detail"]
            assert client.get("/").status_code == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(15) == 0
        message = server.stderr.read()
        assert "Traceback" not in message
        assert "byline rebuild" in message
    assert list(tmp_path.iterdir()) == []
