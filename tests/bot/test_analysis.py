from datetime import date

import pytest

from bot.answer import Turn
from bot.question.analysis import Analyst
from index.question import Question
from index.search.embed import MiniLM

ASKED = date(2024, 6, 1)
ANALYST = Analyst(MiniLM())
MAYOR = Turn("Who won the election for mayor of Port Maren?", "Piet Lund won the election. [1]")


def texts(question: str, *history: Turn) -> list[str]:
    return [analysis.question.text for analysis in ANALYST.analyse(Question(question, ASKED), history)]


def test_a_standalone_question_has_one_reading() -> None:
    assert texts("How much did the tidal gate in Halden cost?", MAYOR) == [
        "How much did the tidal gate in Halden cost?"
    ]


def test_a_follow_up_is_read_joined_with_the_previous_turn_and_as_typed() -> None:
    joined, typed = ANALYST.analyse(Question("who lost?", ASKED), [MAYOR])
    assert "Port Maren" in joined.question.text
    assert joined.context == f"{MAYOR.question} Piet Lund won the election. who lost?"
    assert (typed.question.text, typed.context, typed.resolved) == ("who lost?", "", "")


def test_a_question_with_an_unresolved_reference_is_not_read_as_typed() -> None:
    (joined,) = texts("how old is he?", MAYOR)
    assert "Piet Lund" in joined
    assert "and in the second round?" not in texts("and in the second round?", MAYOR)
    assert "and in Halden?" not in texts("and in Halden?", MAYOR)


def test_a_question_about_the_thing_is_read_as_typed_and_then_joined() -> None:
    typed, joined = ANALYST.analyse(Question("who plays the lead role", ASKED), [MAYOR])
    assert (typed.question.text, typed.context) == ("who plays the lead role", "")
    assert joined.question.text.endswith(". who plays the lead role")
    assert joined.context


@pytest.mark.parametrize("question", ["of what?", "why", "by how much?"])
def test_a_question_word_after_an_answer_is_no_small_talk(question: str) -> None:
    (joined, *_) = ANALYST.analyse(Question(question, ASKED), [MAYOR])
    assert joined.kind != "chat"
    assert "Port Maren" in joined.question.text


@pytest.mark.parametrize("question", ["thanks", "what can you do?", "who are you"])
def test_small_talk_after_an_answer_stays_small_talk(question: str) -> None:
    (typed,) = ANALYST.analyse(Question(question, ASKED), [MAYOR])
    assert typed.kind == "chat"


@pytest.mark.parametrize(
    ("typed", "resolved"),
    [
        ("how old is he?", "how old is Piet Lund?"),
        ("Who is his wife?", "Who is Piet Lund's wife?"),
        ("did the town elect him?", "did the town elect Piet Lund?"),
        ("did the town elect her?", "did the town elect Piet Lund?"),
        ("Who is her husband?", "Who is Piet Lund's husband?"),
        ("who opposed them?", "who opposed Port Maren?"),
        ("what is their population?", "what is Port Maren's population?"),
        ("how big is its harbour?", "how big is Port Maren's harbour?"),
        ("how big is it?", "how big is Port Maren?"),
        ("who lost?", ""),
    ],
)
def test_a_pronoun_of_a_follow_up_is_replaced_by_a_name_to_be_read(typed: str, resolved: str) -> None:
    joined, *_ = ANALYST.analyse(Question(typed, ASKED), [MAYOR])
    assert joined.resolved == resolved


def test_the_course_of_something_up_to_now_is_the_latest_on_it() -> None:
    (analysis,) = ANALYST.analyse(Question("What has happened most recently in Port Maren?", ASKED))
    assert analysis.kind == "latest"


def test_a_turn_that_was_declined_carries_nothing() -> None:
    declined = Turn("Who is the bishop of Halden?", "I found nothing in the archive that answers this.", "abstained")
    assert texts("how old is he?", declined) == ["how old is he?"]


def test_the_period_of_an_overview_is_its_window() -> None:
    (analysis,) = ANALYST.analyse(Question("timeline of the ferry strike in March 2024", ASKED))
    assert analysis.kind in {"timeline", "period"}
    assert (analysis.question.since, analysis.question.until) == (date(2024, 3, 1), date(2024, 3, 31))


def test_days_set_by_hand_cut_the_period_down() -> None:
    question = Question("timeline of the ferry strike in March 2024", ASKED, until=date(2024, 3, 10))
    (analysis,) = ANALYST.analyse(question)
    assert (analysis.question.since, analysis.question.until) == (date(2024, 3, 1), date(2024, 3, 10))


COUNT = Turn("How many articles mention Halden?", "3 articles from 2 outlets mention Halden, from 2 to 9 May 2024.")


@pytest.mark.parametrize("question", ["and in May?", "what about Estmouth?", "and about Piet Lund?", "which outlets?"])
def test_a_follow_up_that_varies_a_count_is_a_count(question: str) -> None:
    analysis, _ = ANALYST.analyse(Question(question, ASKED), [MAYOR, COUNT])
    assert (analysis.kind, analysis.varies) == ("count", (COUNT.question,))
    again, _ = ANALYST.analyse(Question("and in 2022?", ASKED), [COUNT, Turn(question, "1 article mentions it.")])
    assert (again.kind, again.varies) == ("count", (COUNT.question, question))


@pytest.mark.parametrize("question", ["how old is he?", "and what happened in May?", "Who runs the ferry to Estmouth?"])
def test_another_question_after_a_count_is_no_count(question: str) -> None:
    assert all(not analysis.varies for analysis in ANALYST.analyse(Question(question, ASKED), [COUNT]))


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("Have you anything on herring?", True),
        ("Were there any articles about rowing in August 2022?", True),
        ("how many outlets are there?", True),
        ("Were there any reports of damage?", False),
    ],
)
def test_a_question_that_is_surely_about_the_archive_is_a_count(question: str, counts: bool) -> None:
    assert (ANALYST.read(Question(question, ASKED)).kind == "count") == counts


def test_a_month_that_varies_a_count_is_of_the_year_spoken_of() -> None:
    (analysis, *_) = ANALYST.analyse(
        Question("and in May?", ASKED), [Turn("How many articles mention otters in 2021?", "5")]
    )
    assert analysis.question.text == "and in May 2021?"
    assert analysis.period
    assert analysis.period.since == date(2021, 5, 1)


def test_a_follow_up_to_a_fact_varies_no_count() -> None:
    first, *_ = ANALYST.analyse(Question("and in 2022?", ASKED), [COUNT, MAYOR])
    assert (first.kind == "count", first.varies) == (False, ())
