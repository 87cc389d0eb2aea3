from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.choose import ExtractiveAnswerer
from bot.archive_bot import ArchiveBot
from bot.evaluate import Outcome, evaluate, measure, read_questions
from bot.evaluate.evaluation import Evaluation
from bot.evaluate.matching import normalise
from bot.evaluate.measures import NAMES, measured, statistics
from corpus.errors import SettingsError
from index.passage import ScoredPassage
from tests.bot.fakes import passage_of
from tests.bot.outcomes import BRIDGE, FERRY, outcome
from tests.fakes import ScriptedRetriever, WordReader

outcomes = st.lists(
    st.builds(
        outcome,
        st.sampled_from([BRIDGE, FERRY]),
        answerable=st.booleans(),
        confidence=st.sampled_from([0.1, 0.5, 0.9]),
        answered=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


def test_ranks_are_of_distinct_articles() -> None:
    measured = measure([outcome(FERRY, FERRY, BRIDGE)])
    assert (measured["article_hit@1"], measured["article_hit@5"], measured["mrr@10"]) == (0, 1, 0.5)


def test_an_answer_contains_gold_without_regard_to_case_articles_and_punctuation() -> None:
    assert measure([outcome(BRIDGE, gold="the 4. MAY!")])["answer_contains"] == 1
    assert measure([outcome(FERRY, gold="4 May")])["answer_contains"] == 0
    assert normalise("The “Mill” Bridge, a bridge") == "mill bridge bridge"


def test_recall_looks_into_the_first_five_passages_and_their_headlines() -> None:
    assert measure([outcome(FERRY, BRIDGE)])["answer_recall@5"] == 1
    assert measure([outcome(FERRY, gold="ferry sinks")])["answer_recall@5"] == 1
    assert measure([outcome(*[FERRY] * 5, BRIDGE)])["answer_recall@5"] == 0


def test_abstaining_is_counted_on_both_kinds_of_question() -> None:
    measured = measure(
        [
            outcome(BRIDGE),
            outcome(BRIDGE, answered=False, confidence=0.2),
            outcome(FERRY, answerable=False, answered=False, confidence=0.1),
            outcome(FERRY, answerable=False, confidence=0.8),
        ]
    )
    assert (measured["answered_rate"], measured["abstained_rate_unanswerable"]) == (0.5, 0.5)
    assert measured["correct_when_answered"] == 1
    assert measured["auroc_answerable"] == 0.75


def test_a_measure_over_no_question_of_its_kind_is_none() -> None:
    measured = measure([outcome(FERRY, answerable=False)])
    assert measured["article_hit@1"] is measured["auroc_answerable"] is measured["answered_rate"] is None
    assert measured["n"] == 1


@given(outcomes, st.data())
def test_counting_a_question_twice_is_the_same_as_asking_it_twice(asked: list[Outcome], data: st.DataObject) -> None:
    times = data.draw(st.lists(st.integers(0, 3), min_size=len(asked), max_size=len(asked)).filter(any))
    (counted,) = statistics([one.marks for one in asked], np.array([times], float))
    repeated = measure([one for one, often in zip(asked, times, strict=True) for _ in range(often)])
    for name, value in zip(NAMES, counted, strict=True):
        assert repeated[name] == pytest.approx(value, abs=1e-4) if not np.isnan(value) else repeated[name] is None


@given(outcomes)
def test_an_interval_lies_around_its_value_and_is_the_same_each_time(asked: list[Outcome]) -> None:
    marks = [one.marks for one in asked]
    found = measured(marks, resamples=50)
    assert found == measured(marks, resamples=50)
    for one in found.values():
        assert (one.value is None) == (one.over == 0)
        if one.interval:
            assert 0 <= one.interval[0] <= one.interval[1] <= 1


def test_an_interval_narrows_with_the_number_of_questions() -> None:
    few = measured([outcome(BRIDGE).marks, outcome(FERRY).marks] * 5)["answer_contains"]
    many = measured([outcome(BRIDGE).marks, outcome(FERRY).marks] * 100)["answer_contains"]
    assert few.value == many.value == 0.5
    assert few.interval == pytest.approx((0.2, 0.8), abs=0.02)  # the binomial distribution's 2.5% and 97.5%
    assert many.interval == pytest.approx((0.43, 0.57), abs=0.015)
    assert (few.over, many.over) == (10, 200)


def test_each_kind_of_question_is_measured_separately() -> None:
    when = outcome(BRIDGE, text="When does the bridge open?")
    much = outcome(FERRY, text="How much did the bridge cost in 2024?")
    result = Evaluation([when.marks, when.marks, much.marks], 0.4, "g1").to_json()
    assert list(result["by_kind"]) == ["date", "number"]
    assert (result["by_kind"]["date"]["n"], result["by_kind"]["date"]["answer_contains"]) == (2, 1)
    assert result["by_kind"]["number"]["article_hit@1"] == 0
    assert {words: group["n"] for words, group in result["by_time_words"].items()} == {
        "without": 2,
        "with time words": 1,
    }
    assert result["intervals"]["answer_contains"] == (0.0, 1.0)
    assert result["intervals"]["auroc_answerable"] is None


def test_a_questions_file_is_read_with_its_defaults(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Who?", "asked": "2025-03-01", "answers": ["me"], "urls": []}\n\n', encoding="utf-8")
    (expected,) = read_questions(path)
    assert (expected.id, expected.question.asked, expected.answerable) == ("1", date(2025, 3, 1), True)
    path.write_text('\n{"question": "Who?\u2028", "id": 7, "asked": "2025-03-01T18:30Z", "draft": true, "note": 1}')
    (expected,) = read_questions(path)
    assert (expected.id, expected.question.asked, expected.draft) == (
        "7",
        datetime(2025, 3, 1, 18, 30, tzinfo=UTC),
        True,
    )


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("{", "Invalid JSON"),
        ("[]", "object"),
        ('{"answers": []}', "question: Field required"),
        ('{"question": "Who?", "asked": "soon"}', "asked"),
        ('{"question": "Who?", "answers": "me"}', "answers: Input should be a valid array"),
        ('{"question": "Who?", "answers": [7]}', "answers.0: Input should be a valid string"),
        ('{"question": "Who?", "answerable": "perhaps"}', "answerable"),
        ('{"question": "Who?", "window": ["2022-05-01"]}', "window: Input should be [since, until]"),
        ('{"question": "Who?", "window": ["2022-05-02", "2022-05-01"]}', "window: Input should be [since, until]"),
        ('{"question": "Who?", "window": ["May", "June"]}', "window.0: Input should be a valid date"),
        ('{"question": "Who?", "history": "Hello"}', "history: Input should be a valid array"),
        ('{"question": "Who?", "history": [["Hello", "Hello."]]}', "history.0: Input should be an object"),
        ('{"question": "Who?", "history": [{"question": "Where?"}]}', "history.0.answer: Field required"),
        ('{"question": "Who?", "topic": "bridge"}', "topic: Input should be a valid array"),
        ('{"question": "Who?", "kind": "all"}', "kind: 'all' is the name of a total"),
        ('{"question": "What?", "kind": "period", "topic": ["bridge"]}', 'needs "window" and "topic"'),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str, wrong: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Who?"}\n' + line, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"questions\.jsonl:2") as error:
        read_questions(path)
    assert wrong in str(error.value)


def test_a_questions_file_without_a_question_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no question"):
        read_questions(path)


def test_a_questions_file_in_another_encoding_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Où?"}', encoding="cp1252")
    with pytest.raises(SettingsError, match=r"questions\.jsonl' is not text in UTF-8; save it as UTF-8$"):
        read_questions(path)


def test_withheld_sentences_are_measured_and_the_threshold_decides_what_is_answered() -> None:
    bot = ArchiveBot(
        ScriptedRetriever(ScoredPassage(passage_of(BRIDGE), 1.0)), ExtractiveAnswerer(WordReader()), threshold=1.0
    )
    result: list[None] = []
    found = evaluate(bot, [outcome(BRIDGE).expected] * 2, lambda: result.append(None))
    assert len(result) == len(found.marks) == 2
    assert found.generation == "g1"
    assert [one.status for one in found.marks] == ["abstained"] * 2
    assert all(one.shown and one.contains for one in found.marks)
