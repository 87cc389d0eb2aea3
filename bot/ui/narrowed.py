"""What a search is limited to, in words."""

from datetime import date, datetime

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
        days(question.since, question.until, language),
        language.say("limits.only", outlets=language.comma(question.sources)) if question.sources else "",
    ]
    return language.comma([part for part in parts if part])


def days(since: date | None, until: date | None, language: Language) -> str:
    """As "from 1 May 2022 to 31 May 2022", "on 1 May 2022" or "until 31 May 2022"; empty without days."""
    if since and until:
        if since == until:
            return language.say("limits.on", day=language.day(since))
        return language.say("limits.span", first=language.day(since), last=language.day(until))
    if since:
        return language.say("limits.since", day=language.day(since))
    return language.say("limits.until", day=language.day(until)) if until else ""
