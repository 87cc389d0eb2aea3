"""Who may do what: one rule over everything the site serves."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from bot.cli import app
from bot.create import create_bot
from bot.portal.access.chosen import access_of
from bot.portal.access.keys import KeyFile
from bot.portal.access.rule import PUBLIC
from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.language import languages
from corpus.errors import SettingsError
from tests.bot.fakes import ScriptedBot
from tests.bot.portal.sites import ASK, PASSWORD, client_of, site_with


def paths_of(routes: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path that anything of a site answers to, gradio's own among them."""
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        path = before + getattr(route, "path", "")
        if getattr(route, "methods", None):
            for method in route.methods:
                yield method, re.sub(r"\{[^}]*\}", "x", path)
        if below := getattr(inner, "routes", None) or getattr(route, "routes", None):
            yield from paths_of(below, path)


def test_without_credentials_no_route_of_any_part_is_answered(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path, password=PASSWORD, rate="100000/minute")
    bot = create_bot(settings)
    site = build_site(bot, settings=settings, access=access_of(settings))
    walked = sorted(set(paths_of(site.routes)))
    for expected in ("/api/v1/ask", "/api/v1/search", "/v1/chat/completions", "/gradio_api/queue/join", "/config", "/"):
        assert expected in {path for _, path in walked}
    with client_of(site) as client:
        for method, path in walked:
            if path not in PUBLIC:
                assert client.request(method, path).status_code == 401, (method, path)
        for path in ("/metrics", "/mcp", "/assets/index.js", "/gradio_api/heartbeat/x", "/nowhere"):
            assert client.get(path).status_code == 401, path


def test_what_anyone_may_see_is_named_in_the_docs() -> None:
    docs = (Path(__file__).parents[3] / "docs/portal.md").read_text()
    sentence = docs.partition("Without signing in")[2].partition("nothing else")[0]
    assert {path for path in PUBLIC if not path.startswith("/sign-")} == set(re.findall(r"(?<![(\w])/[\w.]+", sentence))


def test_without_sign_in_only_this_machine_is_answered_under_its_own_names(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    local = {"base_url": "http://127.0.0.1:7860"}
    assert client_of(site, "127.0.0.1", **local).get("/").status_code == 200
    assert client_of(site, "::1", base_url="http://localhost").get("/").status_code == 200
    refused = client_of(site, **local).get("/")
    assert refused.status_code == 403
    assert "BYLINE_OPEN" in refused.json()["detail"]
    rebound = client_of(site, "127.0.0.1", base_url="http://evil.example:7860").get("/")
    assert (rebound.status_code, "BYLINE_OPEN" in rebound.text) == (403, True)


def test_an_open_site_answers_everyone(tmp_path: Path) -> None:
    assert client_of(site_with(tmp_path, open=True)).post("/api/v1/ask", json=ASK).status_code == 200


def test_the_shared_password_lets_in_by_basic_authentication(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path, password=PASSWORD))
    assert client.post("/api/v1/ask", json=ASK, auth=("ada", PASSWORD)).status_code == 200
    refused = client.post("/api/v1/ask", json=ASK, auth=("ada", "wrong"))
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Bearer realm="Byline"')
    assert client.get("/", headers={"authorization": "Basic ???"}).status_code == 401
    assert client.get("/metrics", auth=("ada", PASSWORD)).status_code == 403


