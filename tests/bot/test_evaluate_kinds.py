"""The table by the kinds that a questions file gives to its questions."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answer import Answer, Citation, Turn
from bot.answer.choose import ExtractiveAnswerer
from bot.answer.wording import DECLINED
from bot.archive_bot import ArchiveBot
from bot.evaluate import Expected, Outcome, evaluate, read_questions
from bot.evaluate.by_kind import Verdict, judge, kind_rows
from bot.evaluate.comparison import read_outcomes
from bot.evaluate.evaluation import Evaluation
from bot.evaluate.report_files import write_report
from bot.evaluate.tables import evaluation_lines
from bot.question.follow_up import condense
from index.passage import ScoredPassage
from index.question import Question
from tests.bot.fakes import BRIDGE, FERRY, answered, cite, passage_of
from tests.fakes import ScriptedRetriever, WordReader

QUESTION = Question("what did the bridge cost", date(2022, 6, 1))
REOPENED = cite(1, BRIDGE, "Engineers reopened the bridge to traffic on Monday morning")
COST = cite(2, BRIDGE, "The city council put the final cost at 41 million crowns, a tenth below the estimate.")
TRAMS = cite(3, BRIDGE, "A second lane for trams will follow in spring.")
CROSSINGS = cite(4, FERRY, FERRY.text)
MAY = (date(2022, 5, 16), date(2022, 5, 24))


def expected(kind: str, *golds: str, answerable: bool = True, note: str = "") -> Expected:
    return Expected("q", QUESTION, golds, (), answerable, kind=kind, note=note)


def emphasising(*words: str) -> Answer:
    answer = answered(QUESTION, [COST])
    starts = [answer.text.index(one) for one in words]
    spans = tuple((start, start + len(one)) for start, one in zip(starts, words, strict=True))
    return replace(answer, emphasis=spans)


def verdict(expected: Expected, answer: Answer, shown: bool = True) -> Verdict:
    found = judge(expected, answer, shown)
    assert found
    return found


def test_a_gold_answer_in_a_later_quote_is_right_but_not_first() -> None:
    fact = expected("howmany", "€41 million", "41 million!")
    assert verdict(fact, answered(QUESTION, [REOPENED, COST])) == Verdict("howmany", True, False, False, False, 2)
    assert verdict(fact, answered(QUESTION, [COST, REOPENED])).first
    assert verdict(fact, answered(QUESTION, [REOPENED])) == Verdict("howmany", False, False, False, False, 1)


def test_the_lead_in_of_a_quote_is_shown() -> None:
    found = verdict(
        expected("when", "16 May"), answered(QUESTION, [REOPENED], "16 May 2022: Engineers reopened it [1]")
    )
    assert (found.right, found.first) == (True, False)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["41 million crowns"], True),  # holds the gold answer
        (["41"], True),  # is held by it
        (["city council", "41 million"], True),
        (["city council"], False),
        (["The"], False),  # nothing once articles are off
    ],
)
def test_emphasised_words_and_a_gold_answer_hold_one_another(words: list[str], right: bool) -> None:
    found = verdict(expected("howmany", "41 million"), emphasising(*words))
    assert (found.emphasised, found.emphasised_right) == (True, right)


def test_a_declined_answer_shows_nothing() -> None:
    declined = verdict(expected("howmany", "41 million"), emphasising("41 million"), shown=False)
    assert declined == Verdict("howmany", False, False, False, False, None)


def test_declining_is_right_for_an_unanswerable_question() -> None:
    for kind, row in (("who", "who-unanswerable"), ("nearmiss", "nearmiss"), ("period", "period-unanswerable")):
        unanswerable = expected(kind, answerable=False)
        assert verdict(unanswerable, emphasising("41"), shown=False) == Verdict(row, True, False, False, False, None)
        assert verdict(unanswerable, emphasising("41")) == Verdict(row, False, False, False, False, 1)


def test_a_follow_up_that_changes_the_topic_has_a_row_of_its_own() -> None:
    switch, plain = expected("followup", note="conversation 5; switch"), expected("followup", note="conversation 5")
    none = expected("followup", answerable=False, note="switch")
    rows = [verdict(one, emphasising()).row for one in (switch, plain, none)]
    assert rows == ["followup-switch", "followup", "followup-unanswerable"]


@pytest.mark.parametrize("shown", [True, False])
def test_a_reply_to_small_talk_is_right_unless_it_cites_or_declines(shown: bool) -> None:
    def is_right(text: str, *citations: Citation) -> bool:
        answer = replace(answered(QUESTION, citations, text), status="abstained")
        return verdict(expected("chat", answerable=False), answer, shown).right

    assert is_right("Hello. Ask me about the news.")
    assert not is_right(f"{DECLINED} Nearest: “Bridge open again”.")
    assert not is_right("Hello. [1]", REOPENED)


@pytest.mark.parametrize(
    ("citations", "window", "topic", "right"),
    [
        ([REOPENED, CROSSINGS], MAY, ["bridge"], True),  # both ends are in the window
        ([REOPENED, CROSSINGS], (date(2022, 5, 17), MAY[1]), ["bridge"], False),
        ([REOPENED, CROSSINGS], (MAY[0], date(2022, 5, 23)), ["bridge"], False),
        ([TRAMS], MAY, ["Harbour Bridge"], True),  # the headline holds it
        ([REOPENED, CROSSINGS], MAY, ["ferry"], False),  # half is not most
        ([REOPENED, CROSSINGS, TRAMS], MAY, ["traffic", "trams"], True),
        ([], MAY, ["bridge"], False),
    ],
)
def test_a_period_is_kept_to_and_its_topic_too(
    citations: Sequence[Citation], window: tuple[date, date], topic: list[str], right: bool
) -> None:
    period = replace(expected("period"), window=window, topic=tuple(topic))
    assert verdict(period, answered(QUESTION, citations)).right is right
    assert not verdict(period, answered(QUESTION, citations), shown=False).right


def test_a_time_of_day_is_within_its_day_and_an_undated_article_in_no_window() -> None:
    period = replace(expected("period"), window=MAY, topic=("bridge",))
    late = replace(BRIDGE, published=datetime(2022, 5, 24, 23, 59, tzinfo=UTC))
    assert verdict(period, answered(QUESTION, [cite(1, late, REOPENED.quote)])).right
    undated = replace(BRIDGE, published=None)
    assert not verdict(period, answered(QUESTION, [cite(1, undated, REOPENED.quote)])).right


def test_rows_and_totals_are_shares_of_their_questions() -> None:
    table = kind_rows(
        [
            Verdict("who-unanswerable", True, False, False, False, None),
            Verdict("who", True, True, True, True, 1),
            Verdict("who", False, False, True, False, 3),
            Verdict("who", False, False, False, False, None),
            Verdict("latest", True, False, False, False, 2),
        ]
    )
    assert list(table) == ["latest", "who", "who-unanswerable", "facts", "all"]
    third = 0.3333
    who = {"n": 3, "right": third, "first": third, "emphasised": 2, "emphasised_right": 1, "wrong": third}
    assert table["who"].to_json() == who | {"declined": third, "sentences": 2.0}
    assert table["facts"] == table["who"]  # the latest news and what is unanswerable are no facts
    everything = {"n": 5, "right": 0.6, "first": 0.2, "emphasised": 2, "emphasised_right": 1, "wrong": 0.2}
    assert table["all"].to_json() == everything | {"declined": 0.4, "sentences": 2.0}
    assert table["who-unanswerable"].sentences is None


def test_the_totals_of_no_question_are_none() -> None:
    table = kind_rows([Verdict("chat", True, False, False, False, 0)])
    assert (table["facts"].n, table["facts"].right, table["facts"].sentences) == (0, None, None)
    assert (table["all"].right, table["all"].sentences) == (1, 0)
    assert kind_rows([]) == {}


def run(*questions: tuple[Expected, bool]) -> Evaluation:
    answer = emphasising("41 million")
    return Evaluation([Outcome(one, answer, shown, 12.0).marks for one, shown in questions], 0.4, "g1")


def test_the_table_is_shown_only_if_the_file_names_a_kind() -> None:
    plain = run((expected("", "41 million"), True))
    assert "kinds" not in plain.to_json()
    assert "emphasised" not in "\n".join(evaluation_lines(plain))
    named = run(
        (expected("", "41 million"), True), (expected("what", "41 million"), True), (expected("what", "x"), False)
    )
    assert named.to_json()["answer_contains"] == pytest.approx(2 / 3, abs=1e-4)
    assert named.to_json()["kinds"]["all"]["n"] == 2  # without a kind, none of the table
    lines = [line.split() for line in evaluation_lines(named)]
    assert ["what", "2", "0.500", "0.500", "1/1", "0.000", "0.500", "1.00"] in lines


def test_a_report_has_the_table_and_its_outcomes_the_verdicts(tmp_path: Path) -> None:
    evaluation = run((expected("a|b\x1b", "41 million"), True), (expected(""), False))
    report = write_report(tmp_path, evaluation).read_text("utf-8")
    assert r"| a\|b\\x1b | 1 | 1.000 | 1.000 | 1/1 | 0.000 | 0.000 | 1.00 |" in report
    assert "| facts | 0 | - | - | 0/0 | - | - | - |" in report
    assert "\x1b" not in "\n".join(evaluation_lines(evaluation))
    assert read_outcomes(tmp_path / "outcomes.jsonl") == evaluation.marks


def test_outcomes_of_an_earlier_version_have_no_verdict(tmp_path: Path) -> None:
    (marks,) = run((expected("who", "41 million"), True)).marks
    line = marks.to_json()
    assert line.pop("verdict")["right"]
    (tmp_path / "outcomes.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert read_outcomes(tmp_path / "outcomes.jsonl") == [replace(marks, verdict=None)]


def test_a_line_is_read_with_its_kind_and_conversation(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    line = {"kind": "period", "history": [{"question": "Who?", "answer": "Me."}], "window": MAY, "topic": ["bridge"]}
    empty: dict[str, object] = {"kind": None, "history": [], "window": [], "topic": [], "note": None}
    lines = [{"question": "and in May?", **line, "note": "switch"}, {"question": "Who?", **empty}, {"question": "Who?"}]
    path.write_text("\n".join(json.dumps(one, default=str) for one in lines), encoding="utf-8")
    full, bare, plain = read_questions(path)
    assert (full.kind, full.history, full.note) == ("period", (Turn("Who?", "Me."),), "switch")
    assert (full.window, full.topic) == (MAY, ("bridge",))
    assert replace(bare, id="", question=QUESTION) == replace(plain, id="", question=QUESTION)


def test_a_follow_up_is_asked_with_the_history_of_its_line() -> None:
    retriever = ScriptedRetriever(ScoredPassage(passage_of(BRIDGE), 1.0))
    history = (Turn("when did the harbour bridge reopen", "It reopened on Monday morning."),)
    follow_up = replace(expected("followup", "41 million"), question=Question("what did it cost?"), history=history)
    evaluate(ArchiveBot(retriever, ExtractiveAnswerer(WordReader()), threshold=0.0), [follow_up])
    (searched, _), *_ = retriever.asked
    assert searched.text == condense("what did it cost?", history) != "what did it cost?"
