from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.answer.candidates import EVIDENCE
from bot.answer.choose import Choice
from bot.answer.evidence import THRESHOLDS, confidence
from corpus.article import Article
from tests.bot.fakes import cite

BRIDGE = Article("Mill Bridge to open", "The mayor will cut the ribbon at noon.", published=date(2022, 5, 4))
QUOTE = cite(1, BRIDGE, BRIDGE.text)


def evidence(**features: float) -> tuple[float, ...]:
    return tuple(features.get(name.replace(" ", "_"), 0.0) for name in EVIDENCE)


def test_without_a_quote_confidence_is_0() -> None:
    assert confidence(Choice((), evidence=evidence(best_relevance=20))) == 0
    assert confidence(Choice()) == 0


@given(relevance=st.floats(-30, 30), more=st.floats(0, 1))
def test_it_is_a_likelihood_that_grows_with_what_the_reader_makes_of_the_passages(
    relevance: float, more: float
) -> None:
    sure = confidence(Choice((QUOTE,), evidence=evidence(best_relevance=relevance)))
    assert 0 < sure < 1
    assert confidence(Choice((QUOTE,), evidence=evidence(best_relevance=relevance + more))) >= sure


def test_a_timeline_is_as_sure_as_it_is_on_the_topic() -> None:
    assert confidence(Choice((QUOTE,), "timeline", covered=1.0)) == 1
    assert confidence(Choice((QUOTE,), "timeline", covered=0.5)) < THRESHOLDS["medium"]


def test_more_caution_asks_for_more_confidence() -> None:
    assert 0 < THRESHOLDS["low"] < THRESHOLDS["medium"] < THRESHOLDS["high"] < 1
