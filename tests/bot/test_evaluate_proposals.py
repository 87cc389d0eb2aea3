"""Questions proposed out of an archive."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluate import read_questions
from bot.evaluate.drafts import FEWEST_WORDS, LONGEST_QUESTION, drafts
from bot.evaluate.proposals import in_rounds, propose
from corpus.article import Article
from corpus.errors import IndexMissing
from tests.index.building import build

DRAFTED = [
    (
        "Ada Moreau, director of the Harbour Museum, opened it.",
        "Who is the director of the Harbour Museum?",
        "Ada Moreau",
    ),
    (
        "Piet Lund, the president and CEO of Northern Ferries, resigned.",
        "Who is the president and CEO of Northern Ferries?",
        "Piet Lund",
    ),
    (
        "At least 42 people were injured in the fire at Estmouth station, police said.",
        "How many people were injured in the fire at Estmouth station?",
        "42 people",
    ),
    (
        "Twenty-one wooden boats have returned to Port Maren since June 3, 2021, after the storm.",
        "How many wooden boats have returned to Port Maren since June 3, 2021?",
        "Twenty-one wooden boats",
    ),
    (
        "The Harbour Office has counted more than 1,200 seals on Gull Island.",
        "How many seals has the Harbour Office counted on Gull Island?",
        "1,200 seals",
    ),
    (
        "The Estmouth yard built three ferries for Gull Island, its owner said.",
        "How many ferries did the Estmouth yard build for Gull Island?",
        "three ferries",
    ),
    ("The Mill Bridge will open to trams on 4 May 2025.", "When will the Mill Bridge open to trams?", "4 May 2025"),
    (
        "The Gull Island ferry first began to sail in 1981.",
        "When did the Gull Island ferry first begin to sail?",
        "1981",
    ),
    (
        "The Kittiwake is scheduled to reach Gull Island on Sept. 2, the council said.",
        "When is the Kittiwake scheduled to reach Gull Island?",
        "Sept. 2",
    ),
    ("Piet Lund will be the next mayor of Port Maren.", "Who will be the next mayor of Port Maren?", "Piet Lund"),
    ("Hanna Brix won the Gull Island regatta.", "Who won the Gull Island regatta?", "Hanna Brix"),
]
PASSED_OVER = [
    "He was elected mayor of Port Maren on 4 May.",  # who?
    "The company opened its office on 4 May 2021.",  # which?
    "“The Mill Bridge will open on 4 May,” he said.",
    "The Mill Bridge, which was shut, will open on 4 May.",
    "City branch libraries are closed for the whole week in Port Maren.",
    "Five children have died in Estmouth.",  # of what?
    "42 people were injured when it collapsed near the Mill Bridge.",
    "The Mill Bridge will open on 4 May.\x1b[2J",
    "But Piet Lund, director of the Harbour Museum, did not.",
    "The bridge in 2021 " + "and " * 80 + "opened in 2022.",
]


def article(text: str, number: int = 1, **said: object) -> Article:
    made = Article("A headline", text, f"https://news.example/{number}", "Gazette", date(2022, 1, 31))
    return replace(made, **said)


@pytest.mark.parametrize(("sentence", "question", "answer"), DRAFTED, ids=[answer for *_, answer in DRAFTED])
def test_a_sentence_of_a_known_shape_becomes_a_question(sentence: str, question: str, answer: str) -> None:
    (draft,) = drafts(article(f"It rained all day. {sentence}"))
    assert (draft.question, draft.answer, draft.sentence) == (question, answer, sentence)


@pytest.mark.parametrize("sentence", PASSED_OVER)
def test_a_sentence_that_makes_no_plain_question_is_passed_over(sentence: str) -> None:
    assert list(drafts(article(sentence))) == []


def test_an_answer_that_occurs_elsewhere_in_the_article_is_skipped() -> None:
    sentence = "Hanna Brix won the Gull Island regatta."
    assert list(drafts(article(f"{sentence} Then Hanna Brix sailed home."))) == []


def test_half_a_name_is_no_subject_but_a_whole_one_is() -> None:
    text = (
        "Some say that {} retired on 4 May 2020 from all her offices. {} retired from the Port Maren council in 2021."
    )
    assert list(drafts(article(text.format("Ines Okafor", "Okafor")))) == []
    (draft,) = drafts(article(text.format("Ines Okafor", "Ines Okafor")))
    assert draft.question == "When did Ines Okafor retire from the Port Maren council?"


PARTS = st.sampled_from([part for sentence, *_ in DRAFTED for part in sentence.split()] + ["\n\n", "“", "€", "é"])


@given(st.lists(PARTS, max_size=40).map(" ".join))
def test_every_draft_is_one_printable_question_whose_answer_occurs_once(text: str) -> None:
    for draft in drafts(article(text)):
        assert text.count(draft.answer) == 1
        assert draft.answer in draft.sentence
        assert draft.question.endswith("?")
        assert draft.question.isprintable()
        assert len(draft.question) <= LONGEST_QUESTION
        assert len(draft.question.split()) >= FEWEST_WORDS


def archive() -> Iterator[Article]:
    """Many stories of one outlet's month, one of another's with its copy, and one without a sentence that fits."""
    for number, (sentence, *_) in enumerate(DRAFTED):
        yield article(f"Report {number} from the harbour. {sentence}", number)
    once = "The only story of a small paper, long ago. Yusuf Demir founded the Port Maren Library."
    yield article(once, 100, source="Courier", published=date(2001, 5, 31))
    yield article(once, 101, source="Herald", published=date(2001, 6, 1))
    yield article("Nothing of note.", 102, source="Quiet", published=None)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build(tmp_path / "index", archive())
    return tmp_path / "index"


def test_proposals_spread_over_outlets_and_shapes(index: Path) -> None:
    few = propose(index, 3)
    assert "Who founded the Port Maren Library?" in {one.draft.question for one in few}
    assert len({one.draft.pattern for one in few}) == 3
    assert few == propose(index, 3)
    everything = propose(index, 50)
    assert len(everything) == len({one.draft.question for one in everything}) == len(DRAFTED) + 1


def test_a_proposal_is_a_draft_line_of_a_questions_file(index: Path, tmp_path: Path) -> None:
    (library,) = (one for one in propose(index, 50) if one.draft.answer == "Yusuf Demir")
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(library.to_json(7)), encoding="utf-8")
    (expected,) = read_questions(path)
    assert expected.draft
    assert expected.id == "draft-7"
    assert expected.question.asked in {date(2001, 6, 1), date(2001, 6, 2)}  # the day after
    assert expected.answers == ("Yusuf Demir",)
    assert set(expected.urls) == {"https://news.example/100", "https://news.example/101"}  # any copy is right


def test_without_an_index_the_next_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="byline rebuild"):
        propose(tmp_path / "nowhere", 3)


def test_one_of_each_kind_comes_before_a_second_of_any() -> None:
    assert in_rounds(["a", "a", "b", "a", "b"]) == [0, 2, 1, 4, 3]
