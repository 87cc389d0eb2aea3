import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.answer import Turn
from bot.answer.wording import DECLINED
from bot.question.follow_up import MOST_ADDED_WORDS, REACH, condense, resolve

TROOPS = (
    "Will the Kremlin send troops to Belarus? | The Moscow Times, 31 August 2020: Not for now, Dmitry Peskov said. [1]"
)
MACRON = "And what did Macron say? | The French president, Emmanuel Macron, warned of the worst. [1]"
SMALL = "will the kremlin send troops to belarus | Not for now. [1]"
MAYOR = (
    "Who won the election for mayor of Port Maren? | "
    "The Harbour Gazette, 4 May 2026: Piet Lund will be the next mayor of Port Maren. [1]"
)
SEATS = "How many seats did Labour win in Scotland in the 2019 election? | Labour won one seat. [1]"
HERONS = "How many heron nests were counted at the Salt Marsh? | Wardens have counted 84. [1]"
DELAY = 'What did Mayor Okafor say about the ferry delay? | "I was wrong," Mayor Ines Okafor said. [1]'
JOHNSON = "When did Boris Johnson resign? | BBC News, 7 July 2022: Boris Johnson resigned on Thursday. [1]"
TRUSS = "Who succeeded him? | The Times, 6 September 2022: Liz Truss became prime minister on Tuesday. [1]"
CHESS = f"Who won the world chess championship? | {DECLINED} Nearest: “Ruth Amsel opens her hotel”."
ZEPPELIN = "Where did the zeppelin land? | The Cape Star, 14 June 2026: It landed in Gravesend on Sunday. [1]"
YARD = "Which company builds the ferry? | The yard of Brandt & Daughters in Estmouth builds the boat. [1]"
DISPATCH = "Who rules out help? | Reuters, 19 August 2020: MOSCOW, Aug 19 (Reuters) - Dmitry Peskov ruled it out. [1]"
NIGER = "Who was detained in Niger? | Al Jazeera, 27 July 2023: Mohamed Bazoum was, soldiers said. [1]"
WALL = "What broke the harbour wall last week? | Storm Alma broke it. [1]"
HUNGARY = "What about Hungary? | No. [1]"