def test_people_sign_in_at_a_page_and_go_on_where_they_wanted_to(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path, password=PASSWORD), base_url="https://news.example")
    sent = client.get("/?theme=dark", headers={"accept": "text/html"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=/%3Ftheme%3Ddark")
    assert "password" in client.get(sent.headers["location"]).text
    assert client.post("/sign-in", data={"password": "wrong"}).status_code == 401
    entered = client.post("/sign-in", data={"password": PASSWORD, "next": "/?theme=dark"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/?theme=dark")
    cookie = entered.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "secure"))
    assert client.get("/").status_code == 200
    client.post("/sign-out")
    assert client.get("/").status_code == 401


@pytest.mark.parametrize(
    ("code", "direction", "password", "wrong"),
    [
        ("de", "ltr", "Passwort", "Das Passwort ist falsch."),
        ("ar", "rtl", "كلمة المرور", "كلمة المرور غير صحيحة."),
        ("xx", "ltr", "Password", "The password is wrong."),
    ],
)
def test_the_page_to_sign_in_is_in_the_visitors_language(
    tmp_path: Path, code: str, direction: str, password: str, wrong: str
) -> None:
    client = client_of(site_with(tmp_path, password=PASSWORD))
    client.headers["accept-language"] = code
    page = client.get("/sign-in")
    assert f'<html lang="{code if code in languages() else "en"}" dir="{direction}">' in page.text
    assert f"<label>{password} <input" in page.text
    assert "Accept-Language" in page.headers["vary"]
    assert f'<p role="alert">{wrong}</p>' in client.post("/sign-in", data={"password": "?"}).text


def test_without_a_way_to_sign_in_the_page_says_so(tmp_path: Path) -> None:
    page = client_of(site_with(tmp_path)).get("/sign-in", headers={"accept-language": "de"})
    assert "Auf dieser Seite können Sie sich nicht anmelden" in page.text


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example", "/\tevil", ""])
def test_a_sign_in_leads_to_no_other_site(tmp_path: Path, target: str) -> None:
    client = client_of(site_with(tmp_path, password=PASSWORD))
    entered = client.post("/sign-in", data={"password": PASSWORD, "next": target})
    assert entered.headers["location"] == "/"


def test_a_new_password_ends_sign_ins(tmp_path: Path) -> None:
    secret = "the same secret for all"
    before = client_of(site_with(tmp_path, password=PASSWORD, session_secret=secret))
    before.post("/sign-in", data={"password": PASSWORD})
    for password, status in ((PASSWORD, 200), ("another password", 401)):
        after = client_of(site_with(tmp_path, password=password, session_secret=secret), cookies=before.cookies)
        assert after.get("/").status_code == status


def run(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(app, ["keys", *words, "--index", str(folder)])
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def test_a_key_is_made_used_listed_and_revoked(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path))
    key = run(tmp_path, "add", "the intranet")
    bearer = {"authorization": f"Bearer {key}"}
    assert key.encode() not in (tmp_path / "keys.sqlite").read_bytes()
    assert (tmp_path / "keys.sqlite").stat().st_mode & 0o077 == 0
    assert client.post("/api/v1/ask", json=ASK, headers=bearer).status_code == 200
    (listed,) = KeyFile(tmp_path / "keys.sqlite").list()
    assert (listed.name, listed.scopes, listed.used is not None) == ("the intranet", ("ask", "read"), True)
    assert "the intranet" in run(tmp_path, "list")
    run(tmp_path, "revoke", listed.id)
    assert client.post("/api/v1/ask", json=ASK, headers=bearer).status_code == 401
    assert "revoked" in run(tmp_path, "list")


def test_once_there_is_a_key_not_even_this_machine_is_let_in_without(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path), "127.0.0.1", base_url="http://127.0.0.1")
    assert client.get("/").status_code == 200
    run(tmp_path, "add", "the intranet", "--scope", "read")
    assert client.get("/").status_code == 401


def test_a_key_does_what_its_scopes_say(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path))
    bearer = {"authorization": f"Bearer {run(tmp_path, 'add', 'reader', '--scope', 'read')}"}
    assert client.get("/api/v1/openapi.json", headers=bearer).status_code == 200
    refused = client.post("/api/v1/ask", json=ASK, headers=bearer)
    assert (refused.status_code, "'ask'" in refused.json()["detail"]) == (403, True)
    admin = {"authorization": f"Bearer {run(tmp_path, 'add', 'monitor', '--scope', 'admin')}"}
    assert client.post("/api/v1/ask", json=ASK, headers=admin).status_code == 200


@pytest.mark.parametrize("words", [["add", "x", "--scope", "root"], ["revoke", "0badc0de"]])
def test_an_invalid_key_is_refused(tmp_path: Path, words: list[str]) -> None:
    assert CliRunner().invoke(app, ["keys", *words, "--index", str(tmp_path)]).exit_code == 2


def test_a_key_is_revoked_by_its_id_and_the_refusal_of_its_name_says_so(tmp_path: Path) -> None:
    run(tmp_path, "add", "cms")
    refused = CliRunner().invoke(app, ["keys", "revoke", "cms", "--index", str(tmp_path)])
    assert refused.exit_code == 2
    assert refused.stderr == "byline: no key has the id 'cms'; byline keys list shows the ids\n"


