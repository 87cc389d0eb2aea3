"""Articles for some groups: from their files into the search."""

import json
import sqlite3
import weakref
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.fetch.fetched_pages import Kept, Page
from corpus.read.field_names import groups_of
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage.articles import ArticleStore
from index.storage.browse import Wanted, browsed
from index.storage.live import LiveIndex
from index.storage.opened import ARTICLES, PARTS_KEPT
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus

WIRE = article(
    20, "The harbour council approved the new ferry pier on Monday after a long public debate about its cost."
)
COPY = replace(WIRE, title="Ferry pier approved", url="https://copy.example/pier", source="Post")
SECRET = replace(WIRE, groups=("board",))


def retriever(index: Path) -> HybridRetriever:
    embedder = WordEmbedder()
    return HybridRetriever(LiveIndex(index, embedder.name), embedder)


def found(index: Path, groups: tuple[str, ...] | None, text: str = "harbour council ferry pier") -> list[Article]:
    passages = retriever(index).retrieve(Question(text, groups=groups), 20).passages
    return [one for scored in passages for one in (scored.passage.article, *scored.also_in)]


@pytest.mark.parametrize(
    ("stated", "groups"),
    [
        (None, ()),
        ("", ()),
        ([], ()),
        ("desk, board", ("board", "desk")),
        ("cn=a,ou=b; desk", ("cn=a,ou=b", "desk")),
        (["desk", "desk ", ""], ("desk",)),
        ('["a, b"]', ("a, b",)),
        ([7], ("7",)),
        ([""], None),
        ({"name": "desk"}, None),
        ("[desk", None),
        (True, None),
    ],
)
def test_groups_are_read_or_the_article_is_for_no_one(stated: object, groups: tuple[str, ...] | None) -> None:
    assert groups_of({"groups": stated}) == groups


def test_an_article_changes_with_its_groups_and_no_other_article_does() -> None:
    assert SECRET.digest != WIRE.digest
    assert replace(SECRET, groups=()).digest == WIRE.digest


def test_groups_are_kept_of_what_was_fetched(tmp_path: Path) -> None:
    with closing(Kept.at(tmp_path / "fetched.sqlite")) as kept:
        kept.put("s", "a", Page(article=SECRET))
        assert kept.page("s", "a").article == SECRET


def test_among_equal_texts_only_the_readable_one_is_found_and_named(tmp_path: Path) -> None:
    build(tmp_path, [*corpus(6), SECRET, COPY])
    assert COPY in (public := found(tmp_path, ()))
    assert SECRET not in public
    assert SECRET not in found(tmp_path, ("desk",))
    assert {SECRET, COPY} <= set(found(tmp_path, ("board",)))
    assert {SECRET, COPY} <= set(found(tmp_path, None))


def test_a_rebuild_takes_new_groups_over(tmp_path: Path) -> None:
    build(tmp_path, [*corpus(6), WIRE])
    assert WIRE in found(tmp_path, ())
    summary = build(tmp_path, [*corpus(6), SECRET])
    assert summary.published
    assert SECRET not in found(tmp_path, ())
    build(tmp_path, [*corpus(7), SECRET])
    assert SECRET not in found(tmp_path, ())


def test_a_word_of_what_may_not_be_read_is_unknown(tmp_path: Path) -> None:
    hidden = replace(article(30, "Zanzibarian engineers drained the reservoir."), groups=("board",))
    build(tmp_path, [*corpus(6), hidden])
    live = LiveIndex(tmp_path, WordEmbedder.name)
    for typed in ("zanzibarian", "zanzibarain"):
        with live.snapshot(()) as snapshot:
            (term,) = snapshot.terms([typed])
            assert (term.word, term.rarity) == (typed, 1.0)
            assert snapshot.lexical(typed, 10) == []
            assert snapshot.articles_with("Zanzibarian") == []
            assert snapshot.article(hidden.id) is None
            assert len(snapshot.outlets) == 6
        with live.snapshot(("board",)) as snapshot:
            assert snapshot.lexical(typed, 10)


def test_a_caller_who_may_read_nothing_finds_nothing(tmp_path: Path) -> None:
    build(tmp_path, [replace(one, groups=("board",)) for one in corpus(3)])
    assert found(tmp_path, ()) == []
    with browsed(tmp_path, ()) as shelf:
        assert (shelf.overview.articles, shelf.overview.outlets, shelf.count(Wanted())) == (0, (), 0)


def test_a_list_holds_what_may_be_read(tmp_path: Path) -> None:
    build(tmp_path, [*corpus(6), SECRET, COPY])
    with browsed(tmp_path, ()) as shelf:
        assert shelf.count(Wanted()) == shelf.overview.articles == 7
        assert SECRET.title not in [one.title for one in shelf.page(Wanted(), 0, 20)]
        assert shelf.article(SECRET.id) is None
    with browsed(tmp_path, ("board",)) as shelf:
        assert shelf.article(SECRET.id) == SECRET
    with browsed(tmp_path) as shelf:
        assert shelf.count(Wanted()) == 8


def test_a_store_from_before_groups_is_for_everyone(tmp_path: Path) -> None:
    build(tmp_path, corpus(3))
    (path,) = tmp_path.glob(f"generations/*/{ARTICLES}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE articles DROP COLUMN groups")
        connection.commit()
    with closing(ArticleStore.open(path)) as store:
        assert store.groups() == [(), (), ()]
        assert store.find(article(1).id) == article(1)
        assert json.dumps(store.newest()[0][4]) == "null"


def test_readable_parts_are_cached_for_the_last_groups_and_freed_with_the_generation(tmp_path: Path) -> None:
    build(tmp_path, [replace(one, groups=(f"g{number}",)) for number, one in enumerate(corpus(PARTS_KEPT + 2))])
    live = LiveIndex(tmp_path, WordEmbedder.name)
    with live.snapshot(("g1", "elsewhere")) as first, live.snapshot(["g1"]) as again:
        assert first is again
    for number in range(2, PARTS_KEPT + 2):
        with live.snapshot([f"g{number}"]) as other:
            assert len(other.outlets) == 1
    with live.snapshot(["g1"]) as anew:
        assert anew is not first
    gone = weakref.ref(anew)
    live.close()
    del first, again, other, anew
    assert gone() is None
