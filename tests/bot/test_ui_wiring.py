import json

from bot.ui.language import ENGLISH
from bot.ui.link import Link
from bot.ui.wiring import _put_in_turn
from tests.bot.fakes import ScriptedBot

NO_LIMITS = ("", "", "", [], ())


def test_an_answer_that_comes_at_once_is_kept_when_it_begins_and_when_it_ends() -> None:
    shown = list(_put_in_turn(ScriptedBot(), Link("When did it reopen?", NO_LIMITS, ""), (), ENGLISH, ""))
    kept = [json.loads(outputs[3]) for outputs in shown if isinstance(outputs[3], str)]
    assert len(shown) > len(kept) == 2
    assert kept[0][0]["question"]["text"] == kept[1][0]["question"]["text"] == "When did it reopen?"
    assert "answer" in kept[1][0]


def test_the_questions_of_a_link_are_asked_one_after_the_other() -> None:
    bot = ScriptedBot()
    link = Link("And what did it cost?", NO_LIMITS, "", ("When did it reopen?",))
    *_, last = _put_in_turn(bot, link, (), ENGLISH, "")
    assert [exchange.question.text for exchange in last[1]] == ["When did it reopen?", "And what did it cost?"]
    assert [[turn.question for turn in history] for _, history in bot.asked] == [[], ["When did it reopen?"]]
