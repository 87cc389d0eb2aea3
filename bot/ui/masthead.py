"""The top of the page: the name, and what archive stands behind it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.ui.paragraphs import literal
from bot.wording import day
from corpus.errors import BylineError
from index.articles import ArticleStore
from index.generations import Generations
from index.opened import ARTICLES


@dataclass(frozen=True, slots=True)
class Archive:
    """What the page says of the archive.

    Attributes:
        articles: How many.
        first: The day of the oldest; None if no article tells its day.
        last: The day of the newest.
    """

    articles: int
    first: date | None = None
    last: date | None = None


Describe = Callable[[], Archive]
"""Called at each page load. Raises BylineError where there is no index; the page then shows the message."""


def describe_index(index: Path) -> Archive:
    """The archive in the newest generation of an index.

    Raises:
        IndexMissing: There is no index yet.
        IndexDamaged: Its files cannot be read.
    """
    generations = Generations(index)
    with (
        generations.held(generations.current()) as folder,
        closing(ArticleStore.open(folder / ARTICLES)) as store,
    ):
        first, last = store.days() or (None, None)
        return Archive(store.counts()[0], first, last)


def masthead_html(describe: Describe | None) -> str:
    """The name with one line below it: the archive, or why there is none."""
    title = "<h1>Byline</h1>"
    if describe is None:
        return title
    try:
        archive = describe()
    except BylineError as error:
        return f'{title}<p class="notice" role="status">{literal(str(error))}</p>'
    articles = f"{archive.articles:,} article{'' if archive.articles == 1 else 's'}"
    span = f", {day(archive.first)} to {day(archive.last)}" if archive.first and archive.last else ""
    return f"{title}<p>{articles}{span}</p>"
