from pathlib import Path

import pytest

from bot.ui.examples import OFFERED, examples_from
from corpus.article import Article
from corpus.read import read
from corpus.sample import SAMPLE
from index.build import rebuild
from tests.fakes import WordEmbedder


def test_the_sample_offers_questions_the_last_of_which_it_cannot_answer(tmp_path: Path) -> None:
    rebuild(tmp_path, read([SAMPLE]), WordEmbedder(), sources=[str(SAMPLE)])
    examples = examples_from(tmp_path)
    assert len(examples) == OFFERED
    assert examples[-1] == "How many beds does the hospital of Port Maren have?"


def test_another_archive_offers_its_newest_headlines(tmp_path: Path) -> None:
    articles = (article for article in read([SAMPLE]) if isinstance(article, Article))
    rebuild(tmp_path, articles, WordEmbedder(), sources=["elsewhere"])
    assert examples_from(tmp_path)[0] == "Piet Lund wins the mayor's chair in Port Maren by 212 votes"


@pytest.mark.parametrize("damage", [False, True])
def test_without_an_index_that_can_be_read_there_is_nothing_to_offer(tmp_path: Path, damage: bool) -> None:
    if damage:
        (tmp_path / "CURRENT").write_text("nowhere")
    assert examples_from(tmp_path) == []
