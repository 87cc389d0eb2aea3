import json
from collections.abc import Callable

import pytest

from bot.bot import Bot
from bot.ui.desk import Desk
from bot.ui.language import ENGLISH
from bot.ui.link import bot_for, fields_of, read_link
from corpus.errors import IndexMissing
from tests.bot.fakes import ScriptedBot


def wish(**said: object) -> str:
    return json.dumps(
        {"text": "When?", "asked": "2022-06-01", "sources": json.dumps(["Wire"]), "generation": "g1"} | said
    )


def test_a_link_carries_question_filters_and_generation() -> None:
    link = read_link(wish(since="2022-05-01"))
    assert (link.text, link.typed, link.generation) == ("When?", ("2022-06-01", "2022-05-01", "", ["Wire"], ()), "g1")
    assert fields_of(wish()) == ["2022-06-01", "", "", ["Wire"], ()]


@pytest.mark.parametrize("sources", ["", "{", "{}", "[1, null]", "[" * 100_000, 7])
def test_outlets_that_are_none_are_left_out(sources: object) -> None:
    assert read_link(wish(sources=sources)).typed[3] == []


def test_a_follow_up_is_asked_after_the_last_questions_before_it() -> None:
    assert read_link(wish(before=json.dumps(["Who?", " ", "Why?"]))).questions == ("Who?", "Why?", "When?")
    assert read_link(wish(before=json.dumps([f"Why {place}?" for place in range(9)]))).questions[0] == "Why 5?"
    assert read_link(wish()).questions == ("When?",)


def test_an_empty_wish_asks_nothing() -> None:
    assert read_link("nonsense").text == ""


def gone(_: str) -> Bot | None:
    raise IndexMissing("gone")


@pytest.mark.parametrize(
    ("at", "said", "own"),
    [
        (gone, ENGLISH.say("notice.gone"), True),
        (lambda _: None, "", True),
        (lambda _: ScriptedBot(), ENGLISH.say("notice.earlier"), False),
    ],
)
def test_a_link_is_answered_from_its_generation_while_that_is_kept(
    at: Callable[[str], Bot | None], said: str, own: bool
) -> None:
    bot = ScriptedBot()
    found, preface = bot_for(read_link(wish()), bot, Desk(at=at))
    assert (found is bot, preface) == (own, said)
