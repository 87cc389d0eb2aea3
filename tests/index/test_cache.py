"""What did not change since the last rebuild is not parsed again."""

import json
import pickle
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, Rejected
from corpus.dates import stated_date
from corpus.read import inputs, parallel, read, record
from corpus.read.cache import ReadCache
from corpus.read.file import File, Unreadable
from corpus.read.files import Finder
from corpus.read.folder import Excluded
from corpus.read.parallel import Queue, parse, parse_all
from index.storage.articles import ArticleStore
from index.storage.generations import Generations
from index.storage.summary import Summary
from tests.corpus.test_archives import zipped
from tests.index.building import build

PAGE = b"<html><head><title>Ferry %d</title></head><body><article><p>The ferry %d sails at noon.</p></article></body>"


def row(number: int, text: str = "The ferry sails at noon.") -> dict[str, Any]:
    return {"title": f"Ferry {number}", "text": text, "url": f"https://news.example/{number}"}


def as_lines(*rows: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in rows)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is parsed: a record by its title, a file by its name."""
    seen = list[str]()
    parse_record, reader_of = record._parsed, parallel.reader_of

    def noting(fields: Any, file: File, line: int | None) -> Article | Rejected:
        seen.extend(filter(None, [fields.get("title")]))
        return parse_record(fields, file, line)

    def reader_noting(kind: str) -> Any:
        def reader(file: File) -> Iterator[Article | Rejected]:
            seen.append(file.name)
            return reader_of(kind)(file)

        return reader

    monkeypatch.setattr(record, "_parsed", noting)
    monkeypatch.setattr(parallel, "reader_of", reader_noting)
    return seen


def rebuilt(archive: Path, index: Path, parsed: list[str], **options: Any) -> tuple[Summary, list[str]]:
    """The summary, and what was parsed for it."""
    del parsed[:]
    cache = ReadCache()
    summary = build(index, read([archive], cache=cache, fields=options.pop("fields", None)), cache=cache, **options)
    return summary, sorted(parsed)


def stored(index: Path) -> list[tuple[Article, str]]:
    generations = Generations(index)
    store = ArticleStore.open(generations.folder(generations.current()) / "articles.sqlite")
    articles = store.articles(range(store.counts()[0]))
    store.close()
    return [(article, article.cache_key) for article in articles]


def test_only_lines_that_changed_are_parsed(tmp_path: Path, parsed: list[str]) -> None:
    archive, index = tmp_path / "news.jsonl", tmp_path / "index"
    archive.write_bytes(as_lines(*map(row, range(5)), {"title": "Without text"}))
    assert rebuilt(archive, index, parsed)[1] == [
        *(f"Ferry {number}" for number in range(5)),
        "Without text",
        archive.name,
    ]
    archive.write_bytes(as_lines(row(9), row(3, "It is late."), {"title": "Without text"}, *map(row, (4, 0, 1, 1))))
    summary, again = rebuilt(archive, index, parsed)
    assert again == ["Ferry 3", "Ferry 9", "Without text", archive.name]
    assert (summary.unchanged, summary.duplicates, len(summary.rejected)) == (3, 1, 1)
    whole, _ = rebuilt(archive, tmp_path / "other", parsed)
    assert (summary.articles, summary.passages) == (whole.articles, whole.passages)
    assert stored(index) == stored(tmp_path / "other")


def test_only_files_that_changed_are_parsed(tmp_path: Path, parsed: list[str]) -> None:
    archive, index = tmp_path / "archive", tmp_path / "index"
    archive.mkdir()
    for number in range(3):
        (archive / f"{number}.html").write_bytes(PAGE % (number, number))
    (archive / "all.zip").write_bytes(zipped({"7.html": PAGE % (7, 7)}))
    (archive / "list.json").write_text(json.dumps([row(20), row(21)]), "utf-8")
    (archive / "table.csv").write_text("title,text\nFerry 30,It sails.\n", "utf-8")
    (archive / "empty.txt").write_bytes(b"")
    rebuilt(archive, index, parsed)
    (archive / "1.html").write_bytes(PAGE % (1, 100))
    (archive / "list.json").write_text(json.dumps([row(20), row(21, "It is late.")]), "utf-8")
    summary, again = rebuilt(archive, index, parsed)
    assert again == ["1.html", "Ferry 21", "list.json", "table.csv"]
    assert (summary.articles, summary.unchanged, len(summary.rejected)) == (7, 5, 1)
    rebuilt(archive, tmp_path / "other", parsed)
    assert stored(index) == stored(tmp_path / "other")


def test_articles_read_in_other_processes_are_found_again(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.html").write_bytes(PAGE % (number, number))
    cache = ReadCache()
    first = list(parse_all(Finder(Excluded.by([]), cache=cache).find(tmp_path), workers=2, patience=0))
    by_key = {one.cache_key: replace(one, source="Gazette") for one in first if isinstance(one, Article)}
    assert len(by_key) == 40
    cache.find = by_key.get
    (tmp_path / "07.html").write_bytes(PAGE % (7, 700))
    again = list(parse_all(Finder(Excluded.by([]), cache=cache).find(tmp_path), workers=2, patience=0))
    assert [number for number, one in enumerate(again) if isinstance(one, Article) and not one.source] == [7]
    assert [one.origin for one in again] == [one.origin for one in first]


@pytest.mark.parametrize("change", ["full", "fields", "readers"])
def test_other_options_and_other_readers_parse_all_again(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    archive, index = tmp_path / "news.jsonl", tmp_path / "index"
    archive.write_bytes(as_lines(row(1), row(2)))
    rebuilt(archive, index, parsed)
    if change == "readers":
        monkeypatch.setattr(inputs, "readers_state", lambda: [("byline", "9")])
    options = {"full": {"full": True}, "fields": {"fields": {"source": "desk"}}}.get(change, {})
    assert rebuilt(archive, index, parsed, **options)[1] == ["Ferry 1", "Ferry 2", archive.name]


def test_the_same_article_in_other_bytes_is_parsed_once_more(tmp_path: Path, parsed: list[str]) -> None:
    archive, index = tmp_path / "news.jsonl", tmp_path / "index"
    archive.write_bytes(as_lines(row(1), row(2)))
    rebuilt(archive, index, parsed)
    reworded = [row(1) | {"desk": "Harbours"}, row(2, "It is late.")]
    archive.write_bytes(as_lines(*reworded))
    assert rebuilt(archive, index, parsed)[1] == ["Ferry 1", "Ferry 2", archive.name]
    archive.write_bytes(as_lines(*reworded, row(3)))
    assert rebuilt(archive, index, parsed)[1] == ["Ferry 3", archive.name]


def test_an_index_from_before_there_was_a_cache_is_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    archive, index = tmp_path / "news.jsonl", tmp_path / "index"
    archive.write_bytes(as_lines(row(1), row(2)))
    build(index, read([archive]))
    assert {key for _, key in stored(index)} == {""}
    archive.write_bytes(as_lines(row(1), row(2), row(3)))
    assert len(rebuilt(archive, index, parsed)[1]) == 4
    assert all(key for _, key in stored(index))


def test_a_copy_in_another_process_gives_the_same_keys_and_finds_nothing() -> None:
    cache = ReadCache()
    cache.find = {}.get
    copy = pickle.loads(pickle.dumps(cache))
    file = File.of("a.txt", b"Ferry", "a.txt")
    assert copy.find is None
    assert copy.key_of_file(file, b"Ferry") == cache.key_of_file(file, b"Ferry") != cache.key_of_file(file, b"ferry")


def test_a_record_that_cannot_be_written_out_is_read_as_without_a_cache() -> None:
    nested: list[Any] = []
    for _ in range(sys.getrecursionlimit() + 100):
        nested = [nested]
    for odd in (nested, 10**5000):
        fields = row(1) | {"odd": odd}
        file = File.of("a.jsonl", b"", "a.jsonl")
        assert isinstance(record.read_record(fields, replace(file, cache=ReadCache())), Article)


def test_the_text_of_a_record_is_no_record(tmp_path: Path, parsed: list[str]) -> None:
    archive, index = tmp_path / "archive", tmp_path / "index"
    archive.mkdir()
    (archive / "good.json").write_text(json.dumps([row(1), row(2)]), "utf-8")
    (archive / "bad.json").write_text(str(row(1)), "utf-8")
    (archive / "new.jsonl").write_bytes(as_lines(row(3)))
    first, _ = rebuilt(archive, index, parsed)
    (archive / "new.jsonl").write_bytes(as_lines(row(4)))
    again, _ = rebuilt(archive, index, parsed)
    assert again.rejected == first.rejected
    assert len(again.rejected) == 1


def test_a_batch_of_articles_that_were_found_is_parsed_by_none() -> None:
    cache = ReadCache()
    cache.find = lambda key: Article("Ferry", key)
    files = [replace(File.of("a.html", b"%d" % number, f"{number}.html"), cache=cache) for number in range(100)]
    files[0] = replace(files[0], cache=None)
    sent = list[list[Any]]()

    def submit(batch: list[Any]) -> Any:
        sent.append(batch)
        return parallel.Parsed([Article("Parsed", "It sails.") if isinstance(one, File) else one for one in batch])

    found = [one for one in Queue(submit, 2).run(iter(files)) if isinstance(one, Article)]
    assert [one.title for one in found] == ["Parsed", *["Ferry"] * 99]
    assert [len(batch) for batch in sent] == [parallel.BATCH]


def test_after_a_rebuild_the_cache_finds_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "news.jsonl"
    archive.write_bytes(as_lines(row(1), row(2)))
    cache = ReadCache()
    for _ in range(2):
        build(tmp_path / "index", read([archive], cache=cache), cache=cache)
        assert [one.origin for one in read([archive], cache=cache)] == [f"{archive}:1", f"{archive}:2"]


def test_a_moment_in_nanoseconds_is_read_as_one_in_microseconds() -> None:
    pandas = pytest.importorskip("pandas")
    moment = stated_date(pandas.Timestamp("2022-01-02T03:04:05.123456789"))
    assert (type(moment), str(moment)) == (datetime, "2022-01-02 03:04:05.123456")


def test_what_is_read_before_a_file_breaks_off_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(file: File) -> Iterator[Article]:
        yield Article("Ferry", "It sails.")
        raise Unreadable("breaks off")

    monkeypatch.setattr(parallel, "reader_of", lambda kind: breaking)
    file = File.of("a.rss", b"<rss>", "a.rss")
    with_cache = File(file.name, file.origin, file.open, cache=ReadCache())
    assert (
        list(parse(with_cache))
        == list(parse(file))
        == [Article("Ferry", "It sails."), Rejected("a.rss", None, "breaks off")]
    )
