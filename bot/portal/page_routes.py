"""What of gradio the page needs; everything else that gradio serves is off.

Gradio brings uploads, a file server, a proxy, its own description and more, some of it for anybody. What is not listed
here does not exist, so a path of the API with a wrong method gets its 405, and an unknown path one plain 404.
"""

import logging
import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import FastAPI
from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.routing import Match, Mount
from starlette.types import Message, Receive, Scope, Send

from bot.portal.bodies import replayed
from bot.portal.path import path_below
from bot.portal.problem import problem

logger = logging.getLogger(__name__)

READ = frozenset({"GET", "HEAD"})
NEEDED: Mapping[re.Pattern[str], frozenset[str]] = {
    re.compile(r"/|/theme\.css|/favicon\.ico|/robots\.txt|/manifest\.json"): READ,
    re.compile(r"/(assets|static)/[\w./-]+"): READ,
    re.compile(r"/gradio_api/(app_id|heartbeat/\w{1,40}|queue/data|startup-events)"): READ,
    re.compile(r"/gradio_api/(queue/join|run/predict|cancel|reset)/?"): frozenset({"POST"}),
}
CALLS = re.compile(r"/gradio_api/(queue/join|run/predict)/?")


class _Call(BaseModel):
    """An event of the page. What else gradio's own code sends with it passes."""

    fn_index: int = Field(ge=0, strict=True)
    data: list[Any] = Field(max_length=100)
    session_hash: Annotated[str, Field(pattern=r"^\w{1,40}$")]
    trigger_id: int | None = Field(None, strict=True)


def only_what_the_page_needs(site: FastAPI) -> None:
    """Takes the page's application, which was mounted last, down to what the page needs."""
    mounted = site.router.routes.pop()
    assert isinstance(mounted, Mount)
    site.router.routes.append(_PageMount(mounted.path, mounted.app))


class _PageMount(Mount):
    """Matches the paths that the page needs, and no others."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether this is a path of the page."""
        needed = scope["type"] == "http" and _methods(path_below(scope))
        return super().matches(scope) if needed else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves it; whatever is wrong becomes a problem, with no traceback for a request that makes no sense."""
        path = scope["path"]
        allowed = _methods(path_below(scope))
        if scope["method"] not in allowed:
            allow = {"Allow": ", ".join(sorted(allowed))}
            await problem(405, f"{scope['method']} is not allowed here.", allow)(scope, receive, send)
            return
        if scope["method"] == "POST":
            body = await Request(scope, receive).body()
            if wrong := _wrong(path, body):
                await problem(400, wrong)(scope, receive, send)
                return
            receive = replayed(body, receive)
        await self._guarded(scope, receive, send)

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 0

        async def calm(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            if status < 400:  # the body of an error is gradio's, and may hold anything
                await send(message)

        try:
            await self.app(scope, receive, calm)
        except Exception as error:
            if 0 < status < 400:
                raise
            logger.warning("the page's request %s failed: %s", ascii(scope["path"]), type(error).__name__)
            status = status or 500
        if status >= 400:
            await problem(status, "The page's request cannot be used.")(scope, receive, send)


def _methods(path: str) -> frozenset[str]:
    return next((methods for pattern, methods in NEEDED.items() if pattern.fullmatch(path)), frozenset())


def _wrong(path: str, body: bytes) -> str:
    """What is wrong with an event of the page; empty if nothing is."""
    if not CALLS.search(path):
        return ""
    try:
        _Call.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return f"This is no event of the page: {'.'.join(map(str, first['loc']))}: {first['msg']}"
    return ""
