"""The fields under "Narrow the search", as typed, into a question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.question.limits import put_question
from bot.ui.language import ENGLISH, Language
from corpus.errors import SettingsError
from index.question import Question


def read_form(
    text: str,
    asked: str = "",
    since: str = "",
    until: str = "",
    sources: Sequence[str] | None = None,
    plain: Sequence[str] = (),
    *,
    language: Language = ENGLISH,
) -> Question:
    """The question a visitor put.

    Args:
        text: As typed.
        asked: A day as 2022-03-31, or nothing for now.
        since: The first day to search, or nothing.
        until: The last day to search, or nothing.
        sources: Outlets, or none for all.
        plain: Words of the question that are to set no limit.
        language: Of what is said of a field that cannot be used.

    Raises:
        SettingsError: A field cannot be used.
    """
    on, first, last = _day("asked", asked, language), _day("since", since, language), _day("until", until, language)
    question = put_question(text, on, first, last, tuple(sources or ()))
    return replace(question, plain=tuple(words for words in dict.fromkeys(plain) if words in text))


def _day(field: str, typed: str, language: Language) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        label = language.say(f"page.{field}")
        raise SettingsError(language.say("notice.no_day", field=label, typed=repr(typed))) from None
