"""The formats that a library reads for us: what comes out right, and what is said of what cannot be read."""

import gzip
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from email.message import EmailMessage
from io import BytesIO

import docx
import pyarrow as pa
import pyarrow.parquet
import pytest
from docx.document import Document

from corpus.article import Article, Rejected
from corpus.read import parse
from corpus.read.file import File
from corpus.read.files import Finder
from corpus.read.folder import Excluded
from corpus.read.readers import EXTRAS
from corpus.read.sitemap import read_sitemap
from tests.corpus.pdf import Line, column, pdf_of
from tests.corpus.reading import only_article, only_rejected, parsed, read_bytes

CEST = timezone(timedelta(hours=2))
STORY = "The ferry to the island sails at nine every morning, the harbour said."
PAGE = f"""<html><head><title>Ferry sails</title>%s</head><body><nav>Home News Sport</nav><article><h1>Ferry sails</h1>
<p>{STORY}</p><p>It carries 120 people.</p></article></body></html>"""


def rss(*items: str, more: str = "") -> bytes:
    named = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" {named}><channel><title>The Gazette</title>'
        f"<link>https://g.example/</link>{more}{inner}</channel></rss>"
    ).encode()


def test_an_entry_of_a_feed_has_its_full_text() -> None:
    entry = """<title>Ferry &amp;amp; <![CDATA[<b>pier</b>]]></title><link>https://g.example/a?x=1&amp;y=2</link>
    <pubDate>Mon, 31 Aug 2020 23:30:00 -0500</pubDate><dc:creator>Ada Moreau and Lena Faro</dc:creator>
    <description>In short.</description>
    <content:encoded><![CDATA[<p>Caf&eacute; one.</p><p>Two.</p>]]></content:encoded>"""
    article = only_article(parsed("a.rss", rss(entry)))
    assert (article.title, article.text) == ("Ferry & pier", "Café one.\n\nTwo.")
    assert (article.url, article.source) == ("https://g.example/a?x=1&y=2", "The Gazette")
    assert article.authors == ("Ada Moreau", "Lena Faro")
    assert article.published == datetime(2020, 8, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert article.published.day == 31


def test_an_entry_without_full_text_has_its_summary_and_one_without_either_is_named() -> None:
    whole = """<title>One</title><description>In &lt;i&gt;short&lt;/i&gt;.</description><source>Reuters</source>
    <author>ada@g.example (Ada Moreau)</author><link>/one</link>"""
    found = parsed("a.xml", rss(whole, "<title>Two</title><author>desk@g.example</author>"))
    assert isinstance(found[0], Article)
    assert (found[0].text, found[0].source, found[0].authors) == ("In short.", "Reuters", ("Ada Moreau",))
    assert found[0].url == "https://g.example/one"
    assert only_rejected(found[1:]).reason.startswith("has an entry 2 that has no text")


def test_an_entry_with_only_a_headline_names_its_page() -> None:
    message = "that has no text; point byline rebuild at its page: https://g.example/two"
    entry = rss("<title>Two</title><link>/two</link>")
    items = b'{"items": [{"title": "Two", "url": "https://g.example/two"}]}'
    for found, name in ((parsed("a.xml", entry), "an entry 1"), (parsed("a.json", items), "an item 1")):
        rejected = only_rejected(found)
        assert (rejected.reason, rejected.url) == (f"has {name} {message}", "https://g.example/two")
    unsafe = rss("<title>Two</title><link>javascript:alert(1)</link>")
    assert only_rejected(parsed("a.xml", unsafe)).url is None


def test_an_entry_without_link_has_no_url() -> None:
    assert only_article(parsed("a.xml", rss("<title>Two</title><description>It sails.</description>"))).url is None


def test_an_atom_entry_has_its_first_day_and_that_of_its_last_change() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title><entry><title>Ferry</title>
    <link href="https://g.example/a"/><link rel="self" href="https://g.example/feed"/>
    <published>2020-08-31T10:00:00+02:00</published><updated>2020-09-01T08:00:00Z</updated>
    <author><name>Ada Moreau</name></author><author><name>Lena Faro</name></author>
    <content type="html">&lt;p&gt;It sails.&lt;/p&gt;</content></entry>
    <entry><title>Pier</title><updated>2020-09-02T08:00:00Z</updated><summary>It opens.</summary></entry></feed>"""
    first, second = (one for one in parsed("a.atom", feed) if isinstance(one, Article))
    assert (first.published, first.updated) == (
        datetime(2020, 8, 31, 10, tzinfo=CEST),
        datetime(2020, 9, 1, 8, tzinfo=UTC),
    )
    assert (first.authors, first.url) == (("Ada Moreau", "Lena Faro"), "https://g.example/a")
    assert (second.published, second.updated) == (datetime(2020, 9, 2, 8, tzinfo=UTC), None)


def test_a_json_feed_is_recognised_by_its_version() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Gazette",
        "items": [
            {"id": "1", "url": "https://g.example/a", "title": "Ferry", "content_html": "<p>It sails.</p>"},
            {"id": "2", "title": "Pier", "summary": "It opens.", "date_published": "2020-08-31T10:00:00Z"},
        ],
    }
    first, second = (one for one in parsed("a.json", json.dumps(feed).encode()) if isinstance(one, Article))
    assert (first.text, first.source, first.url) == ("It sails.", "The Gazette", "https://g.example/a")
    assert (second.text, second.published) == ("It opens.", datetime(2020, 8, 31, 10, tzinfo=UTC))


def test_a_feed_that_breaks_off_is_read_to_the_break() -> None:
    whole = rss(f"<title>One</title><description>{STORY}</description>", "<title>Two</title>")
    found = parsed("a.rss", whole[: whole.index(b"<title>Two")])
    assert isinstance(found[0], Article)
    assert "breaks off" in only_rejected(found[-1:]).reason
    assert only_rejected(parsed("b.rss", rss())).reason == "is a feed without entries"


def test_entities_in_a_feed_neither_open_files_nor_grow_without_end() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ferry"}">' for n in range(12))
    for entities, word in ((bomb, "&e11;"), ('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")):
        data = f"<!DOCTYPE rss [{entities}]>".encode() + rss(f"<title>One</title><description>{word}</description>")
        for found in parsed("a.rss", data):
            assert len(str(found)) < 5000
            assert "root:" not in str(found)


def test_a_sitemap_holds_addresses_but_no_articles() -> None:
    data = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc> https://g.example/a </loc><lastmod>2020-09-01</lastmod>
    <n:news><n:publication><n:name>The Gazette</n:name>
    </n:publication><n:publication_date>2020-08-31T10:00:00Z</n:publication_date></n:news></url>
    <url><loc>javascript:alert(1)</loc></url></urlset>"""
    sitemap = read_sitemap(data)
    assert sitemap is not None
    (page,) = sitemap.pages
    assert (page.stated.url, page.stated.source, page.modified) == (
        "https://g.example/a",
        "The Gazette",
        date(2020, 9, 1),
    )
    assert page.stated.published == datetime(2020, 8, 31, 10, tzinfo=UTC)
    assert only_rejected(parsed("a.xml", data)).reason == "is a sitemap: it names 1 pages, but holds no article"
    index = b"<sitemapindex><sitemap><loc>https://g.example/1.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(index) is not None
    assert read_sitemap(b"<html></html>") is None


ROWS: Sequence[dict[str, object]] = [
    {"headline": "Ferry", "content": STORY, "date": datetime(2020, 8, 31, 10, tzinfo=UTC), "author": ["Ada Moreau"]},
    {"headline": None, "content": STORY, "date": None, "author": None},
    {"headline": "Pier", "content": "It opens.", "date": None, "author": None},
]


def parquet() -> bytes:
    data = BytesIO()
    pa.parquet.write_table(pa.Table.from_pylist(list(ROWS)), data)
    return data.getvalue()


def test_a_parquet_file_is_read_row_by_row(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = parsed("a.parquet", parquet())
    first = found[0]
    assert isinstance(first, Article)
    assert (first.title, first.published, first.authors) == (
        "Ferry",
        datetime(2020, 8, 31, 10, tzinfo=UTC),
        ("Ada Moreau",),
    )
    assert [(one.line, one.reason[:12]) for one in found if isinstance(one, Rejected)] == [(2, "has no title")]
    assert found[2].origin == "a.parquet:3"
    packed = read_bytes(tmp_path_factory.mktemp("packed"), "a.parquet.gz", gzip.compress(parquet()))
    assert [type(one) for one in packed] == [type(one) for one in found]


def test_a_damaged_parquet_file_is_rejected() -> None:
    data = parquet()
    assert only_rejected(parsed("a.parquet", data[:-20])).reason.startswith("is no Parquet file that can be read")
    broken = b"PAR1" + b"\xff" * 200 + data[204:]
    assert any(isinstance(one, Rejected) for one in parsed("b.parquet", broken))


LINES = column(
    690,
    *("By Ada Moreau", "31 August 2020", ""),
    "The ferry to the island sails at nine every morning, the har-",
    "bour said on Monday, after a strike of three weeks that had kept the",
    "islanders at home.",
    "Tickets cost nine euros, as before; they are sold at the pier and on the",
    "boat itself.",
)
TITLE: Line = (20, 72, 720, "Ferry to the island sails again")
PARAGRAPHS = (
    "The ferry to the island sails at nine every morning, the harbour said on Monday, after a strike of three weeks "
    "that had kept the islanders at home.\n\n"
    "Tickets cost nine euros, as before; they are sold at the pier and on the boat itself."
)


def test_a_pdf_is_read_in_paragraphs_under_its_largest_line() -> None:
    article = only_article(parsed("a.pdf", pdf_of([[TITLE, *LINES]], "/Title (Microsoft Word - ferry.doc)")))
    assert (article.title, article.text) == (TITLE[3], PARAGRAPHS)
    assert (article.published, article.authors) == (date(2020, 8, 31), ("Ada Moreau",))


def test_the_title_of_a_pdf_is_its_property_where_the_page_has_it_too() -> None:
    pages = [[(30, 72, 750, "The Gazette"), *column(700, "Ferry sails again", ""), *LINES]]
    assert only_article(parsed("a.pdf", pdf_of(pages, "/Title (Ferry sails again)"))).title == "Ferry sails again"


@pytest.mark.parametrize(
    ("info", "published", "authors"),
    [
        (
            "/CreationDate (D:20200831233000-05'00')",
            datetime(2020, 8, 31, 23, 30, tzinfo=timezone(-timedelta(hours=5))),
            (),
        ),
        (
            "/CreationDate (D:20200831103000Z) /ModDate (D:20200831104000Z)",
            datetime(2020, 8, 31, 10, 30, tzinfo=UTC),
            (),
        ),
        ("/CreationDate (D:20200831103000Z) /ModDate (D:20210831104000Z)", None, ()),
        ("/CreationDate (D:20200831103000Z) /Producer (Skia/PDF m99)", None, ()),
        ("/CreationDate (D:00000000000000) /Author (admin)", None, ()),
        ("/CreationDate (yesterday) /Author (Ada Moreau)", None, ("Ada Moreau",)),
    ],
)
def test_plausible_properties_of_a_pdf_are_used(info: str, published: date | None, authors: tuple[str, ...]) -> None:
    lines = [line for line in LINES if line[3] not in {"By Ada Moreau", "31 August 2020"}]
    article = only_article(parsed("a.pdf", pdf_of([[TITLE, *lines]], info)))
    assert (article.published, article.authors) == (published, authors)


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = [TITLE, *column(690, "The ferry to the island sails at nine every morning, as the harbour")]
    second = column(720, "said on Monday, after a strike of three weeks that had kept people home.")
    assert "as the harbour said on Monday" in only_article(parsed("a.pdf", pdf_of([first, second]))).text


def test_headers_and_page_numbers_of_a_pdf_are_no_part_of_its_text() -> None:
    pages = [
        [
            (8, 72, 770, "The Gazette"),
            *column(700, f"Chapter {number} tells of ferries and of piers."),
            (8, 300, 30, f"{number}"),
        ]
        for number in range(1, 5)
    ]
    article = only_article(parsed("a.pdf", pdf_of([[TITLE, *column(600, "It begins.")], *pages])))
    assert article.text.split("\n\n") == [
        "It begins.",
        *(f"Chapter {number} tells of ferries and of piers." for number in range(1, 5)),
    ]


def test_a_pdf_without_text_was_scanned() -> None:
    assert "as if scanned" in only_rejected(parsed("a.pdf", pdf_of([[], []]))).reason
    assert "no PDF that can be read" in only_rejected(parsed("b.pdf", pdf_of([LINES])[:300])).reason


def document(**properties: object) -> Document:
    made = docx.Document()
    for name, value in {"author": "python-docx", "title": "", **properties}.items():
        setattr(made.core_properties, name, value)
    return made


def saved(made: Document) -> bytes:
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_word_document_is_read_as_pasted_text() -> None:
    made = document(
        author="Microsoft Office User",
        created=datetime(2013, 1, 1, tzinfo=UTC),
        modified=datetime(2020, 9, 1, tzinfo=UTC),
    )
    made.add_paragraph("By Ada Moreau")
    made.add_heading("Ferry sails", 0)
    made.add_paragraph("31 August 2020")
    made.add_paragraph(STORY)
    made.add_table(1, 2).rows[0].cells[1].text = "Nine euros"
    made.add_paragraph("It carries 120 people.")
    article = only_article(parsed("a.docx", saved(made)))
    assert (article.title, article.published, article.authors) == ("Ferry sails", date(2020, 8, 31), ("Ada Moreau",))
    assert article.text == f"{STORY}\n\n| Nine euros\n\nIt carries 120 people."


def test_the_properties_of_a_word_document_fill_what_its_text_leaves_open() -> None:
    made = document(
        title="Ferry sails",
        author="Ada Moreau; Lena Faro",
        created=datetime(2020, 8, 31, tzinfo=UTC),
        modified=datetime(2020, 8, 31, tzinfo=UTC),
    )
    made.add_paragraph(STORY)
    article = only_article(parsed("a.docx", saved(made)))
    assert (article.title, article.text, article.authors) == ("Ferry sails", STORY, ("Ada Moreau", "Lena Faro"))
    assert article.published is not None
    assert (article.published.year, article.published.month, article.published.day) == (2020, 8, 31)


def test_a_word_document_without_text_or_with_too_much_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    assert only_rejected(parsed("a.docx", saved(document()))).reason == "holds no text"
    made = document()
    made.add_paragraph("ferry " * 200_000)
    monkeypatch.setattr("corpus.read.word.LARGEST_WHOLE", 1024**2)
    assert "zip bomb" in only_rejected(parsed("b.docx", saved(made))).reason


def message(page: str | None = None, plain: str | None = "In short: it sails.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    known = {
        "From": "The Gazette <news@g.example>",
        "Subject": "Fähre fährt",
        "Date": "Mon, 31 Aug 2020 10:00:00 +0200",
    }
    for name, value in (known | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        made[name] = value
    if plain is not None:
        made.set_content(plain)
    if page:
        made.add_alternative(page, subtype="html")
    return made


def test_a_newsletter_has_its_subject_sender_and_day() -> None:
    article = only_article(parsed("a.eml", bytes(message(PAGE % "", Archived_At="<https://g.example/7>"))))
    assert (article.title, article.source) == ("Fähre fährt", "The Gazette")
    assert article.published == datetime(2020, 8, 31, 10, tzinfo=CEST)
    assert article.url == "https://g.example/7"
    assert STORY in article.text
    assert "Home News" not in article.text


def test_the_tables_that_a_newsletter_is_laid_out_in_leave_no_marks() -> None:
    cells = (f"<p>{STORY}</p><p>It carries 120 people.</p>", "<p>The pier will be painted green in October.</p>")
    rows = "".join(f"<tr><td><table><tr><td>{cell}</td></tr></table></td></tr>" for cell in cells)
    made = message(f"<html><body><table><tr><td><a href=x>View in browser</a></td></tr>{rows}</table></body></html>")
    text = only_article(parsed("a.eml", bytes(made))).text
    assert text == f"{STORY}\n\nIt carries 120 people.\n\nThe pier will be painted green in October."


def test_a_plain_message_has_its_plain_text_in_whatever_encoding() -> None:
    assert only_article(parsed("a.eml", bytes(message()))).text == "In short: it sails."
    data = b"Subject: Ferry\nContent-Type: text/plain; charset=nonsense\n\nLe caf\xe9 rouvre."
    assert only_article(parsed("b.eml", data)).text == "Le café rouvre."
    assert only_rejected(parsed("c.eml", b"Subject: Ferry\n\n")).reason.startswith("has no text")


def test_a_page_saved_as_one_file_is_read_as_that_page() -> None:
    head = '<meta property="article:published_time" content="2020-08-31">'
    made = message(PAGE % head, None, From="<Saved by Blink>", Snapshot_Content_Location="https://g.example/a")
    article = only_article(parsed("a.mhtml", bytes(made)))
    assert (article.title, article.url, article.published) == ("Ferry sails", "https://g.example/a", date(2020, 8, 31))
    assert article.text.startswith(("Ferry sails", STORY))


def opened(name: str, data: bytes) -> list[Article | Rejected]:
    """The articles of a kind that holds files."""
    finder = Finder(Excluded.by([]))
    files = finder._open_up(File.of(name, data, name), 0)
    return [one for file in files for one in ([file] if isinstance(file, Rejected) else parse(file))]


def test_a_mailbox_holds_messages() -> None:
    one, two = bytes(message()), bytes(message(plain="First.\n\nFrom here on.\n\n>From there.", Subject="Two"))
    data = b"From a@b Mon Aug 31 10:00:00 2020\n" + one + b"\nFrom a@b\n" + two.replace(b"\n\nFrom", b"\n\n>From")
    found = opened("a.mbox", data + b"\nFrom a@b\n\n")
    assert [getattr(article, "title", None) for article in found] == ["Fähre fährt", "Two", None]
    assert getattr(found[1], "text", "").startswith("First.\n\nFrom here on.")
    assert [article.origin for article in found] == ["a.mbox!1.eml", "a.mbox!2.eml", "a.mbox!3.eml"]
    assert "no mailbox" in only_rejected(opened("b.mbox", b"Subject: x\n\nFerry")).reason


def warc(*records: tuple[str, str, str, bytes], packed: bool = False) -> bytes:
    """Written by hand: the library's writer leaves its temporary files open."""
    parts = []
    for address, status, kind, content in records:
        reply = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {address}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(reply)}\r\n\r\n"
        )
        part = head.encode() + reply + b"\r\n\r\n"
        parts.append(gzip.compress(part) if packed else part)
    return b"".join(parts)


RECORDS = [
    (
        "https://g.example/.a?x=1",
        "200 OK",
        "text/html; charset=windows-1251",
        (PAGE % "").replace("island", "остров").encode("cp1251"),
    ),
    ("https://g.example/a.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://g.example/gone", "404 Not Found", "text/html", (PAGE % "").encode()),
    ("https://g.example/b", "200 OK", "text/html", b""),
]


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_holds_pages(packed: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    name = "a.warc.gz" if packed else "a.warc"
    folder = tmp_path_factory.mktemp("warc")
    found = read_bytes(folder, name, warc(*RECORDS, packed=packed))
    article = only_article(found[:1])
    assert (article.title, article.url) == ("Ferry sails", "https://g.example/.a?x=1")
    assert "остров" in article.text
    assert only_rejected(found[1:]) == Rejected(f"{folder}/{name}!https://g.example/b", None, "is empty")


def test_a_web_archive_without_pages_or_that_is_damaged_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    assert only_rejected(opened("a.warc", warc(*RECORDS[1:3]))).reason == "holds no page among its 2 records"
    whole = warc(RECORDS[0], RECORDS[0])
    first, second = opened("b.warc", whole[:-100])
    assert isinstance(first, Article)
    assert only_rejected([second]).reason == "breaks off"
    found = opened("c.warc", whole.replace(b"Content-Length: 3", b"Content-Length: 2", 1))
    assert "damaged in" in only_rejected(found[-1:]).reason
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", EXTRAS)
def test_a_missing_extra_error_names_the_install_command(
    suffix: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    extra, package = EXTRAS[suffix]
    monkeypatch.setattr("corpus.read.readers.find_spec", lambda name: None if name == package else sys)
    rejected = only_rejected(read_bytes(tmp_path_factory.mktemp("extra"), f"a{suffix}", b"x"))
    assert rejected.reason == f"needs the extra {extra!r}: pip install byline[{extra}]"
