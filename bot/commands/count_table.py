"""A count of articles as a table for a terminal."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

from bot.answer.wording import counted, day
from bot.commands.terminal import plain
from index.search.counting import ArticleCount

WIDEST_NAME = 40
"""The longest part of an outlet's name that is shown, in characters."""
BETWEEN = "    "


def count_lines(count: ArticleCount) -> list[str]:
    """The total, then months and outlets side by side."""
    lines = [_total(count)]
    if not count.total:
        return lines
    months = {f"{date.fromisoformat(f'{month}-01'):%b %Y}": number for month, number in count.by_month.items()}
    if count.without_date:
        months["no date"] = count.without_date
    outlets = {_name(outlet): number for outlet, number in count.by_outlet.items()}
    if count.without_outlet:
        outlets["no outlet"] = count.without_outlet
    left, right = list(_column("Month", months)), list(_column("Outlet", outlets))
    blank = " " * len(left[0])
    rows = zip_longest(left, right, fillvalue="")
    return [*lines, "", *(f"{first or blank}{BETWEEN}{second}".rstrip() for first, second in rows)]


def _total(count: ArticleCount) -> str:
    about = f" on {' '.join(count.topic.text.split())}" if count.topic else ""
    stories = f" ({count.stories:,} different)" if count.stories < count.total else ""
    days = f", {day(count.first)} to {day(count.last)}" if count.first and count.last else ""
    return plain(f"{counted(count.total, 'article')}{about}{stories}{days}")


def _column(heading: str, numbers: Mapping[str, int]) -> Iterator[str]:
    """Lines of equal length: the heading, then each name with its number."""
    rows = [(heading, "Articles"), *((name, f"{number:,}") for name, number in numbers.items())]
    widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
    for name, number in rows:
        yield f"{name:<{widths[0]}}  {number:>{widths[1]}}"


def _name(outlet: str) -> str:
    name = plain(" ".join(outlet.split()))
    return name if len(name) <= WIDEST_NAME else f"{name[: WIDEST_NAME - 1]}…"
