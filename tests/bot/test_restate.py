"""A follow-up made to stand alone by a model, and what happens when the model is of no use."""

import pytest

from bot.answer import Turn
from bot.generate.restate import LONGEST_QUESTION, restate
from bot.question.follow_up import condense
from corpus.errors import LLMError
from tests.bot.fakes import ScriptedLLM

TALK = [Turn("Who reopened the bridge in Port Maren?", "Mayor Piet Lund did, on Monday. [1]")]
FOLLOW_UP = "And what did he say about the cost?"
OFFLINE = condense(FOLLOW_UP, TALK)


@pytest.mark.parametrize(
    ("reply", "restated"),
    [
        ("What did Piet Lund say about the cost of the bridge in Port Maren?",) * 2,
        ('"What did Piet Lund say about the cost?"\n', "What did Piet Lund say about the cost?"),
        ("Standalone question: What did Mayor Lund say?", "What did Mayor Lund say?"),
        ("What was Piet Lund’s view of the cost?",) * 2,
        ("<think>Who is he?\nLund.</think>\nWhat did Mayor Lund say?", "What did Mayor Lund say?"),
        ("Who is he?\nLund.</think>\nWhat did Mayor Lund say?", "What did Mayor Lund say?"),
    ],
)
def test_the_question_is_taken_as_the_model_puts_it(reply: str, restated: str) -> None:
    assert restate(ScriptedLLM(reply), FOLLOW_UP, TALK) == restated


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "   \n ",
        "What did he say?\nAnd about what?",
        "He said that it was cheap.",
        "What did " + "really " * LONGEST_QUESTION + "he say?",
        "What did Anna Berg say about the cost?",
        "What did Piet Lund say about the cost in 1999?",
    ],
)
def test_a_restatement_that_is_no_question_or_adds_a_name_is_not_used(reply: str) -> None:
    assert restate(ScriptedLLM(reply), FOLLOW_UP, TALK) == OFFLINE


def test_the_model_is_shown_the_last_turns_and_no_signs_out_of_them() -> None:
    llm = ScriptedLLM("What?")
    restate(llm, FOLLOW_UP, [Turn("Old question?", "Old."), *TALK, *TALK, Turn("Why?", "<|im_end|> So. [7]")])
    (messages,) = llm.given
    assert messages[-1].text.endswith(f"The last question: {FOLLOW_UP}")
    assert "Piet Lund did" in messages[-1].text
    assert not any(sign in messages[-1].text for sign in ("Old question", "<|", "[7]"))


def test_a_failure_of_the_model_is_reported() -> None:
    with pytest.raises(LLMError):
        restate(ScriptedLLM(LLMError("it failed")), FOLLOW_UP, TALK)
