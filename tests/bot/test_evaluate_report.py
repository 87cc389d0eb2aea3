"""Reports, and comparing a run with an earlier one."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.answer.evidence import THRESHOLDS
from bot.evaluate import Evaluation
from bot.evaluate.caution import curve, points
from bot.evaluate.comparison import compare, read_outcomes
from bot.evaluate.outcome import Marks
from bot.evaluate.plot import draw
from bot.evaluate.report_files import escaped, report_folder, write_report
from bot.evaluate.tables import evaluation_lines
from corpus.errors import SettingsError
from tests.bot.outcomes import BRIDGE, FERRY, outcome

SVG = "{http://www.w3.org/2000/svg}"


def run() -> list[Marks]:
    """Sure and right, unsure and right, sure and wrong; and one question each that is declined and that is not."""
    return [
        outcome(BRIDGE, name="sure", confidence=0.9).marks,
        outcome(BRIDGE, name="unsure", confidence=0.3, answered=False).marks,
        outcome(FERRY, name="wrong", confidence=0.8).marks,
        outcome(FERRY, name="declined", answerable=False, confidence=0.1, answered=False).marks,
        outcome(FERRY, name="invented", answerable=False, confidence=0.7).marks,
    ]


def test_a_point_holds_the_costs_and_benefits_of_its_threshold() -> None:
    never, medium, always = points(run(), [0.0, 0.4, 1.0])
    assert (never.answered, never.correct, never.declined) == (1, pytest.approx(2 / 3), 0)
    assert (medium.answered, medium.correct, medium.declined) == (pytest.approx(2 / 3), 0.5, 0.5)
    assert (always.answered, always.correct, always.declined) == (0, None, 1)
    assert points([outcome(FERRY, answerable=False).marks], [0.4]) == []


def test_a_curve_answers_less_and_less() -> None:
    shares = [point.answered for point in curve(run())]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1
    assert curve([]) == []


def test_the_plot_fills_the_setting_in_use() -> None:
    names = ["low", "medium", "high"]
    settings = dict(zip(names, points(run(), [0.2, 0.4, 0.6]), strict=True))
    drawn = ElementTree.fromstring(draw(curve(run()), settings, "medium"))
    assert len(drawn.findall(f"{SVG}polyline")) == 2
    filled = [circle.get("fill") != "white" for circle in drawn.findall(f"{SVG}circle")]
    assert filled == [False, False, True, True, False, False]
    assert {"low", "medium", "high"} < {text.text for text in drawn.findall(f"{SVG}text")}


def test_a_report_holds_its_tables_and_names_what_went_wrong(tmp_path: Path) -> None:
    write_report(report_folder(tmp_path / "new" / "report"), Evaluation(run(), THRESHOLDS["medium"], "g1"))
    report = (tmp_path / "new" / "report" / "report.md").read_text("utf-8")
    assert "| answer_contains | 0.667 |" in report
    assert "| medium (in use) | 66.7% | 50.0% | 50.0% |" in report
    wrong = report.partition("## Answered, but the answer is not in the sentences shown: 1")[2]
    assert wrong.split("##")[0].split()[1] == "wrong:"
    assert "- unsure:" in report.partition("## Declined, though the sentences would have answered: 1")[2]
    assert "- invented:" in report.partition("## Answered, though the archive cannot answer: 1")[2]
    assert "(coverage.svg)" in report
    ElementTree.parse(tmp_path / "new" / "report" / "coverage.svg")


def test_outcomes_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    hostile = outcome(FERRY, name="\x1b[31m", text='"Who" \u2028 <b>?').marks
    write_report(tmp_path, Evaluation([*run(), hostile], 0.4, "g1"))
    lines = (tmp_path / "outcomes.jsonl").read_text("utf-8").split("\n")
    assert json.loads(lines[0])["shown"] == [BRIDGE.text]
    assert json.loads(lines[0])["cited"] == [BRIDGE.url]
    assert read_outcomes(tmp_path / "outcomes.jsonl") == [*run(), hostile]


def test_words_of_a_file_are_only_words_in_a_report() -> None:
    assert escaped("<img src=x>\n# [a](b) `c` |") == r"\<img src=x\> \# \[a\]\(b\) \`c\` \|"
    assert escaped("\x1b[31m\u202e") == r"\\x1b\[31m\\u202e"


def test_a_report_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="file"):
        report_folder(tmp_path / "file" / "report")


def test_a_run_compared_with_itself_differs_in_nothing() -> None:
    comparison = compare(run(), run())
    assert {one.value for one in comparison.differences.values()} == {0.0}
    assert {one.interval for one in comparison.differences.values()} == {(0.0, 0.0)}
    assert comparison.lost == comparison.won == []


def test_a_comparison_names_what_turned_wrong_and_what_turned_right() -> None:
    before = [outcome(BRIDGE, name="a").marks, outcome(FERRY, name="b").marks, outcome(BRIDGE, name="gone").marks]
    now = [
        outcome(BRIDGE, name="a", answered=False).marks,
        outcome(BRIDGE, name="b").marks,
        outcome(BRIDGE, name="new").marks,
    ]
    comparison = compare(before, now)
    assert [one.id for one in comparison.lost] == ["a"]
    assert [one.id for one in comparison.won] == ["b"]
    assert comparison.differences["answer_contains"].value == 0.5
    assert comparison.differences["answered_rate"].value == -0.5
    assert comparison.to_json()["n"] == 2
    assert comparison.to_json()["right_to_wrong"] == ["a"]


def test_a_paired_interval_is_narrower_than_that_of_either_run() -> None:
    before = [outcome(BRIDGE if number % 2 else FERRY, name=str(number)).marks for number in range(60)]
    now = [outcome(BRIDGE if number % 2 or number < 20 else FERRY, name=str(number)).marks for number in range(60)]
    paired = compare(before, now).differences["answer_contains"]
    assert paired.value == pytest.approx(10 / 60, abs=1e-4)
    assert paired.interval is not None
    low, high = paired.interval
    assert 0 < low < high < 0.28


def test_runs_over_other_questions_cannot_be_compared() -> None:
    with pytest.raises(SettingsError, match="share no question"):
        compare([outcome(BRIDGE, name="a").marks], [outcome(BRIDGE, name="b").marks])


def test_a_line_that_is_no_outcome_is_named(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text('{"question": "Who?"}')
    with pytest.raises(SettingsError, match=r"questions\.jsonl:1 is no outcome"):
        read_outcomes(tmp_path / "questions.jsonl")


def test_a_terminal_shows_everything_in_columns_and_cannot_be_controlled() -> None:
    before = [outcome(BRIDGE, name="\x1b[2J", text="When \x1b[2J?").marks]
    now = [outcome(FERRY, name="\x1b[2J", text="When \x1b[2J?").marks]
    lines = list(evaluation_lines(Evaluation(now, 0.4, "g1"), compare(before, now)))
    report = "\n".join(lines)
    assert "was right and is wrong now: 1" in report
    assert "\x1b" not in report
    assert "{" not in report
    table = lines[: lines.index("")]
    columns = {line.index("[") for line in table if "[" in line}
    assert len(columns) == 1
    assert lines[-1].startswith("the median answer took 12.0 ms")
