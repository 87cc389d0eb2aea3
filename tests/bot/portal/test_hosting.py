from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient
from starlette.middleware.sessions import SessionMiddleware
from starlette.websockets import WebSocketDisconnect

from bot.portal import mount
from bot.portal.access.caller import Caller
from bot.settings import Settings
from tests.bot.fakes import ScriptedBot
from tests.bot.portal.sites import PASSWORD


def client_of(app: FastAPI, **options: Any) -> TestClient:
    return TestClient(app, client=("127.0.0.1", 50_000), **({"base_url": "http://127.0.0.1"} | options))


def portal(seen: list[str]) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, str]]:
        seen.append("started")
        yield {"kept": "state of the host"}
        seen.append("ended")

    app = FastAPI(title="Intranet", lifespan=lifespan)

    @app.get("/")
    def home() -> str:
        return "the portal's home"

    @app.post("/api/ask")
    def ask(request: Request) -> str:
        return f"the portal's own: {request.state.kept}"

    @app.exception_handler(RequestValidationError)
    def refuse(_: Request, __: RequestValidationError) -> PlainTextResponse:
        return PlainTextResponse("the portal's refusal", 400)

    @app.middleware("http")
    async def note(request: Request, proceed) -> Response:  # type: ignore[no-untyped-def]  # noqa: ANN001
        seen.append(request.url.path)
        response: Response = await proceed(request)
        return response

    return app


def test_the_portal_keeps_its_routes_docs_handlers_and_lifespan() -> None:
    seen: list[str] = []
    app = portal(seen)
    before = app.openapi()
    app.openapi_schema = None
    mount(app, "/news", bot=ScriptedBot())
    with client_of(app) as client:
        assert client.get("/").json() == "the portal's home"
        assert client.post("/api/ask").json() == "the portal's own: state of the host"
        assert client.get("/openapi.json").json() == before
        assert client.get("/elsewhere").status_code == 404
        assert client.post("/news/api/ask", json={}).status_code == 422
    assert seen == ["started", "/", "/api/ask", "/openapi.json", "/elsewhere", "/news/api/ask", "ended"]


@pytest.mark.parametrize("path", ["/news", "/news/", "/deep/er"])
def test_page_and_api_answer_below_the_path_with_and_without_its_last_slash(path: str) -> None:
    app = FastAPI()
    mount(app, path, bot=ScriptedBot())
    with client_of(app) as client:
        at = path.rstrip("/")
        for address in (at, f"{at}/"):
            page = client.get(address)
            assert page.status_code == 200
            assert "Byline" in page.text
        answer = client.post(f"{at}/api/ask", json={"question": "When did it reopen?"})
        assert answer.json()["citations"][0]["source"] == "The Harbour Post"


def test_the_page_has_its_public_address_behind_a_proxy_that_strips_a_prefix() -> None:
    app = FastAPI()
    mount(app, "/news", bot=ScriptedBot(), settings=Settings(open=True))
    with client_of(app, root_path="/intranet", base_url="https://portal.example") as client:
        page = client.get("/intranet/news/")
        assert '"root":"https://portal.example/intranet/news"' in page.text
        assert client.get("/intranet/news", follow_redirects=False).headers["location"].endswith("/intranet/news/")


def test_no_other_site_may_read_the_page_or_the_api_with_a_visitors_cookies() -> None:
    app = FastAPI()
    mount(app, "/news", bot=ScriptedBot(), settings=Settings(open=True))
    elsewhere = {"host": "portal.example", "origin": "https://evil.example"}
    with client_of(app) as client:
        for reply in (
            client.get("/news/config", headers=elsewhere),
            client.post("/news/api/ask", json={"question": "When?"}, headers=elsewhere),
            client.options("/news/config", headers={**elsewhere, "access-control-request-method": "POST"}),
        ):
            assert "access-control-allow-origin" not in reply.headers


def test_one_portal_can_have_two_archives() -> None:
    app = FastAPI()
    bots = {"/news": ScriptedBot(), "/sport": ScriptedBot()}
    for path, bot in bots.items():
        mount(app, path, bot=bot)
    with client_of(app) as client:
        client.post("/sport/api/ask", json={"question": "Who won?"})
    assert [len(bot.asked) for bot in bots.values()] == [0, 1]


def test_before_there_is_an_index_the_portal_starts_and_says_how_to_build_one(tmp_path: Path) -> None:
    app = FastAPI()
    mount(app, settings=Settings(index=tmp_path / "none"))
    with client_of(app) as client:
        assert client.get("/news/").status_code == 200
        reply = client.post("/news/api/ask", json={"question": "When did it reopen?"})
    assert reply.status_code == 503
    assert "byline rebuild" in reply.json()["detail"]


