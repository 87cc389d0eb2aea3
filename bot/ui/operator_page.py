"""For the people who run the site: what the index is, what went wrong, and how a question ranks."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from bot.archive_bot import ArchiveBot
from bot.portal.access.caller import caller_of
from bot.ranks import RankTable, rank_table
from bot.ui.brand import Brand
from bot.ui.form import read_form
from bot.ui.plain_pages import plain_page
from bot.ui.states import Lookout
from corpus.errors import BylineError
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from index.storage.report import report

REJECTED_SHOWN = 200
CLOSED = "This archive has articles for some groups only, so this page needs to know who you are: set up a sign-in."


def add_operator(site: FastAPI, bot: ArchiveBot, index: Path, lookout: Lookout, brand: Brand) -> None:
    """Add the page at /operator; the access rule asks for the scope `admin` there.

    Args:
        site: Where.
        bot: Whose rankings are shown.
        index: The folder that is reported on.
        lookout: Looks at it.
        brand: How the page looks.
    """

    @site.get("/operator", include_in_schema=False)
    def operator(request: Request, q: str = "", asked: str = "") -> Response:
        caller = caller_of(request.scope)
        if caller.how == "open" and _is_restricted(bot):
            raise HTTPException(403, CLOSED)
        state = lookout.state()
        facts, rejected, trouble = _reported(index)
        table, fault = _table(bot, q, asked, caller.groups) if q.strip() else (None, "")
        return plain_page(
            request,
            brand,
            "operator.html",
            state=state,
            trouble=state.detail or trouble,
            facts=facts,
            rejected=rejected,
            q=q[:300],
            asked=asked[:20],
            table=table,
            fault=fault,
        )


def _reported(index: Path) -> tuple[dict[str, Any], list[str], str]:
    """The report on an index, what was rejected and where, and what went wrong."""
    try:
        facts = report(index)
        generations = Generations(index)
        with generations.held(facts["generation"]) as folder:
            rejected = Manifest.read(folder).rejected[:REJECTED_SHOWN]
    except BylineError as error:
        return {}, [], str(error)
    places = (f"{one.origin}:{one.line}" if one.line else one.origin for one in rejected)
    return facts, [f"{place}: {one.reason}" for place, one in zip(places, rejected, strict=True)], ""


def _is_restricted(bot: ArchiveBot) -> bool:
    try:
        return bool(bot.index and bot.index.is_restricted())
    except BylineError:  # the page says what is wrong
        return False


def _table(bot: ArchiveBot, text: str, asked: str, groups: tuple[str, ...]) -> tuple[RankTable | None, str]:
    try:
        question = read_form(text, asked or date.today().isoformat())  # noqa: DTZ011  the local day
        return rank_table(bot, replace(question, groups=groups)), ""
    except BylineError as error:
        return None, str(error)
