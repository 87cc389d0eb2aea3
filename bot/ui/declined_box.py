"""What is shown where the archive does not answer: why, what is nearest, and what to ask instead."""

from urllib.parse import urlencode

from bot.answer import Answer
from bot.answer.declined import Coverage, Declined
from bot.answer.declining import decline
from bot.answer.wording import cut, narrowing, on_one_line
from bot.question.phrases import phrases
from bot.ui.language import Language
from bot.ui.links import read_button
from bot.ui.paragraphs import literal
from bot.ui.signature import signature
from corpus.article import Article
from index.question import Question
from index.storage.browse import is_in_title


def declined_html(answer: Answer, language: Language) -> str:
    """The reasons, the nearest articles to open, a question that is answered, and how far the archive reaches."""
    declined = answer.declined or decline(answer.passages, answer.standalone_question)
    return (
        f'<div class="abstained"><h3>{literal(language.say("declined.title"))}</h3>{_reasons(declined, language)}'
        f"{_nearest(declined, language)}{_ways_on(answer, declined, language)}"
        f"{_coverage(declined.coverage, language)}</div>"
    )


def _reasons(declined: Declined, language: Language) -> str:
    lacking = [cut(on_one_line(each)) for each in declined.lacking]
    reasons = [
        language.say("declined.no_outlet", outlet=declined.outlet) if declined.outlet else "",
        language.say("declined.no_mention", names=language.either(lacking)) if lacking else "",
    ]
    return "".join(f'<p class="reason-why">{literal(reason)}</p>' for reason in reasons if reason)


def _nearest(declined: Declined, language: Language) -> str:
    rows = "".join(_row(article, language) for article in declined.nearest)
    title = language.say("declined.nearest")
    if declined.kin:
        title = language.say("declined.nearest_about", names=language.either(declined.kin))
    return f"<h4>{literal(title)}</h4><ul>{rows}</ul>" if rows else ""


def _row(article: Article, language: Language) -> str:
    return f"<li>{read_button(article, f'<bdi>{literal(article.title)}</bdi>')}{signature(article, language)}</li>"


def _ways_on(answer: Answer, declined: Declined, language: Language) -> str:
    """The rewording to ask, and the titles to search, where there are any."""
    ways = _ask(declined.rewording, answer.question, language) if declined.rewording else ""
    if words := _words_in_a_title(answer.standalone_question, declined):
        address = literal(f"archive?{urlencode({'q': words[:200]}, errors='replace')}")
        ways += f'<a class="titles" href="{address}">{literal(language.say("declined.titles"))}</a>'
    return f'<p class="ways">{ways}</p>' if ways else ""


def _words_in_a_title(question: str, declined: Declined) -> str:
    """Of a question's content words those in the nearest title that has most of them, so that a search finds it."""
    held = [phrase.text for phrase in phrases(question) if phrase.sort in {"name", "word"}]
    words = " ".join([*declined.kin, *(text for text in held if text not in declined.lacking)]).split()
    found = [[word for word in dict.fromkeys(words) if is_in_title(word, near.title)] for near in declined.nearest]
    most: list[str] = max(found, key=len, default=[])
    return " ".join(most)


def _ask(rewording: Question, asked: Question, language: Language) -> str:
    """A button that asks it; page's script lifts the limits set by hand where it has none."""
    lifted = narrowing(asked) and not narrowing(rewording)
    where = f" <span>{literal(language.say('declined.everywhere'))}</span>" if lifted else ""
    return (
        f'<button type="button" class="ask-instead" data-question="{literal(rewording.text)}"'
        f'{" data-everywhere" if lifted else ""}><span class="label">{literal(language.say("declined.ask"))}</span> '
        f"<bdi>{literal(rewording.text)}</bdi>{where}</button>"
    )


def _coverage(coverage: Coverage | None, language: Language) -> str:
    if coverage is None:
        return ""
    sentence = language.say("declined.coverage", n=coverage.articles)
    if coverage.first and coverage.last:
        days = {"first": language.day(coverage.first), "last": language.day(coverage.last)}
        sentence = language.say("declined.coverage_days", n=coverage.articles, **days)
    return f'<p class="coverage">{literal(sentence)}</p>'
