"""Exports that newsrooms have: what comes out of them, and what is said of those that stay unread."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from corpus.article import Article, Rejected
from tests.corpus.pdf import column, pdf_of
from tests.corpus.reading import only_article, only_rejected, parsed

ONE = "The lighthouse of Cape Orne shines again, its keeper said."
TWO = "Its lamp had been dark since the earthquake of last year."

NEXIS = f"""                             1 of 2 DOCUMENTS

                         Copyright 2019 Orne Echo Company
                             All Rights Reserved
                                 Orne Echo

                      February 3, 2019 Sunday
                         Late Edition - Final

Lighthouse Shines
Over the Cape

BYLINE: By NORA KEST and Tom Vale

SECTION: Section A; Column 1; Pg. 12

LENGTH: 320 words

DATELINE: CAPE ORNE

The lighthouse of Cape Orne shines again,
its keeper said.

{TWO}

URL: http://www.echo.example/

LOAD-DATE: February 4, 2019

LANGUAGE: ENGLISH

                             2 of 2 DOCUMENTS

                                 Orne Echo

                      February 9, 2019 Saturday

Second Storm

LENGTH: 9 words

{TWO}
"""
NEXIS_UNI = f"""Lighthouse shines
Orne Echo
February 3, 2019 Sunday
Copyright 2019 Orne Echo All Rights Reserved
Section: NEWS; Pg. 12
Length: 320 words
Byline: Nora Kest
Body

{ONE}

Note: {TWO}

Load-Date: February 4, 2019

End of Document
"""


def test_every_document_of_a_nexis_export_has_its_own_day_and_authors() -> None:
    first, second = (one for one in parsed("a.txt", NEXIS.encode()) if isinstance(one, Article))
    assert (first.title, first.published, first.source) == (
        "Lighthouse Shines Over the Cape",
        date(2019, 2, 3),
        "Orne Echo",
    )
    assert first.text == f"{ONE}\n\n{TWO}"
    assert first.authors == ("NORA KEST", "Tom Vale")
    assert (second.title, second.published, second.authors) == ("Second Storm", date(2019, 2, 9), ())
    assert second.text == TWO


def test_a_newer_nexis_export_ends_each_document_in_a_line() -> None:
    found = parsed("a.txt", (NEXIS_UNI + NEXIS_UNI.replace("shines", "sleeps")).encode())
    first, second = (one for one in found if isinstance(one, Article))
    assert (first.title, first.source, first.authors) == ("Lighthouse shines", "Orne Echo", ("Nora Kest",))
    assert first.text == f"{ONE}\n\nNote: {TWO}"
    assert (second.title, second.published) == ("Lighthouse sleeps", date(2019, 2, 3))


def test_a_story_that_counts_documents_is_no_export() -> None:
    text = f"Archive opens\n\nThe reader saw 1 of 2 documents.\n\n{ONE}"
    assert only_article(parsed("a.txt", text.encode())).title == "Archive opens"


NITF = f"""<nitf><head><title>slug-lighthouse</title><docdata management-status="usable">
<date.issue norm="20190203T083000+0100"/></docdata><pubdata name="Orne Echo" ex-ref="https://o.example/a"/></head><body>
<body.head><hedline><hl1>Lighthouse shines</hl1></hedline>
<byline>By <person>Nora Kest</person> and <person>Tom Vale</person><byttl>Staff</byttl></byline></body.head>
<body.content><media><media-caption><p>The tower</p></media-caption></media><p>{ONE}</p><hl2>Dark</hl2><p>{TWO}</p>
<table><tr><td>Watt</td><td>400</td></tr></table></body.content></body></nitf>"""
NEWSML = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:x:1"><itemMeta>
<provider literal="Orne Agency"/><versionCreated>2019-02-04T09:00:00+01:00</versionCreated>
<firstCreated>2019-02-03T08:30:00+01:00</firstCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta>
<by>By Nora Kest</by><headline>Lighthouse shines</headline></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>{ONE}</p><p>{TWO}</p></body></html>
</inlineXML></contentSet></newsItem>
<newsItem><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentMeta><headline>No</headline></contentMeta>
</newsItem></itemSet></newsMessage>"""
ZONE = timezone(timedelta(hours=1))


def test_nitf_is_read() -> None:
    article = only_article(parsed("a.xml", NITF.encode()))
    assert (article.title, article.source, article.url) == ("Lighthouse shines", "Orne Echo", "https://o.example/a")
    assert article.authors == ("Nora Kest", "Tom Vale")
    assert article.published == datetime(2019, 2, 3, 8, 30, tzinfo=ZONE)
    assert article.text == f"{ONE}\n\nDark\n\n{TWO}\n\nWatt | 400"


