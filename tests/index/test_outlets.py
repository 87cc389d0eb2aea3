import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SettingsError
from index.search.outlets import check_outlets, outlets_called, outlets_in, unknown_outlet

KNOWN = (
    "CNN",
    "USA TODAY",
    "The Week UK",
    "Reuters",
    "BBC News",
    "BBC",
    "The Washington Post",
    "Time",
    "People",
    "The Sun",
    "The Times",
    "www.usatodaysportsplus.com",
    "Wikinews",
    "The Independent",
)
NAMED = {
    "What happened in Kyiv according to CNN?": ["CNN"],
    "According to cnn, who won?": ["CNN"],
    "According to CNN.com, who won?": ["CNN"],
    "What did USA Today report on the flood?": ["USA TODAY"],
    "what did usa today say about it?": ["USA TODAY"],
    "Who won, as reported by USA TODAY?": ["USA TODAY"],
    "What was in The Week about Brexit?": ["The Week UK"],
    "What does The Week say of it?": ["The Week UK"],
    "What was said according to the week?": ["The Week UK"],
    "What did The Week UK write?": ["The Week UK"],
    "Reuters says who won?": ["Reuters"],
    "What has Reuters reported on Mali?": ["Reuters"],
    "What is Reuters reporting?": ["Reuters"],
    "What did he tell, as told Reuters?": ["Reuters"],
    "Who resigned, per Reuters?": ["Reuters"],
    "Is there any Reuters coverage of the coup?": ["Reuters"],
    "What do articles from Reuters say?": ["Reuters"],
    "What does Reuters' report say?": ["Reuters"],
    "What was in Reuters’s analysis?": ["Reuters"],
    "What did the minister say in an interview with CNN?": ["CNN"],
    "What did the minister tell CNN? He told CNN a lot.": ["CNN"],
    "What does the latest CNN poll show?": ["CNN"],
    "What does a poll by CNN show?": ["CNN"],
    "What news from CNN is there?": ["CNN"],
    "According to BBC News, who won?": ["BBC News"],
    "According to the BBC, who won?": ["BBC"],
    "According to the Washington Post, who won?": ["The Washington Post"],
    "What did The Washington Post reveal? The Washington Post revealed it.": ["The Washington Post"],
    "Who won according to Time?": ["Time"],
    "Who won according to time?": ["Time"],
    "What was published in Time?": ["Time"],
    "What was written in Time about it?": ["Time"],
    "What did Time report?": ["Time"],
    "What did People report?": ["People"],
    "What does The Sun say?": ["The Sun"],
    "As The Sun reported, who won?": ["The Sun"],
    "Who left, as reported in the Sun?": ["The Sun"],
    "What did The Independent report?": ["The Independent"],
    "According to usatodaysportsplus, who won?": ["www.usatodaysportsplus.com"],
    "According to www.usatodaysportsplus.com, who won?": ["www.usatodaysportsplus.com"],
    "What did CNN and Reuters report?": ["CNN", "Reuters"],
    "According to CNN or the Washington Post, who won?": ["CNN", "The Washington Post"],
    "What do CNN reports and Reuters reports say?": ["CNN", "Reuters"],
    "Did Wikinews cover it? Wikinews covered it.": ["Wikinews"],
    "WHAT HAPPENED ACCORDING TO CNN?": ["CNN"],
}
UNNAMED = [
    "Which CNN anchor resigned?",
    "Who bought CNN?",
    "Who was fired by CNN?",
    "Which anchor at CNN said so?",
    "What did the head of CNN say?",
    "Why did Discovery merge with CNN?",
    "The Washington Post has lost how many subscribers?",
    "Who resigned this week?",
    "What happened in the week of the flood?",
    "What happened in time for dinner?",
    "Was it done in the time of Nero?",
    "What do people say about it?",
    "People say it is true; is it?",
    "Time reported lost is what?",
    "According to people familiar with the matter, who won?",
    "According to people close to him, who won?",
    "Is it safe to lie in the sun?",
    "What does the sun report?",
    "How far is the sun?",
    "What did the New York Times report?",
    "According to The New York Times, who won?",
    "Who is independent?",
    "In the independent review, who was blamed?",
    "How many times did he say so?",
    "The times say what?",
    "Is cnning a word, according to cnnish people?",
    "Who wrote to editor@cnn.com?",
    "WHAT HAPPENED IN TIME?",
    "Which reuterses say so?",
    "",
]


@pytest.mark.parametrize(("question", "expected"), NAMED.items())
def test_an_outlet_that_is_said_to_report_is_named(question: str, expected: list[str]) -> None:
    assert outlets_in(question, KNOWN) == tuple(expected)