def test_a_users_header_counts_only_from_named_proxies(tmp_path: Path) -> None:
    site = site_with(
        tmp_path, proxies="10.1.0.0/16", user_header="X-User", groups_header="X-Groups", admin_groups="ops"
    )
    ada = {"x-user": "ada", "x-groups": "desk, ops", "x-forwarded-for": "192.0.2.7"}
    assert client_of(site, "10.1.2.3").get("/", headers=ada).status_code == 200
    assert client_of(site, "10.1.2.3").get("/", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 401
    assert client_of(site, "192.0.2.7").get("/", headers=ada).status_code == 401
    assert client_of(site, "127.0.0.1").get("/", headers=ada).status_code == 401
    twice = [("x-user", "eve"), ("x-user", "ada")]
    assert client_of(site, "10.1.2.3").get("/", headers=twice).status_code == 401


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"user_header": "X-User"}, "BYLINE_PROXIES"),
        ({"groups_header": "X-Groups"}, "BYLINE_USER_HEADER"),
        ({"oidc_client_id": "byline"}, "BYLINE_OIDC_ISSUER"),
        ({"oidc_issuer": "https://login.example"}, "BYLINE_OIDC_AUDIENCE"),
        ({"rate": "often"}, "60/minute"),
    ],
)
def test_settings_that_do_not_go_together_are_refused_at_the_start(
    tmp_path: Path, options: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        site_with(tmp_path, **options)


def test_guessing_passwords_is_stopped(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path, password=PASSWORD))
    statuses = [client.get("/", auth=("ada", f"guess {number}")).status_code for number in range(21)]
    assert statuses == [401] * 20 + [429]
    refused = client.post("/sign-in", data={"password": PASSWORD})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.json()["detail"] == "Too many wrong passwords, keys or tokens; wait a moment."
    seen = {"accept": "text/html", "accept-language": "de"}
    page = client.post("/sign-in", data={"password": PASSWORD}, headers=seen)
    assert (page.status_code, page.headers["retry-after"]) == (429, refused.headers["retry-after"])
    assert "Zu viele falsche Passwörter." in page.text
    assert client_of(client.app, "192.0.2.8").get("/", auth=("ada", PASSWORD)).status_code == 200  # type: ignore[arg-type]


def test_questions_are_counted_by_user_and_not_by_address(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path, password=PASSWORD, rate="2/minute"))
    statuses = [client.post("/api/v1/ask", json=ASK, auth=("ada", PASSWORD)).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert client.post("/api/v1/ask", json=ASK, auth=("bob", PASSWORD)).status_code == 200
    assert client.get("/", auth=("ada", PASSWORD)).status_code == 200


def test_another_sites_page_asks_in_no_ones_name_unless_it_is_named(tmp_path: Path) -> None:
    site = site_with(tmp_path, open=True, embed_origins="https://portal.example")
    client = TestClient(site, base_url="https://news.example")
    for origin, status in (
        ("https://evil.example", 403),
        ("null", 403),
        ("https://portal.example", 200),
        ("https://news.example", 200),
    ):
        reply = client.post("/api/v1/ask", json=ASK, headers={"origin": origin})
        assert reply.status_code == status, origin
    allowed = client.get("/", headers={"origin": "https://portal.example"}).headers
    assert allowed["access-control-allow-origin"] == "https://portal.example"
    assert "access-control-allow-origin" not in client.get("/", headers={"origin": "https://evil.example"}).headers
    assert allowed["content-security-policy"].startswith("frame-ancestors 'self' https://portal.example")


def test_hosts_that_are_not_named_are_refused(tmp_path: Path) -> None:
    site = site_with(tmp_path, open=True, hosts="news.example")
    assert TestClient(site, base_url="http://NEWS.example:8080").get("/").status_code == 200
    assert TestClient(site, base_url="http://evil.example").get("/").status_code == 400


def test_only_trusted_proxies_set_the_pages_address(tmp_path: Path) -> None:
    site = site_with(tmp_path, open=True, proxies="10.1.2.3")
    claimed = {"x-forwarded-host": "news.example", "x-forwarded-proto": "https"}
    assert '"root":"https://news.example"' in client_of(site, "10.1.2.3").get("/", headers=claimed).text
    assert '"root":"http://testserver"' in client_of(site).get("/", headers=claimed).text


@pytest.mark.parametrize("options", [{"content": b"x" * 2**21}, {"content": iter([b"x" * 2**19] * 4)}])
def test_a_body_that_is_too_large_is_refused_unread(tmp_path: Path, options: dict[str, Any]) -> None:
    bot = ScriptedBot()
    reply = client_of(site_with(tmp_path, bot, open=True)).post("/api/v1/ask", **options)
    assert (reply.status_code, reply.headers["content-type"]) == (413, "application/problem+json")
    assert bot.asked == []
