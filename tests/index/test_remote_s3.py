"""An index in S3, spoken to over HTTP, when requests fail, are slow, or end in the middle."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from corpus.errors import BylineError, IndexBusy
from index.storage.generations import Generations
from index.storage.remote import pull
from index.storage.remote.follow import mirror
from index.storage.remote.objects import Objects
from index.storage.remote.place import Origin
from index.storage.remote.publish import publishing
from index.storage.remote.store import open_store
from tests.index.building import build, corpus, process
from tests.s3_server import URL, FaultyWay, environment, faulty_way, only, s3_server


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3") / "log") as address:
        yield address


@pytest.fixture
def way(s3: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyWay]:
    with faulty_way(s3) as way:
        for name, value in environment(way.address).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(pull, "PAUSE_SECONDS", 0.0)
        yield way


@pytest.fixture
def origin(way: FaultyWay, tmp_path: Path) -> Origin:
    return Origin.at(f"{URL}/{token_hex(4)}", tmp_path / "one")


@pytest.fixture
def replica(origin: Origin, tmp_path: Path) -> Origin:
    return Origin(origin.url, tmp_path / "other")


def published(origin: Origin, size: int = 12) -> str | None:
    with publishing(origin) as folder:
        return build(folder, corpus(size)).generation


def current(origin: Origin) -> str:
    found = open_store(origin.url).get("CURRENT")
    assert found
    return found.data.decode().strip()


def dying(method: str, url: str, cache: Path, surroundings: dict[str, str], size: int) -> None:
    """Ends its process without warning when it has used a method of the store three times."""
    os.environ.update(surroundings)
    real = getattr(Objects, method)
    used = []

    def fatal(*values: Any) -> Any:
        used.append(1)
        if len(used) > 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*values)

    setattr(Objects, method, fatal)
    origin = Origin(url, cache)
    if method == "upload":
        published(origin, size)
    else:
        mirror(origin)


def died(method: str, origin: Origin, way: FaultyWay, size: int = 13) -> bool:
    child = process(dying, method, origin.url, origin.cache, environment(way.address), size)
    child.join(120)
    return child.exitcode == -signal.SIGKILL


def test_a_kill_in_the_middle_of_an_upload_leaves_what_is_published_and_the_next_command_goes_on(
    origin: Origin, replica: Origin, way: FaultyWay
) -> None:
    first = published(origin)
    assert died("upload", origin, way)
    mirror(replica)
    assert current(replica) == Generations(replica.copy).current() == first
    second = published(origin, 13)  # from the same folder: its own lock counts for nothing
    mirror(replica)
    assert second != first
    assert current(replica) == Generations(replica.copy).current() == second
    assert died("upload", origin, way, 14)
    with pytest.raises(IndexBusy):
        published(replica, 14)


def test_a_kill_in_the_middle_of_a_download_leaves_the_copy_and_what_is_there_is_used(
    origin: Origin, replica: Origin, way: FaultyWay
) -> None:
    first = published(origin)
    mirror(replica)
    second = published(origin, 13)
    assert died("read", replica, way)
    assert Generations(replica.copy).current() == first
    way.seen.clear()
    mirror(replica)
    assert Generations(replica.copy).current() == second
    again = [path for method, path in way.seen if "articles.sqlite" in path]
    assert again == []


def test_wrong_bytes_on_the_way_are_asked_for_again(origin: Origin, replica: Origin, way: FaultyWay) -> None:
    generation = published(origin)
    way.fault = only(2, "GET", "words.json", "garble")
    mirror(replica)
    assert Generations(replica.copy).current() == generation
    newer = published(origin, 13)
    way.fault = only(99, "GET", "words.json", "garble")
    with pytest.raises(BylineError, match=r"words.json has other bytes than were written"):
        mirror(replica)
    assert Generations(replica.copy).current() == generation
    way.fault = lambda method, path: None
    mirror(replica)
    assert Generations(replica.copy).current() == newer


@pytest.mark.parametrize("fault", ["refuse", "cut", 0.7])
def test_requests_that_fail_or_are_slow_are_made_again_and_only_delay(
    origin: Origin, replica: Origin, way: FaultyWay, fault: str | float
) -> None:
    way.fault = only(2, "PUT", "articles.sqlite", fault)
    generation = published(origin)
    way.fault = only(2, "GET", "articles.sqlite", fault)
    mirror(replica)
    assert Generations(replica.copy).current() == generation


def test_where_the_reply_to_the_switch_is_lost_it_counts_as_made(origin: Origin, way: FaultyWay) -> None:
    published(origin)
    way.fault = only(1, "PUT", "CURRENT", "lose")
    assert published(origin, 13) == current(origin)
    way.fault = only(1, "PUT", "/lock", "lose")
    assert published(origin, 14) == current(origin)


def test_a_store_that_is_away_leaves_the_copy(origin: Origin, replica: Origin, way: FaultyWay) -> None:
    generation = published(origin)
    mirror(replica)
    way.fault = lambda method, path: "refuse"
    with pytest.raises(BylineError, match=r"'s3://archive/.*' fails"):
        mirror(replica)
    assert Generations(replica.copy).current() == generation


def test_of_publishers_at_once_one_wins_and_the_others_say_why(origin: Origin, tmp_path: Path, way: FaultyWay) -> None:
    def attempt(number: int) -> str | None:
        try:
            return published(Origin(origin.url, tmp_path / str(number)), 12 + number)
        except IndexBusy:
            return None

    with ThreadPoolExecutor(3) as pool:
        generations = [one for one in pool.map(attempt, range(3)) if one]
    assert current(origin) in generations
    assert open_store(origin.url).find("lock") is None


def test_a_publisher_that_was_stopped_for_longer_than_its_lock_cannot_switch(
    origin: Origin, replica: Origin, way: FaultyWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(origin)
    monkeypatch.setattr("index.storage.remote.lease.Lease.confirm", lambda _: None)

    def overtaken() -> None:
        with publishing(origin) as folder:
            build(folder, corpus(14))
            open_store(origin.url).remove(["lock"])
            published(replica, 13)

    with pytest.raises(IndexBusy, match=r"has published to 's3://.*' meanwhile"):
        overtaken()
    assert current(origin) == Generations(replica.workshop).current()
