from datetime import date

import pytest

from bot.ui.chips import chips_html, chips_of, without
from bot.ui.form import read_form
from bot.ui.language import ENGLISH, languages
from bot.ui.narrowed import days, limits
from index.question import Question
from index.time.period import period_asked

OUTLETS = ("The Harbour Post", "Evening Wire")
NONE = ("", "", "", [], ())


def labels(text: str, typed: tuple[str, str, str, list[str], tuple[str, ...]] = NONE) -> list[str]:
    return [chip.label for chip in chips_of(text, typed, OUTLETS)]


def test_a_chip_of_a_day_has_it_as_the_form_does() -> None:
    chips = chips_of("", ("2022-06-01", "2022-01-01", "", ["Evening Wire"], ()), OUTLETS)
    assert [(chip.field, chip.value) for chip in chips] == [
        ("asked", "2022-06-01"), ("since", "2022-01-01"), ("source", "Evening Wire"),
    ]  # fmt: skip


def test_limits_by_hand_and_those_from_the_words_are_both_shown() -> None:
    typed = ("2022-06-01", "2022-01-01", "2022-05-31", ["Evening Wire"], ())
    assert labels("What happened in May 2022?", typed) == [
        "As of 1 June 2022",
        "From 1 January 2022",
        "Until 31 May 2022",
        "Evening Wire",
        "Only from 1 May 2022 to 31 May 2022",
    ]
    assert labels("What did the Evening Wire report?") == ["Only Evening Wire"]
    assert labels("", typed)[-1] == "Evening Wire"


def test_days_are_one_limit_in_the_words_of_the_language() -> None:
    german, month, may = languages()["de"], (date(2022, 5, 1), date(2022, 5, 31)), date(2022, 5, 1)
    assert days(*month, german) == "vom 1. Mai 2022 bis zum 31. Mai 2022"
    assert [days(may, may, language) for language in (ENGLISH, german)] == ["on 1 May 2022", "am 1. Mai 2022"]
    assert [days(may, None, german), days(None, may, german)] == ["ab dem 1. Mai 2022", "bis zum 1. Mai 2022"]
    assert days(None, None, german) == ""


def test_words_that_are_made_plain_set_no_limit_any_more() -> None:
    (chip,) = chips_of("What happened in May 2022?", NONE, OUTLETS)
    typed = without(NONE, chip.field, chip.value)
    assert chips_of("What happened in May 2022?", typed, OUTLETS) == []
    question = read_form("What happened in May 2022?", *typed)
    assert period_asked(question) is None
    assert "taken as plain words" in limits(question)
    assert read_form("And in June?", *typed).plain == ()


def test_a_chip_that_is_clicked_twice_is_taken_off_once() -> None:
    twice = without(without(NONE, "plain", "in May 2022"), "plain", "in May 2022")
    assert read_form("What happened in May 2022?", *twice).plain == ("in May 2022",)


@pytest.mark.parametrize(("field", "value", "left"), [
    ("asked", "", ("", "2022-01-01", "", ["a", "b"], ())),
    ("since", "", ("2022-06-01", "", "", ["a", "b"], ())),
    ("source", "a", ("2022-06-01", "2022-01-01", "", ["b"], ())),
    ("nonsense", "x", ("2022-06-01", "2022-01-01", "", ["a", "b"], ())),
])  # fmt: skip
def test_a_single_limit_can_be_removed(field: str, value: str, left: object) -> None:
    assert without(("2022-06-01", "2022-01-01", "", ["a", "b"], ()), field, value) == left


@pytest.mark.parametrize("half", [("", "2022-0", "", [], ()), ("", "", "2022-0", [], ())])
def test_a_half_typed_limit_shows_no_chip(half: tuple[str, str, str, list[str], tuple[str, ...]]) -> None:
    assert labels("When?", half) == []


def test_days_in_the_wrong_order_can_be_removed() -> None:
    assert labels("When?", ("", "2022-08-01", "2022-06-30", [], ())) == ["From 1 August 2022", "Until 30 June 2022"]


def test_hostile_outlets_stay_text_and_only_limits_by_hand_are_pinned() -> None:
    by_hand = chips_of("", ("", "", "", ['"><img src=x onerror=alert(1)>'], ()), OUTLETS)
    shown = chips_html(by_hand, pinned=True)
    assert "<img" not in shown
    assert 'aria-pressed="true"' in shown
    assert "data-pin" not in chips_html(chips_of("What happened in May 2022?", NONE, OUTLETS), pinned=False)


def test_a_question_as_of_a_day_says_so() -> None:
    assert limits(Question("When?", date(2022, 6, 1))) == "as of 1 June 2022"
    assert limits(Question("When?")) == ""
