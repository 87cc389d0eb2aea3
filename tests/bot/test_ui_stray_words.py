"""What the page says beside articles and answers is all in the visitor's language.

Articles, questions and answers are in Japanese here: a Latin letter in an Arabic page is a string that is not in the
catalogue.
"""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.answer import Answer, AnswerSentence, Trace
from bot.answer.declined import Coverage, Declined
from bot.grounding.reasons import REASONS, reason
from bot.llm import Message
from bot.note import Note, Statement
from bot.question.limits import put_question
from bot.ui.archive_summary import Archive
from bot.ui.article_panel import Quoted, article_html
from bot.ui.brand import Brand
from bot.ui.chips import chips_html, chips_of
from bot.ui.conversation import ask, refuse, stop
from bot.ui.explain import explanation_html
from bot.ui.export import to_html, to_markdown
from bot.ui.exporting import _MENU
from bot.ui.form import read_form
from bot.ui.language import Language, languages
from bot.ui.messages import messages
from bot.ui.page import _LIST, masthead_html
from bot.ui.render import answer_html, pending_html
from bot.ui.scripts import FOLDER, GROUP
from bot.ui.states import shown_reason
from corpus.article import Article
from corpus.errors import Busy, BylineError, IndexDamaged, QuestionRefused, SettingsError
from index.passage import ScoredPassage
from index.question import Question
from index.time.period import Period
from tests.bot.fakes import ScriptedBot, cite, passage_of, quoting

ENGLISH, GERMAN, ARABIC = (languages()[code] for code in ("en", "de", "ar"))
NAMES = {"Markdown", "BibTeX", "user"}
"""Forms of a citation, and whose words a model is given, as its protocol says it."""
KEYS = {"Enter", "Escape", "ArrowLeft", "ArrowRight"}
"""Strings in scripts that are names of keys."""
SHOWN = re.compile(r'(?<=>)[^<>]+(?=<)|(?:aria-label|title|placeholder|alt)="([^"]*)"')
WORD = re.compile(r"[A-Za-z]{2,}")
QUOTED = re.compile(r'"([A-Z][a-z][^"]*)"|`([A-Z][a-z][^`]*)`|"([^"]* [^"]*[a-z]\.)"')

BRIDGE = Article("橋が再開", "橋が再開した。費用は四千万。", "https://example.org/1", "港新聞", date(2022, 5, 16))
CHANGED = replace(BRIDGE, title="船", text="船が出た。", url="https://example.org/2", updated=date(2022, 5, 18))
OTHERS = [replace(CHANGED, title=f"船{number}", url=f"https://example.org/{number}") for number in range(3, 8)]
QUESTION = Question("いつ?", date(2022, 6, 1), date(2022, 5, 1), date(2022, 5, 31), ("港新聞",), ("月",))


def answer(question: Question = QUESTION) -> Answer:
    """A timeline of seven articles, with copies, what else was considered, and how the question was read."""
    cited = [
        cite(1, BRIDGE, "橋が再開した。"),
        *(cite(n, one, one.text) for n, one in enumerate([CHANGED, *OTHERS], 2)),
    ]
    parts = {"words": 0.2, "meaning": 0.3, "day": 0.1}
    bare = Article("空", "空は青い。")
    made = quoting(question, cited, "timeline")
    return replace(
        made,
        standalone_question="橋はいつ?",
        passages=(
            ScoredPassage(passage_of(BRIDGE), 1.0, (replace(BRIDGE, source="夕刊"),)),
            ScoredPassage(passage_of(bare), 0.5, parts=parts),
        ),
        searched=replace(question, since=date(2022, 5, 2)),
    )


def declined(question: Question = QUESTION) -> Answer:
    known = Declined(("月", "星"), "朝刊", ("火",), (BRIDGE, CHANGED), Coverage(3, date(2022, 1, 1), date(2022, 5, 2)))
    known = replace(known, rewording=Question("どこ?"))
    return replace(answer(question), status="abstained", citations=(), declined=known)


def preferring(found: bool) -> Answer:
    """An answer whose question prefers days."""
    asked = Question("いつ?", datetime(2022, 6, 1, 12))  # noqa: DTZ001  the local time
    day = date(2022, 5, 16) if found else date(2021, 5, 16)
    return replace(answer(asked), searched=asked, period=Period(day, day, "月", False))


def stray(html: str) -> set[str]:
    """The words in Latin letters that a person would see or hear."""
    shown = (found[1] or found[0] for found in SHOWN.finditer(html))
    return {word for text in shown for word in WORD.findall(re.sub(r"https?://\S+", "", text))} - NAMES


def _refused(text: str = "月", asked: date | None = None, turned: bool = False) -> QuestionRefused:
    days = (date(2022, 6, 2), date(2022, 6, 1)) if turned else (None, None)
    with pytest.raises(QuestionRefused) as refused:
        put_question(text, asked, *days)
    return refused.value


