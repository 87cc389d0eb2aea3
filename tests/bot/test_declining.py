"""What helps where the archive does not answer."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answer.choose import ExtractiveAnswerer
from bot.answer.declined import Coverage, Declined
from bot.answer.declining import decline, rewordings
from bot.archive_bot import ArchiveBot
from corpus.article import Article
from index.passage import Passage, ScoredPassage
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage.live import LiveIndex
from index.time.period import period_of
from tests.fakes import WordEmbedder, WordReader
from tests.index.building import build

JET = Article(
    "Jets for Halden", "Halden buys twelve F-16 jets.", "https://example.org/jets", "Gazette", date(2025, 3, 9)
)
FOUND = [ScoredPassage(Passage(JET, 0, len(JET.text)), 1.0)]
ASKED = date(2026, 1, 1)


def reworded(text: str, lacking: tuple[str, ...] = ()) -> list[str]:
    question = Question(text, ASKED)
    return [other.text for other in rewordings(question, decline(FOUND, text, lacking), period_of(text, ASKED))]


def test_a_code_is_said_to_be_in_no_article_only_where_that_is_so(tmp_path: Path) -> None:
    other = Article("Jets for Norland", "Norland buys four F-15 jets.", None, "Gazette", date(2025, 5, 2))
    build(tmp_path, [JET, other])
    index = LiveIndex(tmp_path, "words")
    bot = ArchiveBot(HybridRetriever(index, WordEmbedder()), ExtractiveAnswerer(WordReader()), 0.0, index=index)

    def lacking(text: str, **window: date) -> tuple[str, ...]:
        declined = bot.answer(Question(text, ASKED, **window)).declined
        assert declined
        return declined.lacking

    assert lacking("How many F-35 jets did Halden buy?") == ("F-35",)
    assert lacking("How many F-35 jets did Halden buy?", until=date(2025, 3, 31)) == ("F-35",)
    assert lacking("How many F-15 jets did Halden buy?", until=date(2025, 3, 31)) == ()


def test_a_code_that_is_lacking_becomes_its_kin() -> None:
    assert reworded("How many F15 did Halden buy?", ("F15",)) == ["How many F-16 did Halden buy?"]


@pytest.mark.parametrize(
    ("text", "lacking", "without"),
    [
        ("Who met Piet Lund in the Orrin Isle?", ("Orrin Isle",), ["Who met Piet Lund?"]),
        ("What did Piet Lund buy with Ruth Amsel?", ("Ruth Amsel",), ["What did Piet Lund buy?"]),
        (
            "What did the town council pay to Ruth Amsel in Orrin Isle?",
            ("Ruth Amsel", "Orrin Isle"),
            ["What did the town council pay?"],
        ),
        ("What did Ruth Amsel pay?", ("Ruth Amsel",), []),
        ("Who is the king of Spain?", ("Spain",), []),
        ("Is the fish market in Berlin?", ("Berlin",), []),
        ("Did Piet Lund open the fish market in Berlin?", ("Berlin",), []),
        ("What did the University of Spain build near Halden?", ("Spain",), []),
        ("Is Piet Lund in Berlin?", ("Berlin",), []),
        ("In the Orrin Isle, who won?", ("Orrin Isle",), []),
        ("What did the town pay to Ruth Amsel?", ("Ruth Amsel",), []),
    ],
)
def test_a_name_that_is_lacking_is_left_out_where_the_question_still_means_much_the_same(
    text: str, lacking: tuple[str, ...], without: list[str]
) -> None:
    assert reworded(text, lacking) == without


def test_the_days_that_the_words_ask_for_and_the_limits_set_by_hand_are_lifted() -> None:
    assert reworded("Who won the race in August 2020?") == ["Who won the race?"]
    limited = Question("Who won the race?", ASKED, since=date(2020, 8, 1), sources=("Gazette",))
    assert list(rewordings(limited, Declined(), None)) == [replace(limited, since=None, sources=())]
    assert reworded("Who won the race?") == []


def test_how_far_an_archive_reaches_is_counted_over_the_articles_with_a_date() -> None:
    first, last = date(2020, 8, 1), date(2024, 2, 3)
    assert Coverage.of(3, [0, last.toordinal(), first.toordinal()]) == Coverage(3, first, last)
    assert Coverage.of(1, [0]) == Coverage(1)


def test_a_declined_question_has_a_json_form() -> None:
    known = replace(
        decline(FOUND, "How many F15 did Halden buy?", ["F15"], "The Herald"),
        coverage=Coverage(1, date(2025, 3, 9), date(2025, 3, 9)),
        rewording=Question("How many F-16 did Halden buy?", ASKED),
    )
    assert json.loads(json.dumps(known.to_json())) == {
        "lacking": ["F15"],
        "outlet": "The Herald",
        "kin": ["F-16"],
        "nearest": [
            {
                "article_id": JET.id,
                "title": "Jets for Halden",
                "url": "https://example.org/jets",
                "source": "Gazette",
                "published": "2025-03-09",
            }
        ],
        "coverage": {"articles": 1, "first": "2025-03-09", "last": "2025-03-09"},
        "rewording": {"question": "How many F-16 did Halden buy?", "since": None, "until": None, "sources": []},
    }
