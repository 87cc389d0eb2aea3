import json
import re
import subprocess
import sys
from importlib.metadata import version
from inspect import signature
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.archive_bot import CONSIDERED
from bot.cli import app
from bot.commands.asking import ask
from corpus.article import Article
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from tests.fakes import WordEmbedder
from tests.index.building import build, corpus, files


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("index.search.embed.MiniLM", "bot.create.MiniLM"):
        monkeypatch.setattr(name, WordEmbedder)
    for name in ("BYLINE_INDEX", "BYLINE_CAUTION", "BYLINE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def byline(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def index(workplace: Path) -> Path:
    build(workplace / "byline-index", corpus())
    return workplace / "byline-index"


@pytest.fixture
def news(workplace: Path) -> Path:
    lines = [{"title": "A flood", "text": "The river rose by three metres on Monday.", "url": "https://n.example/1"}]
    path = workplace / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n")
    return path


def current(index: Path) -> Manifest:
    generations = Generations(index)
    return Manifest.read(generations.folder(generations.current()))


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    shown = byline("--help")
    assert shown.exit_code == 0
    for command in ("rebuild", "status", "rollback", "search", "ask", "evaluate", "serve"):
        assert command in shown.stdout
    heavy = {"chromadb", "gradio", "openvino", "llama_index", "bm25s", "numpy", "pydantic", "fastapi", "rich.progress"}
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, bot.cli; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert heavy & set(loaded.stdout.split()) == set()


@pytest.mark.parametrize(
    ("command", "taken"),
    [("rebuild", "[PATH]..."), ("rollback", "[GENERATION]"), ("search", "QUERY"), ("ask", "QUESTION")],
)
def test_the_help_of_a_command_shows_its_arguments(command: str, taken: str) -> None:
    shown = byline(command, "--help").stdout
    assert f" {command} [OPTIONS] {taken}\n" in shown
    assert "--index DIR" in shown
    assert not re.search(r"[{}]|<\w|\(byline-index\)", shown)


def test_the_version_is_that_of_the_install() -> None:
    assert byline("--version").stdout == f"byline {version('byline')}\n"


def test_rebuild_indexes_what_it_is_given_and_repeats_it_when_given_nothing(news: Path, workplace: Path) -> None:
    first = byline("rebuild", str(news))
    assert (first.exit_code, first.stderr) == (0, "")
    assert "1: 1 added" in first.stdout
    assert current(workplace / "byline-index").sources == (str(news),)
    again = byline("rebuild", "--json")
    assert json.loads(again.stdout)["nothing_changed"] is True
    assert f"reading again {news}" in again.stderr


def test_rebuild_without_paths_or_index_takes_the_sample_and_says_so(workplace: Path) -> None:
    shown = byline("rebuild", "--index", str(workplace / "elsewhere"))
    assert shown.exit_code == 0
    assert "indexing the sample articles" in shown.stderr
    assert current(workplace / "elsewhere").articles > 10


def test_the_index_may_come_from_the_environment(news: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_INDEX", str(workplace / "named"))
    assert byline("rebuild", str(news)).exit_code == 0
    assert current(workplace / "named").articles == 1


def test_rejections_are_listed_with_their_place_and_without_control_characters(news: Path, workplace: Path) -> None:
    (workplace / "evil\x1b]0;owned\x07.json").write_text("[")
    news.write_text(news.read_text() + "{broken\n")
    shown = byline("rebuild", str(workplace))
    assert shown.exit_code == 0
    assert f"rejected {news}:2: " in shown.stderr
    assert "evil\\x1b]0;owned\\x07.json" in shown.stderr
    assert "\x1b" not in shown.output
    assert "2 rejected" in shown.stdout


def test_strict_fails_and_publishes_nothing_when_something_is_rejected(news: Path, workplace: Path) -> None:
    news.write_text(news.read_text() + "{broken\n")
    shown = byline("rebuild", str(news), "--strict")
    assert shown.exit_code == 1
    assert "nothing was published, as something was rejected and --strict is set" in shown.stderr
    assert not (workplace / "byline-index" / "CURRENT").exists()


def test_a_dry_run_refuses_what_a_rebuild_refuses(index: Path, workplace: Path) -> None:
    (workplace / "none").mkdir()
    before = current(index)
    shown, dry = byline("rebuild", "none"), byline("rebuild", "none", "--dry-run")
    assert (dry.exit_code, dry.stdout, dry.stderr) == (shown.exit_code, shown.stdout, shown.stderr)
    assert "no article was found; the index is left as it was" in dry.stderr
    assert current(index) == before


def test_a_dry_run_leaves_no_trace(news: Path, workplace: Path) -> None:
    shown = byline("rebuild", str(news), "--dry-run")
    assert "not touched: a dry run" in shown.stdout
    assert files(workplace) == {"news.jsonl"}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["rebuild", "nowhere"], 1, "nowhere' does not exist"),
        (
            ["ask", "Who?"],
            1,
            "/byline-index'; run: byline rebuild, or name another folder with --index or BYLINE_INDEX",
        ),
        (["status"], 1, "there is no index"),
        (["rollback"], 1, "there is no index"),
        (["ask", "  "], 2, "The question is empty"),
        (["ask", "Who?", "--since", "2022-02-02", "--until", "2022-01-01"], 2, "is later than until"),
        (["evaluate", "nowhere.jsonl"], 2, "file 'nowhere.jsonl' cannot be read: No such file or directory\n"),
        (["evaluate", "."], 2, "file '.' cannot be read: Is a directory\n"),
    ],
)
def test_a_failed_purge_is_reported_in_one_line(arguments: list[str], code: int, message: str) -> None:
    shown = byline(*arguments)
    assert shown.exit_code == code
    assert shown.stdout == ""
    assert shown.stderr.startswith("byline: ")
    assert shown.stderr.count("\n") == 1
    assert message in shown.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "Who?", "--since", "yesterday"],
        ["ask", "Who?", "--asked", "2022-13-01"],
        ["search", "flood", "--top-k", "-1"],
        ["search", "flood", "--top-k", "many"],
        ["serve", "--port", "99999"],
        ["ask"],
        ["frobnicate"],
        ["rebuild", "--frobnicate"],
    ],
)
def test_misuse_exits_with_2(arguments: list[str]) -> None:
    shown = byline(*arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")


def test_an_invalid_setting_is_named(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_CAUTION", "extreme")
    shown = byline("ask", "Who spoke?")
    assert shown.exit_code == 2
    assert "BYLINE_CAUTION" in shown.stderr


@pytest.mark.parametrize(
    "contact", ["desk", "a b@c.example", "desk@post.example)\n", "javascript:x", "désk@post.example"]
)
def test_a_contact_that_no_header_may_hold_is_refused(contact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_CONTACT", contact)
    shown = byline("read", "news.jsonl")
    assert shown.exit_code == 2
    assert shown.stderr.startswith("byline: BYLINE_CONTACT: write a mail address, or a web address")


@pytest.mark.usefixtures("index")
def test_search_lists_passages_with_their_sources() -> None:
    found = json.loads(byline("search", "harbour7 report", "--top-k", "3", "--json").stdout)["passages"]
    assert len(found) == 3
    assert found[0]["url"] == "https://news.example/7"
    shown = byline("search", "harbour7 report", "--top-k", "1").stdout
    assert "1. Headline 7 (Gazette, 8 January 2022)" in shown
    assert "https://news.example/7" in shown


@pytest.mark.usefixtures("index")
def test_search_keeps_to_the_days_and_outlets_asked_for() -> None:
    options = ["--since", "2022-01-03", "--until", "2022-01-06", "--source", "herald", "--json"]
    found = json.loads(byline("search", "mayor spoke", *options).stdout)["passages"]
    assert {passage["published"] for passage in found} == {"2022-01-03", "2022-01-05"}


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("command", ["search", "ask"])
def test_an_unknown_outlet_is_reported_and_not_searched(command: str) -> None:
    shown = byline(command, "mayor spoke", "--source", "Heralt")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == "byline: No article is from 'Heralt'. The nearest outlets: Herald.\n"


@pytest.mark.usefixtures("index")
def test_ask_prints_an_answer_whose_quotes_are_verbatim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_CAUTION", "low")
    answer = json.loads(
        byline("ask", "Report 7 describes harbour7 and river1", "--asked", "2022-02-01", "--json").stdout
    )
    assert answer["status"] == "answered"
    assert answer["asked"] == "2022-02-01"
    texts = {article.url: article.text for article in corpus()}
    for citation in answer["citations"]:
        assert texts[citation["url"]][citation["start"] : citation["end"]] == citation["quote"]
    shown = byline("ask", "Report 7 describes harbour7 and river1").stdout
    assert "[1] Headline 7 (Gazette, 8 January 2022)" in shown


@pytest.mark.usefixtures("index")
def test_ask_lists_all_considered_passages_by_default() -> None:
    assert signature(ask).parameters["top_k"].default == CONSIDERED
    asked = ["ask", "Report 7 describes harbour7 and river1", "--json"]
    assert len(json.loads(byline(*asked).stdout)["passages"]) > 2
    assert len(json.loads(byline(*asked, "--top-k", "2").stdout)["passages"]) == 2


def test_an_article_cannot_steer_the_terminal(workplace: Path) -> None:
    nasty = Article(
        "Flood \x1b[2J\x1b]0;owned\x07", "The flood \x1b[31mrose\u202e today.", url="https://n.example/\x1b[1m"
    )
    build(workplace / "byline-index", [nasty])
    for command in ("search", "ask"):
        shown = byline(command, "flood rose today").stdout
        assert "\\x1b[2J" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_status_and_rollback_report_the_generations(index: Path) -> None:
    first = current(index)
    build(index, corpus(5))
    message = json.loads(byline("status", "--json").stdout)
    assert (message["articles"], message["first_day"], message["last_day"]) == (5, "2022-01-01", "2022-01-05")
    assert message["kept"] == [first.generation, message["generation"]]
    assert message["outlets"] == [{"source": "Herald", "articles": 3}, {"source": "Gazette", "articles": 2}]
    assert byline("rollback").stdout == f"now in use: {first.generation}\n"
    shown = byline("status").stdout
    assert f"{first.generation} (in use), {message['generation']}\n" in shown
    assert "12 in 12 passages" in shown
    assert "Gazette (6)" in shown


def test_a_second_rebuild_is_refused_with_advice_to_wait(index: Path, news: Path) -> None:
    with Generations(index).locked():
        shown = byline("rebuild", str(news))
    assert shown.exit_code == 1
    assert "another rebuild" in shown.stderr


def test_an_index_without_recorded_sources_asks_for_paths(index: Path) -> None:
    shown = byline("rebuild", "--index", str(index))
    assert shown.exit_code == 2
    assert "does not state what it was built from; name the paths" in shown.stderr


def fail(error: BaseException) -> object:
    def failing(*_: object) -> None:
        raise error

    return failing


def test_the_unforeseen_is_one_calm_line_and_a_traceback_only_for_who_asks(
    index: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Generations, "rollback", fail(RuntimeError("odd \x1b thing")))
    shown = byline("rollback")
    assert shown.exit_code == 1
    assert shown.stderr == "byline: RuntimeError: odd \\x1b thing; for the traceback: byline --debug ...\n"
    assert "Traceback" not in caplog.text
    monkeypatch.setenv("BYLINE_DEBUG", "1")
    assert byline("rollback").exit_code == 1
    assert "Traceback" in caplog.text


def test_an_interruption_is_quiet(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Generations, "rollback", fail(KeyboardInterrupt()))
    shown = byline("rollback")
    assert (shown.exit_code, shown.output) == (130, "")


def test_evaluate_prints_its_measures(index: Path, workplace: Path) -> None:
    line = {"id": "1", "question": "harbour7 report", "answers": ["harbour7"], "urls": ["https://news.example/7"]}
    (workplace / "questions.jsonl").write_text(json.dumps(line))
    measured = json.loads(byline("evaluate", "questions.jsonl", "--json").stdout)
    assert measured["n"] == 1
    assert measured["article_hit@1"] == 1
    assert "article_hit@1" in byline("evaluate", "questions.jsonl").stdout


def test_purge_says_what_it_took_from_where_and_allow_takes_it_back(index: Path) -> None:
    (before,) = Generations(index).kept()
    shown = byline("purge", "https://news.example/3")
    assert shown.exit_code == 0
    (after,) = Generations(index).kept()
    assert re.search(r"purged +[0-9a-f]{16}, https://news\.example/3, Headline 3, Gazette, 2022-01-04\n", shown.stdout)
    assert f"rewritten    {before}, now {after}\n" in shown.stdout
    assert "still in     news.jsonl:3; rebuilds leave it out\n" in shown.stdout
    name = next(iter(json.loads(byline("status", "--json").stdout)["purged"]))
    assert f"purged       {name} (" in byline("status").stdout
    assert byline("purge").stdout.startswith("purged       nothing new\n")
    assert json.loads(byline("purge", "--allow", name, "--json").stdout) == {"allowed": [name]}
    assert "purged" not in byline("status").stdout


def test_after_a_purge_of_everything_a_rebuild_asks_for_paths(news: Path, workplace: Path) -> None:
    byline("rebuild", str(news))
    assert "nothing is left; run: byline rebuild PATH\n" in byline("purge", "https://n.example/1").stdout
    shown = byline("rebuild")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "does not state what it was built from; name the paths" in shown.stderr
    assert not (workplace / "byline-index" / "CURRENT").exists()


def test_purge_of_what_is_not_there_is_a_misuse(index: Path) -> None:
    shown = byline("purge", "https://news.example/300")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "has the address or id 'https://news.example/300'" in shown.stderr
    assert byline("purge", "--allow").exit_code == 2


def test_every_command_takes_the_url_of_an_index(workplace: Path, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"file://{workplace}/share"
    monkeypatch.setenv("BYLINE_CACHE", str(workplace / "cache"))
    monkeypatch.setenv("BYLINE_INDEX", url)
    missing = byline("status")
    assert (missing.exit_code, missing.stderr) == (
        1,
        f"byline: nothing is published at {url!r}; run: byline rebuild\n",
    )
    first = json.loads(byline("rebuild", str(news), "--json").stdout)["generation"]
    news.write_text(news.read_text().replace("three", "four"))
    dry = byline("rebuild", "--dry-run")
    assert "1 changed" in dry.stdout
    second = json.loads(byline("rebuild", "--json").stdout)["generation"]
    assert (workplace / "share" / "CURRENT").read_text().strip() == second
    status = json.loads(byline("status", "--json").stdout)
    assert (status["index"], status["kept"], status["generation"]) == (url, [first, second], second)
    assert f"index       {url}" in re.sub(" {2,}", lambda gap: gap[0][:7].ljust(7), byline("status").stdout)
    assert byline("rollback").stdout == f"now in use: {first}\n"
    assert "three metres" in byline("search", "river").stdout
    doctor = byline("doctor").stdout
    assert f"{url} can be reached" in doctor
    assert byline("purge", "https://n.example/1").exit_code == 0
    assert json.loads((workplace / "share" / "purged.json").read_text())["articles"]
    assert not (workplace / "share" / "CURRENT").exists()
    refused = byline("keys", "add", "portal")
    assert (refused.exit_code, "set BYLINE_KEYS" in refused.stderr) == (2, True)
    assert "not set" in byline("feedback").stdout
    assert "leave passwords" in byline("status", "--index", "s3://me:secret@bucket/x").stderr
    monkeypatch.setenv("BYLINE_CHROMA_URL", "http://127.0.0.1:8000")
    assert "BYLINE_CHROMA_URL: the index is at a URL and holds its vectors" in byline("status").stderr
