"""What an answer says besides the articles' own words."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.answer import Answer, Citation
from corpus.article import Article
from index.passage import ScoredPassage
from index.question import Question

DECLINED = "I found nothing in the archive that answers this."
NAMED = 3
"""Nearest articles named where no answer is given."""


def compose(citations: Sequence[Citation]) -> Iterator[str]:
    """The answer's text in pieces: each quote with its mark, outlet and date before the first of an article."""
    previous = None
    for citation in citations:
        article = citation.passage.article
        if article == previous:
            yield " "
        else:
            yield ("\n\n" if previous else "") + lead_in(article)
        yield f"{' '.join(citation.quote.split())} [{citation.number}]"
        previous = article


def declined(passages: Sequence[ScoredPassage]) -> str:
    """Says that the archive does not answer, and names the nearest articles."""
    nearest = dict.fromkeys(scored.passage.article for scored in passages)
    if not nearest:
        return DECLINED
    named = "; ".join(f"“{article.title}”{_told(article, ' ({})')}" for article in list(nearest)[:NAMED])
    return f"{DECLINED} Nearest: {named}."


def lead_in(article: Article) -> str:
    """Outlet and date, as far as they are known: "Reuters, 19 August 2020: "."""
    return _told(article, "{}: ")


def searched(answer: Answer) -> str:
    """Where the question's own words narrowed the search, to what; else empty."""
    found = narrowing(answer.searched) if answer.searched else ""
    return found if found != narrowing(answer.question) else ""


def narrowing(question: Question) -> str:
    """The window and the outlets of a question: "from 1 August 2020, until 31 August 2020, only Reuters"; or empty."""
    limits = [
        f"from {day(question.since)}" if question.since else "",
        f"until {day(question.until)}" if question.until else "",
        f"only {', '.join(question.sources)}" if question.sources else "",
    ]
    return ", ".join(limit for limit in limits if limit)


def day(published: date) -> str:
    """A day as people write it: 19 August 2020."""
    return f"{published.day} {published:%B %Y}"


def _told(article: Article, form: str) -> str:
    """What is known of outlet and date, in a form; empty if neither is."""
    known = [article.source, article.published and day(article.published)]
    told = ", ".join(part for part in known if part)
    return form.format(told) if told else ""
