from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import LOOKED_AT, THRESHOLDS, confidence, coverage
from bot.extractive import Choice
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.retriever import Retrieval

cosines = st.floats(-1, 1)


def retrieval(*articles: Article, nearest: float = 0.5) -> Retrieval:
    scored = (ScoredPassage(Passage(article, 0, len(article.text)), 1.0) for article in articles)
    return Retrieval(tuple(scored), "g1", nearest, Question("Which?"))


BRIDGE = Article("Mill Bridge to open", "The mayor will cut the ribbon at noon.", published=date(2022, 5, 4))
WEATHER = Article("Weather", "It rained.")
QUESTION = "When will the mayor open the Mill Bridge?"


def test_where_nothing_was_found_nothing_is_sure() -> None:
    assert confidence(QUESTION, retrieval(nearest=0.99), Choice(nearest=0.99)) == 0


@given(nearest=cosines, sentence=cosines, closer=st.floats(0, 1))
def test_it_is_a_likelihood_that_grows_with_the_nearest_passage_or_sentence(
    nearest: float, sentence: float, closer: float
) -> None:
    sure = confidence(QUESTION, retrieval(WEATHER, nearest=nearest), Choice(nearest=sentence))
    assert 0 < sure < 1
    higher = max(nearest, sentence) + closer
    assert confidence(QUESTION, retrieval(WEATHER, nearest=higher), Choice(nearest=sentence)) >= sure
    assert confidence(QUESTION, retrieval(WEATHER, nearest=nearest), Choice(nearest=higher)) >= sure


def test_a_nearer_sentence_counts_though_its_passage_lies_far() -> None:
    far = retrieval(BRIDGE, nearest=0.1)
    assert confidence(QUESTION, far, Choice(nearest=0.9)) > confidence(QUESTION, far, Choice(nearest=0.2)) + 0.3


def test_words_that_stand_in_the_passages_make_it_surer() -> None:
    held, absent = (confidence(QUESTION, retrieval(article), Choice()) for article in (BRIDGE, WEATHER))
    assert held > absent


def test_coverage_is_the_largest_share_of_the_questions_words_in_one_passage_with_its_headline() -> None:
    assert coverage(QUESTION, retrieval(WEATHER, BRIDGE)) == 1
    assert coverage("Did the mayor cut the cake?", retrieval(WEATHER, BRIDGE)) == pytest.approx(2 / 3)
    assert coverage(QUESTION, retrieval(WEATHER)) == 0
    halves = [Article("Mayor", "The mayor speaks."), Article("Mill", "The mill turns.")]
    assert coverage("mayor mill", retrieval(*halves)) == 0.5


def test_words_are_looked_for_in_the_first_passages_only() -> None:
    assert coverage(QUESTION, retrieval(*[WEATHER] * (LOOKED_AT - 1), BRIDGE)) == 1
    assert coverage(QUESTION, retrieval(*[WEATHER] * LOOKED_AT, BRIDGE)) == 0


@pytest.mark.parametrize("question", ["", "?", "What was that?"])
def test_a_question_of_words_that_carry_no_meaning_covers_nothing(question: str) -> None:
    assert coverage(question, retrieval(BRIDGE)) == 0


def test_the_age_of_the_articles_takes_no_part() -> None:
    aged = replace(BRIDGE, published=date(1922, 5, 4))
    assert confidence(QUESTION, retrieval(aged), Choice()) == confidence(QUESTION, retrieval(BRIDGE), Choice())


def test_more_caution_asks_for_more_confidence() -> None:
    assert 0 < THRESHOLDS["low"] < THRESHOLDS["medium"] < THRESHOLDS["high"] < 1
