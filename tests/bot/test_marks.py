import re
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.generate.marks import LONGEST, CitedSentence, cited_sentences

WORDS = ["It rose", "Mr. Pell", "the U.S.", "no", "Then", "3.5%", "Jan. 5", "a.m.", "e.g.", "x" * 400]
SIGNS = [".", "!", "?", "…", ":", ",", "“", "”", '"', "[", "]", "(", ")", "**", "*", "`", "_"]
SPACES = [" ", " ", " ", "\n", "\n\n", "\t", " " * 150, "- ", "1. ", "## ", "> ", "```", "---"]
MARKS = ["[1]", "[1][2]", "[1, 2]", "[1-3]", "【1†source】", "［2］", "[^1]", "[Passage 1]", "[passage 2, 3]", "[7]"]
NEARLY = ["[2020]", "[sic]", "(see [1])", "\\[1\\]", "[1](http://a.example/b)", "[2]" * 150]
PARTS = st.sampled_from(WORDS + SIGNS + SPACES + MARKS + NEARLY)
REPLIES = st.lists(PARTS, max_size=40).map("".join)


def read(reply: str, passages: int = 3) -> list[tuple[str, tuple[int, ...]]]:
    return [(found.text, found.numbers) for found in cited_sentences([reply], passages)]


@settings(max_examples=400, deadline=None)
@given(REPLIES, st.randoms(use_true_random=False))
@example("It rose. [1](http://a.example/b) Then.", None)
@example("“It is over. We won.” [2] Then.", None)
@example("the U.S.[1]([1][2020])", None)
def test_a_reply_reads_the_same_however_it_is_cut(reply: str, random: Random | None) -> None:
    whole = list(cited_sentences([reply], 3))
    assert list(cited_sentences(reply, 3)) == whole  # one character at a time
    if random:
        places = sorted(random.randrange(len(reply) + 1) for _ in range(6))
        pieces = [reply[a:b] for a, b in zip([0, *places], [*places, len(reply)], strict=True)]
        assert list(cited_sentences(pieces, 3)) == whole


@settings(max_examples=200, deadline=None)
@given(REPLIES)
def test_what_has_been_given_out_is_never_taken_back(reply: str) -> None:
    whole = list(cited_sentences([reply], 3))
    for place in range(0, len(reply), 7):
        halted = list(cited_sentences([reply[:place]], 3))[:-1]
        streamed = _before_the_end(reply[:place])
        assert streamed == whole[: len(streamed)]
        assert len(streamed) <= len(halted) + 1


def _before_the_end(reply: str) -> list[CitedSentence]:
    """What is given out before it is known that the reply ends here."""
    found: list[CitedSentence] = []
    seen: list[int] = []

    def deltas() -> Iterator[str]:
        yield reply
        seen.append(len(found))

    for sentence in cited_sentences(deltas(), 3):
        if seen:
            break
        found.append(sentence)
    return found


@settings(max_examples=300, deadline=None)
@given(REPLIES)
def test_no_mark_is_left_in_a_text_and_no_number_is_invented(reply: str) -> None:
    for sentence in cited_sentences([reply], 3):
        assert not re.search(r"[\[【［]\d{1,2}[\]】］]", sentence.text)
        assert set(sentence.numbers) <= {1, 2, 3}
        assert len(set(sentence.numbers)) == len(sentence.numbers)
        assert sentence.text == " ".join(sentence.text.split())
        assert len(sentence.text) <= LONGEST + 1


@pytest.mark.parametrize(
    "mark",
    ["[1][2]", "[1] [2]", "[1, 2]", "[1,2]", "[1-2]", "[1–2]", "【1】【2】", "［1］［2］", "【1†source】[2]",
        "[^1][^2]",
     "[Passage 1][Passage 2]", "[passage 1, 2]", "[Source 1] [Source 2]", "[1; 2]", "[1 and 2]", "[Passages 1 and 2]",
     "**[1]** **[2]**", "`[1][2]`", "([1], [2])", "(see [1][2])", "(sources: [1], [2])", "\\[1\\]\\[2\\]",
     "[1](http://a.example/x)[2]", "[1, 2, 1]", "[1][2][9]", "[0][1][2]", "<sup>[1][2]</sup>"],
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ["It rose. {} Then", "It rose {}. Then", "It rose.{} Then", "It rose.\n{}\nThen", "It rose {}.\n\nThen"]
)
def test_every_way_to_write_marks_is_read(mark: str, form: str) -> None:
    assert read(form.format(mark)) == [("It rose.", (1, 2)), ("Then", ())]


