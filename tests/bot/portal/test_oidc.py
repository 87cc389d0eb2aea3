"""Tokens of an identity provider, and signing in there; the provider is a real one on this machine."""

from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey

from bot.portal.access import provider
from tests.bot.fakes import ScriptedBot
from tests.bot.portal.issuer import CLIENT, SECRET, Issuer
from tests.bot.portal.sites import ASK, client_of, site_with
from tests.local_server import served


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    with served(issuer.app) as address:
        issuer.address = address
        yield issuer


@pytest.fixture
def client(issuer: Issuer, tmp_path: Path) -> TestClient:
    return client_of(site_with(tmp_path, ScriptedBot(), oidc_issuer=issuer.address, oidc_audience="news"))


def status(client: TestClient, token: str) -> int:
    return client.post("/api/v1/ask", json=ASK, headers={"authorization": f"Bearer {token}"}).status_code


def test_a_token_of_the_provider_lets_in_and_its_keys_are_fetched_once(client: TestClient, issuer: Issuer) -> None:
    assert [status(client, issuer.token()) for _ in range(3)] == [200] * 3
    assert issuer.fetched == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"aud": None},
        {"iss": "https://login.evil.example"},
        {"exp": int(time()) - 120},
        {"exp": None},
        {"nbf": int(time()) + 600},
    ],
)
def test_a_token_for_others_or_of_another_time_is_refused(
    client: TestClient, issuer: Issuer, claims: dict[str, Any]
) -> None:
    assert status(client, issuer.token(**claims)) == 401


def test_clocks_may_differ_by_less_than_a_minute(client: TestClient, issuer: Issuer) -> None:
    assert status(client, issuer.token(exp=int(time()) - 30)) == 200


def test_a_signature_of_anyone_else_or_none_is_refused(client: TestClient, issuer: Issuer) -> None:
    assert status(client, issuer.token(RSAKey.generate_key(2048, {"kid": "first"}))) == 401
    shared = OctKey.generate_key(256, {"kid": "first"})
    assert status(client, issuer.token(shared, "HS256")) == 401
    assert status(client, "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.") == 401
    assert status(client, "no token at all") == 401


def test_a_new_key_of_the_provider_is_fetched(
    client: TestClient, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status(client, issuer.token()) == 200
    monkeypatch.setattr(provider, "AGAIN", 0.0)
    issuer.key = RSAKey.generate_key(2048, {"kid": "second"})
    assert status(client, issuer.token()) == 200


def test_wrong_tokens_do_not_make_the_server_ask_the_provider_again_and_again(
    client: TestClient, issuer: Issuer
) -> None:
    for number in range(5):
        assert status(client, issuer.token(RSAKey.generate_key(2048, {"kid": f"unknown {number}"}))) == 401
    assert issuer.fetched <= 2


def test_a_provider_that_is_not_there_is_no_fault_of_the_caller(tmp_path: Path) -> None:
    client = client_of(site_with(tmp_path, oidc_issuer="http://127.0.0.1:9", oidc_audience="news"))
    assert status(client, Issuer().token()) == 503


def test_people_sign_in_at_the_provider_and_their_groups_come_along(issuer: Issuer, tmp_path: Path) -> None:
    options = {"oidc_issuer": issuer.address, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    client = client_of(site_with(tmp_path, **options, admin_groups="ops"), base_url="https://news.example")
    page = client.get("/", headers={"accept": "text/html"})
    assert "sign-in/start?next=/" in client.get(page.headers["location"]).text
    sent = client.get("/sign-in/start?next=/")
    assert sent.headers["location"].startswith(f"{issuer.address}/authorize?")
    back = httpx.get(sent.headers["location"]).headers["location"]
    assert back.startswith("https://news.example/sign-in/done?")
    entered = client.get(back)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert client.get("/").status_code == 200
    assert client.get("/metrics").status_code == 200  # an admin may
    assert client.get(back).status_code == 401  # a code counts once


def test_a_sign_in_that_another_browser_began_is_refused(issuer: Issuer, tmp_path: Path) -> None:
    options = {"oidc_issuer": issuer.address, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    site = site_with(tmp_path, **options)
    sent = client_of(site, base_url="https://news.example").get("/sign-in/start")
    back = httpx.get(sent.headers["location"]).headers["location"]
    german = {"accept-language": "de"}
    refused = client_of(site, base_url="https://news.example").get(back, headers=german)
    assert refused.status_code == 401
    assert "Die Anmeldung ist fehlgeschlagen." in refused.text
    assert '<a href="/sign-in/start?next=/">Mit dem Konto Ihrer Organisation anmelden</a>' in refused.text


def test_that_the_provider_cannot_be_reached_is_said_on_the_page_to_sign_in(tmp_path: Path) -> None:
    options = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    page = client_of(site_with(tmp_path, **options)).get("/sign-in/start", headers={"accept-language": "de"})
    assert page.status_code == 503
    assert "Der Anmeldedienst ist nicht erreichbar." in page.text
