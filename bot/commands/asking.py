"""Commands that ask the index: search, ask, evaluate."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.answer.wording import counted
from bot.commands.options import AsJson, Index, Narrowed, echo_json, echo_lines, narrowable, settings_for
from bot.commands.progress import progress_shown
from bot.commands.terminal import answer_lines, passage_lines, plain

if TYPE_CHECKING:
    from bot.evaluate import Evaluation

MOST_LISTED = 1000

TopK = Annotated[int, typer.Option(metavar="N", min=1, max=MOST_LISTED, help="List at most so many passages.")]
Considered = Annotated[
    int,
    typer.Option("--top-k", metavar="N", min=1, help="With --json, list at most so many of the passages considered."),
]
Questions = Annotated[Path | None, typer.Argument(metavar="QUESTIONS.jsonl", help="One question per line.")]
Report = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Write report.md, outcomes.jsonl and coverage.svg there.")
]
Compare = Annotated[
    Path | None, typer.Option("--compare", metavar="OUTCOMES.jsonl", help="Show what changed since that run.")
]
Make = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, max=MOST_LISTED, help="Propose N questions from the index."),
]


@narrowable
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words or a question.")],
    narrowed: Narrowed,
    top_k: TopK = 10,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """List the passages that match a query, best first."""
    question = narrowed.question(query)
    from bot.answer import passage_to_json
    from bot.create import create_bot

    found = create_bot(settings_for(index)).retriever.retrieve(question, top_k)
    if as_json:
        echo_json({"passages": [passage_to_json(scored) for scored in found.passages]})
    else:
        echo_lines(passage_lines(found.passages) if found.passages else ["nothing found"])


@narrowable
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to know.")],
    narrowed: Narrowed,
    top_k: Considered = 20,
    index: Index = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the answer came about.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer from the articles, each sentence with its source."""
    put = narrowed.question(question)
    from bot.answer.explanation import explanation, explanation_lines
    from bot.create import create_bot

    answer = create_bot(settings_for(index)).answer(put)
    if as_json:
        listed = replace(answer, passages=answer.passages[:top_k])
        echo_json(listed.to_json() | ({"explanation": explanation(listed)} if explain else {}))
        return
    echo_lines(answer_lines(answer))
    if answer.count:
        from bot.commands.count_table import count_lines

        echo_lines(["", *count_lines(answer.count)])
    if explain:
        echo_lines(map(plain, explanation_lines(answer)))


def evaluate(
    questions: Questions = None,
    index: Index = None,
    report: Report = None,
    against: Compare = None,
    make: Make = None,
    as_json: AsJson = False,
) -> None:
    """Measure the answers to questions with known answers.

    Each line: {"id", "question", "asked"?, "answers": [...], "urls": [...], "answerable": true|false, "kind"?,
    "history"?: [{"question", "answer"}, ...], "window"?: [since, until], "topic"?: [...], "note"?}.
    With --make, propose such lines instead, for you to edit: byline evaluate --make 30 > questions.jsonl
    """
    if make:
        if questions or report or against or as_json:
            raise typer.BadParameter("--make only proposes questions; its only other option is --index")
        _propose(index, make)
        return
    if questions is None:
        raise typer.BadParameter("name a questions file; to have questions proposed: byline evaluate --make 30")
    from bot.evaluate.comparison import compare, read_outcomes
    from bot.evaluate.report_files import report_folder, write_report
    from bot.evaluate.tables import evaluation_lines

    earlier = read_outcomes(against) if against else []
    folder = report_folder(report) if report else None
    measured = _asked(questions, index)
    comparison = compare(earlier, measured.marks) if against else None
    if folder:
        typer.echo(f"byline: wrote {plain(str(write_report(folder, measured, comparison)))}", err=True)
    if as_json:
        echo_json(measured.to_json() | ({"compared": comparison.to_json()} if comparison else {}))
    else:
        echo_lines(evaluation_lines(measured, comparison))


def _asked(questions: Path, index: str | None) -> "Evaluation":
    from bot.create import create_bot
    from bot.evaluate import evaluate, read_questions

    expected = read_questions(questions)
    drafted = sum(one.draft for one in expected)
    if drafted:
        note = f'{drafted:,} of {len(expected):,} questions are drafts; read them, and take their "draft" out'
        typer.echo(f"byline: {note}", err=True)
    done = iter(range(1, len(expected) + 1))
    with progress_shown() as progress:
        bot = create_bot(settings_for(index))
        return evaluate(bot, expected, lambda: progress.show("asking", next(done), len(expected)))


def _propose(index: str | None, count: int) -> None:
    from bot.evaluate.proposals import propose
    from index.storage.remote.follow import mirror

    settings = settings_for(index)
    mirror(settings.place)
    proposals = propose(settings.folder, count)
    echo_lines(json.dumps(one.to_json(number), ensure_ascii=False) for number, one in enumerate(proposals, 1))
    if len(proposals) < count:
        typer.echo(f"byline: {counted(len(proposals), 'question')} of {count:,}: no other sentence fits", err=True)
