"""The page's languages: every string in every one of them, and no string beside them."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from fastapi.testclient import TestClient

from bot.portal.site import build_site
from bot.ui.language import Language, languages, spoken
from bot.ui.narrowed import limits
from index.question import Question
from tests.bot.fakes import ScriptedBot

UI = Path(__file__).parents[2] / "bot/ui"
ENGLISH = languages()["en"]
SPOKEN = sorted(languages())
EXPRESSION = re.compile(r"{[{%].*?[%}]}", re.DOTALL)
SHOWN = re.compile(r">[^<>{}]*[A-Za-z]{2}[^<>{}]*<|(?:title|alt|placeholder|aria-label)=\"[^\"{}]*[A-Za-z]")
SAME = {"archive.moment", "count.counted", "count.limits", "how.took", "limits.comma", "operator.passage"}
"""Strings that may be alike in two languages."""
NAMES = {">sources<", ">kept<"}
"""Names of the index's report, which operators know from the command line."""


def places(language: Language, key: str) -> set[str]:
    found = language.strings[key]
    strings = [found] if isinstance(found, str) else found.values()
    return {name for string in strings for _, name, _, _ in Formatter().parse(string) if name}


@pytest.mark.parametrize("code", SPOKEN)
def test_every_language_has_every_string_with_its_places(code: str) -> None:
    language = languages()[code]
    assert language.strings.keys() == ENGLISH.strings.keys()
    for key, english in ENGLISH.strings.items():
        assert places(language, key) == places(ENGLISH, key), key
        assert isinstance(language.strings[key], str) == isinstance(english, str), key
        if not isinstance(english, str):
            assert language.strings[key].keys() == Locale.parse(code).plural_form.tags | {"other"}, key  # type: ignore[union-attr]


@pytest.mark.parametrize("code", SPOKEN)
def test_no_string_is_that_of_another_language_by_mistake(code: str) -> None:
    same = {key for key, string in languages()[code].strings.items() if string == ENGLISH.strings[key]}
    assert code == "en" or same <= SAME


def test_templates_hold_no_string_of_their_own() -> None:
    for template in (UI / "templates").glob("*.html"):
        html = EXPRESSION.sub("", template.read_text("utf-8"))
        assert set(SHOWN.findall(html)) <= NAMES, template.name


def test_counts_and_days_are_written_as_each_language_writes_them() -> None:
    assert ENGLISH.say("archive.articles", n=8_657) == "8,657 articles"
    german, arabic = languages()["de"], languages()["ar"]
    assert german.say("archive.articles", n=8_657) == "8.657 Artikel"
    assert german.day(date(2022, 5, 1)) == "1. Mai 2022"
    forms = [arabic.say("archive.articles", n=count) for count in (1, 2, 3, 11, 100)]
    assert forms == ["مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال"]


def test_decimal_numbers_have_the_separator_of_the_language_and_keep_their_sign_in_front() -> None:
    assert [languages()[code].decimal(-0.5, 2) for code in SPOKEN] == ["\u2068-0.50\u2069", "-0,50", "-0.50"]


def test_a_text_is_isolated_where_the_words_around_it_run_the_other_way() -> None:
    arabic = languages()["ar"]
    assert arabic.say("declined.no_outlet", outlet="CNN") == "لا يضم الأرشيف أي مقال من \u2068CNN\u2069."
    assert ENGLISH.say("declined.no_outlet", outlet="CNN") == "No article here is from CNN."
    assert ENGLISH.say("declined.no_outlet", outlet="الجزيرة") == "No article here is from \u2068الجزيرة\u2069."


def test_a_list_runs_in_the_direction_of_the_language_and_each_of_its_parts_in_its_own() -> None:
    arabic = languages()["ar"]
    assert arabic.comma(["Reuters", "CNN"]) == "\u200f\u2068Reuters\u2069، \u2068CNN\u2069"
    assert arabic.either(["Reuters", "CNN"]) == "\u200f\u2068Reuters\u2069 أو \u2068CNN\u2069"
    assert ENGLISH.comma(["Reuters", "الجزيرة"]) == "Reuters, \u2068الجزيرة\u2069"


@pytest.mark.parametrize("code", [code for code in SPOKEN if languages()[code].direction == "rtl"])
def test_titles_that_scripts_fill_in_are_isolated(code: str) -> None:
    strings = languages()[code].strings
    filled = [string for key, string in strings.items() if key.startswith("script.") and "{title}" in string]
    assert len(filled) == 2
    assert all("\u2068{title}\u2069" in string for string in filled)


@pytest.mark.parametrize(
    ("accepted", "code"),
    [("de-AT,de;q=0.9,en;q=0.5", "de"), ("ar", "ar"), ("fr,de;q=0.8", "de"), ("", "en"), (None, "en"), ("*;q=1", "en")],
)
def test_the_first_of_the_browsers_languages_that_is_known_is_spoken(accepted: str | None, code: str) -> None:
    assert spoken(accepted).code == code


@pytest.mark.parametrize(("code", "direction"), [("de", "ltr"), ("ar", "rtl"), ("xx", "ltr")])
def test_the_page_says_its_language_and_direction(code: str, direction: str) -> None:
    with TestClient(build_site(ScriptedBot())) as client:
        reply = client.get("/", headers={"accept-language": code})
    shown = code if code in languages() else "en"
    assert f'<html lang="{shown}" dir="{direction}"' in reply.text
    assert 'property="og:' not in reply.text
    assert "Accept-Language" in reply.headers["vary"]


def test_no_parts_are_no_text_in_any_language() -> None:
    assert [language.comma([]) for language in languages().values()] == ["", "", ""]


def test_a_question_that_nothing_narrows_has_no_line_below_it_in_any_language() -> None:
    question = Question("Hello", datetime(2022, 6, 1, tzinfo=UTC))
    assert [limits(question, language) for language in languages().values()] == ["", "", ""]
