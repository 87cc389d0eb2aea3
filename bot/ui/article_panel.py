"""A whole article to read, with the quotes that an answer takes from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.ui.citing import citing_html
from bot.ui.language import ENGLISH, Language
from bot.ui.links import link, site
from bot.ui.paragraphs import borders, literal, paragraph
from bot.ui.signature import signature
from bot.ui.writing_system import speech
from corpus.article import Article
from index.split import Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as it was when it was quoted.

    Attributes:
        number: Its mark's.
        start: Where it was in the article's text, in characters.
        text: Its words.
    """

    number: int
    start: int
    text: str


def article_html(article: Article, quotes: Sequence[Quoted] = (), language: Language = ENGLISH) -> str:
    """Headline, outlet and day, where to open it, its text with the quotes marked, and how to cite it.

    Args:
        article: As it is now.
        quotes: As they were when it was quoted, the one to be read first.
        language: Of what is not the article's.
    """
    found = dict(_found(article.text, quotes))
    first = quotes[0] if quotes else None
    note = notice(language.say("article.changed")) if first and first.number not in found.values() else ""
    authors = f'<p class="authors">{literal(", ".join(article.authors))}</p>' if article.authors else ""
    chosen = first.number if first else 0
    paragraphs = "".join(
        f"<p{speech(article.text[start:end], language.code)}>{_marked(article.text, (start, end), found, chosen)}</p>"
        for start, end in borders(article.text)
    )
    title = f'<h2 id="reader-title"{speech(article.title, language.code)}>{literal(article.title)}</h2>'
    return (
        f"<header>{signature(article, language)}{title}{authors}{_away(article, first, language)}{note}</header>"
        f'<div class="text">{paragraphs}</div>{citing_html(article, language)}'
    )


def notice(message: str) -> str:
    """One calm line."""
    return f'<p class="notice" role="status">{literal(message)}</p>'


def _away(article: Article, quote: Quoted | None, language: Language) -> str:
    """A link to where it was published, at the quote; nothing where that cannot be followed."""
    where = site(article)
    label = language.say("article.open_at", site=where) if where else language.say("article.open_away")
    made = link(article, literal(label), quote.text if quote else "")
    return f'<p class="open-at">{made}</p>' if made.startswith("<a ") else ""


def _found(text: str, quotes: Sequence[Quoted]) -> Iterator[tuple[Span, int]]:
    """Where the quotes are in the text, with their numbers; none overlaps one before it."""
    taken: list[Span] = []
    for quote in quotes:
        length = len(quote.text)
        start = quote.start if text.startswith(quote.text, quote.start) else text.find(quote.text)
        if start >= 0 and all(start + length <= first or last <= start for first, last in taken):
            taken.append((start, start + length))
            yield taken[-1], quote.number


def _marked(text: str, within: Span, found: Mapping[Span, int], chosen: int) -> str:
    """A paragraph with what it has of each quote."""
    marks = {}
    for (first, last), number in found.items():
        start, end = max(first, within[0]), min(last, within[1])
        if start < end:
            kind = ' class="chosen"' if number == chosen else ""
            marks[start, end] = f'<mark data-number="{number}"{kind}>{literal(text[start:end])}</mark>'
    return paragraph(text, *within, marks)
