from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.when import FLOOR, recency

ASKED = date(2022, 7, 28)


def at(*ages: int) -> list[float]:
    days = np.array([(ASKED - timedelta(days=age)).toordinal() for age in ages], np.int32)
    return recency(days, ASKED).tolist()


def test_this_weeks_articles_keep_their_score() -> None:
    assert at(0, 3, 7) == [1, 1, 1]


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_an_older_article_never_weighs_more(age: int, other: int) -> None:
    younger, older = at(min(age, other), max(age, other))
    assert 1 >= younger >= older >= FLOOR


def test_an_article_of_unknown_date_weighs_as_an_old_one() -> None:
    assert recency(np.zeros(1, np.int32), ASKED).tolist() == [FLOOR]


def test_an_article_published_after_the_question_was_asked_weighs_as_an_old_one() -> None:
    assert at(-30) == [FLOOR]


def test_a_difference_of_time_zones_does_not_put_an_article_in_the_future() -> None:
    assert at(-1) == pytest.approx([1])
