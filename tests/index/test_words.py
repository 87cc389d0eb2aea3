import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import words
from index.search.lexical import LexicalIndex, Wordlists
from index.words import code_forms, codes, content_words, folded


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Orsted", "Ørsted"),
        ("Lodz", "Łódź"),
        ("Strassenfest", "Straßenfest"),
        ("Yildirim", "Yıldırım"),
        ("F16", "F-16"),
        ("KL 1111", "KL1111"),
        ("kl-1111", "KL1111"),
        ("ATT", "AT&T"),
        ("the US envoy", "the U.S. envoy"),
    ],
)
def test_words_are_the_same_however_readers_type_them(typed: str, written: str) -> None:
    shared = content_words(typed) & content_words(written)
    assert shared
    assert shared - {"16", "1111", "envoy"}


def test_different_codes_are_different_words() -> None:
    assert not codes("F-15") & codes("F-16")
    assert "f15" in content_words("the F-15") - content_words("the F-16")


def test_an_acronym_is_no_everyday_word() -> None:
    assert content_words("What did WHO warn of?") - content_words("Who warned of it?")


def test_folding_keeps_the_case_and_a_code_its_form() -> None:
    assert folded("Łódź ÆØ") == "Lodz AEO"
    assert code_forms("the F-16 and F16") == {"f16": "F-16"}


@given(st.text(st.sampled_from("aZ ’é́øﬁß한ﷺ̈") | st.characters(exclude_categories=["Cs"])))
def test_nothing_of_a_folded_text_is_an_accent_wherever_the_accents_stand(text: str) -> None:
    whole = unicodedata.normalize("NFKD", text.translate(words._LETTERS))
    assert folded(text) == "".join(sign for sign in whole if not unicodedata.combining(sign))


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    texts = ["The harbour chief resigned.", "The ferry to Halden sails.", "Flight MR-417 landed."]
    Wordlists.join([-1, -1, -1], None, [texts]).write(tmp_path / "lexical")
    return LexicalIndex(tmp_path / "lexical")


def test_a_long_word_with_one_letter_wrong_finds_what_is_meant(lexical: LexicalIndex) -> None:
    assert [row for row, _ in lexical.search("resignd", 3)] == [0]
    assert [row for row, _ in lexical.search("flihgt", 3)] == [2]


def test_a_short_word_and_a_number_are_never_corrected(lexical: LexicalIndex) -> None:
    assert lexical.search("418", 3) == []
    assert lexical.search("cief", 3) == []


def test_a_word_that_the_archive_lacks_is_as_rare_as_can_be(lexical: LexicalIndex) -> None:
    unknown, ending, known = lexical.terms(["nowhereham", "haldenish", "ferri"])
    assert unknown.rarity == 1
    assert known.rarity < ending.rarity < 1
