"""What the bot states itself in an answer, in the visitor's language; the quotes around it stay as they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.answer import Answer, AnswerSentence
from bot.answer.archive_count import topic_parts
from bot.answer.declined import Declined
from bot.answer.declining import NAMED
from bot.answer.wording import cut, on_one_line
from bot.note import Note
from bot.ui.explain import reason_text
from bot.ui.language import DEFAULT, Language
from bot.ui.narrowed import window
from corpus.article import Article
from index.question import Question
from index.search.counting import ArticleCount
from index.search.topic import Topic
from index.split import Span

Values = Mapping[str, Any]
FAILED = "failed"
"""The note that the page words in English too: the bot's own says why a language model failed, and names its server."""


@dataclass(frozen=True, slots=True)
class Said:
    """A note in a language.

    Attributes:
        text: All of it.
        answering: The words of it that answer the question; empty if none do.
    """

    text: str
    answering: str = ""


def in_language(answer: Answer, language: Language) -> Answer:
    """The answer with what the bot states itself in another language, and all places in its text moved accordingly."""
    pieces, changes, place = list[str](), list[_Change](), 0
    for one in answer.statements:
        if language.code == DEFAULT and one.note.kind != FAILED:
            continue
        start, end = one.span
        said = said_in(one.note, language)
        if said.text == one.note.text:
            continue
        pieces += [answer.text[place:start], said.text]
        at = said.text.find(said.answering) if said.answering else -1
        changes.append(_Change((start, end), said.text, (at, at + len(said.answering)) if at >= 0 else None))
        place = end
    text = "".join([*pieces, answer.text[place:]])

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(place for span in spans if (place := _moved(span, changes)))

    return replace(
        answer,
        text=text,
        sentences=tuple(_with_place(one, moved) for one in answer.sentences),
        emphasis=moved(answer.emphasis),
        marks=None if answer.marks is None else moved(answer.marks),
        quotes=moved(answer.quotes),
        notes=moved(answer.notes),
        statements=(),
    )


def _with_place(sentence: AnswerSentence, moved: Callable[[tuple[Span, ...]], tuple[Span, ...]]) -> AnswerSentence:
    if sentence.start is None or sentence.end is None:
        return sentence
    start, end = next(iter(moved(((sentence.start, sentence.end),))), (None, None))
    return replace(sentence, start=start, end=end)


@dataclass(frozen=True, slots=True)
class _Change:
    """A part of a text and what is in its place; `answering` are places within that."""

    span: Span
    text: str
    answering: Span | None

    def holds(self, span: Span) -> bool:
        """Whether a span is a part of what is changed, and not all of it."""
        return self.span[0] <= span[0] and span[1] <= self.span[1] and span != self.span


def _moved(span: Span, changes: list[_Change]) -> Span | None:
    """Where a span is after the changes; None for a part of a changed one that has nothing to match it."""
    around = next((one for one in changes if one.holds(span)), None)
    if around:
        first = around.span[0] + _growth(changes, around.span[0])
        return (first + around.answering[0], first + around.answering[1]) if around.answering else None
    return span[0] + _growth(changes, span[0]), span[1] + _growth(changes, span[1])


def _growth(changes: list[_Change], place: int) -> int:
    """By how much the text before a place has grown."""
    return sum(len(one.text) - (one.span[1] - one.span[0]) for one in changes if one.span[1] <= place)


def said_in(note: Note, language: Language) -> Said:
    """A note in a language; one of another bot stays in English."""
    made = _SAID.get(note.kind)
    if not made:
        return Said(note.text)
    said = made(note.values, language)
    said = said if isinstance(said, Said) else Said(said)
    return said if note.kind in _WITHIN else replace(said, text=language.opened(said.text))


def _newest_before(values: Values, language: Language) -> str:
    return language.say("answer.newest_before", day=language.day(values["day"]))


def _origin(values: Values, language: Language) -> str:
    """Outlet and day in front of a quote, and its headline where it needs that; the quote decides the direction."""
    article: Article = values["article"]
    day = language.day(article.published) if article.published else ""
    parts = [part for part in (on_one_line(article.source or ""), day) if part]
    if values["dated"]:
        parts.reverse()
    if headline := values["headline"]:
        parts.append(language.say("answer.headline" if parts else "answer.headline_alone", title=headline))
    return language.isolated(f"{language.comma(parts)}:")


def _declined(values: Values, language: Language) -> str:
    declined: Declined = values["declined"]
    said = [language.say("declined.title")]
    if declined.outlet:
        said.append(language.say("declined.no_outlet", outlet=declined.outlet))
    if declined.lacking:
        names = language.either([cut(on_one_line(each)) for each in declined.lacking])
        said.append(language.say("declined.no_mention", names=names))
    if not declined.nearest:
        return " ".join(said)
    title = language.say("declined.nearest")
    if declined.kin:
        title = language.say("declined.nearest_about", names=language.either(declined.kin))
    rows = [f"- {_titled(article, language)}" for article in declined.nearest[:NAMED]]
    return "\n".join([f"{' '.join(said)} {title}:", *rows])


