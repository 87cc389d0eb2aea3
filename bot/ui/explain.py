"""How an answer came about, folded away under it."""

from collections.abc import Iterator

from bot.answer import Answer
from bot.answer.trace import explanation, ranking
from bot.ui.paragraphs import literal


def explanation_html(answer: Answer) -> str:
    """A closed fold: the question as searched, the passages with their scores, the prompt to copy, the times.

    Nothing under small talk, for which nothing was searched.
    """
    if answer.status == "answered" and not answer.passages and not answer.citations:
        return ""
    return (
        f'<details class="how"><summary>How this answer came about</summary><dl>{"".join(_rows(answer))}</dl></details>'
    )


def _rows(answer: Answer) -> Iterator[str]:
    told = explanation(answer)
    yield _row("Read as", told["standalone_question"])
    yield _row("Searched", told["searched"] or "the whole archive")
    yield _row("Confidence", f"{told['confidence']:.2f}")
    yield _row("Passages", "\n".join(ranking(told)) or "none")
    for message in told["messages"]:
        yield _row(f"Given to the model ({message['role']})", message["text"])
    if told["messages"]:
        yield _row(
            f"Its reply ({told['tokens']['in']:,} tokens in, {told['tokens']['out']:,} out)", told["reply"] or "none"
        )
    if told["held_back"]:
        yield _row("Held back", "\n".join(f"{one['text']} ({one['reason']})" for one in told["held_back"]))
    yield _row("Time", ", ".join(f"{stage} {value:,.0f} ms" for stage, value in told["timings_ms"].items()))


def _row(name: str, value: str) -> str:
    return f"<dt>{literal(name)}</dt><dd><pre>{literal(value)}</pre></dd>"
