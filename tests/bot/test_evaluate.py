from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Citation
from bot.evaluate import Expected, Outcome, measure, read_questions
from bot.evaluate.outcome import normalise
from corpus.article import Article
from corpus.errors import SettingsError
from index.passage import Passage, ScoredPassage
from index.question import Question

BRIDGE = Article(
    "Bridge to open", "The Mill Bridge will open on 4 May. It cost £4 million.", "https://example.org/bridge"
)
FERRY = Article("Ferry sinks", "The ferry sank at dawn.", "https://example.org/ferry")


def outcome(
    *articles: Article, gold: str = "4 May", answerable: bool = True, confidence: float = 0.9, answered: bool = True
) -> Outcome:
    """Asked for the bridge; the first article is quoted whole, all are considered."""
    question = Question("When does the bridge open?", date(2025, 3, 1))
    passages = tuple(ScoredPassage(Passage(article, 0, len(article.text)), 1.0) for article in articles)
    citations = tuple(Citation(1, scored.passage, 0, scored.passage.end) for scored in passages[:1])
    answer = Answer(question, question.text, "answered", "", citations, passages, confidence=confidence)
    urls = (BRIDGE.url or "",) if answerable else ()
    return Outcome(Expected("q", question, (gold,) if answerable else (), urls, answerable), answer, answered, 12.0)


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


def test_a_questions_file_is_read_with_its_defaults(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Who?", "asked": "2025-03-01", "answers": ["me"], "urls": []}\n\n', encoding="utf-8")
    (expected,) = read_questions(path)
    assert (expected.id, expected.question.asked, expected.answerable) == ("1", date(2025, 3, 1), True)


@pytest.mark.parametrize("line", ["{", "[]", '{"answers": []}', '{"question": "Who?", "asked": "soon"}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Who?"}\n' + line, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"questions\.jsonl:2"):
        read_questions(path)


def test_a_questions_file_without_a_question_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no question"):
        read_questions(path)