CONVERSATIONS = [
    # A question that names a person, about what was spoken of.
    ([TROOPS], "And what did Macron say?", "Kremlin Belarus", "Will Peskov Moscow"),
    ([TROOPS], "What did Macron say?", "Kremlin Belarus", "Peskov"),
    ([TROOPS], "How did Germany react?", "Kremlin troops Belarus", ""),
    ([TROOPS], "What did Germany think of it?", "Kremlin Belarus", ""),
    ([TROOPS], "Thanks! And what did Macron say?", "Kremlin Belarus", ""),
    ([HERONS], "And what did Sofie Lindqvist say?", "heron nests Salt Marsh", "many"),
    ([MAYOR], "And what did Okafor say?", "mayor Port Maren", "Lund"),
    # A question that says too little.
    ([TROOPS], "Why?", "Kremlin send troops Belarus", "will"),
    ([TROOPS], "When was that?", "Kremlin send troops Belarus", ""),
    ([TROOPS], "Who said that?", "Kremlin send troops Belarus", "Moscow Times"),
    ([TROOPS], "Who else?", "Kremlin Belarus", ""),
    ([TROOPS], "What was the reaction?", "Kremlin Belarus", ""),
    ([TROOPS], "And then?", "Kremlin Belarus", ""),
    ([TROOPS], "Is it true?", "Kremlin Belarus", ""),
    ([HERONS], "And how many volunteers took part?", "heron nests Salt Marsh", ""),
    ([MAYOR], "By how many votes?", "election mayor Port Maren Lund", "Gazette May"),
    ([TROOPS], "How many people were hurt?", "Kremlin Belarus", ""),
    ([DELAY], "Who attended the ceremony?", "ferry delay", ""),
    ([SMALL], "who leads the junta", "kremlin belarus", ""),
    ([MAYOR], "What was the turnout?", "election mayor Port Maren", "Gazette"),
    # He, she, they, it and there.
    ([TROOPS], "But did they agree to meet?", "Kremlin Belarus", ""),
    ([TROOPS], "What did he say?", "Kremlin Dmitry Peskov", "Moscow Times"),
    ([MAYOR], "How old is he?", "Piet Lund mayor", "Gazette"),
    ([MAYOR], "Did he vote against the electric ferry?", "Piet Lund", "election won"),
    ([DELAY], "Where did she say it?", "Mayor Okafor ferry delay", "Ines"),
    ([JOHNSON], "Why did he leave London?", "Boris Johnson", "BBC"),
    ([JOHNSON, TRUSS], "When did she resign?", "Liz Truss", "Times Tuesday"),
    ([ZEPPELIN], "How many people live there?", "Gravesend", "Cape Star Sunday"),
    ([YARD], "Where is it?", "Brandt Daughters ferry", ""),
    ([NIGER], "Where is he now?", "Mohamed Bazoum Niger", "Al Jazeera"),
    ([DISPATCH], "How old is he?", "Dmitry Peskov help", "Reuters MOSCOW Aug"),
    # One thing put in another's place.
    ([TROOPS], "What about Poland?", "Kremlin send troops", "Belarus"),
    ([TROOPS], "And will Poland send troops?", "Belarus", "Kremlin"),
    ([SEATS], "And the Conservatives?", "many seats Scotland 2019 election", "Labour"),
    ([SEATS], "And in Wales?", "many seats Labour 2019 election", "Scotland"),
    ([SEATS], "And Wales?", "many seats Labour 2019 election", "Scotland"),
    ([SEATS], "And in 2024?", "many seats Labour Scotland election", "2019"),
    ([SEATS], "And how many did the SNP win?", "seats Scotland 2019", "Labour"),
    ([DELAY], "And what did Lund say?", "ferry delay", "Okafor"),
    ([DELAY], "What about Lund?", "ferry delay", "Okafor"),
    ([MAYOR], "And who won in Estmouth?", "election mayor", "Lund"),
    ([MAYOR], "And in 2022?", "election mayor Port Maren", "Lund"),
    ([WALL], "And this week?", "harbour wall", "last"),
    # Longer conversations.
    ([TROOPS, MACRON], "When was that?", "Kremlin Belarus Macron", "French"),
    ([TROOPS, MACRON], "What else did he say?", "Emmanuel Macron Belarus", ""),
    ([TROOPS, MACRON], "And what did Merkel say?", "Kremlin Belarus", "Macron"),
    ([TROOPS, MACRON], "And in Poland?", "Kremlin Macron", "Belarus"),
    ([TROOPS, HUNGARY], "And Poland?", "Kremlin send troops", "Belarus Hungary"),
    ([TROOPS, MACRON, HERONS], "Who counted them?", "heron nests Salt Marsh", "Kremlin Macron"),
    ([TROOPS, "Why? | Nobody knows. [1]"], "Why?", "Kremlin send troops Belarus", ""),
    # Typed without capitals, or with nothing else; in other languages.
    ([SMALL], "and what did macron say", "kremlin belarus", "will"),
    ([SMALL], "what about poland", "kremlin send troops", "belarus"),
    ([SMALL], "why", "kremlin send troops belarus", ""),
    ([TROOPS], "AND WHAT DID MACRON SAY?", "Kremlin Belarus", ""),
    (["WILL THE KREMLIN SEND TROOPS? | No. [1]"], "Why?", "KREMLIN SEND TROOPS", "WILL"),
    ([TROOPS], "为什么？", "Kremlin Belarus", ""),
    (["Was Łukasz Żółć in São Paulo? | Yes. [1]"], "When did he arrive?", "Łukasz Żółć São Paulo", ""),
    (["Did Ursula von der Leyen go? | No. [1]"], "What about Abu al-Baghdadi?", "", "Ursula der Leyen"),
    # What may not lend a name: an answer that is none, and one that nobody asked a name of.
    ([CHESS], "Who is he?", "chess championship", "Ruth Amsel Nearest archive"),
    ([HERONS], "Why so many?", "heron nests Salt Marsh", "Wardens"),
    (["What's new? | Reuters, 1 May 2026: Storm Alma hit Port Maren. [1]"], "Tell me more about it", "Alma", "Reuters"),
    (["And the “<b>Mill</b> Bridge”? | Shut. [1]"], "Since when?", "Mill Bridge", "< > “ ”"),
]


def talk(turns: Sequence[str]) -> list[Turn]:
    return [Turn(*turn.split(" | ")) for turn in turns]


@pytest.mark.parametrize(("turns", "question", "has", "lacks"), CONVERSATIONS)
def test_a_follow_up_is_given_what_it_lacks_and_nothing_else(
    turns: Sequence[str], question: str, has: str, lacks: str
) -> None:
    standalone = condense(question, talk(turns))
    added = standalone.removesuffix(question)
    words = re.findall(r"[^\W_]+|[^\w\s.,]", added)
    assert standalone.endswith(question)
    assert set(has.split()) <= set(words), standalone
    assert not set(lacks.split()) & set(words), standalone


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Philippines presidential election?",
        "And who won the election in the Philippines?",
        "and who won the philippines presidential election",
        "But when did Theresa May meet Will Smith?",
        "Is it true that Macron resigned?",
        "Did Macron say that he will visit Minsk?",
        "When will the Mill Bridge open?",
        "What did Emmanuel Macron say about it being “the worst thing”?",
        "Are there strikes at the airport in Rome?",
        "How many people work at the harbour?",
        "What happened in Port Maren this week?",
        "what happened in ukraine",
        "latest on brexit",
        "Will the Kremlin send troops to Belarus?",
    ],
)
def test_a_question_with_its_own_subject_stays_as_it_is(question: str) -> None:
    assert condense(question, talk([TROOPS])) == question
    assert condense(question, talk([TROOPS, MACRON])) == question


