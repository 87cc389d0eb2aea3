"""The articles of an index as a list."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article, Rejected
from corpus.errors import IndexDamaged, IndexMissing
from index.storage.articles import ArticleStore, StoredArticle
from index.storage.browse import MOST_TITLE_WORDS, Shelf, Wanted, browsed
from index.storage.opened import ARTICLES
from tests.index.building import build

NEWS = [
    Article("Łódź opens a tram", "It runs.", "https://a.example/1", "Post", date(2022, 5, 1)),
    Article("Trams in Lodz are full", "All day.", "https://a.example/2", "Post", date(2022, 5, 31)),
    Article("A bridge for Łódź", "It is long.", "https://a.example/3", "Courier", date(2022, 6, 1)),
    Article("Undated", "Nothing is known.", "https://a.example/4", None, None),
]


def titles(index: Path, wanted: Wanted) -> list[str]:
    with browsed(index) as shelf:
        found = [listed.title for listed in shelf.page(wanted, 0, 50)]
        assert shelf.count(wanted) == len(found)
        return found


def test_articles_are_counted_by_month_and_outlet_and_the_ends_are_named(tmp_path: Path) -> None:
    build(tmp_path, [*NEWS, Rejected("a.txt", None, "is empty")])
    with browsed(tmp_path) as shelf:
        overview = shelf.overview
    assert overview.articles == 4
    assert overview.months == ((date(2022, 5, 1), 2), (date(2022, 6, 1), 1))
    assert (overview.undated, overview.manifest.rejected_count) == (1, 1)
    assert overview.outlets == (("Post", 2), (None, 1), ("Courier", 1))
    assert overview.newest
    assert overview.oldest
    assert (overview.newest.title, overview.oldest.title) == ("A bridge for Łódź", "Łódź opens a tram")


def test_titles_are_found_by_beginnings_of_words_without_case_and_accents(tmp_path: Path) -> None:
    build(tmp_path, NEWS)
    assert titles(tmp_path, Wanted("lodz TRAM")) == ["Trams in Lodz are full", "Łódź opens a tram"]
    assert titles(tmp_path, Wanted("ŁÓDŹ")) == ["A bridge for Łódź", "Trams in Lodz are full", "Łódź opens a tram"]
    assert titles(tmp_path, Wanted("ram")) == []
    assert titles(tmp_path, Wanted("% ' \"")) == titles(tmp_path, Wanted())
    assert titles(tmp_path, Wanted(" ".join(["lodz"] * 5_000))) == titles(tmp_path, Wanted("lodz"))
    assert MOST_TITLE_WORDS < 5_000


def test_articles_are_narrowed_to_days_and_outlets_newest_first(tmp_path: Path) -> None:
    build(tmp_path, NEWS)
    assert titles(tmp_path, Wanted(since=date(2022, 5, 31), until=date(2022, 6, 1))) == [
        "A bridge for Łódź",
        "Trams in Lodz are full",
    ]
    assert titles(tmp_path, Wanted(until=date(2022, 5, 1))) == ["Łódź opens a tram"]
    assert titles(tmp_path, Wanted(outlet="Courier")) == ["A bridge for Łódź"]
    assert titles(tmp_path, Wanted(outlet="")) == ["Undated"]
    assert titles(tmp_path, Wanted(outlet="Nowhere")) == []


def test_a_new_generation_is_browsed_at_once(tmp_path: Path) -> None:
    build(tmp_path, NEWS[:1])
    assert len(titles(tmp_path, Wanted())) == 1
    build(tmp_path, NEWS)
    assert len(titles(tmp_path, Wanted())) == 4


def test_an_article_is_read_by_its_id_and_an_unknown_one_is_none(tmp_path: Path) -> None:
    build(tmp_path, NEWS)
    with browsed(tmp_path) as shelf:
        assert shelf.article(NEWS[0].id) == NEWS[0]
        assert shelf.article("' OR 1=1 --") is None


def test_a_missing_or_damaged_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing), browsed(tmp_path):
        pass
    build(tmp_path, NEWS)
    (stored,) = tmp_path.glob(f"generations/*/{ARTICLES}")
    stored.write_bytes(b"no database" * 1000)
    with pytest.raises(IndexDamaged), browsed(tmp_path):
        pass


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["A", "B", None]), st.none() | st.dates(date(1, 1, 1), date(9998, 12, 31))),
        max_size=30,
    )
)
def test_counts_agree_with_counting_one_by_one(tmp_path: Path, stated: list[tuple[str | None, date | None]]) -> None:
    if not (tmp_path / "generations").exists():
        build(tmp_path, NEWS[:1])
    (generation,) = tmp_path.glob("generations/*")
    (generation / ARTICLES).unlink()
    store = ArticleStore.create(generation / ARTICLES)
    for number, (outlet, day) in enumerate(stated):
        store.put(StoredArticle(Article(f"T {number}", "x", f"u{number}", outlet, day), "", b""), number)
    store.close()
    shelf = Shelf(generation)
    months = Counter(day.replace(day=1) for _, day in stated if day)
    assert shelf.overview.months == tuple(sorted(months.items()))
    assert dict(shelf.overview.outlets) == Counter(outlet for outlet, _ in stated)
    for outlet in {outlet for outlet, _ in stated}:
        assert shelf.count(Wanted(outlet=outlet or "")) == sum(outlet == other for other, _ in stated)
