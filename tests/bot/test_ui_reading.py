"""What leads from an answer into an article: links, citations to copy, the article itself and its route."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from bot.answer import Answer
from bot.answer.declined import Coverage, Declined
from bot.portal.site import build_site
from bot.ui.article_panel import Quoted, article_html
from bot.ui.citing import bibtex, markdown, plain
from bot.ui.language import languages
from bot.ui.links import quote_address
from bot.ui.render import answer_html
from bot.ui.writing_system import language_of
from corpus.article import Article
from corpus.errors import IndexDamaged
from index.passage import ScoredPassage
from index.question import Question
from index.storage.browse import Wanted, browsed
from tests.bot.fakes import BRIDGE, FERRY, WIRE, ScriptedBot, abstention, bridge_answer, passage_of
from tests.bot.test_ui_render import Markup
from tests.index.building import build

HOSTILE = Article(
    "</title><script>alert(1)</script>",
    "A </script><img src=x onerror=alert(2)> day.\n\nIt was {{so}}.",
    "javascript:alert(3)",
    '"><svg onload=alert(4)>',
    authors=("<b>Eve</b>",),
)


@pytest.mark.parametrize(
    ("url", "words", "address"),
    [
        ("https://example.org/a", "It was so.", "https://example.org/a#:~:text=It%20was%20so."),
        ("https://example.org/a#top", "A-b, c & d", "https://example.org/a#top:~:text=A%2Db%2C%20c%20%26%20d"),
        ("https://example.org/a#:~:text=old", "new", "https://example.org/a#:~:text=new"),
        ("https://example.org/a?b=c", " ", "https://example.org/a?b=c"),
        ("https://example.org/", "One line.\n\nTwo lines.", "https://example.org/#:~:text=One%20line.,Two%20lines."),
        ("https://example.org/", "\ud800", "https://example.org/#:~:text=%3F"),
        ("javascript:alert(1)", "It was so.", None),
        (None, "It was so.", None),
    ],
)
def test_a_link_leads_to_the_quote_where_it_was_published(url: str | None, words: str, address: str | None) -> None:
    assert quote_address(url, words) == address


def test_a_long_quote_is_found_by_its_first_and_last_words() -> None:
    address = quote_address("https://example.org/", " ".join(f"w{number}" for number in range(30)))
    assert address
    assert unquote(address.partition("text=")[2]) == "w0 w1 w2 w3 w4,w25 w26 w27 w28 w29"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge reopened.", ""),
        ("Мост открыт.", "und-Cyrl"),
        ("\u05d4\u05d2\u05e9\u05e8", "he"),
        ("橋が再開した。", "ja"),
        ("大桥重新开放。", "zh"),
        ("The paper Η Καθημερινή wrote it.", ""),
        ("", ""),
    ],
)
def test_the_language_is_known_by_its_characters_or_not_at_all(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_citation_is_copied_in_three_forms() -> None:
    article = replace(
        BRIDGE, authors=("Ada Moreau", "Lee & Sons"), url="https://example.org/a_(b)", title="50% {off} [x]"
    )
    assert plain(article) == "The Harbour Post, “50% {off} [x]”, 16 May 2022. https://example.org/a_(b)"
    assert markdown(article) == r"The Harbour Post, [50% \{off\} \[x\]](https://example.org/a_%28b%29), 16 May 2022."
    german = languages()["de"]
    assert plain(article, german) == "The Harbour Post, „50% {off} [x]“, 16. Mai 2022. https://example.org/a_(b)"
    assert "16. Mai 2022" in markdown(article, german)
    assert bibtex(article).splitlines() == [
        f"@article{{{article.id},",
        r"  author = {Ada Moreau and Lee \& Sons},",
        r"  title = {{50\% \{off\} [x]}},",
        "  journal = {The Harbour Post},",
        "  date = {2022-05-16},",
        "  year = {2022},",
        "  url = {https://example.org/a_%28b%29}",
        "}",
    ]


def test_a_citation_names_no_address_that_cannot_be_followed() -> None:
    for form in (plain, markdown, bibtex):
        assert "javascript" not in form(HOSTILE)
    assert "](" not in markdown(replace(HOSTILE, title="[a](javascript:alert(1))"))


def test_an_article_is_shown_letter_for_letter_with_the_quote_to_be_read_first_chosen() -> None:
    quotes = [Quoted(2, 2, HOSTILE.text[2:60]), Quoted(1, 0, "A "), Quoted(3, 0, HOSTILE.text)]
    markup = Markup(article_html(HOSTILE, quotes))
    assert HOSTILE.text.replace("\n\n", "") in markup.text
    marks = [attributes for tag, attributes in markup.tags if tag == "mark"]
    assert [mark["data-number"] for mark in marks] == ["1", "2", "2"]
    assert [mark.get("class") for mark in marks] == [None, "chosen", "chosen"]
    assert markup.all("href") == []


def test_a_quote_is_found_where_it_moved_to_and_missed_where_it_is_gone() -> None:
    later = replace(BRIDGE, text=f"Updated. {BRIDGE.text}")
    moved = Quoted(1, 0, "Cyclists were the first to cross.")
    assert '<mark data-number="1" class="chosen">Cyclists were the first to cross.</mark>' in article_html(
        later, [moved]
    )
    gone = article_html(later, [Quoted(1, 0, "The bridge sank.")])
    assert "these words are no longer in it" in gone
    assert "<mark" not in gone


def test_the_route_gives_an_article_or_says_calmly_why_not() -> None:
    bot = ScriptedBot(articles=(HOSTILE,))
    with TestClient(build_site(bot)) as client:
        body = {"quotes": [{"number": 1, "start": 0, "text": "A "}]}
        found = client.post(f"/reading/{HOSTILE.id}", json=body)
        gone = client.post(f"/reading/{BRIDGE.id}", json=body)
        assert client.post(f"/reading/{HOSTILE.id}", json={"quotes": [{"number": 0}]}).status_code == 422
        bot.article = lambda *_: (_ for _ in ()).throw(IndexDamaged("/srv/secret"))  # type: ignore[method-assign]
        closed = client.post(f"/reading/{HOSTILE.id}", json=body)
    assert (found.status_code, gone.status_code, closed.status_code) == (200, 404, 503)
    assert '<mark data-number="1" class="chosen">A </mark>' in found.text
    assert found.headers["content-security-policy"].startswith("default-src 'none'")
    assert "no longer in the archive" in gone.text
    assert "secret" not in closed.text


def test_other_considered_passages_show_their_scores() -> None:
    passages = (
        ScoredPassage(passage_of(BRIDGE), 1.0),
        ScoredPassage(passage_of(FERRY), 0.9, parts={"words": 0.4, "meaning": 0.3, "day": -0.1, "article": 0.1}),
        ScoredPassage(passage_of(WIRE), 0.8, parts={"words": 0.2, "meaning": 0.3, "day": 0.2}),
    )
    answer = replace(
        bridge_answer(Question("?")), passages=passages, citations=bridge_answer(Question("?")).citations[:2]
    )
    cards = answer_html(answer, "answer-1").partition("Also considered")[2]
    assert re.findall(r"<bdi>([^<]*)</bdi></button>", cards) == [FERRY.title, WIRE.title]
    assert re.findall(r'aria-label="(\w+)".*?aria-valuenow="(\d+)"', cards) == [
        *[("Words", "100"), ("Meaning", "100"), ("Day", "0")],
        *[("Words", "50"), ("Meaning", "100"), ("Day", "100")],
    ]


def declined(**known: object) -> Markup:
    answer: Answer = replace(abstention(Question("How many F15 did Halden buy?")), declined=Declined(**known))  # type: ignore[arg-type]
    return Markup(answer_html(answer, "answer-1"))


def test_a_declined_question_says_what_no_article_mentions_and_how_far_the_archive_reaches() -> None:
    markup = declined(
        lacking=("F15", "Halden"),
        outlet="The Herald",
        kin=("F-16",),
        nearest=(BRIDGE,),
        coverage=Coverage(8_657, date(2022, 1, 1), date(2022, 12, 31)),
        rewording=Question("How many F-16 did Halden buy?"),
    )
    assert "No article here is from The Herald." in markup.text
    assert "No article mentions F15 or Halden." in markup.text
    assert "The nearest articles, about F-16" in markup.text
    assert markup.all("data-article") == [BRIDGE.id]
    assert markup.all("data-question") == ["How many F-16 did Halden buy?"]
    assert "The archive has 8,657 articles, from 1 January 2022 to 31 December 2022." in markup.text
    assert not markup.all("href")


@pytest.mark.parametrize(
    ("text", "lacking", "words"),
    [
        ("Who designed the harbour bridge of Orrin Isle?", ("Orrin Isle",), "harbour+bridge"),
        ("Why does the Harbour Bridge of Orrin Isle cost so much?", ("Orrin Isle",), "Harbour+Bridge"),
        ("Were the repairs made by Ruth Amsel?", ("Ruth Amsel",), "repairs"),
        ("Who is Ruth Amsel?", ("Ruth Amsel",), None),
        ("Who is the king of Spain?", (), None),
    ],
)
def test_titles_are_searched_for_words_that_one_of_the_nearest_has(
    tmp_path: Path, text: str, lacking: tuple[str, ...], words: str | None
) -> None:
    build(tmp_path, [BRIDGE])
    answer = replace(abstention(Question(text)), declined=Declined(lacking=lacking, nearest=(FERRY, BRIDGE)))
    links = [href for href in Markup(answer_html(answer, "answer-1")).all("href") if href.startswith("archive")]
    assert links == ([f"archive?q={words}"] if words else [])
    with browsed(tmp_path) as shelf:
        assert all(shelf.count(Wanted(link.removeprefix("archive?q=").replace("+", " "))) for link in links)


def test_a_declined_question_offers_the_whole_archive_where_it_was_narrowed_by_hand() -> None:
    narrowed = Question("Who?", since=date(2022, 1, 1))
    answer = replace(abstention(narrowed), declined=Declined(rewording=replace(narrowed, since=None)))
    assert "in the whole archive" in answer_html(answer, "answer-1")
    assert "data-everywhere" in answer_html(answer, "answer-1")
    assert "everywhere" not in answer_html(replace(answer, question=Question("Who?")), "answer-1")
