"""Makes a follow-up standalone with a language model."""

import re
from collections.abc import Sequence

from bot.answer import Turn
from bot.generate.prompt import harmless
from bot.llm import LLM, Message
from bot.llm.thoughts import unthought
from bot.question.follow_up import condense

REACH = 3
"""Turns shown to the model."""
SHOWN = 400
"""Characters of an answer shown to the model: its beginning says who and what it is about."""
LONGEST_QUESTION = 300
"""Characters; a longer text is no question."""

TASK = """\
Rewrite the last question of a conversation so that it can be understood alone: put in the names, places and times \
that it leans on. Take nothing away and answer nothing. If it can be understood alone already, repeat it. \
Write the question on one line and nothing else."""

_TELLING = re.compile(r"\b(?:[A-Z][\w’'-]*|\w*\d\w*)")
_LABEL = re.compile(r"\A(?:[\w ]{0,30}question:\s*)?[\"“]?(.*?)[\"”]?\Z", re.IGNORECASE | re.DOTALL)


def restate(llm: LLM, question: str, history: Sequence[Turn]) -> str:
    """The model's standalone question; the one of `condense` where the model's is unusable.

    Raises:
        LLMError: The model did not answer.
    """
    reply = unthought(llm.stream(_messages(question, history[-REACH:])))
    restated = _LABEL.sub(r"\1", reply.strip()).strip()
    return restated if _usable(restated, question, history) else condense(question, history)


def _messages(question: str, history: Sequence[Turn]) -> tuple[Message, ...]:
    talk = "\n".join(f"Q: {turn.question}\nA: {' '.join(turn.answer.split())[:SHOWN]}" for turn in history)
    return Message("system", TASK), Message("user", harmless(f"{talk}\n\nThe last question: {question}"))


def _usable(restated: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether it is a single question that introduces no names."""
    if (
        not restated
        or "\n" in restated
        or len(restated) > LONGEST_QUESTION
        or ("?" in question and not restated.endswith("?"))
    ):
        return False
    known = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)]).lower()
    first, *named = _TELLING.findall(restated) or [""]
    opens = restated.startswith(first)  # any word has a capital there
    return all(word.lower().removesuffix("’s").removesuffix("'s") in known for word in named + [first] * (not opens))
