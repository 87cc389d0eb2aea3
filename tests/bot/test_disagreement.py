from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.answer.disagreement import disagreement
from bot.answer.sentence import Sentence
from corpus.article import Article
from index.passage import Passage

DAY = date(2025, 7, 8)
HURT = "How many people were hurt in the Skua collision?"
COST = "What did the Skua cost the ferry company?"


def reported(*texts: str, apart: int = 1, title: str = "Skua collision in Port Maren") -> list[Sentence]:
    """Each text as the only sentence of an article, the first the latest."""
    articles = [
        Article(title, text, f"https://example.org/{number}", f"Outlet {number}", DAY - timedelta(days=number * apart))
        for number, text in enumerate(texts)
    ]
    return [Sentence(Passage(article, 0, len(article.text)), 0, len(article.text)) for article in articles]


@pytest.mark.parametrize(
    ("question", "texts", "places"),
    [
        (HURT, ["The Skua collision hurt 12 people.", "In the Skua collision 17 people were hurt."], (1, 0)),
        (HURT, ["The Skua collision hurt twelve people.", "In the Skua collision 17 people were hurt."], (1, 0)),
        (
            HURT,
            ["12 people were hurt in the Skua collision.", "Fog delayed boats.", "The Skua collision hurt 14 people."],
            (2, 0),
        ),
        (
            COST,
            ["The Skua cost the ferry company €41 million.", "The Skua cost the ferry company €47 million."],
            (1, 0),
        ),
        (
            COST,
            ["The Skua cost the ferry company 41 million euros.", "The Skua cost its ferry company 44 million euros."],
            (1, 0),
        ),
    ],
)
def test_differing_numbers_are_in_order_of_their_days(question: str, texts: list[str], places: tuple[int, ...]) -> None:
    assert disagreement(question, reported(*texts)) == places


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        # the same number, or one that is the other rounded
        (HURT, ["The Skua collision hurt 12 people.", "In the Skua collision twelve people were hurt."]),
        (COST, ["The Skua cost the ferry company €41 million.", "The Skua cost the ferry company €41.2 million."]),
        (COST, ["The Skua cost the ferry company €41 million.", "The Skua cost the ferry company €40,960,000."]),
        # no exact number, or not the whole
        (HURT, ["The Skua collision hurt 12 people.", "The Skua collision hurt more than 10 people."]),
        (HURT, ["The Skua collision hurt 12 people.", "The Skua collision hurt at least 17 people."]),
        (HURT, ["The Skua collision hurt at least 12 people.", "The Skua collision hurt at least 17 people."]),
        (HURT, ["The Skua collision hurt 12 people.", "In Port Maren alone 7 people were hurt in the Skua collision."]),
        (HURT, ["The Skua collision hurt 12 people.", "So far 7 people were hurt in the Skua collision."]),
        (COST, ["The Skua cost the ferry company €47 million.", "What the Skua cost has now reached €41 million."]),
        (HURT, ["The Skua collision hurt 12 people.", "Another 17 people were hurt after the Skua collision."]),
        (HURT, ["The Skua collision hurt 12 people.", "3 of the people hurt in the Skua collision went home."]),
        (HURT, ["The Skua collision hurt 12 people.", "The Skua collision hurt 10 to 15 people."]),
        # something else is counted
        (HURT, ["The Skua collision hurt 12 people.", "In the Skua collision 17 cars were hurt."]),
        (HURT, ["The Skua collision hurt 12 people.", "The strike of May hurt 17 people."]),
        (COST, ["The Skua cost the ferry company €41 million.", "The Skua cost the ferry company £35 million."]),
        # what may be is no other number
        (COST, ["The Skua cost the ferry company €41 million.", "The Skua may cost the ferry company €47 million."]),
        # of another year
        (
            "How many people did the Skua carry?",
            ["The Skua carried 400 people in 2023.", "The Skua carried 530 people in 2024."],
        ),
        # several numbers, so that it is not known which answers
        (HURT, ["The Skua collision hurt 12 people.", "The Skua collision hurt 17 people or 19 people."]),
        # no question for a number
        ("Who was hurt in the Skua collision?", ["The Skua collision hurt 12 people.", "It hurt 17 people."]),
        ("When did the Skua sail?", ["The Skua sailed on 5 May.", "The Skua sailed on 6 May."]),
        # one source, or none
        (HURT, ["The Skua collision hurt 12 people."]),
        (HURT, []),
    ],
)
def test_a_doubtful_disagreement_is_none(question: str, texts: list[str]) -> None:
    assert disagreement(question, reported(*texts)) == ()


DIFFERENT = ("The Skua collision hurt 12 people.", "The Skua collision hurt 17 people.")


def test_numbers_reported_weeks_apart_are_about_different_events() -> None:
    assert disagreement(HURT, reported(*DIFFERENT, apart=14)) == (1, 0)
    assert disagreement(HURT, reported(*DIFFERENT, apart=15)) == ()


def test_names_in_the_question_must_be_in_the_sentence_or_headline() -> None:
    question = "How many people were hurt in the Port Maren flood?"
    texts = ("12 people were hurt in the flood.", "17 people were hurt in the flood.")
    assert disagreement(question, reported(*texts, title="Flood in Port Maren")) == (1, 0)
    assert disagreement(question, reported(*texts, title="Flood in Estmouth")) == ()
    assert disagreement("How many people were hurt in the flood?", reported(*texts)) == ()


def test_an_undated_article_is_not_compared() -> None:
    sentences = reported(*DIFFERENT)
    article = replace(sentences[1].passage.article, published=None)
    undated = Sentence(Passage(article, 0, len(article.text)), 0, len(article.text))
    assert disagreement(HURT, [sentences[0], undated]) == ()


def test_one_article_does_not_disagree_with_itself() -> None:
    (whole,) = reported(" ".join(DIFFERENT))
    border = len(DIFFERENT[0])
    sentences = [
        Sentence(whole.passage, 0, border),
        Sentence(whole.passage, border + 1, whole.end),
    ]
    assert disagreement(HURT, sentences) == ()


def test_too_many_numbers_are_of_different_things() -> None:
    texts = [f"The Skua collision hurt {number} people." for number in (12, 17, 23, 31)]
    assert disagreement(HURT, reported(*texts[:3])) == (2, 1, 0)
    assert disagreement(HURT, reported(*texts)) == ()
