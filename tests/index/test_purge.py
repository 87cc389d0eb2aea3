"""A takedown leaves nothing of an article in any part of an index, and it does not come back."""

import json
import logging
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from errno import ENOSPC
from pathlib import Path
from shutil import copytree
from struct import Struct

import pytest

from bot.doctor import examine
from bot.settings import Settings
from corpus.article import Article, Rejected
from corpus.errors import BylineError, IndexBusy, IndexDamaged, IndexMissing, SettingsError
from corpus.fetch.fetched_pages import Kept, Page
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.opened import OpenGeneration
from index.storage.purge import Removal, allow, purge
from index.storage.purged import Purged
from index.storage.rebuild_progress import NullProgress
from index.storage.report import report, verify
from index.storage.unused import blank_unused
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus, process
from tests.index.test_build import contents
from tests.index.test_shared_vectors import old_generation

SECRET = Article(
    "Quizzical zeppelin",
    "The quizzical zeppelin hovered over Xanthippe's orchard. Its pilot waved at forty bewildered geese below.",
    "https://news.example/zeppelin-quizzical",
    "Gazette",
    date(2022, 1, 9),
    origin="news.jsonl:99",
)
WIRED = replace(SECRET, url="https://courier.example/zeppelin", source="Courier")
WORDS = ("quizzical", "xanthipp", "bewilder", "hovered", "zeppelin-quizzical")


def take_out(folder: Path, *names: str, copies: bool = False) -> Removal:
    return purge(folder, names, NullProgress().show, copies=copies)


