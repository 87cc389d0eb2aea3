"""The page's own route to a whole article, fetched when a reader opens it. It is no API: its form may change."""

from typing import Annotated

from fastapi import FastAPI, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.portal.access.caller import caller_groups
from bot.portal.portal import Portal
from bot.threads import on_thread
from bot.ui.article_panel import Quoted, article_html, notice
from bot.ui.language import Language, spoken
from corpus.errors import BylineError

SAFE = {"content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff"}
"""What is sent is a part of the page, and nothing by itself."""


class Quote(BaseModel):
    """A quote to mark."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1, le=10_000)
    start: int = Field(ge=0, le=1_000_000_000)
    text: str = Field(min_length=1, max_length=20_000)


class Opened(BaseModel):
    """Which quotes to mark in an article, the one to be read first."""

    model_config = ConfigDict(extra="forbid")

    quotes: list[Quote] = Field(default_factory=list, max_length=50)


def add_reading(site: FastAPI, portal: Portal) -> None:
    """Add the route; a bot that keeps no articles has none to show."""
    keeper = portal.keeper

    def opened_html(article_id: str, opened: Opened, groups: tuple[str, ...], language: Language) -> Response:
        try:
            article = keeper.article(article_id, groups) if keeper else None
        except BylineError:
            return _part(503, notice(language.say("script.closed")))
        if article is None:
            return _part(404, notice(language.say("article.gone")))
        quotes = [Quoted(quote.number, quote.start, quote.text) for quote in opened.quotes]
        return _part(200, article_html(article, quotes, language))

    @site.post("/reading/{article_id}", include_in_schema=False)
    async def read(
        article_id: Annotated[str, Path(pattern="^[0-9a-f]{16}$")], opened: Opened, request: Request
    ) -> Response:
        """The article with its quotes marked, as a part of the page."""
        language = spoken(request.headers.get("accept-language"))
        return await on_thread(opened_html, article_id, opened, caller_groups(request.scope), language)


def _part(status: int, html: str) -> Response:
    return Response(html.encode("utf-8", "replace"), status, SAFE, "text/html; charset=utf-8")
