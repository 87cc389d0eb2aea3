"""The top of the page: the name, and what archive is behind it."""

from bot.answer.wording import day
from bot.ui.archive import Archive
from bot.ui.brand import Brand
from bot.ui.paragraphs import literal


def title_html(brand: Brand) -> str:
    """The logo, where there is one, and the name."""
    logo = '<img src="logo" alt="">' if brand.logo else ""
    return f"<h1>{logo}<span>{literal(brand.name)}</span></h1>"


def masthead_html(brand: Brand, archive: Archive) -> str:
    """The name, and below it how many articles of which days, with the way to them."""
    title = title_html(brand)
    if not archive.articles:
        return title
    articles = f"{archive.articles:,} article{'' if archive.articles == 1 else 's'}"
    span = f", {day(archive.first)} to {day(archive.last)}" if archive.first and archive.last else ""
    listed = f'<a href="archive">{articles}</a>' if archive.browsable else articles
    return f"{title}<p>{listed}{span}</p>"