def traces(folder: Path, *words: str) -> list[str]:
    """The files below a folder that hold any of these words, in any letter case."""
    found = []
    for path in folder.rglob("*"):
        data = path.read_bytes().lower() if path.is_file() else str(path.name).lower().encode()
        found += [f"{path.name}: {word}" for word in words or WORDS if word.encode() in data]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two generations with the article, and a file of fetched pages with it."""
    folder = tmp_path / "index"
    build(folder, [*corpus(10), SECRET])
    build(
        folder, [*corpus(12), SECRET, Rejected("news.jsonl", 3, "has no text", SECRET.url)], sources=[str(SECRET.url)]
    )
    with closing(Kept(folder / "fetched.sqlite")) as kept:
        for source in ("https://news.example/feed", "https://news.example/sitemap.xml"):
            kept.put(source, str(SECRET.url), Page("stated", article=SECRET))
            kept.put(source, "https://news.example/1", Page("stated", article=article(1)))
            kept.put_rejected(source, source, [Rejected(source, None, "has no text", SECRET.url)])
    assert traces(folder)
    return folder


@pytest.mark.parametrize("name", [SECRET.url, SECRET.id, f" {SECRET.url}\n"])
def test_no_file_of_the_index_holds_a_word_or_the_address_of_a_purged_article(folder: Path, name: str) -> None:
    before = Generations(folder).kept()
    removal = take_out(folder, name)
    assert traces(folder) == []
    assert list(removal.takedown.taken.values()) == [SECRET]
    assert (sorted(removal.generations), removal.fetched) == (before, 2)
    assert removal.in_use == Generations(folder).current() == removal.generations[before[1]]
    assert verify(folder) == []
    assert len(contents(folder)) == 12
    with closing(Kept(folder / "fetched.sqlite")) as kept:
        assert [one.title for _, one in kept.articles("https://news.example/feed")] == ["Headline 1"]


def test_no_vector_of_a_purged_article_is_left(folder: Path) -> None:
    generations = Generations(folder)
    with closing(OpenGeneration(generations.folder(generations.current()))) as snapshot:
        (row,) = [row for row, _ in snapshot.lexical("zeppelin", 5)]
        (name,) = snapshot.store.vector_ids([int(snapshot.vector_of[row])])
        (vector,) = snapshot.stored_vectors([name])
    assert any(vector.tobytes() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    take_out(folder, SECRET.id)
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any(vector.tobytes() in data or name.encode() in data for data in files)


def test_rollback_cannot_bring_a_purged_article_back(folder: Path) -> None:
    take_out(folder, SECRET.id)
    first, second = Generations(folder).kept()
    assert Generations(folder).current() == second
    assert Generations(folder).rollback() == first
    assert len(contents(folder)) == 10
    assert traces(folder) == []
    build(folder, corpus(11))  # the generation before is kept under its new id
    assert Generations(folder).kept()[0] == first


def test_a_purged_article_stays_out_of_rebuilds_until_it_is_allowed(folder: Path) -> None:
    take_out(folder, SECRET.id)
    for full in (False, True):
        summary = build(folder, [*corpus(12), SECRET, Rejected("n", 1, "has no text", SECRET.url)], full=full)
        assert (summary.purged, summary.added, len(summary.rejected)) == (2, 0, 0)
        assert traces(folder) == []
    assert build(folder, [*corpus(12), SECRET], dry_run=True).nothing_changed
    with pytest.raises(SettingsError, match="not among what was purged"):
        allow(folder, ["https://news.example/other"])
    assert allow(folder, [str(SECRET.url)]) == [SECRET.id]
    assert build(folder, [*corpus(12), SECRET]).added == 1


def test_a_running_app_switches_over(folder: Path) -> None:
    question = Question("zeppelin orchard", date(2022, 3, 1))
    with closing(LiveIndex(folder, WordEmbedder.name)) as live:
        retriever = HybridRetriever(live, WordEmbedder())
        assert retriever.retrieve(question, 1).passages[0].passage.article == SECRET
        with live.snapshot() as in_use:
            take_out(folder, SECRET.id)
            assert in_use.lexical("zeppelin", 5)
            assert in_use.dense(WordEmbedder().embed(["zeppelin"])[0], 5)
        articles = [one.passage.article for one in retriever.retrieve(question, 20).passages]
        assert articles
        assert SECRET not in articles


def test_copies_under_other_addresses_are_named_wherever_they_are(tmp_path: Path) -> None:
    page = replace(SECRET, url="https://fetched.example/zeppelin")
    build(tmp_path, [*corpus(5), WIRED])
    build(tmp_path, [*corpus(5), SECRET])
    with closing(Kept(tmp_path / "fetched.sqlite")) as kept:
        kept.put("https://fetched.example/feed", str(page.url), Page(article=page))
    removal = take_out(tmp_path, SECRET.id)
    assert removal.takedown.copies == {WIRED.id: WIRED, page.id: page}
    assert Purged.read(tmp_path).ids == {SECRET.id}
    assert traces(tmp_path, "courier.example/zeppelin")
    assert traces(tmp_path, "fetched.example/zeppelin")
    take_out(tmp_path, WIRED.id, copies=True)
    assert Purged.read(tmp_path).ids == {SECRET.id, WIRED.id, page.id}
    assert traces(tmp_path) == []


def test_copies_of_an_earlier_text_are_named(tmp_path: Path) -> None:
    added = " A second pilot, from the islands, later described how calmly all of the startled birds had flown away."
    build(tmp_path, [*corpus(5), SECRET, WIRED])
    build(tmp_path, [*corpus(5), replace(SECRET, text=SECRET.text + added), WIRED])
    Generations(tmp_path).rollback()
    assert take_out(tmp_path, SECRET.id).takedown.copies == {WIRED.id: WIRED}


def test_copies_are_taken_too(folder: Path) -> None:
    build(folder, [*corpus(12), SECRET, WIRED])
    removal = take_out(folder, SECRET.id, copies=True)
    assert set(removal.takedown.taken) == {SECRET.id, WIRED.id} == set(Purged.read(folder).ids)
    assert traces(folder, *WORDS, "courier.example/zeppelin") == []


def test_an_unknown_article_is_an_error_that_names_similar_ones(folder: Path) -> None:
    before = Generations(folder).kept()
    with pytest.raises(SettingsError, match=r"near it are: https://news\.example/zeppelin-quizzical"):
        take_out(folder, "http://www.news.example/zeppelin-quizzical/?utm=1")
    with pytest.raises(SettingsError, match="has the address or id 'nothing'"):
        take_out(folder, SECRET.id, "nothing")
    assert (Generations(folder).kept(), Purged.read(folder).ids) == (before, frozenset())


def test_purging_again_is_calm(folder: Path) -> None:
    take_out(folder, SECRET.id)
    kept = Generations(folder).kept()
    assert take_out(folder, str(SECRET.url)).generations == {}
    assert take_out(folder).generations == {}
    assert Generations(folder).kept() == kept


def test_a_generation_with_only_purged_articles_is_removed(tmp_path: Path) -> None:
    build(tmp_path, [SECRET])
    live = LiveIndex(tmp_path, "words")
    with live.snapshot():
        pass
    removal = take_out(tmp_path, SECRET.id)
    assert (list(removal.generations.values()), removal.in_use) == ([None], None)
    assert traces(tmp_path) == []
    with pytest.raises(IndexMissing), live.snapshot():
        pytest.fail("it still serves what was purged")
    live.close()
    assert build(tmp_path, corpus(3)).published


def test_an_emptied_generation_is_replaced_by_another(tmp_path: Path) -> None:
    build(tmp_path, [*corpus(3), SECRET])
    build(tmp_path, [SECRET])
    removal = take_out(tmp_path, SECRET.id)
    assert len(contents(tmp_path)) == 3
    assert removal.in_use == Generations(tmp_path).current()


def test_an_old_generation_that_cannot_be_read_is_removed_and_one_in_use_is_an_error(folder: Path) -> None:
    first, second = Generations(folder).kept()
    (Generations(folder).folder(first) / "articles.sqlite").write_bytes(b"no database")
    assert take_out(folder, SECRET.id).unreadable == [first]
    (second,) = Generations(folder).kept()
    (Generations(folder).folder(second) / "articles.sqlite").write_bytes(b"no database")
    with pytest.raises(IndexDamaged, match="rebuild --full, which leaves out what is purged"):
        take_out(folder)
    build(folder, [*corpus(3), SECRET], full=True)
    assert not Purged.read(folder).is_unfinished
    assert traces(folder) == []
    assert verify(folder) == []


def test_a_generation_with_a_vector_for_each_passage_is_purged_too(tmp_path: Path) -> None:
    build(tmp_path, [*corpus(8), SECRET])
    old_generation(tmp_path)
    take_out(tmp_path, SECRET.id)
    assert traces(tmp_path) == []
    assert len(contents(tmp_path)) == 8


def test_a_rebuild_keeps_a_purge_out(folder: Path) -> None:
    def reading() -> Iterator[Article]:
        with pytest.raises(IndexBusy):
            take_out(folder, SECRET.id)
        yield from corpus(3)

    build(folder, reading())


def purge_and_die(folder: Path, call: str, number: int) -> None:
    """Dies before a call of a method of `Path`."""
    method, calls = getattr(Path, call), iter(range(100))

    def fatal(*values: object) -> object:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return method(*values)

    setattr(Path, call, fatal)
    purge(folder, [SECRET.id], NullProgress().show)


MOMENTS = [*(("replace", number) for number in range(3)), *(("rename", number) for number in range(4))]


@pytest.fixture(scope="module")
def purgeable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("purgeable") / "index"
    build(folder, [*corpus(4), SECRET])
    build(folder, [*corpus(6), SECRET])
    return folder


@pytest.mark.parametrize(("call", "number"), MOMENTS)
def test_a_purge_killed_at_any_moment_did_nothing_or_is_reported_and_finished(
    purgeable: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, call: str, number: int
) -> None:
    folder = Path(copytree(purgeable, tmp_path / "index"))
    killed = process(purge_and_die, folder, call, number)
    killed.join(120)
    assert killed.exitcode == -signal.SIGKILL
    assert len(contents(folder)) in (6, 7)
    if (call, number) == ("replace", 0):  # the list was not written yet
        assert report(folder)["purged"] == {}
        take_out(folder, SECRET.id)
    else:
        assert report(folder)["purge_unfinished"]
        with caplog.at_level(logging.WARNING), closing(LiveIndex(folder, "words")) as live, live.snapshot():
            assert "run: byline purge" in caplog.text
        with pytest.raises(BylineError, match="run: byline purge"):
            Generations(folder).rollback()
        if number % 2:
            build(folder, [*corpus(6), SECRET])
        else:
            take_out(folder)
    assert traces(folder) == []
    assert not report(folder)["purge_unfinished"]
    assert len(contents(folder)) == 6
    assert len(Generations(folder).kept()) == 2


@pytest.mark.parametrize(
    ("place", "outcome"),
    [
        ("index.storage.durable.to_disk", rf"; nothing was purged\. .* then run: byline purge {SECRET.url} --copies$"),
        ("index.storage.purge.Generations.place", r"; the purge is not finished\. .* then run: byline purge$"),
    ],
)
def test_a_purge_that_the_disk_refuses_says_how_far_it_came(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, outcome: str
) -> None:
    def refusing(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(place, refusing)
        with pytest.raises(BylineError, match=outcome):
            take_out(folder, str(SECRET.url), copies=True)
    assert not list(folder.glob("*.new"))
    assert Purged.read(folder).is_unfinished == outcome.startswith("; the purge")


def test_status_and_doctor_show_what_stays_out(folder: Path) -> None:
    take_out(folder, SECRET.id)
    assert list(report(folder)["purged"]) == [SECRET.id]
    (check,) = (check for check in examine(Settings(index=folder), {}) if check.name == "index")
    assert check.ok
    assert "1 purged and kept out" in check.told
    replace(Purged.read(folder), is_unfinished=True).write(folder)
    (check,) = (check for check in examine(Settings(index=folder), {}) if check.name == "index")
    assert (check.ok, check.advice) == (False, "run: byline purge")


def test_an_unreadable_purge_list_stops_a_rebuild(folder: Path) -> None:
    (folder / "purged.json").write_text("[")
    with pytest.raises(IndexDamaged, match=r"purged\.json.*restore it from a backup"):
        build(folder, corpus(3))


def test_an_index_that_is_not_there_cannot_be_purged(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="there is no index"):
        take_out(tmp_path / "none", SECRET.id)
    assert not (tmp_path / "none").exists()


def test_purged_pages_are_neither_kept_nor_requested(tmp_path: Path) -> None:
    with closing(Kept(tmp_path / "fetched.sqlite", frozenset({SECRET.id}))) as kept:
        kept.put("https://news.example/feed", str(SECRET.url), Page("stated", article=SECRET))
        kept.put("https://news.example/feed", "https://news.example/moved", Page("stated", article=SECRET))
        kept.put_rejected("s", "s", [Rejected("s", None, "has no text", SECRET.url)])
        assert kept.is_barred(str(SECRET.url))
        assert list(kept.rejected("s", "s")) == []
    with closing(sqlite3.connect(tmp_path / "fetched.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM pages").fetchone() == (0,)


def test_the_list_names_no_address(folder: Path) -> None:
    take_out(folder, SECRET.id)
    stated = json.loads((folder / "purged.json").read_text())
    assert list(stated["articles"]) == [SECRET.id]
    assert stated["unfinished"] is False


def test_the_files_of_vectors_hold_nothing_of_the_memory_of_their_process(folder: Path) -> None:
    for header in folder.rglob("header.bin"):
        _, _, room, vectors, size = Struct("<i4Q").unpack(header.read_bytes()[:36])
        assert vectors < room
        assert not any(header.with_name("data_level0.bin").read_bytes()[vectors * size :])
        assert not any(header.with_name("length.bin").read_bytes()[vectors * 4 :])


def test_room_without_vectors_is_blanked_and_vectors_are_not(tmp_path: Path) -> None:
    (tmp_path / "header.bin").write_bytes(Struct("<i4Q").pack(1, 0, 3, 2, 5))
    (tmp_path / "data_level0.bin").write_bytes(b"firstotherwords")
    (tmp_path / "length.bin").write_bytes(b"onetwoofwords")
    blank_unused(tmp_path)
    assert (tmp_path / "data_level0.bin").read_bytes() == b"firstother" + bytes(5)
    assert (tmp_path / "length.bin").read_bytes() == b"onetwoof" + bytes(5)
