import re
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.generate.marks import LONGEST_SENTENCE, CitedSentence, cited_sentences

WORDS = ["It rose", "Mr. Pell", "the U.S.", "no", "Then", "3.5%", "Jan. 5", "a.m.", "e.g.", "x" * 400]
SIGNS = [".", "!", "?", "…", ":", ",", "“", "”", '"', "[", "]", "(", ")", "**", "*", "`", "_"]
SPACES = [" ", " ", " ", "\n", "\n\n", "\t", " " * 150, "- ", "1. ", "## ", "> ", "```", "---"]
MARKS = ["[1]", "[1][2]", "[1, 2]", "[1-3]", "【1†source】", "［2］", "[^1]", "[Passage 1]", "[passage 2, 3]", "[7]"]
NEARLY = ["[2020]", "[sic]", "(see [1])", "\\[1\\]", "[1](http://a.example/b)", "[2]" * 150]
ROUND = ["(1)", "(1)(2)", "(34)", "(1, 2)", "（1）", "(Passage 1)", "(see passages 1 and 2)", "(3-1)", "(a) "]
AROUND = ["| a | b |", " | ", "<td>", "Sources:", "### Sources", "**Quellen**", "[^1]: ", "https://a.b/c", "▪ ", "IV."]
PARTS = st.sampled_from(WORDS + SIGNS + SPACES + MARKS + NEARLY + ROUND + AROUND)
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
def test_streamed_text_is_never_withdrawn(reply: str) -> None:
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
        assert len(sentence.text) <= LONGEST_SENTENCE + 1


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
def test_every_form_of_marks_is_read(mark: str, form: str) -> None:
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
def test_text_that_cannot_be_a_mark_stays(text: str) -> None:
    assert read(text) == [(text, ())]


def test_an_invented_number_vanishes_with_its_brackets() -> None:
    assert read("It rose [12] again ([44]). [9]") == [("It rose again.", ())]


@pytest.mark.parametrize(
    ("reply", "texts"),
    [
        ("It rose. (1)", ["It rose."]),
        ("It rose (1).", ["It rose."]),
        ("It rose (2)", ["It rose"]),
        ("It rose. (12) Then it fell. (1)(2)", ["It rose.", "Then it fell."]),
        ("It rose.\n(1)\nThen it fell.", ["It rose.", "Then it fell."]),
        ("It rose (1), and fell (2, 3).", ["It rose, and fell."]),
        ("It rose **(1)**. （2）", ["It rose."]),
        ("She is Ann (34). They won (3-1).", ["She is Ann (34).", "They won (3-1)."]),
        ("It rose under NATO's clause (Article 2).", ["It rose under NATO's clause (Article 2)."]),
        ("The (2) bridges rose.", ["The (2) bridges rose."]),
    ],
)
def test_a_bare_number_in_parentheses_at_the_end_is_neither_text_nor_a_mark(reply: str, texts: list[str]) -> None:
    assert read(reply) == [(text, ()) for text in texts]


@pytest.mark.parametrize(
    "mark", ["(Passage 1)", "(passages 1)", "(Source 1)", "(see passage 1)", "（Ref 1）", "(source #1)"]
)
@pytest.mark.parametrize("form", ["It rose. {} Then", "It rose {}. Then", "It rose.\n{}\nThen"])
def test_a_number_in_parentheses_that_is_called_a_passage_is_a_mark(mark: str, form: str) -> None:
    assert read(form.format(mark)) == [("It rose.", (1,)), ("Then", ())]


@pytest.mark.parametrize("reply", ["(1)", "1.", "1.\n2.\n3.", "- \n•\n", "IV.", "(a)", "b)", "2022", "https://a.b/c"])
def test_text_without_a_word_is_no_sentence(reply: str) -> None:
    assert read(f"{reply}\n\nIt rose.\n\n{reply}") == [("It rose.", ())]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "### Sources",
            "**Sources**",
            "**Sources:**",
            "Sources:",
            "Sources",
            "## References",
            "Citations:",
            "References (2)",
        ),
        *("*Works cited*", "Sources used:", "## List of sources", "📚 Sources", "3. References", "Articles cited:"),
        *("Sources and further reading", "### Quellen", "Références :", "Fuentes", "参考文献"),
    ],
)
@pytest.mark.parametrize(
    "entries", ["[1] The Harbour Post. May.\n[2] Courier", "- Courier [2]\n\n- Post", "1. It fell. [1]"]
)
def test_the_models_own_list_of_sources_is_left_out(title: str, entries: str) -> None:
    assert read(f"It rose. [1]\n\n{title}\n{entries}\n") == [("It rose.", (1,))]
    assert read(f"It rose. [1]\n\n{title}\n{entries}\n\n## Later\nIt fell. [2]")[1:] == [
        ("Later", ()),
        ("It fell.", (2,)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Sources: [1], [2]",
        "Source: The Harbour Post, 16 May.",
        "**Sources:** Post [1]; Courier. More.",
        "[^1]: It fell.",
    ],
)
def test_sources_on_one_line_are_left_out_above_and_below_an_answer(line: str) -> None:
    assert read(f"{line}\n\nIt rose. [1]\n{line}\n\nIt stood.") == [("It rose.", (1,)), ("It stood.", ())]


@pytest.mark.parametrize("text", ["Sources said it rose.", "Its sources: two men.", "It cites its sources."])
def test_a_sentence_about_sources_stays(text: str) -> None:
    assert read(text) == [(text, ())]


@pytest.mark.parametrize(
    "table",
    [
        "| When | What |\n|---|:-:|\n| May | It fell. It stood. [1] |",
        "When | What\n--- | ---\nMay | It fell. It stood. [1]",
        "<table>\n<tr><td>It fell. It stood.</td></tr>\n</table>",
    ],
)
def test_the_rows_of_a_table_are_left_out(table: str) -> None:
    assert read(f"It rose. [1]\n\n{table}\n\nDone.") == [("It rose.", (1,)), ("Done.", ())]


def test_lists_in_any_signs_are_read() -> None:
    found = cited_sentences(["(1) It rose. [1]\n▪ It fell.\n(b) It stood.\n– Done."], 1)
    assert [sentence.before + sentence.text for sentence in found] == [
        "1) It rose.",
        "\n- It fell.",
        "\n- It stood.",
        "\n- Done.",
    ]


def test_control_tokens_and_the_tags_of_an_answer_vanish() -> None:
    assert read("<answer>It rose. [1]</answer><|im_end|></s>") == [("It rose.", (1,))]


def test_a_blank_line_ends_a_sentence_even_before_a_small_letter() -> None:
    assert read("It rose. [1]\n\nso it did.") == [("It rose.", (1,)), ("so it did.", ())]


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
    assert max(map(len, found)) <= LONGEST_SENTENCE
    assert " ".join(found).split() == ["word"] * 10_000


def test_an_endless_reply_is_never_held_whole() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "[1] " * 100 + "x" * 5_000

    sentences = cited_sentences(endless(), 1)
    assert all(len(next(sentences).text) <= LONGEST_SENTENCE for _ in range(50))
