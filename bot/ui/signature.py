"""Who published an article, and when."""

from datetime import date

from bot.answer.wording import day
from bot.ui.paragraphs import literal
from corpus.article import Article


def signature(article: Article, dated: bool = True) -> str:
    """Outlet, day and the day of a later change as far as they are known; without days if these are shown already."""
    source = f"<bdi>{literal(article.source)}</bdi>" if article.source else ""
    when = _days(article) if dated else ""
    return f'<span class="signature">{" · ".join(part for part in (source, when) if part)}</span>'


def time_html(moment: date) -> str:
    """A day, for people and for programs."""
    return f'<time datetime="{moment.isoformat()}">{day(moment)}</time>'


def _days(article: Article) -> str:
    published = f"published {time_html(article.published)}" if article.published and article.revised else ""
    if article.published and not article.revised:
        published = time_html(article.published)
    updated = f"updated {time_html(article.revised)}" if article.revised else ""
    return ", ".join(part for part in (published, updated) if part)
