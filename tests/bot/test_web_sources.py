import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from corpus.fetch import Limits
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from tests.corpus.test_fetch import feed, page
from tests.corpus.web_server import Site, answers, says, serving
from tests.fakes import WordEmbedder


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("index.search.embed.MiniLM", WordEmbedder)
    monkeypatch.setattr("corpus.fetch.Limits", lambda pages: Limits(pages=pages, pause=0.0))
    monkeypatch.delenv("BYLINE_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/feed": says(feed(("Ferry sails", "https://post.example/ferry")))}) as served:
        yield served


def byline(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def current(workplace: Path) -> Manifest:
    generations = Generations(workplace / "byline-index")
    return Manifest.read(generations.folder(generations.current()))


def test_a_feed_and_a_folder_make_one_index_that_is_rebuilt_from_both(site: Site, workplace: Path) -> None:
    (workplace / "news.txt").write_text("A flood\n\nThe river rose by three metres on Monday.")
    address = f"{site.root}/feed"
    first = byline("rebuild", "news.txt", address, "--allow-private")
    assert (first.exit_code, first.stderr) == (0, "")
    assert "2: 2 added" in first.stdout
    assert current(workplace).sources == (str(workplace / "news.txt"), address)
    site.acts["/feed"] = says(feed(("Ferry stops", "https://post.example/stop")))
    again = byline("rebuild", "--json")
    assert f"reading again {workplace / 'news.txt'}, {address}" in again.stderr
    result = json.loads(again.stdout)
    assert (result["added"], result["unchanged"], result["removed"], result["rejected"]) == (1, 2, 0, [])


def test_an_address_that_cannot_be_had_is_listed_and_what_was_had_of_it_before_stays(site: Site) -> None:
    address = f"{site.root}/feed"
    assert byline("rebuild", address, "--allow-private").exit_code == 0
    site.acts["/feed"] = answers(500)
    shown = byline("rebuild", address, "--allow-private")
    assert f"rejected {address}: is answered with an error (500)\n" in shown.stderr
    assert "1: 1 unchanged" in shown.stdout


def test_a_private_address_is_refused_unless_it_is_allowed(site: Site) -> None:
    shown = byline("rebuild", f"{site.root}/feed")
    assert shown.exit_code == 1
    assert f"rejected {site.root}/feed: has the private address 127.0.0.1" in shown.stderr
    assert shown.stderr.endswith("byline: no article was found; the index is left as it was\n")


def test_a_dry_run_of_an_address_leaves_no_trace(site: Site, workplace: Path) -> None:
    shown = byline("rebuild", f"{site.root}/feed", "--allow-private", "--dry-run")
    assert "1: 1 added" in shown.stdout
    assert list(workplace.iterdir()) == []


def test_read_shows_the_articles_at_an_address(site: Site, workplace: Path) -> None:
    site.acts["/ferry"] = says(page("Ferry sails"))
    shown = byline("read", f"{site.root}/ferry", "--allow-private", "--json")
    assert json.loads(shown.stdout)["articles"][0]["url"] == f"{site.root}/ferry"
    assert list(workplace.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "result"),
    [
        (["rebuild", "http://"], 1, "'http://' is no web address; write it like"),
        (["read", "https://ada:secret@news.example/"], 1, "leave them out"),
        (["rebuild", "--watch", "--full"], 2, "leave out --full and --dry-run"),
        (["rebuild", "--watch", "nowhere"], 1, "nowhere' does not exist"),
    ],
)
def test_invalid_options_fail_before_anything_is_done(arguments: list[str], code: int, result: str) -> None:
    shown = byline(*arguments)
    assert shown.exit_code == code
    assert result in shown.stderr
    assert "secret" not in shown.output
