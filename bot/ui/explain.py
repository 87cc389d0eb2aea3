"""How an answer came about, folded away under it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.answer import Answer, AnswerSentence
from bot.answer.explanation import explanation
from bot.note import Note
from bot.ui.language import ENGLISH, Language
from bot.ui.links import read_button
from bot.ui.narrowed import window
from bot.ui.paragraphs import literal
from bot.ui.signature import signature
from bot.ui.writing_system import speech


def explanation_html(answer: Answer, language: Language = ENGLISH) -> str:
    """A closed fold: the question as searched, the passages with their scores, the prompt to copy, the times.

    Nothing under small talk, for which nothing was searched.
    """
    if answer.status == "answered" and not answer.passages and not answer.citations:
        return ""
    title = literal(language.say("how.title"))
    return f'<details class="how"><summary>{title}</summary><dl>{"".join(_rows(answer, language))}</dl></details>'


def _rows(answer: Answer, language: Language) -> Iterator[str]:
    say, trace = language.say, explanation(answer)
    within = window(answer.searched, language) if answer.searched else ""
    yield _row(say("how.read_as"), trace["standalone_question"])
    yield _row(say("how.searched"), within or say("how.everything"))
    sure, needed = language.decimal(trace["confidence"], 2), trace["needed"]
    weighed = sure if needed is None else say("how.needed", sure=sure, needed=language.decimal(needed, 2))
    yield _row(say("how.confidence"), weighed)
    passages = "\n".join(_passage(one, language) for one in trace["passages"])
    yield _row(say("how.passages"), passages or say("how.none"))
    for message in trace["messages"]:
        yield _row(say("how.given", role=message["role"]), message["text"])
    if trace["messages"]:
        tokens = {"given": trace["tokens"]["in"], "written": trace["tokens"]["out"]}
        yield _row(say("how.reply", **tokens), trace["reply"] or say("how.none"))
    if answer.unsupported:
        items = "".join(_held_back(sentence, language) for sentence in answer.unsupported)
        yield f"<dt>{literal(say('how.held_back'))}</dt><dd><ul>{items}</ul></dd>"
    times = [(_name("stage", stage, language), round(value)) for stage, value in trace["timings_ms"].items()]
    yield _row(say("how.time"), language.comma([say("how.took", stage=stage, time=time) for stage, time in times]))


def _passage(one: Mapping[str, Any], language: Language) -> str:
    """Its score, what that is the sum of, its headline."""
    parts = [f"{_name('part', name, language)} {language.decimal(part, 2)}" for name, part in one["parts"].items()]
    summed = f" = {' + '.join(parts)}" if parts else ""
    return f"{language.decimal(one['score'], 3)}{summed}  {language.isolated(one['title'])}"


def _held_back(sentence: AnswerSentence, language: Language) -> str:
    """The sentence, why, and the nearest quote, which opens in its article."""
    why = reason_text(sentence.reason, language) if sentence.reason else ""
    said, nearest = f"<bdi>{literal(sentence.text)}</bdi> <em>{literal(why)}</em>", sentence.nearest
    if nearest:
        article = nearest.passage.article
        quote = f"<q{speech(nearest.quote, language.code)}>{literal(nearest.quote)}</q>"
        label = f"{literal(language.say('how.nearest'))} {quote}"
        said += f"<br>{read_button(article, label, nearest)} {signature(article, language)}"
    return f"<li>{said}</li>"


def reason_text(reason: Note, language: Language) -> str:
    """Why a sentence is not supported; one of another bot stays in English."""
    key, values = f"unsupported.{reason.kind}", dict(reason.values)
    if key not in language.strings:
        return reason.text
    if span := values.get("span"):
        values["span"] = language.say(f"unsupported.span_{span}")
    return language.say(key, **values)


def _name(sort: str, name: str, language: Language) -> str:
    """What the page calls a part of a score or a stage; one of another bot keeps its name."""
    key = f"how.{sort}_{name}".replace(" ", "_")
    return language.say(key) if key in language.strings else name


def _row(name: str, value: str) -> str:
    """A long value scrolls; the keyboard reaches it too."""
    return f'<dt>{literal(name)}</dt><dd><pre tabindex="0">{literal(value)}</pre></dd>'