def _titled(article: Article, language: Language) -> str:
    title = language.say("answer.quoted", words=cut(on_one_line(article.title)))
    day = language.day(article.published) if article.published else ""
    return language.comma([part for part in (title, on_one_line(article.source or ""), day) if part])


def _hello(values: Values, language: Language) -> str:
    reach, outlets = values["reach"], values["outlets"]
    names, days = "", ""
    if outlets:
        key = "talk.outlets_others" if values["others"] else "talk.outlets"
        names = language.say(key, names=language.comma(outlets))
    if reach.first and reach.last:
        days = language.say("talk.days", first=language.day(reach.first), last=language.day(reach.last))
    articles = language.say("talk.articles", n=reach.articles)
    return language.say("talk.hello_archive", articles=articles, outlets=names, days=days)


def _hello_ask(values: Values, language: Language) -> str:
    """The questions stay in the language of the articles."""
    return "\n".join([language.say("talk.ask"), *(f"- {question}" for question in values["questions"])])


def _none(values: Values, language: Language) -> str:
    count: ArticleCount = values["count"]
    within = window(Question("", since=count.since, until=count.until, sources=count.sources), language)
    limits = language.say("count.limits", limits=within) if within else ""
    if count.topic:
        return language.say("count.none_about", topic=_topic(count.topic, language), limits=limits)
    return language.say("count.none", limits=limits)


def _counted(values: Values, language: Language) -> Said:
    count: ArticleCount = values["count"]
    articles = language.say("archive.articles", n=count.total)
    outlets = language.say("count.outlets", n=len(count.by_outlet))
    if len(count.by_outlet) == 1:
        outlets = language.isolated(on_one_line(next(iter(count.by_outlet))))
    whole = language.say(
        "count.counted",
        articles=articles,
        origin=language.say("count.origin", outlets=outlets) if count.by_outlet else "",
        about=_about(count, language),
        days=_days(count, language),
    )
    return Said(whole, {"articles": articles, "outlets": outlets}[values["answering"]])


def _about(count: ArticleCount, language: Language) -> str:
    if count.topic:
        return language.say("count.about", n=count.total, topic=_topic(count.topic, language))
    return language.say("count.all", n=count.total)


def _days(count: ArticleCount, language: Language) -> str:
    if not count.first or not count.last:
        return ""
    if count.first == count.last:
        return language.say("count.on", n=count.total, day=language.day(count.first))
    return language.say("count.span", first=language.day(count.first), last=language.day(count.last))


def _topic(topic: Topic, language: Language) -> str:
    def together(one: Topic) -> str:
        parts = topic_parts(one)
        return language.both([language.say("answer.quoted", words=part) if quoted else part for part, quoted in parts])

    return language.either([together(one) for one in topic.alternatives]) if topic.others else together(topic)


def _at_the_end(name: str) -> Callable[[Values, Language], Said]:
    """The wording of when the first or the last article is of."""

    def said(values: Values, language: Language) -> Said:
        count: ArticleCount = values["count"]
        day = language.day(values["day"])
        if not count.topic:
            return Said(language.say(f"count.{name}", n=count.total, day=day), day)
        topic = _topic(count.topic, language)
        return Said(language.say(f"count.{name}_about", n=count.total, topic=topic, day=day), day)

    return said


def _most(values: Values, language: Language) -> Said:
    names = language.both([on_one_line(name) for name in values["names"]])
    articles = language.say("archive.articles", n=values["largest"])
    return Said(language.say("count.most", n=len(values["names"]), names=names, articles=articles), names)


def _table(values: Values, language: Language) -> str:
    rows = [(language.month(name) if isinstance(name, date) else name, number) for name, number in values["rows"]]
    if others := values["others"]:
        rows.append((language.say("count.other_outlets", n=others), values["rest"]))
    return "\n".join(f"{language.comma([name])}: {language.number(number)}" for name, number in rows)


def _plain(key: str) -> Callable[[Values, Language], str]:
    """The wording of a note whose values are filled in as they are."""
    return lambda values, language: language.say(key, **values)


_WITHIN = {"origin", "not_supported", "table"}
"""Notes beside a text whose direction counts, and one that opens with a sign of Markdown."""
_SAID: Mapping[str, Callable[[Values, Language], Said | str]] = {
    "no_outlet": _plain("declined.no_outlet"),
    "newest_before": _newest_before,
    "differing": _plain("answer.differing"),
    "origin": _origin,
    "not_supported": lambda values, language: language.say(
        "answer.not_supported", reason=reason_text(values["reason"], language)
    ),
    FAILED: _plain("answer.failed"),
    "held_back": _plain("answer.held_back"),
    "declined": _declined,
    "thanks": _plain("talk.thanks"),
    "hello": _plain("talk.hello"),
    "hello_archive": _hello,
    "hello_ask": _hello_ask,
    "none": _none,
    "counted": _counted,
    "first": _at_the_end("first"),
    "last": _at_the_end("last"),
    "most": _most,
    **{
        name: _plain(f"count.{name}")
        for name in ("combination", "copies", "dateless", "heading_first", "heading_all", "heading_newest")
    },
    "table": _table,
}
"""By the kind of note."""
