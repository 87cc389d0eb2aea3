from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.choose import Choice
from bot.answer.evidence import THRESHOLDS, confidence
from corpus.article import Article
from tests.bot.fakes import cite

BRIDGE = Article("Mill Bridge to open", "The mayor will cut the ribbon at noon.", published=date(2022, 5, 4))
QUOTE = cite(1, BRIDGE, BRIDGE.text)


def test_where_nothing_can_be_quoted_nothing_is_sure() -> None:
    assert confidence(Choice((), relevance=20)) == 0
    assert confidence(Choice()) == 0


@given(relevance=st.floats(-30, 30), more=st.floats(0, 1))
def test_it_is_a_likelihood_that_grows_with_what_the_reader_makes_of_the_passages(
    relevance: float, more: float
) -> None:
    sure = confidence(Choice((QUOTE,), relevance=relevance))
    assert 0 < sure < 1
    assert confidence(Choice((QUOTE,), relevance=relevance + more)) >= sure


def test_a_relevance_that_is_no_number_is_no_evidence() -> None:
    assert confidence(Choice((QUOTE,), relevance=-np.inf)) == 0


def test_a_timeline_is_as_sure_as_it_is_on_the_topic() -> None:
    assert confidence(Choice((QUOTE,), "timeline", covered=1.0)) == 1
    assert confidence(Choice((QUOTE,), "timeline", covered=0.5)) < THRESHOLDS["medium"]


def test_the_age_of_the_articles_takes_no_part() -> None:
    aged = cite(1, replace(BRIDGE, published=date(1922, 5, 4)), BRIDGE.text)
    assert confidence(Choice((aged,), relevance=1)) == confidence(Choice((QUOTE,), relevance=1))


def test_more_caution_asks_for_more_confidence() -> None:
    assert 0 < THRESHOLDS["low"] < THRESHOLDS["medium"] < THRESHOLDS["high"] < 1
