"""The plain pages beside the chat: the archive, its state, and the operator's page."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from threading import Event, Thread

import pytest
from fastapi.testclient import TestClient

from bot.portal.access.caller import Caller
from bot.portal.access.middleware import Access
from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.language import languages
from corpus.article import Article, Rejected
from index.storage.generations import CURRENT
from index.storage.opened import ARTICLES
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import ScriptedBot
from tests.index.building import article, build

HOSTILE = Article(
    "<script>alert(1)</script> {{ 7 * 7 }}",
    '<img src=x onerror="alert(2)">\n\nA second \udcff paragraph.'.encode("utf-8", "replace").decode(),
    "javascript:alert(3)",
    '"><svg onload=alert(4)>',
    date(2022, 3, 1),
)
TAG = re.compile(r"<[^>]*>")


def site(index: Path, **settings: object) -> TestClient:
    return TestClient(build_site(archive_bot(index), settings=Settings(index=index, **settings)))  # type: ignore[arg-type]


def words(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())


@pytest.fixture
def many(tmp_path: Path) -> Iterator[TestClient]:
    rejected = [Rejected(f"/secret/{n}.txt", n, f"has no text beside its title 'Secret {n}'") for n in range(3)]
    build(tmp_path, [*(article(number) for number in range(60)), HOSTILE, *rejected])
    with site(tmp_path) as client:
        yield client


def test_why_articles_were_left_out_is_in_the_visitors_language_where_the_catalogue_has_it(tmp_path: Path) -> None:
    reasons = ["is not published: its status is 'draft'", "is empty", "", "has 5 fields where the first line names 4"]
    build(tmp_path, [article(1), *(Rejected("a.csv", 1, reason) for reason in reasons)])
    with site(tmp_path) as client:
        german = client.get("/archive", headers={"accept-language": "de"}).text
    for shown in ("ist nicht veröffentlicht", "ist leer", "lässt sich nicht lesen"):
        assert f"<td>{shown}</td>" in german
    assert '<td lang="en" dir="ltr">has 5 fields where the first line names 4</td>' in german


def test_reasons_of_the_catalogue_are_worded_as_the_readers_word_them() -> None:
    source = "".join(path.read_text("utf-8") for path in (Path(__file__).parents[2] / "corpus").rglob("*.py"))
    source += "has no text has no title cannot be read"
    known = {string for key, string in languages()["en"].strings.items() if key.startswith("rejected.")}
    assert {one for one in known if str(one).removeprefix("is ") not in source} == set()


def test_the_archive_page_counts_lists_and_says_what_was_left_out(many: TestClient) -> None:
    page_words = words(many.get("/archive").text)
    assert "61 articles" in page_words
    assert "Gazette 30" in page_words
    assert "March 2022" in page_words
    assert "Page 1 of 3" in page_words
    assert "3 items could not be read as articles. Reason Items has no text beside its title 3" in page_words
    assert "secret" not in page_words.lower()


def test_the_list_is_searched_narrowed_and_paged(many: TestClient) -> None:
    assert "1 article · " in words(many.get("/archive?q=headline+17").text)
    narrowed = many.get("/archive?outlet=Gazette&month=2022-01&page=2").text
    assert "30 articles · " in words(narrowed)
    assert "Page 2 of 2" in words(narrowed)
    assert 'href="archive?outlet=Gazette&amp;month=2022-01&amp;page=1#articles"' in narrowed
    assert "61 articles · " not in words(many.get("/archive?outlet=*").text)
    assert "0 articles · " in words(many.get("/archive?outlet=").text)


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=9999999", "month=2022-13", "month=0000", "month=9999", "month=x"]
)
def test_an_invalid_address_shows_the_list(many: TestClient, query: str) -> None:
    reply = many.get(f"/archive?{query}")
    assert reply.status_code == 200
    assert "61 articles" in words(reply.text)


def test_an_article_is_shown_letter_for_letter_and_an_unknown_one_is_not_found(many: TestClient) -> None:
    reply = many.get(f"/archive?article={HOSTILE.id}")
    assert "<script" not in reply.text
    assert "<img" not in reply.text
    assert '"javascript:' not in reply.text
    assert f'<h1 dir="auto">{HOSTILE.title.replace("<", "&lt;").replace(">", "&gt;")}</h1>' in reply.text
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    assert many.get("/archive?article=../../etc/passwd").status_code == 404


def test_an_article_opens_where_it_was_published_and_leads_back_to_the_list_it_was_chosen_from(
    many: TestClient,
) -> None:
    listed = many.get("/archive?q=headline+17").text
    (chosen,) = set(re.findall(r'href="(archive\?q=headline\+17&amp;article=\w+)"', listed))
    page = many.get(f"/{unescape(chosen)}").text
    assert 'href="archive?q=headline+17">' in page
    assert re.search(
        r'<a href="https://news.example/17" target="_blank" rel="noopener noreferrer">Open at \w+</a>', page
    )


def test_the_archive_page_has_the_panels_script_and_styles_and_no_page_has_any_other(many: TestClient) -> None:
    page = many.get("/archive")
    (script,) = re.findall(r"<script[^>]*>", page.text)
    (source,) = re.findall(r'src="(reader\.js\?\w+)"', script)
    assert re.search(r"script-src 'self';", page.headers["content-security-policy"])
    assert many.get(f"/{source}").headers["content-type"].startswith("text/javascript")
    assert "dialog" in many.get(f"/{source}").text
    assert "#reader" in many.get("/plain.css").text
    linked = re.findall(r'data-article="(\w+)" href="archive\?article=(\w+)"', page.text)
    assert len(linked) == 27
    assert all(opened == led_to for opened, led_to in linked)
    assert "<script" not in many.get(f"/archive?article={linked[0][0]}").text


def test_years_are_drawn_where_there_are_many_months(tmp_path: Path) -> None:
    build(tmp_path, [Article(f"T{year}", "x", f"u{year}", "Post", date(year, 1, 1)) for year in (1, 1970, 2022)])
    with site(tmp_path) as client:
        page = client.get("/archive").text
        assert 'href="archive?month=1970"' in page
        assert "1 article · " in words(client.get("/archive?month=1970").text)
        assert "1 article · " in words(client.get("/archive?month=0001").text)


def test_without_an_index_the_pages_are_calm_and_name_neither_path_nor_command(tmp_path: Path) -> None:
    with site(tmp_path / "none") as client:
        state, page = client.get("/state").json(), client.get("/archive")
        assert (state["kind"], state["generation"], page.status_code) == ("missing", None, 503)
        for page_words in (state["message"], words(page.text)):
            assert "There is no archive here yet." in page_words
            assert "byline" not in page_words.replace("Byline", "")
            assert str(tmp_path) not in page_words


def test_a_damaged_index_and_one_of_another_embedder_are_unreadable_until_rebuilt(tmp_path: Path) -> None:
    build(tmp_path, [article(1)])
    with site(tmp_path) as client:
        (generation,) = tmp_path.glob("generations/*")
        manifest = (generation / "manifest.json").read_text()
        (generation / "manifest.json").write_text(manifest.replace('"embedder": "', '"embedder": "other '))
        assert client.get("/state").json()["kind"] == "unreadable"
        (generation / "manifest.json").write_text(manifest)
    (generation / ARTICLES).write_bytes(b"damaged" * 999)
    with site(tmp_path, operator=True) as client:
        state = client.get("/state").json()
        assert state["kind"] == "unreadable"
        assert "byline" not in state["message"]
        assert client.get("/archive").status_code == 503
        assert "byline rebuild --full" in client.get("/operator").text
        build(tmp_path, [article(1), article(2)], full=True)
    with site(tmp_path) as client:
        assert client.get("/state").json()["kind"] == "ready"


def test_the_state_shows_a_rebuild_while_it_runs(tmp_path: Path) -> None:
    reached, go_on = Event(), Event()

    def articles() -> Iterator[Article]:
        yield article(1)
        reached.set()
        assert go_on.wait(30)

    with site(tmp_path) as client:
        rebuilding = Thread(target=build, args=(tmp_path, articles()))
        rebuilding.start()
        assert reached.wait(30)
        state = client.get("/state").json()
        go_on.set()
        rebuilding.join(60)
    assert state["busy"]
    assert state["message"].startswith("The archive is being prepared: reading articles")
    with site(tmp_path) as client:
        assert client.get("/state").json()["message"] == ""


def test_the_operator_sees_every_ranking_side_by_side(tmp_path: Path) -> None:
    build(tmp_path, [article(number) for number in range(12)])
    with site(tmp_path, operator=True) as client:
        page = client.get("/operator", params={"q": "What happened in harbour3?", "asked": "2022-02-01"}).text
        page_words = words(page[page.index("<tbody>") :])
        assert page_words.startswith("Headline 3 Gazette · 4 January 2022 Report 3 describes harbour3")
        assert len(re.findall("<tr>", page[page.index("<tbody>") :])) == 12
        assert str(tmp_path) in page
        assert "is not a day" in client.get("/operator?q=x&asked=soon").text
        assert (tmp_path / CURRENT).read_text().strip() in page


def test_there_is_no_operators_page_unless_it_is_set_and_only_for_those_who_may_do_all(tmp_path: Path) -> None:
    async def person(_: object) -> Caller:
        return Caller("ann", "host")

    build(tmp_path, [article(1)])
    with site(tmp_path) as client:
        assert "The index" not in client.get("/operator").text
    settings = Settings(index=tmp_path, operator=True)
    with TestClient(build_site(archive_bot(tmp_path), settings=settings, access=Access((person,)))) as client:
        assert client.get("/operator").status_code == 403
        assert client.get("/archive").status_code == 200


def test_a_bot_without_an_archive_has_a_state_and_no_archive_page() -> None:
    with TestClient(build_site(ScriptedBot())) as client:
        assert client.get("/state").json() == {"kind": "ready", "message": "", "generation": None, "busy": False}
        assert "archive.title" not in client.get("/archive").text
