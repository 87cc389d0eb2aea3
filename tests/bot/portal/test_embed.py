"""The tag's script, and which other pages may use the site."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from bot.portal import embed
from bot.portal.access import Access
from bot.portal.embed.script import SHARED, strings
from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.language import languages
from tests.bot.fakes import ScriptedBot

SCRIPT = (Path(embed.__file__).parent / "byline-chat.js").read_text("utf-8")
INTRANET = "https://intranet.example"
PREFLIGHT = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}


def client_of(bot: ScriptedBot, origins: str = "", access: Access | None = None) -> TestClient:
    return TestClient(build_site(bot, settings=Settings(embed_origins=origins), access=access))


def test_the_script_is_whole_and_anyone_may_load_it_but_ask_nothing() -> None:
    with client_of(ScriptedBot(), access=Access()) as client:
        reply = client.get("/embed.js")
        assert client.post("/api/v1/ask", json={"question": "When?"}).status_code == 403
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/javascript")
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert 'customElements.define("byline-chat"' in reply.text
    assert "__STYLES__" not in reply.text
    assert "__STRINGS__" not in reply.text
    assert languages()["ar"].strings["embed.heading"] in reply.text
    assert ":host([floating])" in reply.text


def test_the_tag_shows_strings_of_the_catalogue_only_and_is_sent_no_others() -> None:
    sent = strings()["en"]["strings"]
    assert all(isinstance(string, str) for string in sent.values())  # type: ignore[attr-defined]
    assert set(SHARED) <= sent.keys()  # type: ignore[attr-defined]
    labels = {f"embed.{name}" for name in re.findall(r'#label\("(\w+)"\)', SCRIPT)}
    named = set(re.findall(r'"((?:answer|article|declined|embed|notice|page|script|sign_in)\.\w+)"', SCRIPT))
    assert labels | named == sent.keys()  # type: ignore[attr-defined]
    code = re.sub(r"^\s*//.*$", "", SCRIPT, flags=re.MULTILINE)
    assert re.findall(r'["`](?:[A-Z][a-z]+ [^"`]*|[^"`]+ [^"`]*[a-z]\.)["`]', code) == []


def test_a_browser_that_has_the_script_is_not_sent_it_again() -> None:
    with client_of(ScriptedBot()) as client:
        tag = client.get("/embed.js").headers["etag"]
        again = client.get("/embed.js", headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get("/embed.js", headers={"if-none-match": '"older"'}).status_code == 200


def test_the_pages_of_listed_origins_may_frame_and_call_the_site_and_no_others() -> None:
    bot = ScriptedBot()
    with client_of(bot, f"{INTRANET} http://127.0.0.1:8000") as client:
        for path in ("/", "/embed.js", "/api/v1/ask", "/nothing"):
            policy = client.get(path).headers["content-security-policy"]
            assert policy == f"frame-ancestors 'self' {INTRANET} http://127.0.0.1:8000"
        for origin, allowed in ((INTRANET, INTRANET), ("https://evil.example", None), ("null", None)):
            headers = {"origin": origin, **PREFLIGHT}
            assert client.options("/api/v1/ask", headers=headers).headers.get("access-control-allow-origin") == allowed
            reply = client.post("/api/v1/ask", json={"question": "When?"}, headers={"origin": origin})
            assert reply.headers.get("access-control-allow-origin") == allowed


def test_errors_and_refusals_can_be_read_by_a_page_that_may_call() -> None:
    with client_of(ScriptedBot(), INTRANET, Access()) as client:
        refused = client.post("/api/v1/ask", json={"question": "When?"}, headers={"origin": INTRANET})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (403, INTRANET)


def test_without_a_list_only_the_sites_own_pages_may() -> None:
    with client_of(ScriptedBot()) as client:
        reply = client.get("/", headers={"origin": INTRANET})
    assert reply.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    "typed",
    [
        "intranet.example",
        "https://intranet.example/news",
        "*",
        "https://*.example",
        "null",
        "https://a b",
        "https://a;x",
    ],
)
def test_an_invalid_origin_is_named(typed: str) -> None:
    with pytest.raises(ValidationError, match="is not an origin; write it like https:"):
        Settings(embed_origins=typed)


def test_origins_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_EMBED_ORIGINS", "https://Intranet.example/, http://[::1]:8000")
    assert Settings().embed_origins == (INTRANET, "http://[::1]:8000")
