"""Answers from a generation that is no longer the newest."""

from pathlib import Path

import pytest

from bot.answer.choose import ExtractiveAnswerer
from bot.archive_bot import ArchiveBot
from bot.earlier import EarlierBots
from corpus.errors import IndexMissing
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from tests.fakes import WordEmbedder, WordReader
from tests.index.building import build, corpus


@pytest.fixture
def bots(tmp_path: Path) -> EarlierBots:
    build(tmp_path, corpus(4))
    build(tmp_path, corpus(6))
    index = LiveIndex(tmp_path, "words")
    bot = ArchiveBot(HybridRetriever(index, WordEmbedder()), ExtractiveAnswerer(WordReader()), 0.0, index=index)
    return EarlierBots(bot, tmp_path)


def test_an_earlier_generation_answers_without_what_came_later(bots: EarlierBots) -> None:
    first, newest = Generations(bots.index).kept()
    question = Question("What did the mayor of harbour5 speak of?")
    earlier = bots.at(first)
    assert earlier
    assert bots.at(first)
    then, now = earlier.answer(question), bots.bot.answer(question)
    assert (then.generation, now.generation) == (first, newest)
    assert "Headline 5" not in {scored.passage.article.title for scored in then.passages}
    assert "Headline 5" in {scored.passage.article.title for scored in now.passages}


def test_the_newest_needs_no_bot_of_its_own_and_one_that_is_gone_has_none(bots: EarlierBots) -> None:
    assert bots.at(Generations(bots.index).current()) is None
    with pytest.raises(IndexMissing, match="'20010101-gone' is gone"):
        bots.at("20010101-gone")
    with pytest.raises(IndexMissing):
        bots.at("../..")
