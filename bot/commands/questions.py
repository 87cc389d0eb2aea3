"""What is asked of the index: search, ask, evaluate."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import (
    AsJson,
    Asked,
    Index,
    Since,
    Sources,
    Until,
    echo_json,
    echo_lines,
    question_for,
    settings_for,
)
from bot.progress import progress_shown
from bot.terminal import answer_lines, passage_lines

MOST = 1000

TopK = Annotated[int, typer.Option(min=1, max=MOST, help="List at most so many passages.")]


def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    top_k: TopK = 10,
    asked: Asked = None,
    since: Since = None,
    until: Until = None,
    source: Sources = None,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """List the passages that bear on a query, best first."""
    question = question_for(query, asked, since, until, source)
    from bot.answer import passage_to_json
    from bot.create import create_bot

    found = create_bot(settings_for(index)).retriever.retrieve(question, top_k)
    if as_json:
        echo_json({"passages": [passage_to_json(scored) for scored in found.passages]})
    else:
        echo_lines(passage_lines(found.passages) if found.passages else ["nothing found"])


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    top_k: TopK = MOST,
    asked: Asked = None,
    since: Since = None,
    until: Until = None,
    source: Sources = None,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Answer in the articles' own words, each with its source."""
    put = question_for(question, asked, since, until, source)
    from bot.create import create_bot

    answer = create_bot(settings_for(index)).answer(put)
    if as_json:
        echo_json(replace(answer, passages=answer.passages[:top_k]).to_json())
    else:
        echo_lines(answer_lines(answer))


def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="One question a line.")],
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Measure the answers to questions whose answers are known.

    Each line: {"id", "question", "asked"?, "answers": [...], "urls": [...], "answerable": true|false}.
    """
    from bot.create import create_bot
    from bot.evaluate import evaluate as measure
    from bot.evaluate import read_questions

    expected = read_questions(questions)
    done = iter(range(1, len(expected) + 1))
    with progress_shown() as progress:
        bot = create_bot(settings_for(index))
        measured = measure(bot, expected, lambda: progress.show("asking", next(done), len(expected)))
    if as_json:
        echo_json(measured)
    else:
        echo_lines(f"{name:<28} {'-' if value is None else value}" for name, value in measured.items())