def test_newsml_g2_is_read_and_what_was_cancelled_is_rejected() -> None:
    article, rejected = parsed("a.xml", NEWSML.encode())
    assert isinstance(article, Article)
    assert (article.title, article.source, article.authors) == ("Lighthouse shines", "Orne Agency", ("Nora Kest",))
    assert article.text == f"{ONE}\n\n{TWO}"
    assert article.published == datetime(2019, 2, 3, 8, 30, tzinfo=ZONE)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "has an item 2 that is not published: its status is 'stat:canceled'"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<NewsML Version='1.2'><NewsItem/></NewsML>", "is NewsML 1; ask the agency for NewsML-G2 or NITF"),
        ("<inventory><item/></inventory>", "is XML of an unknown kind, <inventory>; RSS, Atom, NITF and NewsML-G2"),
        ("<opml><body/></opml>", "is a list of feeds"),
    ],
)
def test_other_xml_is_rejected_by_its_name(xml: str, reason: str) -> None:
    assert only_rejected(parsed("a.xml", xml.encode())).reason.startswith(reason)


def test_entities_of_news_xml_are_not_resolved() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "dark"}">' for n in range(12))
    for entities, word in ((bomb, "&e11;"), ('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")):
        data = f"<!DOCTYPE nitf [{entities}]>{NITF.replace('Dark', word)}"
        (found,) = parsed("a.xml", data.encode())
        assert len(str(found)) < 2000
        assert "root:" not in str(found)


def test_published_posts_of_a_ghost_export_are_read_with_their_authors() -> None:
    post = {"id": "p", "title": "Lighthouse", "html": f"<p>{ONE}</p><p>{TWO}</p>", "status": "published"}
    times = {"published_at": "2019-02-03T08:30:00.000Z", "created_at": "2018-12-01T00:00:00.000Z"}
    data = {
        "posts": [post | times, post | {"status": "draft"}, post | {"type": "page"}],
        "users": [{"id": "u", "name": "Nora Kest"}, {"id": "v", "name": "Tom Vale"}],
        "posts_authors": [{"post_id": "p", "author_id": "v"}, {"post_id": "p", "author_id": "u"}],
    }
    article, draft, page = parsed("a.json", json.dumps({"db": [{"meta": {}, "data": data}]}).encode())
    assert isinstance(article, Article)
    assert (article.text, article.authors) == (f"{ONE}\n\n{TWO}", ("Tom Vale", "Nora Kest"))
    assert article.published == datetime(2019, 2, 3, 8, 30, tzinfo=UTC)
    assert isinstance(draft, Rejected)
    assert "status is 'draft'" in draft.reason
    assert isinstance(page, Rejected)
    assert "type is 'page'" in page.reason


RECORD = {"title": "Lighthouse", "text": ONE, "date": "2019-02-03"}


@pytest.mark.parametrize("document", [{"17": RECORD, "18": RECORD}, {"articles": {"17": RECORD, "18": RECORD}}])
def test_articles_may_be_keyed_by_their_ids(document: object) -> None:
    assert [type(one) for one in parsed("a.json", json.dumps(document).encode())] == [Article, Article]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.ndjson"])
@pytest.mark.parametrize("between", ["\n", ",\n", "\r\n\r\n"])
def test_objects_laid_out_over_lines_may_follow_each_other(name: str, between: str) -> None:
    text = between.join(json.dumps(RECORD | {"title": title}, indent=2) for title in ("One", "Two"))
    assert [getattr(one, "title", None) for one in parsed(name, text.encode())] == ["One", "Two"]


def test_a_list_under_the_name_of_json_lines_is_read() -> None:
    assert only_article(parsed("a.jsonl", json.dumps([RECORD], indent=1).encode())).published == date(2019, 2, 3)


def test_a_news_agencys_item_has_its_headline_its_first_day_and_its_canonical_link() -> None:
    item = {
        "headline": "Lighthouse shines",
        "title": "BC-EU--Orne-Lighthouse, 1st Ld",
        "firstcreated": "2019-02-03T08:30:00Z",
        "versioncreated": "2019-02-03T11:00:00Z",
        "bylines": [{"by": "By Nora Kest", "title": "Orne Agency"}],
        "links": [
            {"rel": "self", "href": "https://api.o.example/1"},
            {"rel": "canonical", "href": "https://o.example/1"},
        ],
        "body_nitf": f"<p>{ONE}</p><p>{TWO}</p>",
        "pubstatus": "usable",
    }
    document = {"data": {"items": [{"meta": {}, "item": item}]}}
    article = only_article(parsed("a.json", json.dumps(document).encode()))
    assert (article.title, article.url, article.authors) == ("Lighthouse shines", "https://o.example/1", ("Nora Kest",))
    assert article.text == f"{ONE}\n\n{TWO}"
    assert article.published == datetime(2019, 2, 3, 8, 30, tzinfo=UTC)
    assert article.updated == datetime(2019, 2, 3, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "authors"),
    [("people.0.full", ("Nora Kest",)), ("people.full", ("Nora Kest", "Tom Vale")), ("people.7", ())],
)
def test_a_mapped_name_leads_into_lists(path: str, authors: tuple[str, ...]) -> None:
    record = RECORD | {"people": [{"full": "Nora Kest"}, {"full": "Tom Vale"}, {}]}
    assert only_article(parsed("a.json", json.dumps(record).encode(), {"authors": path})).authors == authors


def test_excel_names_the_separator_above_the_names() -> None:
    for sep, start in ((";", "\ufeffsep=;\r\n"), (",", '"sep=,"\n')):
        text = f"{start}title{sep}text\nLighthouse{sep}It shines\nDark\n"
        article, rejected = parsed("a.csv", text.encode())
        assert isinstance(article, Article)
        assert article.origin == "a.csv:3"
        assert isinstance(rejected, Rejected)
        assert rejected.line == 4


def test_front_matter_may_be_toml() -> None:
    text = f'+++\ntitle = "Lighthouse"\nauthors = ["Nora Kest"]\ndate = 2019-02-03T08:30:00+01:00\n+++\n\n{ONE}\n'
    article = only_article(parsed("a.md", text.encode()))
    assert (article.title, article.text, article.authors) == ("Lighthouse", ONE, ("Nora Kest",))
    assert article.published == datetime(2019, 2, 3, 8, 30, tzinfo=ZONE)
    broken = only_rejected(parsed("a.md", text.replace('"Light', "Light").encode()))
    assert broken.reason.startswith("has front matter that is not valid TOML")


def test_front_matter_may_be_json() -> None:
    text = f'{{\n  "title": "Lighthouse",\n  "authors": ["Nora Kest"],\n  "date": "2019-02-03"\n}}\n\n{ONE}\n'
    article = only_article(parsed("a.md", text.encode()))
    assert (article.title, article.text, article.authors) == ("Lighthouse", ONE, ("Nora Kest",))
    assert article.published == date(2019, 2, 3)
    broken = only_rejected(parsed("a.md", text.replace('"Light', "Light").encode()))
    assert broken.reason.startswith("has front matter that is not valid JSON")
    assert only_article(parsed("a.md", b'{ "Fine day", she said, } and left.\n\nIt rained.')).text == "It rained."
    assert only_article(parsed("a.md", b"{{< hero >}}\n\nThe lighthouse shines.")).title == "{{< hero >}}"


@pytest.mark.parametrize(
    ("more", "url"),
    [
        ("source: https://bay.example/oysters", "https://bay.example/oysters"),
        ("source: https://bay.example/oysters\nsource_url: https://o.example/1", "https://o.example/1"),
        ("source: https://bay.example/", None),
        ("source: The Bay", None),
    ],
)
def test_the_page_in_the_source_of_front_matter_is_the_url(more: str, url: str | None) -> None:
    text = f'---\ntitle: Oysters\nauthor: ["[[Nora Kest]]"]\n{more}\n---\n{ONE}\n'
    article = only_article(parsed("a.md", text.encode()))
    assert (article.url, article.authors) == (url, ("Nora Kest",))


@pytest.mark.parametrize("name", ["lastmod", "last_modified_at"])
def test_front_matter_may_state_the_last_change_as_hugo_and_jekyll_do(name: str) -> None:
    text = f"---\ntitle: Lighthouse\ndate: 2024-03-04\n{name}: 2024-03-07\n---\n{ONE}\n"
    assert only_article(parsed("a.md", text.encode())).updated == date(2024, 3, 7)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_a_mark(encoding: str) -> None:
    lines = "\n".join(
        [json.dumps(RECORD | {"text": "Über Orne.", "title": title}, ensure_ascii=False) for title in "ab"]
    )
    for name, text in (("a.txt", f"Leuchtturm\n\n{TWO} Über."), ("a.csv", "title,text\nTurm,Über"), ("a.jsonl", lines)):
        found = parsed(name, text.encode(encoding))
        assert all(isinstance(one, Article) and "Über" in one.text for one in found), found


def test_unreadable_files_are_rejected_with_their_kind_and_advice() -> None:
    assert (
        "packed with gzip, perhaps twice; unpack it"
        in only_rejected(parsed("a.txt", gzip.compress(ONE.encode()))).reason
    )
    for data, word in ((b"{\\rtf1\\ansi Lighthouse\\par}", "RTF"), (b"\xd0\xcf\x11\xe0\0", "old office document")):
        assert word in only_rejected(parsed("a.txt", data)).reason


def test_a_pdf_or_page_under_the_name_of_a_text_is_read_as_what_it_is() -> None:
    pdf = pdf_of([column(700, "Lighthouse shines", size=20) + column(600, ONE)])
    assert only_article(parsed("a.txt", pdf)).text == ONE
    page = f"<!DOCTYPE html><html><head><title>x</title></head><body><h1>Lighthouse</h1><p>{ONE}</p></body></html>"
    assert only_article(parsed("a.txt", b"\xef\xbb\xbf" + page.encode())).text == ONE


def test_a_column_that_holds_whole_pages_is_read_as_pages() -> None:
    page = f"<html><body><nav><a>Home</a></nav><article><p>{ONE}</p><p>{TWO}</p></article></body></html>"
    record = {"title": "Lighthouse", "html": page}
    assert only_article(parsed("a.json", json.dumps(record).encode())).text == f"{ONE}\n\n{TWO}"


def test_news_xml_with_more_elements_than_any_article_is_rejected() -> None:
    data = NITF.replace("<hl2>Dark</hl2>", "<p>a</p>" * 60_000)
    assert "has more than 50,000 elements" in only_rejected(parsed("a.xml", data.encode())).reason
