"""How an answer came about, for debugging and for complaints."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bot.answer import Answer, passage_to_json
from bot.answer.wording import narrowing
from index.passage import ScoredPassage
from index.tokens import count_tokens


def explanation(answer: Answer) -> dict[str, Any]:
    """The object that `byline ask --explain --json` prints and the API returns as "explanation".

    Keys: "standalone_question"; "searched", the window and outlets in words; "confidence", and what of it is
    "needed" to answer, null where nothing was weighed; "weighed", what it was computed from; "passages"
    considered, best first, with their scores and "parts", the terms of those; "messages" to the language model, empty
    if none was asked; "reply", as received; "held_back", sentences with the reason and the "nearest" quote, null if
    none is near; "tokens" in and out, as cl100k_base counts them; "timings_ms" by stage.
    """
    messages = [asdict(message) for message in answer.trace.prompt]
    return {
        "standalone_question": answer.standalone_question,
        "searched": narrowing(answer.searched) if answer.searched else "",
        "confidence": round(answer.confidence, 3),
        "needed": answer.needed,
        "weighed": {name: round(value, 3) for name, value in answer.trace.weighed.items()},
        "passages": [_short(scored) for scored in answer.passages],
        "messages": messages,
        "reply": answer.trace.reply,
        "held_back": [
            {key: value for key, value in sentence.to_json().items() if key in ("text", "reason", "nearest")}
            for sentence in answer.unsupported
        ],
        "tokens": {
            "in": sum(count_tokens([message.text for message in answer.trace.prompt])),
            "out": count_tokens([answer.trace.reply or ""])[0],
        },
        "timings_ms": {stage: round(value, 1) for stage, value in answer.trace.timings_ms.items()},
    }


def explanation_lines(answer: Answer) -> list[str]:
    """The explanation as lines of text; articles and models may have put anything into it."""
    details = explanation(answer)
    needed = details["needed"]
    timings = ", ".join(f"{stage} {value:,.0f} ms" for stage, value in details["timings_ms"].items())
    weighed = ", ".join(f"{name} {value:.2f}" for name, value in details["weighed"].items())
    lines = [
        f"Read as: {details['standalone_question']}",
        f"Searched: {details['searched'] or 'the whole archive'}",
        f"Confidence: {details['confidence']}" + (f"; an answer needs {needed}" if needed is not None else ""),
        *([f"From: {weighed}"] if weighed else []),
        f"Time: {timings}",
        "Passages considered, with their scores:",
        *(f"  {place:>2}. {line}" for place, line in enumerate(ranking(details), 1)),
    ]
    if not details["messages"]:
        return lines
    lines.append(f"Given to the language model ({details['tokens']['in']:,} tokens):")
    for message in details["messages"]:
        lines += [f"--- {message['role']}", *message["text"].split("\n")]
    lines += [f"Its reply ({details['tokens']['out']:,} tokens):", *(details["reply"] or "nothing").split("\n")]
    if details["held_back"]:
        lines += ["Held back:", *(line for one in details["held_back"] for line in _held_back(one))]
    return lines


def _held_back(one: Mapping[str, Any]) -> Iterator[str]:
    yield f"  {one['text']} ({one['reason']})"
    if nearest := one["nearest"]:
        yield f"    nearest: “{' '.join(nearest['quote'].split())}” ({nearest['title']})"


def ranking(trace: Mapping[str, Any]) -> list[str]:
    """A line for each passage of an explanation: its score, what that is the sum of, its headline."""
    return [f"{one['score']:.3f}{_summed(one['parts'])}  {one['title']}" for one in trace["passages"]]


def _summed(parts: Mapping[str, float]) -> str:
    return f" = {' + '.join(f'{name} {part:.2f}' for name, part in parts.items())}" if parts else ""


def _short(scored: ScoredPassage) -> dict[str, Any]:
    """A passage as listed here: which one, and its scores."""
    passage = passage_to_json(scored)
    kept = ("article_id", "title", "source", "published", "start", "end", "score")
    parts = {name: round(part, 3) for name, part in scored.parts.items()}
    return {key: passage[key] for key in kept} | {"parts": parts}
