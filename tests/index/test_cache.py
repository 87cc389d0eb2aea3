"""What did not change since the last rebuild is not parsed again."""

import json
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, Rejected
from corpus.read import cache as caching
from corpus.read import parallel, read, record
from corpus.read.cache import ReadCache
from corpus.read.file import File, Unreadable
from corpus.read.files import Finder
from corpus.read.folder import Excluded
from corpus.read.parallel import parse, parse_all
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
        monkeypatch.setattr(caching, "readers_state", lambda: [("byline", "9")])
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
    assert copy.key(file, b"Ferry") == cache.key(file, b"Ferry") != cache.key(file, b"ferry")


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