def page_parts(language: Language) -> dict[str, str]:
    """All kinds of HTML that the page is made of."""
    typed = ("2022-06-01", "2022-05-01", "2022-05-31", ["港新聞"], ())
    failed = [*ask(ScriptedBot(answer, IndexDamaged("/srv")), (), Question("fail"), "", language)][-1]
    broken = [*ask(ScriptedBot(answer), (), Question("fail"), "", language)][-1]
    halted = stop(next(ask(ScriptedBot(answer), (), QUESTION, "", language)), language)
    whole = [*ask(ScriptedBot(answer), (), QUESTION, "", language)][-1]
    declining = [*ask(ScriptedBot(declined), (), QUESTION, "", language)][-1]
    replied = "".join(
        message.content[0].value  # type: ignore[union-attr]
        for message in messages((*failed, *broken, *halted, *refuse((), "?", "。")), language)
    )
    words = {"words": "月", "figure": "三", "name": "港", "span": "week"}
    held = [AnswerSentence("。", None, None, supported=False, reason=reason(kind, **words)) for kind in REASONS]
    trace = Trace((Message("user", "。"),), "。", {"retrieve": 1200.0, "first sentence": 2.0})
    prompt = replace(answer(), sentences=tuple(held), trace=trace)
    return {
        "answer": "".join(message.content[0].value for message in messages(whole, language)),  # type: ignore[union-attr]
        "declined": "".join(message.content[0].value for message in messages(declining, language)),  # type: ignore[union-attr]
        "notices": replied.replace(">fail<", "><"),
        "preferring": answer_html(preferring(True), "a", language) + answer_html(preferring(False), "a", language),
        "pending": pending_html(language=language),
        "explanation": explanation_html(prompt, language),
        "article": article_html(CHANGED, [Quoted(1, 0, "無い")], language),
        "article without outlet": article_html(replace(BRIDGE, source=None, url=None), [], language),
        "masthead": masthead_html(Brand("橋"), Archive(7, date(2022, 1, 1), date(2022, 5, 1)), language),
        "chips": chips_html(chips_of("いつ?", typed, (), language), True, language),
        "chips of words": chips_html(
            chips_of("in May 2022, 港新聞?", ("", "", "", [], ()), ["港新聞"], language), True, language
        ),
        "menu": _MENU,
        "library": _LIST,
        "document": to_html(whole, language, "橋").partition("<body>")[2],
        "markdown": f">{to_markdown(whole, language, '橋')}<",
    }


def test_no_latin_word_is_in_an_arabic_page() -> None:
    found = {part: stray(html) for part, html in page_parts(ARABIC).items()}
    assert {part: words for part, words in found.items() if words} == {}


def test_a_german_page_has_nothing_of_the_english_catalogue() -> None:
    english = {
        string
        for key, string in ENGLISH.strings.items()
        if isinstance(string, str) and WORD.search(string) and string != GERMAN.strings[key] and "{" not in string
    }
    for part, html in page_parts(GERMAN).items():
        shown = {(found[1] or found[0]).strip() for found in SHOWN.finditer(html)}
        assert shown & english == set(), part


def test_a_field_that_holds_no_day_is_reported_in_the_visitors_language() -> None:
    with pytest.raises(SettingsError) as refused:
        read_form("いつ?", "?", language=ARABIC)
    assert WORD.findall(str(refused.value)) == []


@pytest.mark.parametrize(
    "error",
    [
        Busy("32 questions are waiting already.", 5),
        *(
            _refused(**put)
            for put in ({"text": " "}, {"text": "月" * 3_000}, {"asked": date(9999, 1, 1)}, {"turned": True})
        ),
    ],
)
def test_why_a_question_is_not_taken_is_said_in_the_visitors_language(error: BylineError) -> None:
    for language in languages().values():
        assert shown_reason(error, language)
    assert WORD.findall(shown_reason(error, ARABIC)) == []


def test_what_became_of_a_models_answer_is_said_in_the_visitors_language_and_without_its_address() -> None:
    note = "The language model at 10.0.0.1 did not answer"
    whole = answer()
    start = len(whole.text) + 2
    for stated in (Note("failed", note), *(Note("held_back", note, {"n": count}) for count in (1, 3))):
        noted = replace(
            whole,
            text=f"{whole.text}\n\n{note}",
            notes=(*whole.notes, (start, start + len(note))),
            statements=(*whole.statements, Statement(stated, start)),
        )
        *_, shown = ask(ScriptedBot(lambda _, noted=noted: noted), (), QUESTION, "", ARABIC)  # type: ignore[misc]
        assert stray("".join(one.content[0].value for one in messages(shown, ARABIC))) == set()  # type: ignore[union-attr]


def test_scripts_take_every_word_from_the_catalogue() -> None:
    for script in FOLDER.glob("*.js"):
        code = re.sub(r"^\s*//.*$", "", script.read_text("utf-8"), flags=re.MULTILINE)
        assert {found for groups in QUOTED.findall(code) for found in groups if found} <= KEYS, script.name
        for name in re.findall(r"\bwords\.(\w+)", code):
            assert f"{GROUP}{name}" in ENGLISH.strings, name


def test_the_words_that_html_leaves_to_the_script_are_in_the_catalogue() -> None:
    for name in re.findall(r'data-(?:word|label)="(\w+)"', _MENU + _LIST):
        assert f"{GROUP}{name}" in ENGLISH.strings, name
