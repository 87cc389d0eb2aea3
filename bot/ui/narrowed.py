"""What a search is limited to, in words."""

from datetime import datetime

from bot.ui.language import ENGLISH, Language
from index.question import Question


def limits(question: Question, language: Language = ENGLISH) -> str:
    """As "as of 1 June 2022, from 1 May 2022, only Reuters"; empty where nothing was set by hand.

    A question put now has the moment; one put as of a day has that day.
    """
    asked = question.asked
    as_of = "" if isinstance(asked, datetime) else language.say("limits.as_of", day=language.day(asked))
    plain = [language.say("limits.plain", words=words) for words in question.plain]
    return language.comma([part for part in (as_of, window(question, language), *plain) if part])


def window(question: Question, language: Language) -> str:
    """The days and outlets that are searched: "from 1 May 2022, only Reuters"; empty for the whole archive."""
    parts = [
        language.say("limits.since", day=language.day(question.since)) if question.since else "",
        language.say("limits.until", day=language.day(question.until)) if question.until else "",
        language.say("limits.only", outlets=language.comma(question.sources)) if question.sources else "",
    ]
    return language.comma([part for part in parts if part])
