from pathlib import Path

from bot.ui.archive import OFFERED, describe_index
from corpus.article import Article
from corpus.read import read
from corpus.sample import SAMPLE
from index.storage.build import rebuild
from tests.fakes import WordEmbedder
from tests.index.building import build


def test_the_sample_offers_questions_the_last_of_which_it_cannot_answer(tmp_path: Path) -> None:
    rebuild(tmp_path, read([SAMPLE]), WordEmbedder(), sources=[str(SAMPLE)])
    examples = describe_index(tmp_path).examples
    assert len(examples) == OFFERED
    assert examples[-1] == "How many beds does the hospital of Port Maren have?"


def test_another_archive_offers_its_newest_headlines(tmp_path: Path) -> None:
    articles = (article for article in read([SAMPLE]) if isinstance(article, Article))
    rebuild(tmp_path, articles, WordEmbedder(), sources=["elsewhere"])
    assert describe_index(tmp_path).examples[0] == "Piet Lund wins the mayor's chair in Port Maren by 212 votes"


def test_what_is_told_is_that_of_the_newest_generation(tmp_path: Path) -> None:
    build(tmp_path, [Article("Ferry sails", "It sails.", source="Post"), Article("Pier opens", "It opens.")])
    assert describe_index(tmp_path).outlets == ("Post",)
    build(tmp_path, [Article(f"Ferry {day}", "It sails.", source=outlet) for day, outlet in enumerate(["A", "B", "B"])])
    archive = describe_index(tmp_path)
    assert (archive.articles, archive.outlets) == (3, ("B", "A"))
    assert sorted(archive.examples) == ["Ferry 0", "Ferry 1", "Ferry 2"]
