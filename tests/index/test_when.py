from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.question import Question
from index.search.recency import TOO_EARLY, prior, recency
from index.time.period import period_of, wants_latest

ASKED = date(2022, 7, 28)


def at(*ages: int) -> list[float]:
    days = np.array([(ASKED - timedelta(days=age)).toordinal() for age in ages], np.int32)
    return recency(days, ASKED).tolist()


def test_this_weeks_articles_keep_their_score() -> None:
    assert at(0, 3, 7) == [1, 1, 1]


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_an_older_article_never_weighs_more(age: int, other: int) -> None:
    younger, older = at(min(age, other), max(age, other))
    assert 1 >= younger >= older >= 0


def test_an_article_of_unknown_date_weighs_as_an_old_one() -> None:
    assert recency(np.zeros(1, np.int32), ASKED).tolist() == [0]


def test_an_article_published_after_the_question_was_asked_weighs_less_than_an_old_one() -> None:
    assert at(-30) == [-1]


def test_a_difference_of_time_zones_does_not_put_an_article_in_the_future() -> None:
    assert at(-1) == pytest.approx([1])


def weight(question: str, day: date, asked: date = date(2026, 11, 22)) -> float:
    days = np.array([day.toordinal()], np.int32)
    period, latest = period_of(question, asked), wants_latest(question)
    (weighed,) = prior(days, Question(question, asked), period, latest).tolist()
    return weighed


def test_a_question_about_the_past_is_not_pulled_to_the_day_it_is_asked() -> None:
    question = "What did Lukashenko do in August 2020?"
    assert weight(question, date(2020, 8, 19)) == 1
    assert weight(question, date(2026, 11, 20)) == pytest.approx(0, abs=1e-6)
    assert weight(question, date(2016, 8, 19)) == pytest.approx(0, abs=1e-6)


def test_around_a_time_gone_by_nearer_days_weigh_more() -> None:
    weights = [weight("What happened in Minsk in August 2020?", date(2020, 10, day)) for day in (1, 10, 20)]
    assert weights == sorted(weights, reverse=True)


def test_articles_before_the_period_asked_about_weigh_less() -> None:
    before = date(2026, 11, 10)
    assert weight("Who resigned this week?", before) == weight("Who resigned?", before) * TOO_EARLY


def test_the_latest_fades_sooner() -> None:
    older = date(2026, 10, 25)
    assert weight("What is the latest on the ferry?", older) < weight("What is known of the ferry?", older)


@given(st.text(), st.dates())
def test_a_weight_is_between_0_and_1_for_any_question(question: str, day: date) -> None:
    assert -1 <= weight(question, day) <= 1
