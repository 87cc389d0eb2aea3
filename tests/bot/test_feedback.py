import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.answer import Turn
from bot.cli import app
from bot.evaluate.questions import read_questions
from bot.feedback import KEPT_DAYS, Rating, Ratings, rating_of, ratings_of
from bot.settings import Settings
from bot.ui.conversation import Conversation, ask
from bot.ui.rating import keep_rating
from corpus.errors import FeedbackError
from index.question import Question, now
from tests.bot.fakes import ScriptedBot, abstention, bridge_answer

NAME = "0" * 32


def rating(good: bool = True, reason: str = "", name: str = NAME) -> Rating:
    question = Question("When did it reopen?", date(2022, 6, 1), None, date(2022, 5, 31), ("The Harbour Post",))
    return rating_of(name, bridge_answer(question), (Turn("What was shut?", "The bridge."),), good, reason)


@pytest.fixture
def ratings(tmp_path: Path) -> Ratings:
    return Ratings(tmp_path / "feedback.sqlite")


def test_a_rating_is_kept_with_question_answer_generation_and_time(ratings: Ratings) -> None:
    ratings.keep(rating(False, "  too \n short "))
    (kept,) = ratings.all()
    assert (kept.good, kept.reason, kept.question, kept.generation) == (
        False,
        "too \n short",
        "When did it reopen?",
        "g1",
    )
    assert "reopened the bridge" in kept.answer
    assert kept.rated[:10] == now().date().isoformat()
    assert kept.history == [["What was shut?", "The bridge."]]


def test_a_second_rating_of_an_answer_replaces_the_first_and_can_be_taken_back(ratings: Ratings) -> None:
    ratings.keep(rating(True))
    ratings.keep(rating(False, "wrong year"))
    assert [(one.good, one.reason) for one in ratings.all()] == [(False, "wrong year")]
    ratings.take_back(NAME)
    assert ratings.all() == []


def test_ratings_of_a_year_ago_go_when_another_comes(ratings: Ratings) -> None:
    old = (now() - timedelta(days=KEPT_DAYS + 1)).isoformat()
    ratings.keep(rating(name="1" * 32))
    ratings.keep(replace(rating(name="2" * 32), rated=old))
    ratings.keep(rating(name="3" * 32))
    assert sorted(one.exchange[0] for one in ratings.all()) == ["1", "3"]


def test_several_processes_keep_ratings_at_once(ratings: Ratings) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from tests.bot.test_feedback import rating; from bot.feedback import Ratings\n"
        "[Ratings(Path(sys.argv[1])).keep(rating(name=sys.argv[2] * 16 + f'{n:016}')) for n in range(20)]"
    )
    command = [sys.executable, "-c", program, str(ratings.path)]
    running = [subprocess.Popen([*command, letter], cwd=Path(__file__).parents[2]) for letter in "ab"]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(ratings.all()) == 40


def test_a_file_that_is_none_is_named_with_the_next_step(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    path.write_text("no database at all, but some text")
    with pytest.raises(FeedbackError, match="BYLINE_FEEDBACK=off"):
        Ratings(path).keep(rating())


def test_the_ratings_file_is_a_setting(tmp_path: Path) -> None:
    beside = ratings_of(Settings(index=tmp_path))
    elsewhere = ratings_of(Settings(index=tmp_path, feedback=tmp_path / "f"))
    assert beside
    assert beside.path == tmp_path / "feedback.sqlite"
    assert elsewhere
    assert elsewhere.path == tmp_path / "f"
    assert ratings_of(Settings(index=tmp_path, feedback=Path("off"))) is None


def conversation() -> Conversation:
    (*_, one) = ask(ScriptedBot(), (), Question("When?"))
    (*_, two) = ask(ScriptedBot(abstention), one, Question("Who?"))
    return two


def test_only_answers_of_the_conversation_are_rated(ratings: Ratings) -> None:
    so_far = conversation()
    keep_rating(ratings, so_far, so_far[1].id, "bad", "it is there")
    keep_rating(ratings, so_far, "f" * 32, "bad", "another's")
    keep_rating(ratings, so_far, so_far[0].id, "best", "")
    (kept,) = ratings.all()
    assert (kept.question, kept.status, kept.history[0][0]) == ("Who?", "abstained", "When?")
    keep_rating(ratings, so_far, so_far[1].id, "none", "")
    assert ratings.all() == []


def run(index: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["feedback", "--index", str(index), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_feedback_is_listed_as_a_table_and_as_json(ratings: Ratings) -> None:
    assert run(ratings.path.parent).startswith("0 rated")
    ratings.keep(rating(False, "wrong \x1b[31m year"))
    listed = run(ratings.path.parent)
    assert "1 rated: 0 good, 1 bad" in listed
    assert "When did it reopen?" in listed
    assert "wrong \\x1b[31m year" in listed
    (found,) = json.loads(run(ratings.path.parent, "--json"))["ratings"]
    assert found["good"] is False
    assert found["sources"] == ["The Harbour Post"]


def test_feedback_becomes_drafts_that_evaluate_reads(ratings: Ratings, tmp_path: Path) -> None:
    ratings.keep(rating(True))
    ratings.keep(rating(False, "wrong year", "a" * 32))
    file = tmp_path / "questions.jsonl"
    file.write_text(run(ratings.path.parent, "--questions"))
    good, bad = sorted(read_questions(file), key=lambda one: not one.urls)
    assert good.urls == ("https://example.org/harbour-bridge?from=front&page=1", "https://example.net/ferries")
    assert (bad.urls, bad.note, bad.draft, bad.answerable) == ((), "wrong year", True, True)
    assert bad.history[0].question == "What was shut?"
    assert bad.question.asked == date(2022, 6, 1)


def test_two_forms_at_once_are_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["feedback", "--json", "--questions", "--index", str(tmp_path)])
    assert result.exit_code == 2
