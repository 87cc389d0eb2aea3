"""The top of the page: the name, and what archive stands behind it."""

from bot.answer.wording import day
from bot.ui.archive import Archive
from bot.ui.paragraphs import literal

TITLE = "<h1>Byline</h1>"


def masthead_html(archive: Archive) -> str:
    """The name, and below it how many articles of which days."""
    articles = f"{archive.articles:,} article{'' if archive.articles == 1 else 's'}"
    span = f", {day(archive.first)} to {day(archive.last)}" if archive.first and archive.last else ""
    return f"{TITLE}<p>{articles}{span}</p>"


def missing_html(reason: str) -> str:
    """The name, and why there is no archive."""
    return f'{TITLE}<p class="notice" role="status">{literal(reason)}</p>'
