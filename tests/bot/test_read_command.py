import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from tests.fakes import WordEmbedder


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("index.search.embed.MiniLM", WordEmbedder)
    monkeypatch.delenv("BYLINE_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def news(workplace: Path) -> Path:
    rows = [
        {
            "kop": "A flood",
            "fields": {"words": "The river rose by three metres on Monday.\nIt fell again."},
            "date": "2020-08-31",
        },
        {"kop": "A \x1b[31mstrike", "fields": {"words": "Ferries stood still. " * 20}, "url": "https://n.example/2"},
        {"kop": "No text"},
        {"kop": "None here either", "fields": {}},
    ]
    folder = workplace / "news"
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "draft.txt").write_text("Not yet\n\nUnfinished.")
    (folder / "empty.csv").touch()
    return folder


MAP = ("--map", "title=kop", "--map", "text=fields.words")


def byline(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_each_article_is_shown_with_what_was_found_and_what_is_missing_is_counted(news: Path) -> None:
    shown = byline("read", str(news), *MAP, "--exclude", "draft*")
    assert shown.exit_code == 0
    first = shown.stdout.split("\n\n")[0].splitlines()
    assert first == [
        "title        A flood",
        "published    2020-08-31",
        "updated      -",
        "source       -",
        "authors      -",
        "url          -",
        "words        11",
        "first_line   The river rose by three metres on Monday.",
        f"origin       {news / 'a.jsonl'}:1",
    ]
    assert "\x1b" not in shown.stdout
    assert "…\n" in shown.stdout
    counts = shown.stdout.split("\n\n")[2].splitlines()
    assert counts == ["articles     2", "no source    2", "no authors   2", "no url       1", "no published 1"]


def test_rejections_are_in_a_table_by_reason(news: Path) -> None:
    lines = byline("read", str(news), *MAP, "--exclude", "draft*").stdout.split("\n\n")[-1].splitlines()
    assert lines[0] == "3 rejections:"
    assert lines[1].split(maxsplit=1) == ["2", "has no text"]
    assert lines[2].strip().startswith(f"first in {news / 'a.jsonl'}:3: has no text: none of the fields 'kop'")
    assert lines[3].split(maxsplit=1) == ["1", "is empty"]


def test_a_suffix_with_a_digit_stays_whole_in_a_reason(workplace: Path) -> None:
    (workplace / "a.xyz").touch()
    assert "each with .gz, .bz2, .xz, .zst\n" in byline("read", "a.xyz").stdout.partition("first in")[0]


def test_the_pages_of_headlines_without_text_are_named(workplace: Path) -> None:
    rows = [{"title": f"Ferry {number}", "url": f"https://n.example/{number}"} for number in range(30)]
    (workplace / "a.json").write_text(json.dumps(rows))
    lines = byline("read", "a.json").stdout.splitlines()
    assert "point byline rebuild at its page: https://n.example/0" in lines[-22]
    assert lines[-21].strip() == "https://n.example/1"
    assert lines[-1].strip() == "... and 9 more pages; --json has all"
    result = json.loads(byline("read", "a.json", "--json").stdout)
    assert [one["url"] for one in result["rejected"]] == [row["url"] for row in rows]
    assert byline("rebuild", "a.json").exit_code == 1


def test_as_json_it_is_one_object_with_an_article_a_line(news: Path) -> None:
    shown = byline("read", str(news), *MAP, "--json").stdout
    result = json.loads(shown)
    assert [article["title"] for article in result["articles"]] == ["A flood", "A [31mstrike", "Not yet"]
    assert result["articles"][0]["published"] == "2020-08-31"
    assert [rejected["line"] for rejected in result["rejected"]] == [3, 4, None]
    assert result["reasons"] == {"has no text": 2, "is empty": 1}
    assert sum(line.startswith('{"title"') for line in shown.splitlines()) == 3


def test_as_json_it_is_one_object_even_where_nothing_is_found(news: Path, workplace: Path) -> None:
    assert json.loads(byline("read", str(news / "empty.csv"), "--json").stdout)["articles"] == []
    (workplace / "none").mkdir()
    assert json.loads(byline("read", "none", "--json").stdout) == {"articles": [], "rejected": [], "reasons": {}}


def test_that_no_article_was_found_is_shown(workplace: Path) -> None:
    (workplace / "none").mkdir()
    shown = byline("read", "none")
    assert (shown.exit_code, shown.stdout) == (0, "articles     0\n")


@pytest.mark.parametrize("mapped", ["titel=kop", "title", "title="])
def test_an_invalid_mapping_is_misuse(news: Path, mapped: str) -> None:
    for command in ("read", "rebuild"):
        shown = byline(command, str(news), "--map", mapped)
        assert shown.exit_code == 2
        assert f"'{mapped.partition('=')[0]}" in shown.stderr
        assert "title, text, url" in shown.stderr


def test_a_rebuild_without_paths_reads_as_the_last_one_did(news: Path, workplace: Path) -> None:
    assert byline("rebuild", str(news), *MAP, "--exclude", "draft*").exit_code == 0
    again = byline("rebuild")
    assert "2 unchanged" in again.stdout
    generations = Generations(workplace / "byline-index")
    manifest = Manifest.read(generations.folder(generations.current()))
    assert manifest.options == {"map": ["title=kop", "text=fields.words"], "exclude": ["draft*"]}
    assert "1 added" in byline("rebuild", "--exclude", "nothing").stdout
    assert byline("rebuild", str(news)).exit_code == 0
    assert Manifest.read(generations.folder(generations.current())).options == {}
