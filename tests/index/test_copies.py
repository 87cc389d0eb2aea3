"""The same story at several addresses."""

from contextlib import closing
from datetime import date
from pathlib import Path

from corpus.article import Article
from index.passage import ScoredPassage
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage.live import LiveIndex
from tests.fakes import WordEmbedder
from tests.index.building import build

WORDS = (
    "The Mill Bridge will open on the fourth of May after two years of work, the council said on Monday. "
    "Its builders spent nine million on stone, steel and a footpath that leads down to the old weir by the inn."
)
PLAIN = "https://news.example/bridge"


def story(url: str, source: str) -> Article:
    return Article("Bridge to open", WORDS, url, source, date(2022, 2, 28))


def found(folder: Path, *articles: Article) -> ScoredPassage:
    build(folder, articles)
    with closing(LiveIndex(folder, WordEmbedder.name)) as live:
        question = Question("When does the Mill Bridge open?", date(2022, 3, 1))
        (scored,) = HybridRetriever(live, WordEmbedder()).retrieve(question, 20).passages
    return scored


def test_a_page_kept_twice_is_shown_at_its_plainest_address(tmp_path: Path) -> None:
    long = [story(f"{PLAIN}/index.html", "Gazette"), story(f"{PLAIN}?campaign=autumn", "Gazette")]
    scored = found(tmp_path, *long, story(PLAIN, "Gazette"))
    assert scored.passage.article.url == PLAIN
    assert {article.url for article in scored.also_in} == {article.url for article in long}


def test_another_outlets_shorter_address_does_not_take_a_storys_place(tmp_path: Path) -> None:
    scored = found(tmp_path, story(f"{PLAIN}/index.html", "Gazette"), story("https://b.example/", "Courier"))
    (other,) = scored.also_in
    assert {scored.passage.article.source, other.source} == {"Gazette", "Courier"}
