"""The top of the page: the name, and what archive is behind it."""

from bot.ui.archive_summary import Archive
from bot.ui.brand import Brand
from bot.ui.language import Language
from bot.ui.paragraphs import literal


def title_html(brand: Brand) -> str:
    """The logo, where there is one, and the name."""
    logo = '<img src="logo" alt="">' if brand.logo else ""
    return f"<h1>{logo}<span>{literal(brand.name)}</span></h1>"


def masthead_html(brand: Brand, archive: Archive, language: Language) -> str:
    """The name, and below it how many articles of which days, with the way to them."""
    title = title_html(brand)
    if not archive.articles:
        return title
    articles = literal(language.say("archive.articles", n=archive.articles))
    listed = f'<a href="archive">{articles}</a>' if archive.browsable else articles
    if not (archive.first and archive.last):
        return f"{title}<p>{listed}</p>"
    days = language.say("page.days", first=language.day(archive.first), last=language.day(archive.last))
    return f"{title}<p>{listed}{literal(days)}</p>"
