import re
from collections.abc import Iterator, Sequence

import pytest

from bot.answer import Answer, Delta, Turn
from bot.question.limits import put_question
from bot.ui.browser_state import to_keep
from bot.ui.conversation import Conversation, ask, history, refuse, stop
from bot.ui.form import read_form
from bot.ui.restored import restore
from corpus.errors import IndexMissing, SettingsError
from index.question import Question
from index.split import Span
from tests.bot.fakes import ScriptedBot


def after(bot: ScriptedBot, *questions: str) -> Conversation:
    so_far: Conversation = ()
    for text in questions:
        *_, so_far = ask(bot, so_far, Question(text))
    return so_far


def test_an_answer_grows_from_the_bare_question_to_its_sources() -> None:
    steps = list(ask(ScriptedBot(), (), Question("When did it reopen?")))
    first, second, *_, last = (step[0] for step in steps)
    assert (first.open, first.text) == (True, "")
    assert (second.open, second.text) == (True, "Engineers")
    assert not last.open
    assert "<details" in last.reply_html
    assert {step[0].question.text for step in steps} == {"When did it reopen?"}


class QuotingBot:
    """Streams a quote that holds what looks like a mark, then its own mark."""

    def __init__(self, marks: tuple[Span, ...] | None) -> None:
        self.marks = marks

    def stream(self, question: Question, history: Sequence[Turn] = ()) -> Iterator[Delta | Answer]:
        yield Delta("As [7] says, ", None if self.marks is None else ())
        yield Delta("it reopened. [1]", self.marks)
        raise IndexMissing("gone")

    def answer(self, question: Question, history: Sequence[Turn] = ()) -> Answer:
        raise NotImplementedError


@pytest.mark.parametrize(("marks", "raised"), [(((13, 16),), ["1"]), (None, ["7", "1"])])
def test_while_an_answer_streams_only_its_own_marks_are_raised_where_they_are_known(
    marks: tuple[Span, ...] | None, raised: list[str]
) -> None:
    *_, streaming, failed = (step[0].reply_html for step in ask(QuotingBot(marks), (), Question("When?")))
    for shown in (streaming, failed):
        assert re.findall('<sup class="mark">(.*?)</sup>', shown) == raised
        assert ("As [7] says" in shown) == (marks is not None)


def test_a_bot_hears_the_finished_turns_with_what_they_cite() -> None:
    bot = ScriptedBot()
    after(bot, "When did it <b>reopen</b>?", "And the cost?")
    ((_, none), (_, turns)) = bot.asked
    assert none == ()
    said = bot.script(Question(""))
    assert turns == (Turn("When did it <b>reopen</b>?", said.text, "answered", said.citations),)


def test_of_answers_that_are_cut_short_those_that_show_text_are_turns() -> None:
    bot = ScriptedBot()
    so_far = refuse(after(bot, "fail"), "x" * 3_000, "too long")
    so_far = stop(next(ask(bot, so_far, Question("Who?"))))
    growing = ask(bot, so_far, Question("When?"))
    next(growing)
    so_far = stop(next(growing))
    assert [exchange.open for exchange in so_far] == [False] * 4
    assert history(so_far) == (Turn("fail", "Engineers"), Turn("When?", "Engineers"))
    assert "Engineers" in so_far[3].reply_html
    assert "Stopped." in so_far[3].reply_html
    assert len(so_far[1].question.text) < 500
    assert history(restore(to_keep(so_far))) == history(so_far)


def test_visitors_read_what_is_theirs_to_mend_and_the_log_has_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    unknown = SettingsError("no article is from 'a <b>'")
    assert "no article is from &#x27;a &lt;b&gt;&#x27;" in after(ScriptedBot(error=unknown), "fail")[0].reply_html
    missing = IndexMissing("no index in 'secret'; run: byline rebuild")
    (exchange,) = after(ScriptedBot(error=missing), "fail")
    assert "There is no archive here yet." in exchange.reply_html
    assert "secret" not in exchange.reply_html
    assert "secret" in caplog.text
    (exchange,) = after(ScriptedBot(), "fail")
    assert "10.0.0.1" not in exchange.reply_html
    assert "the disk is on fire" in caplog.text


def test_stopping_leaves_finished_answers_as_they_are() -> None:
    so_far = after(ScriptedBot(), "When?", "Who?")
    assert stop(so_far) == so_far


def test_a_form_left_empty_asks_now_and_everywhere() -> None:
    question = read_form(" When? ", "", " ", "", [" "])
    assert (question.text, question.since, question.until, question.sources) == ("When?", None, None, ())


@pytest.mark.parametrize(
    ("fields", "named"),
    [(("June",), "'June'"), (("", "2022-02-30"), "'2022-02-30'"), (("", "2022-06-02", "2022-06-01"), "2022-06-02")],
)
def test_a_field_that_cannot_be_used_is_named(fields: tuple[str, ...], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_form("When?", *fields)


def test_the_longest_question_is_asked_and_one_character_more_is_not() -> None:
    assert len(put_question("x" * 2_000).text) == 2_000
    with pytest.raises(SettingsError, match="2,001"):
        put_question("x" * 2_001)
