"""An index at a URL: published from one copy, read from others."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.errors import BylineError, IndexBusy, IndexDamaged, IndexMissing
from index.question import Question
from index.search.retriever import HybridRetriever
from index.storage import purge as purging
from index.storage.generations import Generations
from index.storage.live import LiveIndex
from index.storage.purged import Purged
from index.storage.remote import publish, pull
from index.storage.remote.follow import Follower, mirror
from index.storage.remote.place import Origin
from index.storage.remote.publish import prepared, publishing
from index.storage.remote.report import report
from index.storage.summary import Summary
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus


@pytest.fixture
def share(tmp_path: Path) -> Path:
    return tmp_path / "share"


@pytest.fixture
def origin(share: Path, tmp_path: Path) -> Origin:
    return Origin.at(f"file://{share}", tmp_path / "one")


@pytest.fixture
def replica(origin: Origin, tmp_path: Path) -> Origin:
    return Origin(origin.url, tmp_path / "other")


def published(origin: Origin, size: int = 12) -> Summary:
    with publishing(origin) as folder:
        return build(folder, corpus(size))


def nothing(stage: str, done: int, total: int) -> None:
    """Shows nothing."""


def titles(origin: Origin) -> set[str]:
    """What a reader of the copy finds."""
    retriever = HybridRetriever(LiveIndex(origin.copy, "words"), WordEmbedder())
    found = retriever.retrieve(Question("harbour1 river1 mayor spoke"), 100).passages
    return {one.passage.article.title for one in found}


def generations(share: Path) -> list[str]:
    return sorted(path.name for path in (share / "generations").iterdir())


def test_what_one_machine_publishes_another_answers_from(origin: Origin, replica: Origin) -> None:
    generation = published(origin).generation
    mirror(replica)
    assert Generations(replica.copy).current() == generation
    assert titles(replica)
    assert not replica.workshop.exists()
    shown = report(replica)
    assert (shown["index"], shown["kept"]) == (origin.url, [generation])


def test_the_store_is_laid_out_as_a_folder_is_and_can_be_opened_as_one(origin: Origin, share: Path) -> None:
    generation = published(origin).generation
    assert LiveIndex(share, "words").manifest().generation == generation


def test_a_block_that_fails_publishes_nothing_and_lets_the_lock_go(origin: Origin, share: Path) -> None:
    first = published(origin).generation
    with pytest.raises(BylineError, match="no article"):
        published(origin, 0)
    assert (share / "CURRENT").read_text() == f"{first}\n"
    assert not (share / "lock").exists()
    with pytest.raises(IndexMissing, match=r"nothing is published at 'file://.*/elsewhere'; run: byline rebuild"):
        mirror(Origin(origin.url.replace("share", "elsewhere"), origin.cache))


def test_a_build_that_could_not_be_published_is_published_by_the_next_command(
    origin: Origin, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(origin)
    with monkeypatch.context() as patched:
        patched.setattr(publish._Publication, "push", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            published(origin, 13)
    summary = published(origin, 13)
    assert summary.nothing_changed
    assert (share / "CURRENT").read_text().strip() == Generations(origin.workshop).current()
    mirror(origin)
    assert "Headline 12" in titles(origin)


def test_a_publisher_with_an_empty_cache_carries_on_where_the_last_one_stopped(origin: Origin, replica: Origin) -> None:
    published(origin)
    summary = published(replica, 13)
    assert (summary.added, summary.unchanged) == (1, 12)
    assert summary.embedded < 3


def test_a_copy_takes_files_that_this_machine_has_and_not_from_the_store(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = published(origin).generation
    assert generation
    monkeypatch.setattr(pull.Copy, "download", lambda *_: pytest.fail("was read from the store"))
    mirror(origin)
    ours, theirs = (Generations(one).folder(generation) / "articles.sqlite" for one in (origin.copy, origin.workshop))
    assert ours.samefile(theirs)


def test_two_publishers_do_not_work_at_once(origin: Origin, replica: Origin) -> None:
    published(origin)
    with (
        publishing(origin),
        pytest.raises(IndexBusy, match=r"another publisher from .* has the lock of 'file://.*its lock counts until 20"),
        publishing(replica),
    ):
        pytest.fail("two are in")
    with (
        publishing(origin),
        pytest.raises(IndexBusy, match="another process of this machine"),
        publishing(origin),
    ):
        pytest.fail("two are in")


def stale_lock(share: Path, owner: str, minutes: float) -> None:
    expires = datetime.now(UTC) + timedelta(minutes=minutes)
    share.mkdir(exist_ok=True)
    (share / "lock").write_text(json.dumps({"owner": owner, "expires": expires.isoformat()}))


def test_the_lock_of_a_dead_publisher_runs_out_and_that_of_the_own_folder_counts_for_nothing(
    origin: Origin, share: Path
) -> None:
    stale_lock(share, "another", -0.01)
    assert published(origin).published
    stale_lock(share, (origin.workshop / "publisher").read_text(), 2)
    assert published(origin, 13).published
    stale_lock(share, "another", 2)
    with pytest.raises(IndexBusy):
        published(origin, 14)
    (share / "lock").write_text("[]")
    with pytest.raises(IndexBusy, match="it is removed"):
        published(origin, 14)


def overtaken(origin: Origin, other: Origin, share: Path) -> None:
    """Publishes, but is stopped for so long that another one publishes, and a third begins."""
    with publishing(origin) as folder:
        build(folder, corpus(14))
        (share / "lock").unlink()
        published(other, 13)
        stale_lock(share, "third", 2)


def test_a_publisher_that_lost_its_lock_switches_nothing(origin: Origin, replica: Origin, share: Path) -> None:
    published(origin)
    with pytest.raises(IndexBusy, match="ran out and was taken by another publisher"):
        overtaken(origin, replica, share)
    assert (share / "CURRENT").read_text().strip() == Generations(replica.workshop).current()


def test_a_publisher_that_finds_another_current_switches_nothing(
    origin: Origin, replica: Origin, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(origin)
    monkeypatch.setattr("index.storage.remote.lease.Lease.confirm", lambda _: None)
    with pytest.raises(IndexBusy, match=r"has published to 'file://.*' meanwhile"):
        overtaken(origin, replica, share)
    assert (share / "CURRENT").read_text().strip() == Generations(replica.workshop).current()
    mirror(replica)
    assert "Headline 13" not in titles(replica)


def test_old_generations_go_when_no_replica_can_be_reading_them(
    origin: Origin, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [published(origin, size).generation for size in (12, 13, 14)]
    assert generations(share) == kept
    (share / "generations" / "20200101T000000000000-cut").mkdir()
    (share / "generations" / "20200101T000000000000-cut" / "articles.sqlite").write_text("of a killed upload")
    monkeypatch.setattr(publish, "GRACE", timedelta(0))
    kept.append(published(origin, 15).generation)
    assert generations(share) == kept[-2:]


def test_rollback_goes_back_for_all_and_needs_no_copy_of_before(origin: Origin, replica: Origin, share: Path) -> None:
    first, second = (published(origin, size).generation for size in (12, 13))
    with publishing(replica, everything=True) as folder:
        assert Generations(folder).rollback() == first
    mirror(origin)
    assert Generations(origin.copy).current() == first
    assert generations(share) == [first, second]


def test_purge_takes_an_article_out_of_the_store_and_of_every_copy(
    origin: Origin, replica: Origin, share: Path, tmp_path: Path
) -> None:
    article_id = article(3).id
    for size in (12, 13):
        published(origin, size)
        mirror(replica)
    assert len(Generations(replica.copy).kept()) == 2
    with publishing(origin, everything=True) as folder:
        purging.purge(folder, ["https://news.example/3"], nothing)
    for one in (origin, replica):
        mirror(one)
        assert Purged.read(one.copy).ids == {article_id}
    assert "Headline 3" not in titles(replica)
    left = [path for path in tmp_path.rglob("*") if path.is_file() and b"harbour3 " in path.read_bytes()]
    assert left == []
    assert len(generations(share)) == 2
    with publishing(replica) as folder:
        assert purging.allow(folder, ["https://news.example/3"]) == [article_id]
    assert Purged.read(share).ids == frozenset()


def test_a_purge_whose_publication_is_interrupted_is_finished_by_the_next_command(
    origin: Origin, replica: Origin, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(origin)
    with monkeypatch.context() as patched:
        patched.setattr(publish._Publication, "_upload", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError), publishing(origin, everything=True) as folder:
            purging.purge(folder, ["https://news.example/3"], nothing)
    assert Purged.read(share).is_unfinished
    mirror(replica)
    assert Purged.read(replica.copy).warning
    published(replica)
    assert not Purged.read(share).is_unfinished
    assert [path for path in share.rglob("*") if path.is_file() and b"harbour3 " in path.read_bytes()] == []


def test_when_the_last_article_is_purged_no_copy_answers_from_it(origin: Origin, replica: Origin, share: Path) -> None:
    published(origin, 1)
    mirror(replica)
    with publishing(origin, everything=True) as folder:
        purging.purge(folder, ["https://news.example/0"], nothing)
    with pytest.raises(IndexMissing):
        mirror(replica)
    assert Generations(replica.copy).kept() == []
    assert not (share / "CURRENT").exists()


def test_what_was_fetched_goes_from_publisher_to_publisher(origin: Origin, replica: Origin) -> None:
    def fetched(folder: Path) -> list[tuple[int]]:
        with closing(sqlite3.connect(folder / "fetched.sqlite")) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("CREATE TABLE IF NOT EXISTS pages (number)")
            database.execute("INSERT INTO pages VALUES ((SELECT count(*) FROM pages))")
            database.commit()
            return database.execute("SELECT number FROM pages").fetchall()

    for one, count in ((origin, 1), (origin, 2), (replica, 3), (origin, 4)):
        with publishing(one) as folder:
            build(folder, corpus())
            assert len(fetched(folder)) == count


def test_a_damaged_file_in_the_store_is_named_and_what_is_here_goes_on_serving(
    origin: Origin, replica: Origin, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "PAUSE_SECONDS", 0.0)
    first = published(origin).generation
    mirror(replica)
    second = published(origin, 13).generation
    assert second
    path = share / "generations" / second / "lexical" / "words.json"
    path.write_bytes(path.read_bytes().replace(b"harbour", b"harvest"))
    with pytest.raises(
        IndexDamaged, match=r"file://.*/lexical/words.json has other bytes than were written; run: byline"
    ):
        mirror(replica)
    assert Generations(replica.copy).current() == first
    (share / "CURRENT").write_text("../../etc\n")
    with pytest.raises(IndexDamaged, match=r"CURRENT names no generation: '../../etc'"):
        mirror(replica)


@pytest.mark.parametrize(
    "name", ["../../../../stolen", "/stolen", "manifest.json", "a//b", "lexical/../../x", ".hidden"]
)
def test_a_manifest_that_names_a_file_outside_its_folder_is_refused(
    origin: Origin, replica: Origin, share: Path, name: str
) -> None:
    generation = published(origin).generation
    assert generation
    manifest = share / "generations" / generation / "manifest.json"
    stated = json.loads(manifest.read_text())
    stated["files"][name] = stated["files"]["articles.sqlite"]
    manifest.write_text(json.dumps(stated))
    with pytest.raises(IndexDamaged, match="is not as it was written"):
        mirror(replica)


def test_a_copy_follows_and_outlives_its_store(
    origin: Origin, replica: Origin, share: Path, caplog: pytest.LogCaptureFixture
) -> None:
    published(origin)
    follower = Follower(replica, seconds=0.05)
    try:
        follower.wait()
        assert "Headline 12" not in titles(replica)
        published(origin, 13)
        while "Headline 12" not in titles(replica):
            pass
        shutil.rmtree(share)
        while "the copy of the index stays as it is" not in caplog.text:
            pass
    finally:
        follower.stop()
    assert "Headline 12" in titles(replica)
    later = Follower(replica, seconds=0.05)
    later.wait()  # there is a copy to answer from
    later.stop()
    lost = Follower(Origin(origin.url, origin.cache / "none"), seconds=0.05)
    with pytest.raises(BylineError, match="nothing is published"):
        lost.wait()
    lost.stop()


def test_an_index_in_a_folder_is_that_folder(tmp_path: Path) -> None:
    mirror(tmp_path)
    assert prepared(tmp_path) == tmp_path
    with publishing(tmp_path) as folder:
        assert folder == tmp_path
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["s3://reader:secret@bucket/news", "s3://bucket/news?key=1", "s3:///", "s3://b/\nx"])
def test_a_url_with_a_secret_or_without_a_place_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"leave passwords|name a bucket"):
        Origin.at(url, tmp_path)
