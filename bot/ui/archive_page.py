"""The archive to look through: what it holds, by month and outlet; titles to search; an article to read."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response

from bot.portal.access.caller import caller_groups
from bot.ui.brand import Brand
from bot.ui.language import ENGLISH
from bot.ui.links import site as publisher
from bot.ui.plain_pages import plain_page
from bot.ui.states import visitor_state
from corpus.errors import BylineError
from index.storage.browse import Overview, Shelf, Wanted, browsed

SIZE = 25
"""Articles on a page."""
OUTLETS_SHOWN = 12
MOST_MONTHS = 60
"""Up to so many months are drawn one by one; a longer time is drawn in years."""
REASONS_SHOWN = 12
ALL = "*"
"""What the choice of all outlets is called in an address; "" are articles without one."""
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)
GROUP = "rejected."
_SPECIFIC = re.compile(r"\s*[:(].*|(?:^|\s)['\"].*", re.DOTALL)
"""The part of a reason that is about one file, and may name it."""
_KEYS = {string: key for key, string in ENGLISH.strings.items() if key.startswith(GROUP)}
"""The reasons that the catalogue has, as an index keeps them: in English."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A count to be drawn.

    Attributes:
        key: What it is called in an address; None for what cannot be asked for.
        day: Its first day, for a span of days.
        count: How many.
        share: Of the longest bar, from 0 to 100.
    """

    key: str | None
    day: date | None
    count: int
    share: float


def add_archive(site: FastAPI, index: Path, brand: Brand) -> None:
    """Add the page over the index in a folder."""

    @site.get("/archive", include_in_schema=False)
    def archive(
        request: Request, q: str = "", outlet: str | None = None, month: str = "", page: str = "1", article: str = ""
    ) -> Response:
        try:
            with browsed(index, caller_groups(request.scope)) as shelf:
                asked = _Asked(q[:200], None if outlet == ALL else outlet, month, page)
                if article:
                    return _article(request, brand, shelf, article, asked)
                return _list(request, brand, shelf, asked)
        except BylineError as error:
            return plain_page(request, brand, "closed.html", 503, state=visitor_state(error))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for, as typed; a value that makes no sense is ignored."""

    words: str
    outlet: str | None
    period: str
    page: str

    @property
    def wanted(self) -> Wanted:
        since, until = days_of(self.period) or (None, None)
        return Wanted(self.words, self.outlet, since, until)

    def address(self, **changed: str | int | None) -> str:
        """The page's address with some of it changed; without the page's number unless that is given."""
        fields: Mapping[str, str | int | None] = {
            "q": self.words, "outlet": self.outlet, "month": self.period, "page": None, **changed
        }  # fmt: skip
        kept = {name: value for name, value in fields.items() if value or (name == "outlet" and value is not None)}
        return f"archive?{urlencode(kept, errors='replace')}"


def days_of(period: str) -> tuple[date, date] | None:
    """The first and the last day of "2022-05" or "2022"; None of what is neither."""
    found = _PERIOD.fullmatch(period)
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 1)
    if not (1 <= year < 9999 and 1 <= month <= 12):
        return None
    months = 1 if found[2] else 12
    after = 12 * year + month - 1 + months
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _list(request: Request, brand: Brand, shelf: Shelf, asked: _Asked) -> Response:
    wanted, overview = asked.wanted, shelf.overview
    total = shelf.count(wanted)
    pages = max(1, -(-total // SIZE))
    page = min(int(asked.page) if re.fullmatch(r"[0-9]{1,6}", asked.page) else 1, pages) or 1
    return plain_page(
        request,
        brand,
        "archive.html",
        overview=overview,
        built=datetime.fromisoformat(overview.manifest.created),
        asked=asked,
        narrowed=wanted != Wanted(),
        articles=shelf.page(wanted, SIZE * (page - 1), SIZE),
        total=total,
        page=page,
        pages=pages,
        periods=_periods(overview),
        outlets=_outlets(overview),
        reasons=_reasons(overview),
    )


def _article(request: Request, brand: Brand, shelf: Shelf, name: str, asked: _Asked) -> Response:
    """One article, with the way back to the list it was chosen from."""
    found = shelf.article(name)
    if not found:
        return plain_page(request, brand, "lost.html", 404)
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", found.text) if part.strip()]
    back = asked.address(page=asked.page if asked.page != "1" else None)
    return plain_page(
        request, brand, "article.html", article=found, paragraphs=paragraphs, published_by=publisher(found), back=back
    )


def _periods(overview: Overview) -> list[Bar]:
    """The months in a row, empty ones too; of a long time the years that have any."""
    counts: Counter[str] = Counter()
    if not overview.months:
        return []
    (first, _), (last, _) = overview.months[0], overview.months[-1]
    span = 12 * (last.year - first.year) + last.month - first.month + 1
    by_month = span <= MOST_MONTHS
    if by_month:
        counts.update({f"{place // 12:04}-{place % 12 + 1:02}": 0 for place in _places(first, span)})
    for month, count in overview.months:
        counts[f"{month.year:04}-{month.month:02}" if by_month else f"{month.year:04}"] += count
    return _bars([(key, (days_of(key) or (None, None))[0], count) for key, count in counts.items()])


def _places(first: date, span: int) -> range:
    start = 12 * first.year + first.month - 1
    return range(start, start + span)


def _outlets(overview: Overview) -> list[Bar]:
    return _bars([(outlet or "", None, count) for outlet, count in overview.outlets[:OUTLETS_SHOWN]])


def _bars(counted: Sequence[tuple[str, date | None, int]]) -> list[Bar]:
    most = max((count for _, _, count in counted), default=1)
    return [Bar(key, day, count, round(100 * count / most, 2)) for key, day, count in counted]


def _reasons(overview: Overview) -> list[tuple[str, str | None, int]]:
    """Why articles were left out, most frequent first, without what names a file or quotes it.

    Each with its key in the catalogue, None for one that it lacks, and how often it is the reason.
    """
    reasons = Counter(_SPECIFIC.sub("", one.reason) for one in overview.manifest.rejected)
    return [
        (reason, _KEYS.get(reason) if reason else f"{GROUP}unknown", count)
        for reason, count in reasons.most_common(REASONS_SHOWN)
    ]