@pytest.mark.parametrize("question", UNNAMED)
def test_an_outlet_that_is_spoken_of_or_a_common_word_is_not_named(question: str) -> None:
    assert outlets_in(question, KNOWN) == ()


def test_both_editions_are_named_if_the_question_names_neither() -> None:
    assert outlets_in("What was in The Week?", ["The Week UK", "The Week US", ""]) == ("The Week UK", "The Week US")


def test_an_outlet_that_the_index_lacks_is_not_named() -> None:
    assert outlets_in("Who won, according to CNN?", ["Reuters"]) == ()


def test_an_outlet_is_named_once_however_often_it_is_known_or_said() -> None:
    assert outlets_in("CNN says, according to CNN?", ["CNN", "CNN"]) == ("CNN",)


def test_a_name_with_the_signs_of_a_pattern_is_taken_literally() -> None:
    assert outlets_in("Who won according to C++ (Now)?", ["C++ (Now)", ".*", "[", "("]) == ("C++ (Now)",)


@given(st.text(), st.lists(st.text(max_size=8)))
def test_any_text_names_only_outlets_that_are_known(text: str, known: list[str]) -> None:
    assert set(outlets_in(f"{text} according to {text}", [*known, text])) <= {*known, text}


@given(st.sampled_from(KNOWN), st.sampled_from([str.upper, str.lower, str]))
def test_any_outlet_is_named_by_according_to_in_any_case(outlet: str, cased: Callable[[str], str]) -> None:
    assert outlet in outlets_in(f"Who won, according to {cased(outlet)}?", KNOWN)


HELD = ["The Harbour Post", "Harbour Post", "Northern Courier", "Evening Wire", "Northern Courier", None]


@pytest.mark.parametrize("name", ["harbour post", "The Harbour Post", " NORTHERN COURIER ", "the evening wire"])
def test_an_outlet_is_known_without_case_and_article(name: str) -> None:
    check_outlets([name], HELD)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Habour Post", "No article is from 'Habour Post'. The nearest outlets: The Harbour Post."),
        ("Harbour", "The nearest outlets: The Harbour Post."),
        ("Northern Courier Weekly", "The nearest outlets: Northern Courier."),
        ("Zzz", "No article is from 'Zzz'. Outlets here: Northern Courier, The Harbour Post, Evening Wire."),
        ("?", "No article is from '?'. Outlets here: "),
        ("x" * 500, f"No article is from '{'x' * 80}…'."),
    ],
)
def test_an_outlet_without_articles_is_reported_with_similar_ones(name: str, suggestion: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(suggestion)):
        check_outlets(["Evening Wire", name], HELD)


def test_an_archive_without_outlets_says_so() -> None:
    with pytest.raises(SettingsError, match="No article is from 'Post', or any outlet"):
        check_outlets(["Post"], [None])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("According to The Coast Courier, why is the ferry late?", "The Coast Courier"),
        ("What was reported by the Halden Evening Post on the strike?", "Halden Evening Post"),
        ("What happened in Kyiv according to The Washington Post?", ""),
        ("Who owns the Halden Evening Post?", ""),
        ("Who won the Daily Mile, according to CNN?", ""),
        ("How many articles from Xinhua are there?", "Xinhua"),
        ("how many Xinhua stories mention the ferry", "Xinhua"),
        ("how many articles from xinhua", "Xinhua"),
        ("What did the mayor tell Xinhua?", ""),
        ("articles about the Bloomberg stories", ""),
        ("stories about Michael Bloomberg reports", ""),
        ("articles that mention reports from Xinhua", ""),
        ("How many articles from Ukraine are there?", ""),
    ],
)
def test_a_newspaper_that_is_asked_for_and_not_here_is_unknown(question: str, expected: str) -> None:
    assert unknown_outlet(question, KNOWN) == expected


def test_an_outlet_is_not_unknown_where_one_has_its_name_in_a_longer_one() -> None:
    assert unknown_outlet("How many articles from BBC are there?", ["CNN"]) == "BBC"
    assert unknown_outlet("How many articles from BBC are there?", ["CNN", "BBC News"]) == ""


@pytest.mark.parametrize(
    ("name", "outlets"),
    [
        ("usa today", ("USA TODAY",)),
        ("Week", ("The Week UK",)),
        ("week", ()),
        ("CNN", ("CNN",)),
        ("CNN Business", ()),
    ],
)
def test_outlet_is_known_by_its_whole_name(name: str, outlets: tuple[str, ...]) -> None:
    assert outlets_called(name, ("CNN", "USA TODAY", "The Week UK")) == outlets
