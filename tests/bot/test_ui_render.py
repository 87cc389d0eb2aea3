import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer
from bot.answer.declined import Coverage, Declined
from bot.answer.wording import worded
from bot.ui.article_panel import Quoted, article_html
from bot.ui.links import web_address
from bot.ui.paragraphs import literal
from bot.ui.render import answer_html, notice_html, pending_html, question_html
from corpus.article import Article
from index.passage import ScoredPassage
from index.question import Question
from tests.bot.fakes import BRIDGE, FERRY, abstention, answered, bridge_answer, cite, passage_of

OURS = {
    *("a", "bdi", "blockquote", "button", "details", "div", "figcaption", "figure", "h3", "h4", "header", "h2", "li"),
    *("mark", "p", "section", "span", "strong", "summary", "sup", "time", "ul"),
}
ATTRIBUTES = {
    *("aria-haspopup", "aria-label", "aria-valuemax", "aria-valuemin", "aria-valuenow", "class", "data-article"),
    *("data-copy", "data-everywhere", "data-number", "data-question", "data-quote", "data-start", "datetime", "dir"),
    *("href", "id", "lang", "rel", "role", "style", "target", "type"),
}


class Markup(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open += 1

    def handle_endtag(self, tag: str) -> None:
        self.open -= 1

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", {}))

    def all(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(attribute)) is not None]


def of_articles(*articles: Article) -> Answer:
    question = Question("What <b>now</b>?")
    return answered(question, [cite(number, article, article.text) for number, article in enumerate(articles, 1)])


scary = st.one_of(
    st.text(st.characters()),
    st.sampled_from(
        ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "javascript:alert(1)", "<!--", "]]>", "' \""]
    ),
)


