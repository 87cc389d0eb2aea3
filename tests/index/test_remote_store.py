"""What is asked of every store, asked of each kind."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import fsspec
import pytest

from corpus.errors import BylineError, SettingsError
from index.storage.remote.store import Replaced, Store, open_store
from tests.s3_server import URL, environment, s3_server


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3") / "log") as address:
        yield address


@pytest.fixture(params=["s3", "file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    if request.param == "s3":
        for name, value in environment(request.getfixturevalue("s3")).items():
            monkeypatch.setenv(name, value)
        return open_store(f"{URL}/{token_hex(4)}")
    return open_store(f"file://{tmp_path}/share" if request.param == "file" else f"memory://{token_hex(4)}")


def test_a_file_comes_back_whole_and_in_parts(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(bytes(range(256)) * 50_000)  # 12.8 MB: several parts
    store.upload(path, "generations/one/big")
    assert store.read("generations/one/big", 256, 512) == bytes(range(256))
    found = store.find("generations/one/big")
    assert found
    assert found.size == 12_800_000
    assert store.listing("generations") == {"generations/one/big": found}
    store.remove(["generations/one/big", "generations/one/none"])
    assert store.listing("generations") == {}
    assert store.find("generations/one/big") is None
    assert store.get("generations/one/big") is None


def test_a_small_file_is_written_only_in_place_of_what_was_seen(store: Store) -> None:
    first = store.put("CURRENT", b"one")
    with pytest.raises(Replaced):
        store.put("CURRENT", b"two")
    store.put("CURRENT", b"two", first)
    with pytest.raises(Replaced):
        store.put("CURRENT", b"three", first)
    found = store.get("CURRENT")
    assert found
    assert found.data == b"two"
    store.put("CURRENT", b"three", found.version)
    assert set(store.listing("")) == {"CURRENT"}


def test_of_many_who_write_where_nothing_is_one_succeeds(store: Store) -> None:
    def attempt(number: int) -> bool:
        with suppress(Replaced):
            store.put("lock", str(number).encode())
            return True
        return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_a_store_that_is_not_known_or_lacks_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r"'carrier-pigeon://news' names no store that is known"):
        open_store("carrier-pigeon://news")
    with pytest.raises(SettingsError, match=r"for 'sftp://host/news' a package is missing: .*paramiko"):
        open_store("sftp://host/news")
    monkeypatch.setitem(__import__("sys").modules, "obstore", None)
    with pytest.raises(SettingsError, match=r"for 's3://archive/news' install obstore: pip install 'byline\[store\]'"):
        open_store("s3://archive/news")


def test_what_a_file_system_says_is_told_with_the_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(f"file://{tmp_path}")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("not yours")

    monkeypatch.setattr(fsspec.implementations.local.LocalFileSystem, "cat_file", refuse)
    with pytest.raises(BylineError, match=r"file://.* fails \(PermissionError: not yours\)"):
        store.get("CURRENT")


def test_a_bucket_that_is_not_there_is_an_error_without_the_xml_of_the_reply(
    s3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(s3).items():
        monkeypatch.setenv(name, value)
    nowhere = open_store("s3://nowhere/news")
    with pytest.raises(BylineError, match=r"'s3://nowhere/news' fails"):
        nowhere.listing("generations")
    with pytest.raises(BylineError, match=r"'s3://nowhere/news' fails") as caught:
        nowhere.put("lock", b"")
    assert "<" not in str(caught.value)
    assert len(str(caught.value)) < 600
