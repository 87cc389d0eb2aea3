"""Is the process alive, can it answer, how is it doing: for probes and for Prometheus."""

import logging
from typing import Any

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse

from bot.answer import Answer
from bot.portal.operations.meters import age_of
from bot.portal.portal import Portal
from bot.threads import on_thread
from corpus.errors import BylineError
from index.question import Question
from index.storage.live import LiveIndex

logger = logging.getLogger("byline.answers")


def add_health(site: FastAPI, portal: Portal) -> None:
    """Adds /healthz, /readyz and /metrics."""
    _watch(portal)

    @site.get("/healthz", include_in_schema=False)
    async def healthy() -> Response:
        return JSONResponse({"status": "alive"})

    @site.get("/readyz", include_in_schema=False)
    async def ready() -> Response:
        found = await on_thread(_readiness, portal)
        return JSONResponse(found, 200 if found["status"] == "ready" else 503)

    @site.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        text, headers = await on_thread(portal.meters.text)
        return Response(text, headers=dict(headers))


def _watch(portal: Portal) -> None:
    desk, meters, archive = portal.bot, portal.meters, portal.archive
    meters.watch("byline_questions_waiting", "Questions that wait.", lambda: desk.waiting)
    meters.watch("byline_questions_running", "Questions that are being answered.", lambda: desk.running)
    if archive and (index := archive.index):
        meters.watch("byline_index_age_seconds", "Seconds since the index was built.", lambda: _age_or_nan(index))
    desk.on_answer = lambda question, answer: _note(portal, question, answer)
    desk.on_refusal = meters.refused.inc
    desk.on_repeat = meters.repeated.inc


def _age_or_nan(index: LiveIndex) -> float:
    """For Prometheus, which takes "not a number" where there is no index."""
    try:
        return age_of(index.manifest())
    except BylineError:
        return float("nan")


def _note(portal: Portal, question: Question, answer: Answer) -> None:
    portal.meters.count_answer(answer, bool(portal.archive and portal.archive.generator))
    asked = {"question": question.text} if portal.settings.log_questions else {}
    fields = {
        "status": answer.status,
        "articles": len(answer.citations),
        "ms": answer.trace.timings_ms.get("total"),
        **asked,
    }
    logger.info("%s", answer.status, extra={"fields": fields})
    if portal.audit:
        portal.audit.note(question, answer)
    if portal.tracing:
        portal.tracing.answer(question, answer)


def _readiness(portal: Portal) -> dict[str, Any]:
    """Says nothing of the archive: anyone may look."""
    if portal.bot.is_closed:
        return {"status": "stopping"}
    if portal.archive and (index := portal.archive.index):
        try:
            age = age_of(index.manifest())
        except BylineError as error:
            logger.warning("not ready: %s", error)
            return {"status": "no index"}
        limit = portal.settings.ready_hours
        if limit and age > limit * 3600:
            return {"status": "the index is too old"}
        return {"status": "ready", "index_age_seconds": int(age)}
    return {"status": "ready"}
