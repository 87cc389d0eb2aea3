import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from corpus.article import Article
from index.passage import Passage
from index.storage.articles import ArticleStore, StoredArticle
from tests.index.building import article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "odd # ? %41 name.sqlite"


def write(path: Path, *articles: Article) -> None:
    with closing(ArticleStore.create(path)) as store:
        for number, stated in enumerate(articles):
            store.put(StoredArticle(stated, stated.digest, b"s"), number)
            half = len(stated.text) // 2
            spans = [Passage(stated, 0, half), Passage(stated, half, len(stated.text))]
            store.put_spans(number, number * 2, [(span.id, span.start, span.end) for span in spans])
        store.put_groups([0] * len(articles))
        store.put_vectors(["v0", "v1", "v0", "v2", "v2", "v3"][: 2 * len(articles)])


@pytest.fixture
def store(path: Path) -> Iterator[ArticleStore]:
    write(path, article(0), article(1), article(2))
    with closing(ArticleStore.open(path)) as opened:
        yield opened


@pytest.mark.parametrize(
    "stated",
    [
        Article("t", "text"),
        Article("t\x00<b>", "'; DROP TABLE articles; --\x00 \u2028 \U0001f4f0", url="javascript:alert(1)"),
        Article("t", "text", authors=("Doe, Jane", 'J. "Q." Public')),
        Article("t", "text", published=date(1605, 1, 1)),
        Article("t", "text", published=datetime(2022, 3, 4, 5, 6, tzinfo=UTC)),
        Article("t", "text", published=date(2022, 3, 4), updated=datetime(2022, 3, 5, 6, tzinfo=UTC)),
        Article("t", "text", updated=date(2022, 3, 5)),
    ],
)
def test_an_article_comes_back_as_it_was_put(path: Path, stated: Article) -> None:
    write(path, stated)
    with closing(ArticleStore.open(path)) as store:
        (found,) = store.articles([0])
        assert found == stated
        assert store.get(stated.id) == StoredArticle(stated, stated.digest, b"s")


def test_a_store_from_before_articles_had_a_day_of_update_is_still_read(path: Path) -> None:
    write(path, article(0))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE articles DROP COLUMN updated")
    with closing(ArticleStore.open(path)) as store:
        assert store.articles([0]) == [article(0)]
        assert store.get(article(0).id).article.updated is None


def test_an_origin_that_is_no_text_does_not_stop_a_build(path: Path) -> None:
    write(path, Article("t", "text", origin="/news/\udcff.txt"))
    with closing(ArticleStore.open(path)) as store:
        assert store.articles([0])[0].origin == "/news/\\udcff.txt"


def test_passages_come_in_the_order_asked_for_and_are_spans_of_their_articles(store: ArticleStore) -> None:
    passages = store.passages([5, 0, 5, 2])
    assert [passage.article.title for passage in passages] == ["Headline 2", "Headline 0", "Headline 2", "Headline 1"]
    assert passages[0].text == article(2).text[len(article(2).text) // 2 :]
    assert [passage.id for passage in passages[:2]] == [store.passage_ids()[row] for row in (5, 0)]
    assert store.passages([]) == []


def test_numpy_rows_are_as_good_as_any(store: ArticleStore) -> None:
    assert store.passages(np.array([1, 0]).tolist()) == store.passages(list(np.array([1, 0])))


def test_columns_are_in_the_order_of_rows(store: ArticleStore) -> None:
    assert store.column("passages", "article").tolist() == [0, 0, 1, 1, 2, 2]
    assert store.sources() == ["Herald", "Gazette", "Herald"]
    assert store.days() == (date(2022, 1, 1), date(2022, 1, 3))
    assert store.outlets() == [("Herald", 2), ("Gazette", 1)]


def test_vectors_are_found_by_number_and_by_id(store: ArticleStore) -> None:
    assert store.vector_of().tolist() == [0, 1, 0, 2, 2, 3]
    assert store.passage_vectors() == ["v0", "v1", "v0", "v2", "v2", "v3"]
    assert store.vector_ids([3, 0]) == ["v3", "v0"]
    assert store.vector_numbers(["v2", "unknown"]) == {"v2": 2}


def test_in_a_store_made_before_passages_shared_vectors_each_has_its_own(path: Path) -> None:
    write(path, article(0))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE vectors")
        connection.execute("ALTER TABLE passages DROP COLUMN vector")
    with closing(ArticleStore.open(path)) as store:
        assert store.passage_vectors() == store.vector_ids() == store.passage_ids()
        assert store.vector_of().tolist() == [0, 1]


def test_an_open_store_cannot_be_written(store: ArticleStore) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.put(StoredArticle(article(9), "d", b""))


def test_the_passages_of_one_article_are_found_without_reading_all(store: ArticleStore) -> None:
    assert [name for name, _, _ in store.spans(article(1).id)] == store.passage_ids()[2:4]
    plan = store._fetch("EXPLAIN QUERY PLAN SELECT id FROM passages WHERE article = 1 ORDER BY row")
    assert "SEARCH passages USING INDEX" in str(plan)
