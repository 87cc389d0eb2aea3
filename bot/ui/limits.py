"""What a question was limited to by hand, in words."""

from datetime import datetime

from bot.answer.wording import day, narrowing
from index.question import Question


def limits(question: Question) -> str:
    """As "as of 1 June 2022, from 1 May 2022, only Reuters"; empty where nothing was set.

    A question put now has the moment; one put as of a day has that day.
    """
    as_of = "" if isinstance(question.asked, datetime) else f"as of {day(question.asked)}"
    plain = [f"“{words}” taken as plain words" for words in question.plain]
    return ", ".join(part for part in (as_of, narrowing(question), *plain) if part)
