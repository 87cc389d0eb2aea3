"""What is in the archive: passages, articles, counts, and what is served."""

from importlib.metadata import version
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, FastAPI, Path, Query, Request, Response
from starlette.exceptions import HTTPException

from bot.answer import passage_to_json
from bot.archive_bot import ArchiveBot
from bot.portal.access.caller import caller_groups
from bot.portal.api.ask import ascii_json
from bot.portal.api.problems import described
from bot.portal.api.replies import ArticleReply, Count, SearchReply, StatusReply
from bot.portal.api.requests import FARTHEST, ArchiveQuery, SearchQuery
from bot.portal.operations.meters import age_of
from bot.portal.portal import Portal
from bot.threads import on_thread
from index.passage import revised_to_json
from index.question import Question
from index.search.counting import count_articles
from index.search.topic import Topic
from index.storage.live import LiveIndex

ERRORS = described(401, 403, 422, 429, 503)
EVERYTHING = "everything"
"""A text for a question that only says which articles are counted."""
ArticleId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", examples=["3f0c5f0be8a1d2c4"])]


def add_archive(site: FastAPI, portal: Portal) -> None:
    """Adds what reads the archive without asking anything of it."""
    reading = portal.archive
    if reading is None:
        return
    router = APIRouter(prefix="/api/v1", tags=["archive"])

    @router.get("/search", operation_id="search", responses={200: {"model": SearchReply}, **ERRORS})
    async def search(query: Annotated[SearchQuery, Query()], request: Request) -> Response:
        """List the passages that bear on a query, best first, a page at a time."""
        question = query.put(query.q, query.source, caller_groups(request.scope))
        return ascii_json(await on_thread(_page, reading, question, query, request.url.query))

    @router.get(
        "/articles/{article_id}",
        operation_id="article",
        responses={200: {"model": ArticleReply}, **ERRORS, **described(404)},
    )
    async def article(article_id: ArticleId, request: Request) -> Response:
        """Show an article as it was indexed."""
        return ascii_json(await on_thread(_article, reading, article_id, caller_groups(request.scope)))

    @router.get("/archive", operation_id="archive", responses={200: {"model": Count}, **ERRORS})
    async def archive(query: Annotated[ArchiveQuery, Query()], request: Request) -> Response:
        """Count the articles by month and by outlet."""
        question = query.put(EVERYTHING, query.source, caller_groups(request.scope))
        return ascii_json(await on_thread(_counts, reading, question))

    @router.get("/status", operation_id="status", responses={200: {"model": StatusReply}, **ERRORS})
    async def status(request: Request) -> Response:
        """Say what is served."""
        return ascii_json(await on_thread(_status, reading, caller_groups(request.scope)))

    site.include_router(router)


def _page(archive: ArchiveBot, question: Question, query: SearchQuery, typed: str) -> dict[str, Any]:
    end = query.offset + query.limit
    found = archive.retriever.retrieve(question, end + 1).passages
    more = len(found) > end and end <= FARTHEST
    return {
        "passages": [passage_to_json(scored) for scored in found[query.offset : end]],
        "next": f"?{_moved(typed, end)}" if more else None,
    }


def _moved(typed: str, offset: int) -> str:
    """The same parameters with another offset."""
    kept = [(name, value) for name, value in parse_qsl(typed, keep_blank_values=True) if name != "offset"]
    return urlencode([*kept, ("offset", str(offset))])


def _article(archive: ArchiveBot, article_id: str, groups: tuple[str, ...]) -> dict[str, Any]:
    article = archive.article(article_id, groups)
    if article is None:
        raise HTTPException(404, f"There is no article {article_id!r}; it may have left the archive.")
    return {**revised_to_json(article), "authors": list(article.authors), "text": article.text}


def _counts(archive: ArchiveBot, question: Question) -> dict[str, Any]:
    with _index(archive).snapshot(question.groups) as snapshot:
        counted = count_articles(
            snapshot, Topic(), question.since, question.until, question.sources, question.asked
        ).to_json()
    del counted["articles"]
    return counted


def _status(archive: ArchiveBot, groups: tuple[str, ...]) -> dict[str, Any]:
    counts = _counts(archive, Question(EVERYTHING, groups=groups))
    with _index(archive).snapshot(groups) as snapshot:
        articles, passages = len(snapshot.group_of), len(snapshot.article_of)
    manifest = _index(archive).manifest()
    return {
        "version": version("byline"),
        "generation": manifest.generation,
        "created": manifest.created,
        "age_seconds": max(0, int(age_of(manifest))),
        "articles": articles,
        "passages": passages,
        "first": counts["first"],
        "last": counts["last"],
        "answerer": "llm" if archive.generator else "extractive",
    }


def _index(archive: ArchiveBot) -> LiveIndex:
    assert archive.index
    return archive.index
