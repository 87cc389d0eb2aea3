"""The command feedback: visitors' ratings of answers."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import AsJson, Index, echo_json, echo_lines, settings_for
from bot.commands.terminal import plain

if TYPE_CHECKING:
    from bot.feedback import Rating

NONE_KEPT = "no feedback is kept: BYLINE_FEEDBACK is off, or is not set and the index is at a URL"
CUT = 100
"""Characters of a question or a reason in the list."""

AsQuestions = Annotated[
    bool, typer.Option("--questions", help="Print them as drafts for a questions file of byline evaluate.")
]


def feedback(index: Index = None, as_questions: AsQuestions = False, as_json: AsJson = False) -> None:
    """List visitors' ratings of answers, newest first."""
    if as_questions and as_json:
        raise typer.BadParameter("--questions and --json are two forms; choose one")
    from bot.feedback import ratings_of

    ratings = ratings_of(settings_for(index))
    found = ratings.all() if ratings else []
    if as_json:
        echo_json({"ratings": [rating.to_json() for rating in found]})
    elif as_questions:
        echo_lines(json.dumps(rating.to_question(), ensure_ascii=False) for rating in found)
    else:
        echo_lines(_lines(found) if ratings else [NONE_KEPT])


def _lines(ratings: "list[Rating]") -> Iterator[str]:
    good = sum(rating.good for rating in ratings)
    yield f"{len(ratings):,} rated: {good:,} good, {len(ratings) - good:,} bad"
    for rating in ratings:
        yield f"{rating.rated[:10]}  {'good' if rating.good else 'bad '}  {_cut(rating.question)}"
        if rating.reason:
            yield f"{'':18}{_cut(rating.reason)}"


def _cut(text: str) -> str:
    line = plain(" ".join(text.split()))
    return line if len(line) <= CUT else f"{line[:CUT]}…"
