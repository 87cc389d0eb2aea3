import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from corpus.duplicates import groups, signature

WIRE = " ".join(
    f"Sentence number {number} tells that boat {number * 7 % 31} left port {number * 3 % 17}." for number in range(40)
)
OTHER = " ".join(
    f"In paragraph {number} the mayor speaks of road {number * 5 % 23} and school {number}." for number in range(40)
)


def test_a_wire_story_and_its_lightly_edited_copy_are_one_group() -> None:
    edited = WIRE.replace("Sentence number 20", "Item 20").upper() + " This story was updated."
    assert groups([signature(text) for text in (WIRE, OTHER, edited)]) == [0, 1, 0]


def test_a_template_filled_with_other_facts_is_another_article() -> None:
    monday = "Five things to know today. " + " ".join(WIRE.split()[:120])
    tuesday = "Five things to know today. " + " ".join(OTHER.split()[:120])
    assert groups([signature(monday), signature(tuesday)]) == [0, 1]


def test_a_follow_up_that_repeats_half_of_the_story_is_another_article() -> None:
    words = WIRE.split()
    follow_up = " ".join(OTHER.split()[: len(words) // 3] + words[: 2 * len(words) // 3])
    assert groups([signature(WIRE), signature(follow_up)]) == [0, 1]


def test_short_texts_have_different_vectors() -> None:
    assert groups([signature(text) for text in ("Ferry sails", "Ferry sinks", "ferry, sails!", "")]) == [0, 1, 0, 2]


def test_no_articles_have_no_groups() -> None:
    assert groups([]) == []


def test_a_signature_is_the_same_in_another_process() -> None:
    code = f"from corpus.duplicates import signature; print(signature({WIRE!r}).hex())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == signature(WIRE).hex()


@given(st.lists(st.sampled_from([WIRE, OTHER, WIRE + " Updated.", "Short."]), max_size=12))
def test_groups_are_dense_from_zero_in_order_of_first_appearance(texts: list[str]) -> None:
    numbers = groups([signature(text) for text in texts])
    assert list(dict.fromkeys(numbers)) == list(range(len(set(numbers))))
    assert all(
        (one == other) == (left.removesuffix(" Updated.") == right.removesuffix(" Updated."))
        for one, left in zip(numbers, texts, strict=True)
        for other, right in zip(numbers, texts, strict=True)
    )