@settings(deadline=None)
@given(title=scary, text=scary.filter(bool), source=scary, question=scary, url=st.one_of(st.none(), scary), said=scary)
def test_no_article_and_no_question_can_add_a_tag_or_an_attribute(
    title: str, text: str, source: str, question: str, url: str | None, said: str
) -> None:
    article = Article(title, text, url, source, date(2022, 1, 3))
    copy = ScoredPassage(passage_of(article), 1.0, (Article(title, text, url, source), Article(title, text)))
    other = ScoredPassage(passage_of(replace(article, url=f"{url}2")), 1.0, parts={"words": 0.5, "day": -0.1})
    answer = replace(of_articles(article), question=Question(question), text=f"{said} [1]", passages=(copy, other))
    cited = replace(answer.citations[0], answer_start=len(text) // 3, answer_end=len(text))
    result = worded([cited])
    placed = result.put(replace(answer, citations=(cited,)))
    declined = Declined((said, question), source, (title,), (article,), Coverage(1), Question(question))
    limited = replace(answer, question=Question(question, sources=(source,)), status="abstained", declined=declined)
    pages = [
        answer_html(answer, "answer-1"),
        answer_html(placed, "answer-3"),
        answer_html(replace(answer, status="abstained"), "answer-2"),
        answer_html(limited, "answer-4"),
        article_html(article, [Quoted(1, 0, text[:5] or "x"), Quoted(2, 3, said or "x")]),
        question_html(Question(question, sources=(source,))),
        pending_html(text),
        notice_html(title, text),
    ]
    for page in pages:
        markup = Markup(page)
        assert {tag for tag, _ in markup.tags} <= OURS
        assert {name for _, attributes in markup.tags for name in attributes} <= ATTRIBUTES
        assert all(href.startswith(("#answer-", "archive?q=", "http://", "https://")) for href in markup.all("href"))
        assert all(re.fullmatch(r"--share:\d+%", style) for style in markup.all("style"))
        assert markup.open == 0


def test_a_question_is_shown_letter_for_letter() -> None:
    typed = "  **Who** `is` <b>$$x$$</b> & &amp; [x](y)?"
    assert Markup(question_html(Question(typed))).text == typed


def test_every_mark_leads_to_the_source_it_names_in_its_own_answer() -> None:
    answer = bridge_answer(Question("When?"))
    markup = Markup(answer_html(answer, "answer-7"))
    marks = [attributes for tag, attributes in markup.tags if attributes.get("class") == "mark"]
    assert [mark["href"] for mark in marks] == ["#answer-7-1", "#answer-7-2", "#answer-7-3"]
    assert marks[2]["aria-label"] == f"Source 3: {FERRY.title}, {FERRY.source}"
    assert markup.all("id") == ["answer-7-1", "answer-7-2", "answer-7-3"]


def test_a_mark_without_a_citation_stays_text() -> None:
    answer = replace(bridge_answer(Question("When?")), text="It is so [9].")
    page = answer_html(answer, "answer-1")
    assert "It is so\u00a0[9]." in Markup(page).text
    assert 'class="mark"' not in page


def test_text_in_a_quote_that_looks_like_a_mark_is_no_link() -> None:
    noted = Article("Note [1]", "The council [1] noted [2] the cost.", source="Gazette [1]")
    result = worded([cite(1, noted, noted.text), cite(2, BRIDGE, "Cyclists were the first to cross.")])
    markup = Markup(answer_html(result.put(answered(Question("?"), [cite(1, noted, noted.text)])), "answer-1"))
    assert markup.all("href").count("#answer-1-1") == 1
    assert "The council [1] noted [2] the cost.\u00a01Gazette [1]" in markup.text


def test_the_words_that_answer_are_bold_in_the_answer_and_in_its_source() -> None:
    cited = cite(1, BRIDGE, "The city council put the final cost at 41 million crowns, a tenth below the estimate.")
    start = BRIDGE.text.index("41 million crowns")
    result = worded([replace(cited, answer_start=start, answer_end=start + len("41 million crowns"))])
    cited = replace(cited, answer_start=start, answer_end=start + len("41 million crowns"))
    answer = result.put(answered(Question("What did it cost?"), [cited]))
    body, sources = answer_html(answer, "answer-1").split("<section")
    assert "the final cost at <strong>41 million crowns</strong>, a tenth" in body
    assert re.search(r"<mark[^>]*>The city.*<strong>41 million crowns</strong>.*</mark>", sources)


def test_a_mark_never_begins_a_line_and_a_line_break_in_a_headline_parts_no_paragraph() -> None:
    split = replace(BRIDGE, title="Harbour\n\nbridge")
    page = answer_html(of_articles(split), "answer-1")
    assert page.split("<section")[0].count("<p ") == BRIDGE.text.count("\n\n") + 1
    assert "\u00a0<a" in page


def test_an_excerpt_starts_and_ends_with_a_sentence() -> None:
    before, after = "Rain fell on the harbour all day long. " * 20, " Wind blew over the quay all night long." * 20
    article = Article("Long", f"{before}The words themselves.{after}")
    page = answer_html(answered(Question("?"), [cite(1, article, "The words themselves.")]), "answer-1")
    (around,) = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
    left, quote, right = re.split(r"</?mark[^>]*>", around)
    assert quote == "The words themselves."
    assert re.fullmatch(r"… (Rain fell on the harbour all day long\. ){4,6}", left)
    assert re.fullmatch(r"( Wind blew over the quay all night long\.){4,6} …", right)


def test_a_sentence_that_is_too_long_is_no_part_of_an_excerpt() -> None:
    article = Article("Long", f"{'before ' * 100}. The words themselves. {'after ' * 100}")
    page = answer_html(answered(Question("?"), [cite(1, article, "The words themselves.")]), "answer-1")
    (around,) = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
    assert re.sub("<[^>]*>", "", around) == "… The words themselves. …"


@pytest.mark.parametrize("more", range(8))
def test_an_excerpt_never_starts_within_a_sentence_wherever_it_is_cut(more: int) -> None:
    article = Article("Long", f"{'Rain fell on the town. ' * 20}{'x' * more} fell. The words themselves.")
    page = answer_html(answered(Question("?"), [cite(1, article, "The words themselves.")]), "answer-1")
    (around,) = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
    assert around.startswith("… Rain fell on the town.")


def test_quotes_of_one_article_share_a_row_and_its_text_appears_once() -> None:
    answer = bridge_answer(Question("When?"))
    page = answer_html(replace(answer, citations=(answer.citations[1], answer.citations[0])), "answer-1")
    assert page.count('<details class="source"') == 1
    (around,) = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
    assert Markup(around).text == BRIDGE.text
    assert re.findall(r"<mark id=.answer-1-(\d)", around) == ["1", "2"]


def test_distant_quotes_of_one_article_have_an_excerpt_each() -> None:
    article = Article("Long", f"The first words. {'between ' * 100}. The last words.")
    citations = [cite(1, article, "The last words."), cite(2, article, "The first words.")]
    excerpts = re.findall(
        r"<blockquote[^>]*>(.*?)</blockquote>", answer_html(answered(Question("?"), citations), "answer-1")
    )
    assert [re.sub("<[^>]*>", "", excerpt) for excerpt in excerpts] == ["The first words. …", "… The last words."]


def test_the_outlets_that_ran_the_same_story_are_named_once() -> None:
    page = answer_html(bridge_answer(Question("When?")), "answer-1")
    assert page.count("Also in") == 1
    assert page.count('href="https://example.com/wire"') == 1


def test_an_abstention_lists_the_nearest_articles_once_each_and_cites_nothing() -> None:
    answer = abstention(Question("Who designed the bridge?"))
    page = answer_html(replace(answer, passages=answer.passages * 2), "answer-1")
    assert page.count("<li>") == 2
    assert "does not answer" in page
    assert 'class="mark"' not in page


def test_an_abstention_lists_no_article_where_none_is_near() -> None:
    page = answer_html(abstention(Question("Who landed on Mars?")), "answer-1")
    assert "does not answer" in page
    assert "nearest" not in page


def test_a_follow_up_shows_how_it_was_read() -> None:
    answer = replace(bridge_answer(Question("And the cost?")), standalone_question="What did the <bridge> cost?")
    assert "Read as: What did the <bridge> cost?" in Markup(answer_html(answer, "answer-1")).text
    assert "Read as" not in answer_html(bridge_answer(Question("When?")), "answer-1")


def test_an_article_without_url_outlet_or_date_still_has_its_title_and_quote() -> None:
    bare = Article("Untitled note", "It rained.")
    markup = Markup(answer_html(replace(of_articles(bare), passages=()), "answer-1"))
    assert "Untitled note" in markup.text
    assert markup.all("href") == ["#answer-1-1"]


@pytest.mark.parametrize("url", ["https://example.org/a?b=c&d=e#f", "http://example.org", "https://exämple.org/ü"])
def test_a_web_address_can_be_followed(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " https://example.org"),
        *("data:text/html,x", "//example.org", "/local", "https://", "http:alert(1)", "file:///etc/passwd"),
        *("https://example.org/a\nb", "https://[", "vbscript:x", "https://example.org/\u202egpj.exe"),
    ],
)
def test_anything_else_is_shown_but_not_linked(url: str | None) -> None:
    assert web_address(url) is None


def test_a_lone_surrogate_can_be_sent_to_a_browser() -> None:
    literal(answer_html(of_articles(replace(BRIDGE, title="\ud800")), "answer-1")).encode("utf-8")


def test_a_source_changed_on_a_later_day_shows_both_days() -> None:
    changed = replace(BRIDGE, updated=date(2022, 5, 18))
    shown = answer_html(answered(Question("?"), [cite(1, changed, changed.text)]), "answer-1")
    assert (
        'The Harbour Post</bdi> · published <time datetime="2022-05-16">16 May 2022</time>'
        ', updated <time datetime="2022-05-18">18 May 2022</time>' in shown
    )
    undated = replace(changed, published=None)
    shown = answer_html(answered(Question("?"), [cite(1, undated, undated.text)]), "answer-1")
    assert 'Post</bdi> · updated <time datetime="2022-05-18">18 May 2022</time></span>' in shown
