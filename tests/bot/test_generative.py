"""Answers that a model writes: what is shown of them, what is held back, and what happens when it fails."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Delta, Turn
from bot.generate.generator import GIVEN, Generator
from bot.llm import Message
from bot.stopwatch import Stopwatch
from corpus.errors import LLMError, PromptTooLong, ReplyCut
from index.passage import ScoredPassage
from index.question import Question
from tests.bot.fakes import BRIDGE, FERRY, ScriptedLLM, bridge_answer, marks_of, passage_of

ASKED = Question("When was the harbour bridge reopened?", date(2022, 5, 17))
FOUND = (ScoredPassage(passage_of(BRIDGE), 1.0), ScoredPassage(passage_of(FERRY), 0.8))
DRAFT = Answer(
    ASKED,
    ASKED.text,
    "answered",
    "The Harbour Post, 16 May 2022: " + bridge_answer(ASKED).citations[0].quote + " [1]",
    bridge_answer(ASKED).citations[:1],
    FOUND,
    confidence=0.8,
    generation="g1",
)
REOPENED = "Engineers reopened the bridge to traffic on Monday morning."
COST = "The final cost was put at 41 million crowns by the city council."
FERRIES = "Ferry crossings fell by half in the first week."
FALSE = "Engineers reopened the bridge to traffic on 3 June 1999."


def stream(
    *replies: str | Exception | tuple[str | Exception, ...], draft: Answer = DRAFT, unsupported: str = "held back"
) -> tuple[list[Delta], Answer]:
    generator = Generator(ScriptedLLM(*replies), unsupported=unsupported)  # type: ignore[arg-type]
    *deltas, answer = generator.stream(draft, (), Stopwatch())
    assert isinstance(answer, Answer)
    assert all(isinstance(delta, Delta) for delta in deltas)
    return [delta for delta in deltas if isinstance(delta, Delta)], answer


def written(reply: str, **more: str) -> Answer:
    deltas, answer = stream(reply, **more)  # type: ignore[arg-type]
    assert "".join(delta.text for delta in deltas) == answer.text
    assert marks_of(deltas) == answer.marks
    return answer


def quotes(answer: Answer) -> list[tuple[int, str]]:
    return [(citation.number, citation.quote) for citation in answer.citations]


def test_a_sentence_that_a_passage_supports_is_shown_with_the_exact_words_it_rests_on() -> None:
    answer = written(f"{REOPENED[:-1]} [1].")
    assert (answer.text, answer.status, answer.answerer, answer.model) == (
        f"{REOPENED} [1]",
        "answered",
        "llm",
        "scripted",
    )
    assert quotes(answer) == [
        (1, "Engineers reopened the bridge to traffic on Monday morning, eleven weeks ahead of plan.")
    ]
    assert (answer.passages, answer.confidence, answer.generation) == (FOUND, 0.8, "g1")


def test_marks_are_numbered_in_order_of_first_use_and_the_same_words_keep_their_number() -> None:
    answer = written(f"{FERRIES} [2] {REOPENED} [1] Ferry crossings fell by half. [2]")
    assert answer.text == f"{FERRIES} [1] {REOPENED} [2] Ferry crossings fell by half. [1]"
    assert [citation.passage.article for citation in answer.citations] == [FERRY, BRIDGE]
    assert answer.marks is not None
    assert [answer.text[start:end] for start, end in answer.marks] == ["[1]", "[2]", "[1]"]
    assert [(sentence.text, sentence.numbers) for sentence in answer.sentences] == [
        (FERRIES, (1,)),
        (REOPENED, (2,)),
        ("Ferry crossings fell by half.", (1,)),
    ]
    assert all(answer.text[one.start : one.end] == one.text for one in answer.sentences)


def test_a_sentence_that_no_passage_supports_is_held_back_and_counted() -> None:
    answer = written(f"{REOPENED} [1] {FALSE} [1] {FERRIES} [2]")
    assert answer.text == (f"{REOPENED} [1] {FERRIES} [2]\n\nA sentence was held back: the articles do not support it.")
    held = answer.sentences[1]
    assert (held.text, held.start, held.end, held.numbers, held.supported) == (FALSE, None, None, (), False)
    assert held.reason
    assert held.nearest
    assert held.nearest.quote.startswith("Engineers reopened the bridge to traffic on Monday")


def test_or_it_is_marked_if_that_is_wished() -> None:
    answer = written(f"{REOPENED} [1] {FALSE} [1]", unsupported="marked")
    assert answer.text.startswith(f"{REOPENED} [1] {FALSE} (not supported: ")
    assert not answer.sentences[1].supported
    assert len(answer.citations) == 1


def test_a_wrong_mark_is_set_right_and_a_missing_one_is_found() -> None:
    assert quotes(written(f"{FERRIES} [1]")) == [(1, FERRY.text)]
    assert quotes(written(f"{FERRIES}")) == [(1, FERRY.text)]


def test_a_sentence_that_claims_nothing_is_not_shown_alone() -> None:
    assert written(f"Here is what the articles say:\n\n- {FERRIES} [2]").text.endswith(f"{FERRIES} [1]")


def test_paragraphs_and_lists_keep_their_shape_where_a_sentence_is_left_out() -> None:
    assert written(f"{REOPENED} [1]\n\n{FALSE} [1] {FERRIES} [2]").text.startswith(f"{REOPENED} [1]\n\n{FERRIES} [2]")
    assert written(f"- {FALSE} [1]\n- {REOPENED} [1]\n- {FERRIES} [2]").text.startswith(
        f"- {REOPENED} [1]\n- {FERRIES} [2]\n\nA sentence"
    )


def test_repetitions_of_a_small_model_are_shown_once() -> None:
    assert written(f"{REOPENED} [1] " * 4).text == f"{REOPENED} [1]"


def test_a_model_that_never_ends_is_not_waited_for() -> None:
    endless = " ".join(f"{FERRIES[:-1]}, part {number} [2]." for number in range(10_000))
    assert len(written(f"{FERRIES} [2] {endless}").sentences) <= 8


@pytest.mark.parametrize("reply", ["The passages do not say.", f"The passages do not say. {FALSE}"])
def test_a_model_that_does_not_know_abstains(reply: str) -> None:
    answer = written(reply)
    assert (answer.status, answer.citations, answer.answerer) == ("abstained", (), "llm")
    assert BRIDGE.title in answer.text


def test_a_statement_of_ignorance_beside_an_answer_is_left_out() -> None:
    answer = written(f"{REOPENED} [1] The passages do not say who paid for it.")
    assert (answer.text, answer.status) == (f"{REOPENED} [1]", "answered")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (FALSE, "The language model scripted wrote nothing that the articles support"),
        ("[1] [2]", "The language model scripted said nothing"),
        (("",), "The language model scripted said nothing"),
        (LLMError("The language model at h did not answer (it failed (500))"), "The language model at h did not"),
    ],
)
def test_an_unusable_reply_is_replaced_by_quotes_with_a_reason(reply: str | LLMError, words: str) -> None:
    deltas, answer = stream(reply)
    assert answer.text.startswith(f"{DRAFT.text}\n\n{words}")
    assert answer.text.endswith("; this answer is in the articles' own words.")
    assert answer.text.count("\n\n") == 1
    assert (answer.status, answer.answerer, answer.model, answer.citations) == (
        *("answered", "extractive", None),
        DRAFT.citations,
    )
    assert "".join(delta.text for delta in deltas) == answer.text


def test_text_shown_before_a_failure_is_replaced() -> None:
    deltas, answer = stream(
        (f"{REOPENED} [1] ", "And ", LLMError("The language model at h did not answer (it failed)"))
    )
    assert [delta.text for delta in deltas] == [f"{REOPENED} [1]"]
    assert answer.text.startswith(DRAFT.text)
    assert (answer.answerer, answer.citations) == ("extractive", DRAFT.citations)


def test_a_sentence_that_is_cut_off_is_left_out_and_those_before_it_stay() -> None:
    _, answer = stream((f"{REOPENED} [1] Ferry crossings fell", ReplyCut("limit")))
    assert (answer.text, answer.answerer) == (f"{REOPENED} [1]", "llm")


HM = f"{COST} [1] The passages do not say. Wait, {FALSE} " + " ".join(f"Perhaps it was day {n}." for n in range(20))


@pytest.mark.parametrize(
    "end", ["</think>", "</thinking>", "[/THINK]", "<|channel|>final<|message|>", "assistantfinal"]
)
@pytest.mark.parametrize("thought", [HM, "The passages do not say.", f"{FERRIES} [2]", "Hm", ""])
def test_thoughts_are_neither_the_answer_nor_held_back(thought: str, end: str) -> None:
    _, answer = stream(f"{thought}{end}\n\n{REOPENED} [1]")
    assert (answer.text, answer.status, answer.answerer) == (f"{REOPENED} [1]", "answered", "llm")
    assert [sentence.text for sentence in answer.sentences] == [REOPENED]
    assert answer.trace.reply == f"{thought}{end}\n\n{REOPENED} [1]"


def test_after_a_thought_of_which_nothing_was_shown_the_answer_streams() -> None:
    assert written(f"Hm, what now? </think> {REOPENED} [1] {FERRIES} [2]").text == f"{REOPENED} [1] {FERRIES} [2]"


def test_a_shown_thought_is_replaced_by_the_answer() -> None:
    deltas, answer = stream(f"{FERRIES} [2] So. </think> {REOPENED} [1]")
    assert [delta.text for delta in deltas] == [f"{FERRIES} [1]"]
    assert answer.text == f"{REOPENED} [1]"


def test_a_thought_after_which_nothing_is_said_is_no_answer() -> None:
    _, answer = stream(f"{REOPENED} [1]</think>")
    assert (answer.answerer, answer.citations) == ("extractive", DRAFT.citations)


def test_a_reply_without_end_is_looked_through_so_far_and_no_further() -> None:
    class Endless(ScriptedLLM):
        def stream(self, messages: Sequence[Message]) -> Iterator[str]:
            yield f"{REOPENED} [1] "
            while True:
                yield f"{FERRIES} [2] " * 50

    *_, answer = Generator(Endless()).stream(DRAFT, (), Stopwatch())
    assert isinstance(answer, Answer)
    assert answer.text == f"{REOPENED} [1] {FERRIES} [2]"


def test_a_failure_after_the_sentences_that_are_read_changes_nothing() -> None:
    eight = " ".join(f"{FERRIES[:-1]}, part {number} [2]." for number in range(7))
    _, answer = stream((f"{REOPENED} [1] {eight} And ", "more. ", LLMError("it broke off")))
    assert answer.text.startswith(f"{REOPENED} [1]")


@pytest.mark.parametrize(
    "end",
    [
        *(" (1)", " (1, 2)", " (7)", " （1）", "\n(1)", "\n\n1.", "\n\n- ", "\n-\n-", " 1", "\n2)", "\n\nII."),
        *("\n\nAnd so.", " However,", "\n\n•", "\n\nhttps://a.example/b"),
        "\n\n### Sources\n[1] The Harbour Post, 16 May 2022\n[2] Northern Courier",
        f"\n\n**References:**\n- {BRIDGE.title}\n- {FERRY.title}",
        f"\n\nCitations\n\n{BRIDGE.text}",
        f"\n\n## Quellen\n1. {FERRIES}",
        f"\n\nSources: {FERRIES} [2]",
        f"\n\n[^1]: {FERRIES}",
        f"\n\n| When | What |\n| --- | --- |\n| 24 May | {FERRIES} {COST} |",
        f"\n\nWhen | What\n--- | ---\n24 May | {FERRIES} {COST}",
    ],
)
def test_fragments_are_neither_shown_nor_cited_nor_counted(end: str) -> None:
    answer = written(f"{REOPENED} [1]{end}")
    assert answer.text == f"{REOPENED} [1]"
    assert [sentence.text for sentence in answer.sentences] == [REOPENED]


def test_a_bare_number_cites_nothing() -> None:
    assert quotes(written(f"{FERRIES} (1)")) == [(1, FERRY.text)]
    assert written(f"{FERRIES[:-1]} (1).").text == f"{FERRIES} [1]"


def test_a_prompt_that_does_not_fit_is_retried_once_with_fewer_passages() -> None:
    llm = ScriptedLLM(PromptTooLong("too long"), f"{REOPENED} [1]")
    *_, answer = Generator(llm).stream(DRAFT, (), Stopwatch())
    assert isinstance(answer, Answer)
    assert answer.text == f"{REOPENED} [1]"
    before, after = (messages[-1].text for messages in llm.given)
    assert FERRY.text in before
    assert FERRY.text not in after
    _, answer = stream(PromptTooLong("The language model at h did not answer (too long)"))
    assert answer.answerer == "extractive"


def test_a_model_that_failed_for_the_question_is_not_asked_again() -> None:
    llm = ScriptedLLM(REOPENED)
    *_, answer = Generator(llm).stream(DRAFT, (), Stopwatch(), LLMError("The language model at h did not answer (x)"))
    assert isinstance(answer, Answer)
    assert (llm.given, answer.answerer) == ([], "extractive")


def test_it_is_given_the_conversation_and_the_best_passages() -> None:
    llm = ScriptedLLM(f"{REOPENED} [1]")
    list(Generator(llm).stream(DRAFT, [Turn("Who is the mayor?", "Piet Lund. [1]")], Stopwatch()))
    (messages,) = llm.given
    assert [message.role for message in messages] == ["system", "user", "assistant", "user"]
    assert BRIDGE.text in messages[-1].text
    many = Answer(ASKED, ASKED.text, "answered", "", passages=FOUND * GIVEN)
    list(Generator(llm, room=50_000).stream(many, (), Stopwatch()))
    assert f"[{GIVEN}] " in llm.given[-1][-1].text
    assert f"[{GIVEN + 1}] " not in llm.given[-1][-1].text


sentences = st.lists(
    st.sampled_from([REOPENED, COST, FERRIES, FALSE, "The passages do not say.", "Nobody knows.", "- Yes", "\n\n"]),
    max_size=7,
)
marks = st.lists(
    st.sampled_from(["", " [1]", " [2]", " [1][2]", " [9]", "【2】", " [Passage 1]"]), min_size=7, max_size=7
)


@given(texts=sentences, signs=marks, wished=st.sampled_from(["held back", "marked"]))
def test_every_mark_resolves_every_quote_is_verbatim_and_every_sentence_is_cited_or_marked(
    texts: Sequence[str], signs: Sequence[str], wished: str
) -> None:
    reply = " ".join(text + sign for text, sign in zip(texts, signs, strict=False))
    _, answer = stream(reply, unsupported=wished)
    if answer.answerer == "extractive":
        return
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    shown = [one for one in answer.sentences if one.start is not None]
    assert answer.status == "answered" or not shown
    assert all(answer.text[one.start : one.end] == one.text for one in shown)
    if answer.status == "answered":
        assert all(one.numbers if one.supported else one.reason for one in shown)
        used = [number for one in shown for number in one.numbers]
        assert list(dict.fromkeys(used)) == numbers
        assert [answer.text[start:end] for start, end in answer.marks or ()] == [f"[{number}]" for number in used]
    for citation in answer.citations:
        assert citation.quote == citation.passage.article.text[citation.start : citation.end]
        assert citation.quote
    json.dumps(answer.to_json())