def test_without_a_way_to_sign_in_other_machines_are_refused_and_the_message_names_the_settings() -> None:
    app = FastAPI()
    mount(app, bot=ScriptedBot())
    with TestClient(app, client=("192.0.2.7", 50_000)) as client:
        for reply in (client.get("/news/"), client.post("/news/api/ask", json={"question": "When?"})):
            assert reply.status_code == 403
            assert "BYLINE_PASSWORD" in reply.json()["detail"]


def test_the_users_of_the_host_are_let_in_and_no_one_else_this_machine_included() -> None:
    def signed_in(request: Request) -> str | None:
        return request.headers.get("x-session")

    app, bot = FastAPI(), ScriptedBot()
    mount(app, bot=bot, signed_in=signed_in)
    with client_of(app) as client:
        assert client.get("/news/").status_code == 401
        assert client.post("/news/api/ask", json={"question": "When?"}).status_code == 401
        assert bot.asked == []
        assert client.get("/news/", headers={"x-session": "ada"}).status_code == 200


async def _ada(_: Request) -> Caller:
    return Caller("ada", "host", groups=("desk",))


def test_the_signed_in_user_may_be_looked_up_asynchronously() -> None:
    app = FastAPI()
    mount(app, bot=ScriptedBot(), signed_in=_ada)
    with client_of(app) as client:
        assert client.get("/news/").status_code == 200


def host_with_sessions(settings: Settings) -> FastAPI:
    """A host that keeps its users in a session of its own, with the site at /news, as the docs show it."""
    app = FastAPI()
    app.add_middleware(SessionMiddleware, secret_key="the host's own secret")

    @app.post("/login")
    def login(request: Request) -> None:
        request.session["user"] = "ada"

    @app.post("/logout")
    def logout(request: Request) -> None:
        request.session.clear()

    @app.get("/me")
    def me(request: Request) -> dict[str, Any]:
        return dict(request.session)

    mount(
        app, path="/news", bot=ScriptedBot(), settings=settings, signed_in=lambda request: request.session.get("user")
    )
    return app


def test_the_users_of_the_hosts_session_are_let_in_for_as_long_as_it_lasts() -> None:
    places = ("/news/", "/news/api/v1/docs")
    with client_of(host_with_sessions(Settings())) as client:
        assert [client.get(place).status_code for place in places] == [401, 401]
        client.post("/login")
        replies = [client.get(place) for place in places]
        assert [reply.status_code for reply in replies] == [200, 200]
        assert all("cookie" in reply.headers["vary"].lower() for reply in replies)
        assert all("set-cookie" not in reply.headers for reply in replies)
        assert client.get("/me").json() == {"user": "ada"}
        client.post("/logout")
        assert client.get("/news/").status_code == 401


def test_the_hosts_session_and_a_sign_in_at_the_site_leave_each_other_as_they_are(tmp_path: Path) -> None:
    with client_of(host_with_sessions(Settings(index=tmp_path, password=PASSWORD))) as client:

        def enter() -> None:
            entered = client.post("/news/sign-in", data={"password": PASSWORD}, follow_redirects=False)
            assert (entered.status_code, entered.headers["location"]) == (303, "/news/")

        enter()
        assert client.get("/me").json() == {}
        assert client.get("/news/").status_code == 200
        client.post("/login")
        client.post("/logout")
        assert client.get("/news/").status_code == 200  # the sign-in at the site goes on
        client.post("/news/sign-out")
        assert client.get("/news/").status_code == 401
        client.post("/login")
        enter()
        client.post("/news/sign-out")
        assert client.get("/me").json() == {"user": "ada"}
        assert client.get("/news/").status_code == 200


def test_what_the_host_keeps_in_its_session_is_no_sign_in_at_the_site(tmp_path: Path) -> None:
    app = host_with_sessions(Settings(index=tmp_path, password=PASSWORD))

    @app.post("/forge")
    def forge(request: Request) -> None:
        request.session["caller"] = {"name": "eve", "scopes": ["admin"], "groups": []}

    with client_of(app) as client:
        client.post("/forge")
        assert client.get("/news/").status_code == 401
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("/news/"):
            pass


def test_what_signed_in_writes_into_the_hosts_session_is_kept() -> None:
    app = FastAPI()
    app.add_middleware(SessionMiddleware, secret_key="the host's own secret")

    def counted(request: Request) -> str:
        request.session["requests"] = request.session.get("requests", 0) + 1
        return "ada"

    @app.get("/requests")
    def requests(request: Request) -> int:
        return int(request.session["requests"])

    mount(app, bot=ScriptedBot(), signed_in=counted)
    with client_of(app) as client:
        for _ in range(2):
            assert client.get("/news/").status_code == 200
        assert client.get("/requests").json() == 2
