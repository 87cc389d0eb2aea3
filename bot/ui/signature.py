"""The line with an article's outlet and day, wherever the chat names one; plain pages have templates/signature.html."""

from datetime import date

from bot.ui.language import Language
from bot.ui.paragraphs import literal
from corpus.article import Article


def signature(article: Article, language: Language, dated: bool = True) -> str:
    """Outlet, day and the day of a later change as far as they are known; without days if these are shown already."""
    source = f"<bdi>{literal(article.source)}</bdi>" if article.source else ""
    when = _days(article, language) if dated else ""
    return f'<span class="signature">{" · ".join(part for part in (source, when) if part)}</span>'


def time_html(moment: date, language: Language) -> str:
    """A day, for people and for programs."""
    return f'<time datetime="{moment.isoformat()}">{language.day(moment)}</time>'


def _days(article: Article, language: Language) -> str:
    published = time_html(article.published, language) if article.published else ""
    if not article.revised:
        return published
    dates = [language.say("answer.published", day=published)] if published else []
    return language.comma([*dates, language.say("answer.updated", day=time_html(article.revised, language))])
