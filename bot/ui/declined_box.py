"""What is shown where the archive does not answer: why, what is nearest, and what to ask instead."""

from urllib.parse import urlencode

from bot.answer import Answer
from bot.answer.declined import Coverage, Declined
from bot.answer.declining import decline, no_mention, no_outlet
from bot.answer.wording import counted, day, listed, narrowing
from bot.ui.links import read_button
from bot.ui.paragraphs import literal
from bot.ui.signature import signature
from corpus.article import Article
from index.question import Question


def declined_html(answer: Answer) -> str:
    """The reasons, the nearest articles to open, a question that is answered, and how far the archive reaches."""
    declined = answer.declined or decline(answer.passages, answer.standalone_question)
    return (
        f'<div class="abstained"><h3>The archive does not answer this.</h3>{_reasons(declined)}{_nearest(declined)}'
        f"{_ways_on(answer, declined)}{_coverage(declined.coverage)}</div>"
    )


def _reasons(declined: Declined) -> str:
    reasons = [
        no_outlet(declined.outlet) if declined.outlet else "",
        no_mention(declined.lacking) if declined.lacking else "",
    ]
    return "".join(f'<p class="reason-why">{literal(reason)}</p>' for reason in reasons if reason)


def _nearest(declined: Declined) -> str:
    rows = "".join(_row(article) for article in declined.nearest)
    about = f", about {literal(listed(declined.kin, 'or'))}" if declined.kin else ""
    return f"<h4>The nearest articles{about}</h4><ul>{rows}</ul>" if rows else ""


def _row(article: Article) -> str:
    return f"<li>{read_button(article, f'<bdi>{literal(article.title)}</bdi>')}{signature(article)}</li>"


def _ways_on(answer: Answer, declined: Declined) -> str:
    """The rewording to ask, and the titles to search for what no article mentions or else for the question."""
    ways = _ask(declined.rewording, answer.question) if declined.rewording else ""
    words = " ".join(declined.lacking) or answer.standalone_question
    address = literal(f"archive?{urlencode({'q': words[:200]}, errors='replace')}")
    return f'<p class="ways">{ways}<a class="titles" href="{address}">Search the titles</a></p>'


def _ask(rewording: Question, asked: Question) -> str:
    """A button that asks it; page's script lifts the limits set by hand where it has none."""
    lifted = narrowing(asked) and not narrowing(rewording)
    where = " <span>in the whole archive</span>" if lifted else ""
    return (
        f'<button type="button" class="ask-instead" data-question="{literal(rewording.text)}"'
        f'{" data-everywhere" if lifted else ""}><span class="label">Ask</span> '
        f"<bdi>{literal(rewording.text)}</bdi>{where}</button>"
    )


def _coverage(coverage: Coverage | None) -> str:
    if coverage is None:
        return ""
    span = f", from {day(coverage.first)} to {day(coverage.last)}" if coverage.first and coverage.last else ""
    return f'<p class="coverage">The archive has {counted(coverage.articles, "article")}{span}.</p>'
