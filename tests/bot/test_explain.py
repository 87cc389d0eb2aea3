"""How an answer came about: stated when asked for, complete, and harmless."""

import json
import re
from dataclasses import replace
from datetime import date

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.answer import Answer, AnswerSentence, Trace
from bot.answer.candidates import EVIDENCE
from bot.answer.choose import Choice
from bot.answer.evidence import weighed
from bot.answer.explanation import explanation, explanation_lines
from bot.grounding.rates import SPANS
from bot.grounding.reasons import REASONS, reason
from bot.llm import Message
from bot.note import Note
from bot.portal.api.ask import add_ask
from bot.portal.api.problems import add_errors
from bot.portal.portal import Portal
from bot.settings import Settings
from bot.ui.explain import explanation_html, reason_text
from bot.ui.language import ENGLISH, languages
from index.question import Question
from tests.bot.fakes import BRIDGE, ScriptedBot, bridge_answer, cite

ASKED = Question("When was the bridge reopened?", date(2022, 5, 17))
HOSTILE = "<script>alert(1)</script> \x1b[31m"
NEAREST = cite(0, BRIDGE, "The city council put the final cost at 41 million crowns, a tenth below the estimate.")
WRITTEN = replace(
    bridge_answer(ASKED),
    answerer="llm",
    trace=Trace((Message("system", "Be brief."), Message("user", HOSTILE)), "It reopened. It cost 3.", {"total": 12.0}),
    sentences=(AnswerSentence("It cost 3.", None, None, (), False, reason("number", figure="3"), NEAREST),),
)


def test_an_explanation_has_question_passages_messages_and_times() -> None:
    explained = explanation(WRITTEN)
    json.dumps(explained)
    assert explained["standalone_question"] == ASKED.text
    assert [message["role"] for message in explained["messages"]] == ["system", "user"]
    assert explained["passages"][0]["title"] == BRIDGE.title
    assert explained["passages"][0]["score"] == 1.0
    (held_back,) = explained["held_back"]
    assert (held_back["text"], held_back["reason"]) == ("It cost 3.", "the number 3 is not in the source")
    assert explained["tokens"]["in"] > explained["tokens"]["out"] > 4
    assert explained["timings_ms"] == {"total": 12.0}


def test_it_says_how_sure_it_was_and_how_sure_an_answer_has_to_be() -> None:
    unsure = replace(bridge_answer(ASKED), confidence=0.31, needed=0.42)
    assert (explanation(unsure)["confidence"], explanation(unsure)["needed"]) == (0.31, 0.42)
    assert "Confidence: 0.31; an answer needs 0.42" in explanation_lines(unsure)
    assert "0.31; an answer needs 0.42" in explanation_html(unsure)
    assert "an answer needs" not in "".join(explanation_lines(replace(unsure, needed=None)))


def test_it_lists_what_the_confidence_was_computed_from() -> None:
    choice = Choice((NEAREST,), evidence=tuple(0.5 if name == "name lacks" else 1.25 for name in EVIDENCE))
    sure = replace(bridge_answer(ASKED), trace=Trace(weighed=weighed(choice)))
    assert explanation(sure)["weighed"] == {"best relevance": 1.25, "name lacks": 0.5, "figure lacks": 1.25}
    assert "From: best relevance 1.25, name lacks 0.50, figure lacks 1.25" in explanation_lines(sure)
    assert weighed(replace(choice, shape="latest", covered=0.75)) == {"covered": 0.75}
    assert weighed(Choice()) == {}
    assert not [line for line in explanation_lines(bridge_answer(ASKED)) if line.startswith("From:")]


def test_a_sentence_that_is_held_back_comes_with_the_quote_nearest_to_it() -> None:
    nearest = explanation(WRITTEN)["held_back"][0]["nearest"]
    assert (nearest["quote"], nearest["url"], nearest["start"]) == (NEAREST.quote, BRIDGE.url, NEAREST.start)
    assert not nearest.keys() & {"number", "answer"}
    assert f"    nearest: “{NEAREST.quote}” ({BRIDGE.title})" in explanation_lines(WRITTEN)
    assert f'data-start="{NEAREST.start}" data-quote="{NEAREST.quote}"' in explanation_html(WRITTEN)
    far = replace(WRITTEN, sentences=(replace(WRITTEN.sentences[0], nearest=None),))
    assert explanation(far)["held_back"][0]["nearest"] is None
    assert "nearest" not in "".join(explanation_lines(far)).lower()


def test_without_a_model_there_are_no_messages_and_no_tokens() -> None:
    explained = explanation(bridge_answer(ASKED))
    assert (explained["messages"], explained["reply"], explained["tokens"]) == ([], None, {"in": 0, "out": 0})
    assert not any("model" in line for line in explanation_lines(bridge_answer(ASKED)))


def test_the_page_shows_it_folded_with_every_word_escaped() -> None:
    hostile = replace(BRIDGE, source=HOSTILE, text=HOSTILE)
    held_back = AnswerSentence(HOSTILE, None, None, (), False, Note("other", HOSTILE), cite(0, hostile, HOSTILE))
    page = explanation_html(replace(WRITTEN, sentences=(held_back,)))
    assert page.startswith('<details class="how"><summary>')
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<pre") == page.count('<pre tabindex="0">')  # what scrolls, the keyboard reaches
    assert set(re.findall(r"<(\w+)", page)) <= {
        "details", "summary", "dl", "dt", "dd", "pre", "ul", "li", "em", "br", "button", "q", "span", "bdi", "time"
    }  # fmt: skip


def test_every_reason_is_in_the_catalogue_and_in_english_the_same() -> None:
    group = "unsupported."
    kinds = {key.removeprefix(group) for key in ENGLISH.strings if key.startswith(group)}
    assert kinds == REASONS.keys() | {f"span_{span}" for span in SPANS}
    for kind in REASONS:
        made = reason(kind, words="may", figure="14", name="Halm", span="week")
        assert reason_text(made, ENGLISH) == made.text


def test_the_page_gives_the_reason_in_the_visitors_language_and_json_in_english() -> None:
    german, arabic = languages()["de"], languages()["ar"]
    assert "<em>die Zahl 3 steht nicht in der Quelle</em>" in explanation_html(WRITTEN, german)
    weekly = reason("each", figure="380", span="week")
    assert reason_text(weekly, german) == "in der Quelle gilt 380 pro Woche"
    assert reason_text(reason("missing", words="Halm"), arabic) == "«\u2068Halm\u2069» لا يرد في المصدر"
    assert WRITTEN.to_json()["sentences"][0]["reason"] == "the number 3 is not in the source"
    assert reason_text(Note("another bot's", "it is false"), german) == "it is false"


def test_over_http_the_explanation_is_returned_only_on_request() -> None:
    def script(question: Question) -> Answer:
        return replace(WRITTEN, question=question)

    app = FastAPI()
    add_errors(app)
    add_ask(app, Portal.over(ScriptedBot(script), Settings()))
    with TestClient(app) as client:
        asked = [client.post("/api/ask", json={"question": "When?", **more}).json() for more in ({}, {"explain": True})]
    assert "explanation" not in asked[0]
    assert asked[1]["explanation"]["reply"] == "It reopened. It cost 3."
    assert asked[1]["sentences"][0]["supported"] is False


def test_small_talk_has_nothing_to_explain() -> None:
    assert explanation_html(Answer(Question("hi"), "hi", "answered", "Hello.")) == ""
