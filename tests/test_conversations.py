"""Conversations over the sample corpus: of each the last question must be answered from the right article."""

from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Turn
from bot.archive_bot import ArchiveBot
from bot.create import create_bot
from bot.settings import Settings
from index.question import Question

RESERVE = "Will Russia send its police reserve into Belarus?"
MAYOR = "Who won the election for mayor of Port Maren?"
HERONS = "How many heron nests were counted at the Salt Marsh?"
COST = "How much did the Kittiwake cost in the end?"
DELAY = "What did Mayor Okafor say about the ferry delay?"
STORM = "What did Storm Alma do to the harbour wall?"
MUSEUM = "When will the Marigold open as a museum?"

FOUND = [
    # The day asked, the questions, words of the best article's headline.
    ("2020-09-01", [RESERVE, "And what did Macron say?", "When did he say that?"], "police reserve"),
    ("2026-05-05", [MAYOR, "How old is he?"], "Piet Lund wins"),
    ("2026-05-05", [MAYOR, "By how many votes?", "And the turnout?"], "Piet Lund wins"),
    ("2026-02-15", ["Which library opens on Sundays?", MUSEUM.replace("When", "And when")], "Marigold museum"),
    ("2025-07-01", [HERONS, "And what will the eel pass beside the tidal gate cost?"], "tidal gate"),
    ("2024-03-06", [DELAY, "Where did she say it?"], "put off"),
    (
        "2025-12-01",
        ["When will the library open on Sundays?", "Who runs it?", "And what did the machine cost?"],
        "library",
    ),
    ("2026-03-01", [MUSEUM, "Why not this spring?", "What did the chairwoman say?"], "Marigold museum"),
]
SAID = [
    # The day asked, the questions, words that a quote must hold.
    ("2020-09-01", [RESERVE, "And what did Macron warn of?"], "worst outcome"),
    ("2026-05-05", [MAYOR, "By how many votes?"], "212 more"),
    ("2025-05-01", [RESERVE, "And what did Macron say?", "Who counted the heron nests?"], "Wardens"),
    ("2025-05-01", [HERONS, "And in 2022?"], "there were 42"),
    ("2025-05-01", [HERONS, "And who counted them?"], "Wardens"),
    ("2024-09-10", [COST, "And how long did the first crossing take?"], "24 minutes"),
    ("2022-04-01", [STORM, "How much will the repairs cost?"], "million"),
    ("2025-07-01", ["what will the eel pass cost", "and when will it be ready"], "March 2026"),
]


@pytest.fixture(scope="module")
def bot(sample: Path) -> ArchiveBot:
    return create_bot(Settings(index=sample, caution="medium", max_sentences=3))


def talk(bot: ArchiveBot, asked: str, questions: list[str]) -> Answer:
    """The last answer of a conversation."""
    history: list[Turn] = []
    for question in questions:
        answer = bot.answer(Question(question, date.fromisoformat(asked)), history)
        history.append(Turn(question, answer.text))
    return answer


@pytest.mark.parametrize(("asked", "questions", "headline"), FOUND)
def test_the_article_that_a_follow_up_is_about_comes_first(
    bot: ArchiveBot, asked: str, questions: list[str], headline: str
) -> None:
    answer = talk(bot, asked, questions)
    assert headline.lower() in answer.passages[0].passage.article.title.lower(), answer.standalone_question


@pytest.mark.parametrize(("asked", "questions", "words"), SAID)
def test_a_follow_up_is_answered_in_the_words_it_asks_for(
    bot: ArchiveBot, asked: str, questions: list[str], words: str
) -> None:
    answer = talk(bot, asked, questions)
    assert any(words in citation.quote for citation in answer.citations), (answer.standalone_question, answer.text)
