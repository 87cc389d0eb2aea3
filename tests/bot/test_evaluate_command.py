"""`byline evaluate` as a person runs it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.fakes import WordEmbedder
from tests.index.building import article, build, corpus

QUESTIONS: list[dict[str, object]] = [
    {"id": "1", "question": "harbour7 report", "answers": ["harbour7"], "urls": ["https://news.example/7"]},
    {"id": "2", "question": "When was harbour3 shut?", "answers": ["never"], "urls": ["https://news.example/3"]},
    {"id": "3", "question": "Who owns the moon?", "answerable": False, "draft": True},
]


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("bot.create.MiniLM", WordEmbedder)
    for name in ("BYLINE_INDEX", "BYLINE_CAUTION", "BYLINE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    regatta = article(20, "The regatta was held at noon. Hanna Brix won the Gull Island regatta.")
    build(tmp_path / "byline-index", [*corpus(), regatta])
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, QUESTIONS)))
    return tmp_path


def evaluate(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *arguments])


def test_a_terminal_shows_measures_with_intervals_and_kinds_and_drafts() -> None:
    shown = evaluate("questions.jsonl")
    assert shown.exit_code == 0
    assert shown.stderr.startswith("byline: 1 of 3 questions are drafts")
    for result in ("article_hit@1 ", "95% interval", "\ndate ", "\nother ", "the median answer took"):
        assert result in shown.stdout


def test_json_output_has_numbers_intervals_and_kinds() -> None:
    result = json.loads(evaluate("questions.jsonl", "--json").stdout)
    assert (result["n"], result["article_hit@1"], result["answer_contains"]) == (3, 1, 0.5)
    assert result["intervals"]["answer_contains"] == [0.0, 1.0]
    assert set(result["latency_ms"]) == {"p50", "p95"}
    assert result["by_kind"]["date"]["answer_contains"] == 0


def test_kinds_of_the_file_are_a_table_and_an_object(workplace: Path) -> None:
    (workplace / "kinds.jsonl").write_text("\n".join(json.dumps(one | {"kind": "who"}) for one in QUESTIONS))
    kinds = json.loads(evaluate("kinds.jsonl", "--json").stdout)["kinds"]
    assert {row: one["n"] for row, one in kinds.items()} == {"who": 2, "who-unanswerable": 1, "facts": 2, "all": 3}
    assert kinds["who"]["right"] == kinds["who"]["first"] == 0.5
    assert "\nwho-unanswerable  1" in evaluate("kinds.jsonl").stdout


def test_a_report_can_be_compared_with_a_later_run(workplace: Path) -> None:
    assert evaluate("questions.jsonl", "--report", "before").stderr.endswith("byline: wrote before/report.md\n")
    assert {path.name for path in (workplace / "before").iterdir()} == {"report.md", "outcomes.jsonl", "coverage.svg"}
    (workplace / "questions.jsonl").write_text(json.dumps(QUESTIONS[0]))
    outcomes = ["--compare", "before/outcomes.jsonl"]
    result = json.loads(evaluate("questions.jsonl", *outcomes, "--json", "--report", "before").stdout)
    assert result["compared"]["n"] == 1
    assert result["compared"]["differences"]["mrr@10"] == 0
    assert "## Since the earlier run" in (workplace / "before" / "report.md").read_text("utf-8")


def test_proposals_are_lines_that_evaluate_reads(workplace: Path) -> None:
    proposed = evaluate("--make", "2")
    assert proposed.stderr == "byline: 1 question of 2: no other sentence fits\n"
    assert json.loads(proposed.stdout)["question"] == "Who won the Gull Island regatta?"
    (workplace / "made.jsonl").write_text(proposed.stdout)
    assert evaluate("made.jsonl").stderr.startswith("byline: 1 of 1 questions are drafts")


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        ([], "--make 30"),
        (["--make", "0"], "Invalid value for '--make'"),
        (["questions.jsonl", "--make", "3"], "--make only proposes"),
        (["questions.jsonl", "--compare", "nowhere.jsonl"], "nowhere.jsonl"),
        (["questions.jsonl", "--compare", "questions.jsonl"], "is no outcome"),
        (["questions.jsonl", "--report", "questions.jsonl/report"], "questions.jsonl/report"),
    ],
)
def test_misuse_is_reported_before_anything_is_asked(arguments: list[str], result: str) -> None:
    shown = evaluate(*arguments)
    assert shown.exit_code == 2
    assert result in " ".join(shown.stderr.split())
    assert "drafts" not in shown.stderr