def test_the_same_story_of_another_place_takes_nothing_from_the_last_winner() -> None:
    assert condense("And who won the election in the Philippines?", talk([MAYOR])) == (
        "And who won the election in the Philippines?"
    )


def test_it_reads_as_what_the_talk_is_about_and_then_the_question() -> None:
    assert condense("And what did Macron say?", talk([TROOPS])) == (
        "Kremlin send troops, Belarus. And what did Macron say?"
    )
    assert condense("What else did he say?", talk([TROOPS, MACRON])) == (
        "Kremlin send troops, Belarus, Emmanuel Macron. What else did he say?"
    )


def test_she_never_refers_to_a_town_hall() -> None:
    history = talk(["Who pays? | Port Maren Town Hall told Ada Moreau of the Marsh Club. [1]"])
    assert condense("How old is she?", history) == "pays, Ada Moreau. How old is she?"


@pytest.mark.parametrize(
    ("question", "standalone"),
    [
        ("And in May?", "Mariupol. And in May 2022?"),
        ("and on 3 may?", "Mariupol. and on 3 may 2022?"),
        ("What about May 3rd?", "Mariupol. What about May 3rd 2022?"),
        ("And in May 2023?", "Mariupol. And in May 2023?"),
        ("And last week?", "Mariupol. And last week?"),
    ],
)
def test_a_month_without_a_year_is_of_the_year_spoken_of(question: str, standalone: str) -> None:
    history = talk(["What happened in Mariupol in April 2022? | The siege went on. [1]"])
    assert condense(question, history) == standalone


def test_he_is_whom_the_last_question_names_rather_than_a_name_in_its_answer() -> None:
    history = talk(["Who is Piet Lund? | Jan Brandt, a friend of Lund, praised the mayor. [1]"])
    assert condense("How old is he?", history) == "Piet Lund. How old is he?"
    assert resolve("How old is he?", history) == "How old is Piet Lund?"


def test_he_is_whom_the_last_answer_names_also_where_a_thing_is_named_beside_him() -> None:
    history = talk(["Who is the head of Brandt & Daughters? | Piet Lund. [1]"])
    assert resolve("And what did he say about Estmouth?", history) == "And what did Piet Lund say about Estmouth?"
    assert "Piet Lund" in condense("And what did he say about Estmouth?", history)


def test_without_history_a_question_is_itself() -> None:
    assert condense("And what did Macron say?", []) == "And what did Macron say?"


def test_only_the_last_turns_are_looked_back_on() -> None:
    history = talk([TROOPS, *["And then? | Nothing. [1]"] * (REACH - 1)])
    assert "Kremlin" in condense("And then?", history)
    assert condense("And then?", [*history, *talk(["Why? | No. [1]"])]) == "And then?"


def test_the_last_words_of_a_very_long_talk_are_kept() -> None:
    long = " ".join(f"Of Ship{number} and port{number}," for number in range(60))
    standalone = condense("Why?", [Turn(long, "No."), Turn("And what of the Marigold?", "No.")])
    assert "Marigold" in standalone
    assert len(standalone.split()) <= MOST_ADDED_WORDS + 1


def test_a_pasted_article_is_no_follow_up() -> None:
    pasted = "And " + "they said it. " * 500
    assert condense(pasted, talk([TROOPS])) == pasted


NAMES = some.sampled_from(["Kremlin", "Ada Moreau", "Port Maren", "Żółć", "NATO"])
POINTING = some.sampled_from(["and", "but", "what", "who", "why", "she", "it", "there", "then", "that"])
IDLE = some.sampled_from(["did", "will", "the", "in", "to", "of", "about", "say", "2024", "last week", "ferry"])
TALK = some.one_of(some.text(max_size=300), some.lists(some.one_of(POINTING, IDLE, NAMES), max_size=300).map(" ".join))


@given(question=TALK, history=some.lists(some.builds(Turn, TALK, TALK), max_size=6))
def test_whatever_was_said_the_question_ends_it_and_little_is_added(question: str, history: list[Turn]) -> None:
    standalone = condense(question, history)
    assert standalone.endswith(question)
    added = standalone.removesuffix(question)
    assert len(added.split()) <= 40
    assert len(added) <= 1_500
    assert "\n" not in added


@given(turn=some.builds(Turn, TALK, TALK), first=NAMES, second=NAMES)
def test_a_question_with_names_and_no_reference_is_never_changed(turn: Turn, first: str, second: str) -> None:
    question = f"When did the dockers of {first} strike for {second}?"
    assert condense(question, [turn]) == question


@pytest.mark.parametrize("turn", ["a" * 200_000, "A " * 100_000, "“[1] (" * 50_000, "\n:" * 100_000, "And " * 50_000])
def test_a_huge_turn_costs_next_to_no_time(turn: str) -> None:
    assert len(condense("Why?", [Turn(turn, turn)] * 6)) < 2_000
