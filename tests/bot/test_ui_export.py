import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer
from bot.ui.conversation import Conversation, ask, refuse
from bot.ui.export import export, to_html, to_markdown
from bot.ui.language import ENGLISH, languages
from corpus.article import Article
from index.question import Question
from tests.bot.fakes import ScriptedBot, abstention, answered, bridge_answer, cite

HOSTILE = Article(
    '# <img src=x onerror="alert(1)"> [x](javascript:alert(2))',
    "- <script>alert(4)</script> **bold** [^1] `code`. After.",
    "javascript:alert(5)",
    "<b>Wire</b>",
)


def conversation(*scripts: object, question: Question | None = None) -> Conversation:
    so_far: Conversation = ()
    for script in scripts or (bridge_answer, bridge_answer):
        *_, so_far = ask(ScriptedBot(script), so_far, question or Question("When did it reopen?"))  # type: ignore[arg-type]
    return so_far


def hostile(question: Question) -> Answer:
    return answered(question, [cite(1, HOSTILE, "- <script>alert(4)</script> **bold** [^1] `code`.")])


def test_footnotes_are_numbered_through_the_conversation_and_all_are_defined() -> None:
    text = to_markdown(conversation())
    used = re.findall(r"(?<=\S)\[\^(\d+)\](?!:)", text)
    assert used == ["1", "2", "3", "4", "5", "6"]
    assert re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE) == used
    assert text.count("<https://example.org/harbour-bridge?from=front&page=1>") == 1
    assert "Ferry crossings fall by half as the bridge returns, Northern Courier, 24 May 2022" in text


def test_a_page_links_notes_both_ways_and_lists_each_source_once() -> None:
    page = to_html(conversation())
    assert re.findall(r'href="#note-(\d+)"', page) == re.findall(r'<li id="note-(\d+)"', page) == list("123456")
    assert re.findall(r'id="mark-(\d+)"', page) == re.findall(r'href="#mark-(\d+)"', page)
    assert page.partition('<ul class="sources">')[2].count("<li>") == 2


def test_hostile_text_stays_text_in_both_forms() -> None:
    so_far = conversation(hostile, question=Question("<script>alert(1)</script> # [x](javascript:alert(2))"))
    page = to_html(so_far)
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    text = to_markdown(so_far)
    assert not re.search(r"(?<!\\)[<`]", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"(?<!\\)\*\*", text)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip))
def test_whatever_is_asked_no_line_of_it_becomes_markup(text: str) -> None:
    so_far = refuse((), text, "no")
    heading, *_ = to_markdown(so_far).splitlines() or [""]
    assert heading.startswith("# ")
    assert to_html(so_far).count("<h2>") == 1


def test_an_export_marks_declined_and_failed_answers_and_states_filters() -> None:
    narrowed = Question("Who?", date(2022, 6, 1), date(2022, 5, 1), None, ("The Harbour Post",))
    so_far = refuse(conversation(abstention, question=narrowed), "And?", "The question is too long.")
    text = to_markdown(so_far)
    assert "as of 1 June 2022, from 1 May 2022, only The Harbour Post" in text.replace("\\", "")
    assert "Nothing in the archive answers this" in text
    assert "The question is too long" in text
    assert "## Sources" not in text


def test_an_export_says_how_a_question_was_read_in_the_language_of_the_page() -> None:
    def read(question: Question) -> Answer:
        searched = question.within(date(2022, 5, 1), date(2022, 5, 31))
        return replace(bridge_answer(question), standalone_question="Harbour bridge, and in May?", searched=searched)

    so_far, german = conversation(read, question=Question("And in May?")), languages()["de"]
    for lines, language in [
        (["Read as: Harbour bridge, and in May?", "Searched from 1 May 2022 to 31 May 2022"], ENGLISH),
        (["Verstanden als: Harbour bridge, and in May?", "Durchsucht: vom 1. Mai 2022 bis zum 31. Mai 2022"], german),
    ]:
        text, page = to_markdown(so_far, language).replace("\\", ""), to_html(so_far, language)
        for line in lines:
            assert f"*{line}*" in text
            assert f'<p class="limits">{line}</p>' in page


def test_a_document_is_named_after_its_first_question() -> None:
    made = export(conversation(), "html")
    assert made
    assert re.fullmatch(r"byline-\d{4}-\d\d-\d\d-when-did-it-reopen\.html", made.name)
    assert made.kind.startswith("text/html")


@pytest.mark.parametrize("form", ["", "pdf", "../x"])
def test_another_layout_is_no_document(form: str) -> None:
    assert export(conversation(), form) is None
    assert export((), "html") is None


def test_a_quote_with_line_breaks_stays_in_its_footnote() -> None:
    broken = Article("Two lines", "First line\n\n# second line of it.", "https://example.org/two")
    so_far = conversation(
        lambda question: replace(answered(question, [cite(1, broken, broken.text)]), text="Said. [1]")
    )
    note = next(line for line in to_markdown(so_far).splitlines() if line.startswith("[^1]:"))
    assert "second line of it" in note
