"""How an answer came about, for whoever wants to know or to complain."""

from dataclasses import asdict
from typing import Any

from bot.answer import Answer, passage_to_json
from bot.wording import narrowing
from index.tokens import count_tokens


def explanation(answer: Answer) -> dict[str, Any]:
    """The object that `byline ask --explain --json` prints and the API returns as "explanation".

    Keys: "standalone_question"; "searched", the window and outlets in words; "passages" considered, with their scores,
    best first; "messages" to the language model, empty if none was asked; "reply", its words as they came;
    "held_back", sentences with the reason; "tokens" in and out, as cl100k_base counts them; "timings_ms" by stage.
    """
    messages = [asdict(message) for message in answer.prompt]
    return {
        "standalone_question": answer.standalone_question,
        "searched": narrowing(answer.searched) if answer.searched else "",
        "confidence": round(answer.confidence, 3),
        "passages": [_short(passage_to_json(scored)) for scored in answer.passages],
        "messages": messages,
        "reply": answer.reply,
        "held_back": [
            {"text": sentence.text, "reason": sentence.reason}
            for sentence in answer.sentences
            if not sentence.supported
        ],
        "tokens": {
            "in": sum(count_tokens([message.text for message in answer.prompt])),
            "out": count_tokens([answer.reply or ""])[0],
        },
        "timings_ms": {stage: round(value, 1) for stage, value in answer.timings_ms.items()},
    }


def explanation_lines(answer: Answer) -> list[str]:
    """The same to be read, line by line; what articles and models say may hold anything."""
    told = explanation(answer)
    timings = ", ".join(f"{stage} {value:,.0f} ms" for stage, value in told["timings_ms"].items())
    lines = [
        f"Read as: {told['standalone_question']}",
        f"Searched: {told['searched'] or 'the whole archive'}",
        f"Confidence: {told['confidence']}",
        f"Time: {timings}",
        "Passages considered, with their scores:",
        *(f"  {place:>2}. {one['score']:.3f}  {one['title']}" for place, one in enumerate(told["passages"], 1)),
    ]
    if not told["messages"]:
        return lines
    lines.append(f"Given to the language model ({told['tokens']['in']:,} tokens):")
    for message in told["messages"]:
        lines += [f"--- {message['role']}", *message["text"].split("\n")]
    lines += [f"Its reply ({told['tokens']['out']:,} tokens):", *(told["reply"] or "nothing").split("\n")]
    if told["held_back"]:
        lines += ["Held back:", *(f"  {one['text']} ({one['reason']})" for one in told["held_back"])]
    return lines


def _short(passage: dict[str, Any]) -> dict[str, Any]:
    """A passage as it is listed here: which, and how it scored."""
    kept = ("article_id", "title", "source", "published", "start", "end", "score")
    return {key: passage[key] for key in kept}
