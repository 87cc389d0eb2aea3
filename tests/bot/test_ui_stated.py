"""What the bot states itself is in the visitor's language; quotes, marks and emphasis stay where they belong."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from bot.answer import Answer
from bot.answer.archive_count import NOT_COUNTED, count_answer
from bot.answer.declined import Coverage, Declined
from bot.answer.declining import declined_wording, no_outlet
from bot.answer.small_talk import small_talk
from bot.answer.wording import Wording, newest_before, worded
from bot.generate.marks import CitedSentence
from bot.generate.writing import Writing
from bot.grounding import Verdict
from bot.grounding.reasons import reason
from bot.note import Note, Statement
from bot.question.archive_request import ArchiveRequest, Asks
from bot.ui.conversation import ask, history
from bot.ui.export import to_markdown
from bot.ui.language import ENGLISH, languages
from bot.ui.paragraphs import literal
from bot.ui.restored import restore
from bot.ui.saved import to_saved
from bot.ui.stated import in_language, said_in
from corpus.article import Article
from index.question import Question
from index.search.counting import ArticleCount
from index.search.topic import Topic
from tests.bot.fakes import BRIDGE, FERRY, WIRE, ScriptedBot, answered, cite, quoting

GERMAN, ARABIC = languages()["de"], languages()["ar"]
QUESTION = Question("When?", date(2022, 6, 1))
CITED = [cite(1, BRIDGE, "Engineers reopened the bridge to traffic on Monday morning, eleven weeks ahead of plan.")]
HALM = Topic(phrases=("Halm",), words=("quay",))
EITHER = replace(HALM, others=(Topic(words=("bird", "flu")),))
LATE = replace(FERRY, published=date(2023, 1, 2))
HE = Article("Quay", "He said so.", "https://example.org/he")
DECLINED = Declined(("Halm", "Orrin"), "CNN", (), (FERRY,))
DECLINED_IN_GERMAN = (
    "Das Archiv enthält keine Antwort auf diese Frage. Das Archiv enthält keinen Artikel von CNN. Kein Artikel erwähnt"
    " Halm oder Orrin. Am ehesten passende Artikel:\n- „Ferry crossings fall by half as the bridge returns“,"
    " Northern Courier, 24. Mai 2022"
)
NEWEST = [note for note in [newest_before(CITED)] if note]
UNDATED = Article("Quay", "The quay.", "https://example.org/quay", "Gazette")


def count_of(topic: Topic, *articles: Article) -> ArticleCount:
    days = sorted(article.published for article in articles if article.published)
    outlets = Counter(article.source for article in articles if article.source)
    return ArticleCount(
        topic,
        total=len(articles),
        stories=len({article.text for article in articles}),
        since=date(2022, 5, 1),
        until=None,
        sources=(),
        by_month=dict(Counter(f"{day:%Y-%m}" for day in days)),
        by_outlet=dict(outlets.most_common()),
        first=min(days, default=None),
        last=max(days, default=None),
        articles=articles,
        earliest=articles,
        without_date=len(articles) - len(days),
        without_outlet=0,
    )


def counting(asks: Asks, count: ArticleCount) -> Answer:
    reply = count_answer(ArchiveRequest(count.topic, asks), count)
    return reply.wording.put(answered(QUESTION, reply.citations, ""))


def emphasised(answer: Answer) -> list[str]:
    return [answer.text[start:end] for start, end in answer.emphasis]


def counts() -> list[Answer]:
    """A count of each form; days in two years, as English leaves out the year that two days share."""
    held = (LATE, BRIDGE)
    most = [replace(BRIDGE, source=name) for name in ("A", "B", "C", "D")]
    return [
        *(counting(asks, count_of(topic, *held)) for asks in ("count", "first", "last") for topic in (HALM, Topic())),
        *(counting(asks, count_of(HALM, BRIDGE)) for asks in ("count", "first", "list")),
        counting("months", count_of(HALM, LATE, BRIDGE, UNDATED)),
        counting("outlets", count_of(HALM, *held)),
        counting("outlets", count_of(HALM, LATE, BRIDGE, WIRE, replace(WIRE, source=BRIDGE.source))),
        counting("outlets", count_of(HALM, *most)),
        counting("count", count_of(HALM)),
        counting("count", count_of(EITHER)),
        counting("count", count_of(EITHER, BRIDGE)),
        counting("count", count_of(Topic())),
    ]


def talk() -> Wording:
    """A greeting over an archive."""
    values = {"reach": Coverage(2, date(2022, 5, 1), date(2023, 1, 2)), "outlets": ["A"], "others": True}
    text = "Hello. I answer from 2 articles of A and others, from 1 May 2022 to 2 January 2023, in their own words."
    asks = Note("hello_ask", "You can ask, for example:\n- What now?", {"questions": ("What now?",)})
    return Wording(()).behind([[Note("hello_archive", text, values)], [asks]])


def test_in_english_every_note_is_worded_as_the_bot_does() -> None:
    wordings = [small_talk("thanks", None), small_talk("hi", None), talk(), worded(CITED, "latest", differing=True)]
    wordings.append(worded(CITED, opening=[no_outlet("CNN")]))
    stated = [one for answer in counts() for one in answer.statements]
    stated += [one for wording in wordings for one in wording.statements]
    notes = [one.note for one in stated] + NEWEST + [NOT_COUNTED]
    kinds = {note.kind for note in notes}
    assert {"counted", "first", "last", "most", "table", "none", "copies", "dateless", "origin", "hello"} <= kinds
    for note in notes:
        text = note.text.replace(";", "").removesuffix(".") if note.kind == "table" else note.text
        assert said_in(note, ENGLISH).text == text


def test_in_english_the_page_shows_the_bots_own_text() -> None:
    for answer in counts():
        assert in_language(answer, ENGLISH) == replace(answer, statements=())


def test_statements_and_emphasis_are_where_the_text_has_them() -> None:
    for answer in counts():
        assert all(answer.text[slice(*one.span)] == one.note.text for one in answer.statements)
        for language in languages().values():
            shown = in_language(answer, language)
            assert len(shown.emphasis) == len(answer.emphasis)
            assert [shown.text[slice(*span)] for span in shown.quotes] == [
                answer.text[slice(*span)] for span in answer.quotes
            ]
            assert [shown.text[slice(*span)] for span in shown.marks or ()] == [
                f"[{citation.number}]" for citation in answer.citations
            ]


def test_a_count_is_in_the_visitors_language_with_its_answering_words() -> None:
    both, first = (in_language(counting(asks, count_of(HALM, LATE, BRIDGE)), GERMAN) for asks in ("count", "first"))
    assert both.text.partition("\n\n")[0] == (
        "2 Artikel von 2 Medien erwähnen Halm und „quay“, erschienen vom 16. Mai 2022 bis zum 2. Januar 2023."
    )
    assert emphasised(both) == ["2 Artikel"]
    assert first.text.startswith("Der erste von 2 Artikeln, die Halm und „quay“ erwähnen, ist vom 16. Mai 2022.")
    assert emphasised(first) == ["16. Mai 2022"]
    months = in_language(counting("months", count_of(HALM, LATE, BRIDGE, UNDATED)), GERMAN)
    assert "1 davon hat kein Datum.\n\nMai 2022: 1\nJanuar 2023: 1\n\nDie Artikel:" in months.text
    copies = in_language(counting("outlets", count_of(Topic(), BRIDGE, WIRE, replace(WIRE, url=None))), GERMAN)
    assert "Die meisten hat Evening Wire: 2 Artikel. Sie enthalten nur 1 Meldung" in copies.text
    assert emphasised(copies) == ["Evening Wire"]
    none = in_language(counting("count", count_of(HALM)), GERMAN)
    assert none.text == "Kein Artikel erwähnt Halm und „quay“ (ab dem 1. Mai 2022)."
    arabic = in_language(counting("count", count_of(Topic(), BRIDGE)), ARABIC)
    assert emphasised(arabic) == ["مقال واحد"]


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        (small_talk("thanks", None), "Gern geschehen. "),
        (small_talk("hi", None), "Guten Tag. Fragen Sie mich nach den Artikeln in diesem Archiv"),
        (talk(), "Guten Tag. Ich antworte aus 2 Artikeln von A und anderen, erschienen vom 1. Mai 2022 bis zum"),
        (worded(CITED, opening=[no_outlet("CNN")]), "Das Archiv enthält keinen Artikel von CNN.\n\nThe Harbour"),
        (worded(CITED, differing=True), "Die Quellen widersprechen sich:\n\n"),
        (worded(CITED, opening=NEWEST), "Aus dieser Zeit habe ich nichts dazu gefunden. Der neueste Artikel"),
        (worded([cite(1, HE, "He said so.")]), "In „Quay“: He said so. [1]"),
        (worded([cite(1, replace(HE, source="Post"), "He said so.")]), "Post, in „Quay“: He said so. [1]"),
        (declined_wording(DECLINED), DECLINED_IN_GERMAN),
        (declined_wording(Declined()), "Das Archiv enthält keine Antwort auf diese Frage."),
    ],
)  # fmt: skip
def test_what_the_bot_states_is_in_the_visitors_language(wording: Wording, shown: str) -> None:
    german = in_language(wording.put(answered(QUESTION, CITED, "")), GERMAN)
    assert german.text.startswith(shown)
    assert all(german.text[slice(*span)] in german.text.split("\n\n") for span in german.notes)
    if wording.quotes:
        assert CITED[0].quote in german.text or HE.text in german.text


def test_a_sentence_that_is_marked_as_unsupported_is_so_in_the_visitors_language() -> None:
    writing = Writing("marked")
    writing.add(CitedSentence("It cost 3.", (), ""), Verdict(False, reason("number", figure="3")))
    writing.add(CitedSentence("It opened.", (), " "), Verdict(False, reason("denied")))
    assert writing.text == (
        "It cost 3. (not supported: the number 3 is not in the source) It opened. (not supported: the source denies it)"
    )
    written = replace(answered(QUESTION, [], writing.text), statements=writing.statements, sentences=writing.sentences)
    german = in_language(written, GERMAN)
    assert german.text == (
        "It cost 3. (nicht belegt: die Zahl 3 steht nicht in der Quelle)"
        " It opened. (nicht belegt: die Quelle verneint es)"
    )
    assert [german.text[one.start : one.end] for one in german.sentences] == ["It cost 3.", "It opened."]


def test_a_note_of_another_bot_stays_as_it_is() -> None:
    own = replace(answered(QUESTION, [], "Beware."), statements=(Statement(Note("beware", "Beware."), 0),))
    assert in_language(own, GERMAN).text == "Beware."


def test_a_follow_up_is_read_with_the_bots_english_also_after_the_page_was_reloaded() -> None:
    def script(question: Question) -> Answer:
        return quoting(question, CITED, opening=[no_outlet("CNN")])

    *_, shown = ask(ScriptedBot(script), (), QUESTION, "", GERMAN)
    assert "Das Archiv enthält keinen Artikel von CNN." in shown[0].reply_html
    assert "Das Archiv enthält keinen Artikel von CNN." in shown[0].text
    assert "16. Mai 2022" in to_markdown(shown, GERMAN).replace("\\", "")
    again = restore(json.dumps(to_saved(shown)), None, GERMAN)
    assert again[0].reply_html.startswith(shown[0].reply_html.partition('<details class="how"')[0][:200])
    for conversation in (shown, again):
        (turn,) = history(conversation)
        assert turn.answer.startswith("No article here is from CNN.\n\nThe Harbour Post, 16 May 2022: Engineers")


def test_why_a_language_model_failed_is_not_for_visitors_whatever_their_language() -> None:
    def script(question: Question) -> Answer:
        quoted = quoting(question, CITED)
        note = Note("failed", "The language model at 10.0.0.1 did not answer.")
        stated = Statement(note, len(quoted.text) + 2)
        return replace(
            quoted,
            text=f"{quoted.text}\n\n{note.text}",
            notes=(*quoted.notes, stated.span),
            statements=(*quoted.statements, stated),
        )

    for language in languages().values():
        *_, shown = ask(ScriptedBot(script), (), QUESTION, "", language)
        assert literal(language.say("answer.failed")) in shown[0].reply_html
        assert "10.0.0.1" not in json.dumps(to_saved(shown))
        assert "10.0.0.1" not in history(shown)[0].answer


def test_what_is_stated_in_arabic_runs_from_the_right_though_all_its_words_are_isolated() -> None:
    stated = in_language(counting("count", count_of(HALM, BRIDGE)), ARABIC)
    assert stated.text.startswith("\u200f")
    assert emphasised(stated) == ["مقال واحد"]
