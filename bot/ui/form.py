"""The fields under "Narrow the search", as typed, into a question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.question.limits import put_question
from corpus.errors import SettingsError
from index.question import Question


def read_form(
    text: str,
    asked: str = "",
    since: str = "",
    until: str = "",
    sources: Sequence[str] | None = None,
    plain: Sequence[str] = (),
) -> Question:
    """The question a visitor put.

    Args:
        text: As typed.
        asked: A day as 2022-03-31, or nothing for now.
        since: The first day to search, or nothing.
        until: The last day to search, or nothing.
        sources: Outlets, or none for all.
        plain: Words of the question that are to set no limit.

    Raises:
        SettingsError: A field cannot be used.
    """
    days = _day("As of", asked), _day("From", since), _day("Until", until)
    question = put_question(text, *days, tuple(sources or ()))
    return replace(question, plain=tuple(words for words in plain if words in text))


def _day(label: str, typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise SettingsError(f"{label}: {typed!r} is not a day. Write it like 2022-03-31.") from None
