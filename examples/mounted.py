"""Byline inside an application of your own: uvicorn --app-dir examples mounted:app, then http://127.0.0.1:8000/."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from bot.portal import mount

app = FastAPI(title="Intranet")


@app.middleware("http")
async def identify(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    """Finds out who sends a request; a real portal looks into its session here."""
    request.state.user = request.cookies.get("user")
    return await proceed(request)


@app.get("/")
def home() -> HTMLResponse:
    """The portal's own page, with the tag on it."""
    page = '<!doctype html><title>Intranet</title><h1>Intranet</h1><a href="/news">News archive</a>'
    tag = '<script src="/news/embed.js"></script><byline-chat floating></byline-chat>'
    reply = HTMLResponse(page + tag)
    reply.set_cookie("user", "ada", httponly=True, samesite="lax")
    return reply


mount(app, "/news", signed_in=lambda request: request.state.user)
