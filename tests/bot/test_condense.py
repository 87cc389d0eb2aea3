import pytest

from bot.answer import Turn
from bot.condense import condense

BELARUS = [Turn("Will the Kremlin send troops to Belarus?", "Not for now. [1]")]


@pytest.mark.parametrize(
    "question",
    [
        "And what did Macron say?",
        "What did he say?",
        "Why?",
        "When was that?",
        "How about Poland?",
        "Who else?",
        "But did they agree to meet?",
        "What happened there in the end?",
    ],
)
def test_a_follow_up_is_joined_with_the_question_it_leans_on(question: str) -> None:
    assert condense(question, BELARUS) == f"{BELARUS[0].question} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Philippines presidential election?",
        "When will the Mill Bridge open?",
        "What did Emmanuel Macron say about it being “the worst thing”?",
        "How many people work at the harbour?",
    ],
)
def test_a_question_with_its_own_subject_stays_as_it_is(question: str) -> None:
    assert condense(question, BELARUS) == question


def test_a_chain_of_follow_ups_is_walked_back_to_the_question_that_stands_alone() -> None:
    history = [*BELARUS, Turn("And what did Macron say?", "“The worst thing.” [1]")]
    assert condense("When was that?", history) == (
        "Will the Kremlin send troops to Belarus? And what did Macron say? When was that?"
    )


def test_without_history_a_question_is_itself() -> None:
    assert condense("And what did Macron say?", []) == "And what did Macron say?"