def test_marks_in_quote_marks_are_read() -> None:
    assert read('It rose. "[1][2]" Then') == [("It rose.", (1, 2)), ("Then", ())]
    assert read('She said "Yes."[1] Then') == [('She said "Yes."', (1,)), ("Then", ())]


def test_a_mark_that_opens_a_line_belongs_to_that_line() -> None:
    assert read("It rose.\n[2] The council said so.") == [("It rose.", ()), ("The council said so.", (2,))]


def test_words_that_only_introduce_a_mark_go_with_it() -> None:
    assert read("According to [1], the bridge is open.") == [("The bridge is open.", (1,))]
    assert read("The bridge, as reported in [2], is open.") == [("The bridge, is open.", (2,))]


@pytest.mark.parametrize(
    "text", ["It was [sic] good.", "In [2020] it rose.", "It [the bridge] rose.", "[150] came.", "a[i] b"]
)
def test_what_cannot_be_a_mark_stays(text: str) -> None:
    assert read(text) == [(text, ())]


def test_an_invented_number_vanishes_with_its_brackets() -> None:
    assert read("It rose [12] again ([44]). [9]") == [("It rose again.", ())]


def test_sentences_keep_abbreviations_decimals_and_quotations_whole() -> None:
    text = (
        'Mr. Pell of the U.S. Navy paid 3.5 million on Jan. 5. He said “It is over. We won.” She said "No. Never," too.'
    )
    assert [found for found, _ in read(text)] == [
        "Mr. Pell of the U.S. Navy paid 3.5 million on Jan. 5.",
        "He said “It is over. We won.”",
        'She said "No. Never," too.',
    ]


def test_a_quotation_that_never_closes_holds_nothing_back() -> None:
    assert [found for found, _ in read("He said “It is over. " + "Then it rose again. " * 30)][
        1
    ] == "Then it rose again."


def test_markdown_becomes_plain_text_and_lists_keep_their_signs() -> None:
    reply = (
        "Here is what they say:\n\n- **The bridge** [reopened](http://a.example) [1].\n* `Cost`: *41* million [2]\n"
        "1. First\n2) Second\n\n## Background\nIt was _shut_ 5 * 3 snake_case.\n```\nx = 1\n```\nDone."
    )
    assert [sentence.before + sentence.text for sentence in cited_sentences([reply], 3)] == [
        "Here is what they say:", "\n- The bridge reopened.", "\n- Cost: 41 million", "\n1. First", "\n2) Second",
        "\n\nBackground", "\nIt was shut 5 * 3 snake_case.", "\n\nx = 1", "\n\nDone.",
    ]  # fmt: skip


def test_a_wrapped_line_is_one_sentence_and_a_new_one_starts_a_paragraph() -> None:
    found = list(cited_sentences(["The bridge\nis open. [1]\n\nIt rained."], 1))
    assert found == [CitedSentence("The bridge is open.", (1,), ""), CitedSentence("It rained.", (), "\n\n")]


def test_a_sentence_comes_as_soon_as_the_next_word_begins() -> None:
    seen = []

    def deltas() -> Iterator[str]:
        for delta in ["It ro", "se. ", "[1", "] ", "T", "hen it fell."]:
            seen.append(delta)
            yield delta

    first = next(cited_sentences(deltas(), 1))
    assert first == CitedSentence("It rose.", (1,), "")
    assert seen[-1] == "T"


def test_a_reply_without_a_full_stop_is_cut_between_words() -> None:
    found = [text for text, _ in read("word " * 10_000)]
    assert max(map(len, found)) <= LONGEST
    assert " ".join(found).split() == ["word"] * 10_000


def test_an_endless_reply_is_never_held_whole() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "[1] " * 100 + "x" * 5_000

    sentences = cited_sentences(endless(), 1)
    assert all(len(next(sentences).text) <= LONGEST for _ in range(50))
