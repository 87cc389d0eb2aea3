"""An answer's text on the page: the quotes first, whose they are below them, notes as notes."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from bot.answer.declining import no_outlet
from bot.ui.language import languages
from bot.ui.render import answer_html
from corpus.article import Article
from index.question import Question
from tests.bot.fakes import BRIDGE, FERRY, WIRE, cite, quoting
from tests.bot.test_ui_render import Markup

CITED = [
    cite(1, BRIDGE, "Cyclists were the first to cross."),
    cite(2, BRIDGE, "A second lane for trams will follow in spring."),
    cite(3, FERRY, FERRY.text),
]


def test_outlet_and_day_follow_the_quotes_of_an_article_once_without_a_lead_in() -> None:
    page = answer_html(quoting(Question("?"), CITED), "answer-1").partition("<section")[0]
    assert re.findall(r'<figcaption><span class="signature">(.*?)</span></figcaption>', page) == [
        '<bdi>The Harbour Post</bdi> · <time datetime="2022-05-16">16 May 2022</time>',
        '<bdi>Northern Courier</bdi> · <time datetime="2022-05-24">24 May 2022</time>',
    ]
    assert Markup(page).text.startswith("Cyclists were the first to cross.\u00a01 A second lane")


def test_a_quote_that_refers_back_shows_the_headline() -> None:
    leaning = Article("Fog blamed", "Ane Holt sailed at dawn. She saw nothing.", source="Courier")
    page = answer_html(quoting(Question("?"), [cite(1, leaning, "She saw nothing.")]), "answer-1")
    assert '<figcaption><bdi class="about">Fog blamed</bdi>' in page


def test_a_timeline_shows_each_day_once() -> None:
    evening = replace(WIRE, published=datetime(2022, 5, 16, 20, 30, tzinfo=UTC))
    cited = [*CITED[:2], cite(3, evening, "Cyclists were the first to cross."), cite(4, FERRY, FERRY.text)]
    page = answer_html(quoting(Question("?"), cited, "timeline"), "answer-1")
    assert re.findall(r'<p class="day"><time[^>]*>(.*?)</time>', page) == ["16 May 2022", "24 May 2022"]
    assert '<div class="answer rail">' in page
    assert "rail" not in answer_html(quoting(Question("?"), cited), "answer-1")


def test_three_articles_are_open_and_the_others_behind_more() -> None:
    articles = [replace(FERRY, url=f"https://example.net/{number}") for number in range(5)]
    page = answer_html(
        quoting(Question("?"), [cite(n, one, one.text) for n, one in enumerate(articles, 1)]), "answer-1"
    )
    shown, folded = page.partition("<section")[0].split('<details class="more"><summary>2 more</summary>')
    assert (shown.count("<figure"), folded.count("<figure")) == (3, 2)


def test_notes_look_like_notes_wherever_they_are() -> None:
    noted = quoting(Question("?"), CITED, opening=[no_outlet("<b>")])
    end = len(noted.text) + 2
    held = replace(noted, text=f"{noted.text}\n\nA sentence was held back.", notes=(*noted.notes, (end, end + 25)))
    page = answer_html(held, "answer-1")
    notes = re.findall(r'<p class="note">(.*?)</p>', page)
    assert notes == ["No article here is from &lt;b&gt;.", "A sentence was held back."]


def test_a_text_that_reads_from_right_to_left_is_set_so_with_its_language() -> None:
    hebrew = Article(
        "\u05d4\u05d2\u05e9\u05e8", "\u05d4\u05d2\u05e9\u05e8 \u05e0\u05e4\u05ea\u05d7 \u05d4\u05d9\u05d5\u05dd."
    )
    page = answer_html(quoting(Question("?"), [cite(1, hebrew, hebrew.text)]), "answer-1")
    assert f'<p dir="auto" lang="he">{hebrew.text}' in page
    assert '<blockquote dir="auto" lang="he">' in page


def test_a_quote_is_not_taken_for_one_in_the_page_language() -> None:
    answer = quoting(Question("?"), CITED)
    german, english = (answer_html(answer, "answer-1", languages()[code]) for code in ("de", "en"))
    assert re.findall(r'<figure class="quote[^"]*"><p ([^>]*)>', german) == ['dir="auto" lang=""'] * 2
    assert '<blockquote dir="auto" lang="">' in german
    assert "lang=" not in english
