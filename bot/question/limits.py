"""The limits of a question at the page and over HTTP, checked before any search."""

from datetime import date

from corpus.errors import QuestionRefused
from index.question import Question, now

QUESTION_LIMIT = 2_000
"""Characters. A question is a sentence or two; a longer text is a pasted article."""
FIRST_YEAR, LAST_YEAR = 1000, 8999
"""Years of a question's day; weeks and centuries are counted from it in both directions."""


def put_question(
    text: str,
    asked: date | None = None,
    since: date | None = None,
    until: date | None = None,
    sources: tuple[str, ...] = (),
) -> Question:
    """The question as the bot takes it; `asked` defaults to now.

    Raises:
        QuestionRefused: The text is blank or too long, a date is out of reach, or the dates leave no day to search.
    """
    text = text.strip()
    if not text:
        raise QuestionRefused("The question is empty. Write what you want to know.", "empty")
    if len(text) > QUESTION_LIMIT:
        message = f"The question has {len(text):,} characters, and the limit is {QUESTION_LIMIT:,}."
        raise QuestionRefused(f"{message} Shorten it and ask again.", "long", n=len(text), limit=QUESTION_LIMIT)
    for name, day in (("asked", asked), ("since", since), ("until", until)):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            message = f"{name} {day} is out of reach. Write a day of the years {FIRST_YEAR} to {LAST_YEAR}."
            raise QuestionRefused(message, "far", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if since and until and since > until:
        message = f"since {since} is later than until {until}. Swap them, or leave one out."
        raise QuestionRefused(message, "order", since=since, until=until)
    named = tuple(source.strip() for source in sources if source.strip())
    return Question(text, asked or now(), since, until, named)
