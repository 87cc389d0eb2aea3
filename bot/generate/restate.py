"""A follow-up made to stand alone by a language model."""

import re
from collections.abc import Sequence

from bot.answer import Turn
from bot.generate.prompt import harmless
from bot.llm import LLM, Message
from bot.llm.thoughts import unthought
from bot.question.follow_up import condense

REACH = 3
"""Turns that are shown to the model."""
SHOWN = 400
"""Characters of an answer that are shown: who and what it was about stands at its beginning."""
LONGEST = 300
"""Characters; what is longer is no question."""

TASK = """\
Rewrite the last question of a conversation so that it can be understood alone: put in the names, places and times \
that it leans on. Take nothing away and answer nothing. If it can be understood alone already, repeat it. \
Write the question on one line and nothing else."""

_TELLING = re.compile(r"\b(?:[A-Z][\w’'-]*|\w*\d\w*)")
_LABEL = re.compile(r"\A(?:[\w ]{0,30}question:\s*)?[\"“]?(.*?)[\"”]?\Z", re.IGNORECASE | re.DOTALL)


def restate(llm: LLM, question: str, history: Sequence[Turn]) -> str:
    """The question as the model puts it; as `condense` does where the model's words are of no use.

    Raises:
        LLMError: The model did not answer.
    """
    reply = unthought(llm.stream(_messages(question, history[-REACH:])))
    told = _LABEL.sub(r"\1", reply.strip()).strip()
    return told if _usable(told, question, history) else condense(question, history)


def _messages(question: str, history: Sequence[Turn]) -> tuple[Message, ...]:
    talk = "\n".join(f"Q: {turn.question}\nA: {' '.join(turn.answer.split())[:SHOWN]}" for turn in history)
    return Message("system", TASK), Message("user", harmless(f"{talk}\n\nThe last question: {question}"))


def _usable(told: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether it is one question, and names nothing that nobody has spoken of."""
    if not told or "\n" in told or len(told) > LONGEST or ("?" in question and not told.endswith("?")):
        return False
    known = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)]).lower()
    first, *named = _TELLING.findall(told) or [""]
    opens = told.startswith(first)  # any word has a capital there
    return all(word.lower().removesuffix("’s").removesuffix("'s") in known for word in named + [first] * (not opens))
