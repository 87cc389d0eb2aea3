import gc
import gzip
import html
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article, Rejected
from corpus.clean import characters
from corpus.errors import ReadError
from corpus.read import CONTAINERS, READERS, read
from tests.corpus.reading import only_article, only_rejected, read_bytes

RECORD = {"title": "Ferry sails", "text": "The ferry sails at nine.", "url": "https://example.org/a"}


def one_article(folder: Path, name: str, text: str | bytes) -> Article:
    return only_article(read_bytes(folder, name, text if isinstance(text, bytes) else text.encode()))


def one_rejected(folder: Path, name: str, text: str | bytes) -> Rejected:
    return only_rejected(read_bytes(folder, name, text if isinstance(text, bytes) else text.encode()))


def test_a_folder_is_read_in_sorted_order_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.md", "a/.hidden.txt", ".git/x.txt", "c.jpg", "c.txt", "d.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Title of {name}\n\nText.")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    names = [Path(article.origin).relative_to(tmp_path).as_posix() for article in read([tmp_path])]
    assert names == ["c.txt", "d.TXT", "a/one.md", "b/two.txt"]


def test_a_folder_that_cannot_be_opened_is_rejected_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed/a.txt", "open/b.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Ferry\n\nIt sails.")
    listed, looked_at = os.scandir, os.stat

    def scandir(place: str) -> "os._ScandirIterator[str]":
        if Path(place).name == "closed":
            raise PermissionError(13, "Permission denied", place)
        return listed(place)

    def stat(place: str | Path, **options: Any) -> os.stat_result:
        if Path(place).parent.name == "closed":
            raise PermissionError(13, "Permission denied", place)
        return looked_at(place, **options)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "stat", stat)  # a test that root runs may open everything
    rejected, article = read([tmp_path])
    assert isinstance(rejected, Rejected)
    assert isinstance(article, Article)
    assert rejected.origin == str(tmp_path / "closed")
    assert rejected.reason.startswith("is a folder that cannot be opened (Permission denied); change its permissions")
    assert article.origin == str(tmp_path / "open" / "b.txt")


def test_files_of_other_kinds_are_counted_in_one_warning_at_the_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("a.txt", "b.xyz", "c.JPG", "d/e.jpg", "README", ".hidden.xyz", "bad.\x1b[31m"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Ferry\n\nIt sails.")
    found = read([tmp_path, tmp_path / "d"])
    assert isinstance(next(found), Article)
    assert not caplog.messages
    assert list(found) == []
    assert caplog.messages == ["skipped 6 files of other kinds: .\\x1b[31m, .jpg, .xyz, no suffix"]


def test_links_to_files_are_counted_and_read_only_where_they_are_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "private.txt").write_text("Memo\n\nNot for readers.")
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").symlink_to(tmp_path / "private.txt")
    assert list(read([folder])) == []
    assert caplog.messages == ["skipped 1 link to files, which are read if named as PATH"]
    assert len(list(read([folder / "a.txt"]))) == 1


def test_no_more_than_a_few_of_many_other_kinds_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(20):
        (tmp_path / f"a.{number:050}").touch()
    assert list(read([tmp_path])) == []
    assert caplog.messages[0].startswith("skipped 20 files of other kinds: .000")
    assert caplog.messages[0].endswith(", ...")
    assert len(caplog.messages[0]) < 250


def test_an_index_that_lies_in_the_folder_is_not_read(tmp_path: Path) -> None:
    manifest = tmp_path / "byline-index" / "generations" / "g1" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text('["no article"]')
    (tmp_path / "ferry.txt").write_text("Ferry sails\n\nThe ferry sails again from Monday at nine, its captain said.\n")
    (found,) = read([tmp_path])
    assert isinstance(found, Article)


def test_a_folder_of_known_kinds_gives_no_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a.txt").write_text("Ferry\n\nIt sails.")
    assert len(list(read([tmp_path]))) == 1
    assert not caplog.messages


def test_a_missing_path_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ferry\n\nIt sails.")
    with pytest.raises(ReadError, match="nowhere"):
        read([tmp_path / "a.txt", tmp_path / "nowhere"])


def test_a_named_file_of_an_unknown_kind_is_answered_for(tmp_path: Path) -> None:
    rejected = one_rejected(tmp_path, "story.xyz", b"PK")
    assert ".xyz" in rejected.reason
    assert all(suffix in rejected.reason for suffix in READERS)


def test_a_large_archive_is_never_held_whole(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_bytes(json.dumps(RECORD).encode() + b"\n{broken")
    os.truncate(path, 50_000_000_000)  # a sparse file: reading on would fill the memory
    assert [type(article) for article in islice(read([path]), 1)] == [Article]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json"])
def test_a_bad_line_affects_no_other(tmp_path: Path, name: str) -> None:
    lines = [
        json.dumps(RECORD),
        "{broken",
        '{"title": "No text"}',
        "",
        '["no", "object"]',
        "[" * 100_000,
        '{"title": "Huge", "text": "t", "n": ' + "9" * 5000 + "}",
        json.dumps(RECORD | {"title": "Last"}),
    ]
    found = read_bytes(tmp_path, name, "\n".join(lines).encode())
    assert [getattr(article, "title", None) for article in found] == ["Ferry sails", *[None] * 5, "Last"]
    assert [article.line for article in found if isinstance(article, Rejected)] == [2, 3, 5, 6, 7]
    assert found[-1].origin.endswith(":8")


def test_a_gzipped_archive_is_read_and_a_broken_one_is_read_to_the_break(tmp_path: Path) -> None:
    whole = gzip.compress(
        b"\n".join(json.dumps(RECORD | {"title": f"{n} {os.urandom(60).hex()}"}).encode() for n in range(2000))
    )
    assert len(read_bytes(tmp_path, "a.jsonl.gz", whole)) == 2000
    found = read_bytes(tmp_path, "b.jsonl.gz", whole[: len(whole) // 2])
    assert len(found) > 500
    assert "cannot be read to its end" in getattr(found[-1], "reason", "")
    assert "gzip" in one_rejected(tmp_path, "c.json.gz", b"no gzip at all").reason


@pytest.mark.parametrize(
    "document",
    [RECORD, [RECORD], {"articles": [RECORD]}, {"status": "ok", "response": {"results": [RECORD]}}],
)
def test_json_holds_an_article_or_a_list_of_them(tmp_path: Path, document: object) -> None:
    assert one_article(tmp_path, "a.json", json.dumps(document)).text == RECORD["text"]


def test_a_bad_item_of_a_json_list_is_named_by_its_number(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "a.json", json.dumps([RECORD, {"title": 7}, 3, RECORD]).encode())
    assert [type(article) for article in found] == [Article, Rejected, Rejected, Article]
    assert "item 2" in getattr(found[1], "reason", "")


@pytest.mark.parametrize(
    "text", ["{", "[1,", "[" * 100_000, '{"n": ' + "9" * 5000 + "}", "nul", "[]", "{}", "NaN", '"text"']
)
def test_json_that_is_no_article_is_rejected(tmp_path: Path, text: str) -> None:
    assert one_rejected(tmp_path, "a.json", text).reason


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        ({"title": None, "headline": "H"}, "title", "H"),
        ({"title": {"rendered": "A &amp; B&#8217;s"}}, "title", "A & B\u2019s"),
        ({"title": "Ferry\n sails\t now"}, "title", "Ferry sails now"),
        ({"title": "Ferry sails | CNN", "source": "CNN"}, "title", "Ferry sails"),
        ({"title": "Ferry sails - CNN", "source": "CNN"}, "title", "Ferry sails"),
        ({"title": "Ferry sails | CNN Politics", "source": "CNN"}, "title", "Ferry sails"),
        ({"title": "Ferry sails | BBC", "source": "CNN"}, "title", "Ferry sails | BBC"),
        ({"title": "CNN", "source": "CNN"}, "title", "CNN"),
        ({"articleBody": "Body.", "text": None}, "text", "Body."),
        ({"text": ["One.", "Two."]}, "text", "One.\n\nTwo."),
        ({"text": "<p>One &amp; two.</p><p>Three.</p>"}, "text", "One & two.\n\nThree."),
        ({"text": "If x < 3 and y > 2 it holds."}, "text", "If x < 3 and y > 2 it holds."),
        ({"url": None, "link": " <https://example.org/B?x=%20&y=1#z> "}, "url", "https://example.org/B?x=%20&y=1#z"),
        ({"url": "javascript:alert(1)"}, "url", None),
        ({"url": "data:text/html,x"}, "url", None),
        ({"url": "https://example.org/a b"}, "url", None),
        ({"url": "https://"}, "url", None),
        ({"url": "https://example.org/\u202egpj.exe"}, "url", None),
        ({"url": 7}, "url", None),
        ({"pubDate": "Mon, 31 Aug 2020 10:00:00 GMT"}, "published", datetime(2020, 8, 31, 10, tzinfo=UTC)),
        ({"published": "soon", "date": "2020-08-31"}, "published", date(2020, 8, 31)),
        ({"published": "0000-00-00"}, "published", None),
        ({"published": float("nan")}, "published", None),
        ({"publisher": {"@type": "Organization", "name": "The Gazette"}}, "source", "The Gazette"),
        ({"outlet": ""}, "source", None),
        ({"source": "null"}, "source", None),
        ({"author": "By Ada Moreau and Lena Faro"}, "authors", ("Ada Moreau", "Lena Faro")),
        ({"authors": ["Ada Moreau", None, {"name": "Lena Faro"}, 7]}, "authors", ("Ada Moreau", "Lena Faro")),
        ({"text": "PARIS, May 1 (AFP) - It rained."}, "source", "AFP"),
    ],
)
def test_fields_of_common_names_and_forms_are_understood(
    tmp_path: Path, record: dict[str, object], field: str, expected: object
) -> None:
    article = one_article(tmp_path, "a.json", json.dumps(RECORD | record))
    assert getattr(article, field) == expected


@pytest.mark.parametrize("missing", [{"title": None}, {"title": ["a", 1]}, {"title": "  "}, {"text": 7}, {"text": ""}])
def test_a_record_without_title_or_text_is_rejected_by_name(tmp_path: Path, missing: dict[str, object]) -> None:
    rejected = one_rejected(tmp_path, "a.jsonl", json.dumps(RECORD | missing))
    assert (rejected.line, f"has no {next(iter(missing))}" in rejected.reason) == (1, True)


def test_a_page_that_holds_only_furniture_is_known_by_its_headline(tmp_path: Path) -> None:
    assert one_article(tmp_path, "a.json", json.dumps(RECORD | {"text": "Advertisement"})).text == "Ferry sails"


def test_front_matter_is_a_record(tmp_path: Path) -> None:
    article = one_article(
        tmp_path,
        "a.md",
        "---\ntitle: 'Ferry: sails'\ndate: 0000-00-00\nauthor: [Ada Moreau]\nlink: https://example.org/a\n---\n\n"
        "The *ferry* [sails](https://example.org/b) at **nine**.\n\n## Later\n\n![map](map.png)\nIt returns.",
    )
    assert (article.title, article.published, article.authors) == ("Ferry: sails", None, ("Ada Moreau",))
    assert article.text == "The ferry sails at nine.\n\nLater\n\nIt returns."


def test_markdown_without_front_matter_takes_its_heading_for_a_title(tmp_path: Path) -> None:
    assert one_article(tmp_path, "a.md", "# Ferry sails\n\nAt nine.").title == "Ferry sails"
    assert one_article(tmp_path, "b.md", "---\ndate: 2020-08-31\n---\n# Ferry sails\n\nAt nine.").title == "Ferry sails"


def test_broken_front_matter_is_rejected(tmp_path: Path) -> None:
    assert "YAML" in one_rejected(tmp_path, "a.md", "---\ntitle: [a\n---\nText").reason
    assert one_rejected(tmp_path, "b.md", "---\nt: &a [x]\nu: " + "[" * 5000 + "\n---\nText").reason


def test_a_quote_that_is_not_closed_is_one_rejection_of_all_lines_below_it(tmp_path: Path) -> None:
    rejected = one_rejected(tmp_path, "a.csv", 'title,text\nOne,"Text\nTwo,Text\nThree,Text\n')
    assert rejected.line == 2
    assert rejected.reason == "is not a valid row, nor are the lines up to 4: unexpected end of data"


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_a_table_is_read_row_by_row(tmp_path: Path, name: str, mark: str) -> None:
    rows = [["title", "text", "date"], ["One", f'"Text{mark} of\none"', "2020-08-31"], ["Two"], ["Three", "Text", ""]]
    found = read_bytes(tmp_path, name, "\r\n".join(mark.join(row) for row in rows).encode("utf-8-sig"))
    assert [getattr(article, "title", None) for article in found] == ["One", None, "Three"]
    assert getattr(found[0], "text", None) == f"Text{mark} of\none"
    assert [article.origin.rpartition(":")[2] for article in found if isinstance(article, Article)] == ["2", "5"]


def test_a_malformed_row_is_rejected_and_the_next_is_read(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "a.csv", b'title,text\nOne,"a"b\nTwo,Text\nThree,Text,too,many\nFour,Text\n')
    assert [getattr(article, "title", None) for article in found] == [None, "Two", None, "Four"]
    assert [article.line for article in found if isinstance(article, Rejected)] == [2, 4]


def test_a_field_of_a_table_may_be_long(tmp_path: Path) -> None:
    assert len(one_article(tmp_path, "a.csv", "title,text\nOne," + "word " * 60_000).text) > 250_000


PAGE = """<html><head><title>Ferry sails | The Gazette</title>{head}</head><body><nav>Home News Sport</nav>
<article><h1>Ferry sails</h1><p>The ferry to the island sails at nine every morning, the harbour said.</p>
<p>It carries 120 people &amp; eight cars.</p></article><footer>All rights reserved</footer></body></html>"""


def test_a_page_gives_what_it_states(tmp_path: Path) -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "No"},
    {"@type": "NewsArticle", "headline": "Ferry sails at nine",
    "datePublished": "2020-08-31T10:00:00Z", "author": [{"name": "Ada Moreau"}],
    "publisher": {"name": "The Gazette"}}]}</script><link rel="canonical" href="https://example.org/A?x=1&amp;y=2">"""
    article = one_article(tmp_path, "a.html", PAGE.format(head=head))
    assert article.title == "Ferry sails at nine"
    assert article.published == datetime(2020, 8, 31, 10, tzinfo=UTC)
    assert (article.source, article.authors) == ("The Gazette", ("Ada Moreau",))
    assert article.url == "https://example.org/A?x=1&y=2"
    assert article.text == (
        "Ferry sails\n\nThe ferry to the island sails at nine every morning, the harbour said.\n\n"
        "It carries 120 people & eight cars."
    )


def test_the_text_of_a_short_article_is_separated_from_its_page(tmp_path: Path) -> None:
    page = """<body><nav><a href="/">Home</a></nav><article><h1>Ferry sails</h1><p class="byline">By Ada Moreau</p>
    <p>The ferry sails at nine.</p><figure><img src="x"><figcaption>The pier</figcaption></figure>
    <p>It carries 120 people.</p><h2>Prices</h2><ul><li>Adults: 3 euros</li></ul></article><footer>Imprint</footer>"""
    article = one_article(tmp_path, "a.html", page)
    assert article.text == "The ferry sails at nine.\n\nIt carries 120 people.\n\nPrices\n\n- Adults: 3 euros"
    assert article.authors == ("Ada Moreau",)


def test_a_page_with_one_time_has_that_date_and_with_several_none(tmp_path: Path) -> None:
    one, other = '<time datetime="2020-08-31"></time>', '<time datetime="2019-01-01">An older story</time>'
    assert one_article(tmp_path, "a.html", PAGE.format(head="") + one).published == date(2020, 8, 31)
    assert one_article(tmp_path, "b.html", PAGE.format(head="") + one + other).published is None


def test_nothing_is_guessed_for_a_page_without_metadata(tmp_path: Path) -> None:
    picture = """<link rel="icon" href="https://cdn.example.org/2020/08/31/icon.png">
    <script type="application/ld+json">{</script>"""
    article = one_article(tmp_path, "2020-08-31.html", PAGE.format(head=picture))
    assert article.title == "Ferry sails"
    assert (article.published, article.source, article.url, article.authors) == (None, None, None, ())


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = PAGE.format(head='<meta charset="windows-1251">').replace("island", "остров")
    assert "остров" in one_article(tmp_path, "a.html", page.encode("cp1251")).text


ENGLISH = "The café reopens\n\n“It cost £300 – too much,” the mayor said. Naïve plans cost more."
RUSSIAN = "Паром отправится\n\nМэр города сообщил, что паром откроется в понедельник. Стоимость составила три миллиона."
WESTERN = [
    "À Montréal, Mme Lefèvre rouvre le théâtre\n\nOù étaient les élèves? « Ça a été dur », a répété la préfète.",
    "Bürgermeister öffnet die Brücke über die Förde\n\nGrößere Schäden gäbe es nicht, heißt es. Züge führen früher.",
    "El alcalde de Córdoba señaló la situación\n\n¿Cuándo abrirá el año próximo? Según él, la decisión será pública.",
    "O prefeito de São João não confirmou\n\nA eleição será em março, disse a câmara; três órgãos já têm orçamento.",
    "Borgmesteren åbner broen over åen før jul\n\nOgså færgen sejler fra Køge; mange ønsker at være først på øen.",
]
CENTRAL = [
    "Burmistrz otwiera most w Łodzi\n\nGdańsk też czeka na środki; są jeszcze pytania, więc rada zażąda wyjaśnień.",
    "Příští týden začnou další práce\n\nStarosta řekl, že most bude otevřen v pondělí. Řidiči čekají na objížďku.",
    "A polgármester hétfőn közölte\n\nA hidat jövőre nyitják meg; több millió forintba kerül, és újabb döntés várható.",
]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "cp1252") for text in WESTERN),
        *((text, "cp1250") for text in CENTRAL),
        *((ENGLISH, encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252")),
        *((RUSSIAN, encoding) for encoding in ("utf-8", "utf-16", "koi8-r", "cp1251")),
    ],
)
def test_a_text_is_read_whatever_it_was_saved_as(tmp_path: Path, text: str, encoding: str) -> None:
    article = one_article(tmp_path, "a.txt", text.encode(encoding))
    assert f"{article.title}\n\n{article.text}" == text


def test_a_text_cut_within_a_letter_is_still_what_it_was(tmp_path: Path) -> None:
    assert one_article(tmp_path, "a.txt", (RUSSIAN + "й").encode()[:-1]).text.endswith("миллиона.\ufffd")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_archives_too_are_read_whatever_they_were_saved_as(tmp_path: Path, encoding: str) -> None:
    title, text = ENGLISH.split("\n\n")
    lines = f'{{"title": "{title}", "text": "{text}"}}\n'.encode(encoding)
    table = f'title,text\n"{title}","{text}"\n'.encode(encoding)
    for article in (one_article(tmp_path, "a.jsonl", lines), one_article(tmp_path, "a.csv", table)):
        assert (article.title, article.text) == (title, text)


TEXTS = [".txt", ".md", ".markdown", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".html", ".htm", ".xhtml"]


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize(
    ("data", "reason"), [(b" \n\n", "empty"), (b"\x02\x03\x04\x00\x00", "binary"), (b"PK\x03\x04\x00\x00", ".zip")]
)
def test_files_that_hold_no_text_say_so(tmp_path: Path, suffix: str, data: bytes, reason: str) -> None:
    assert reason in one_rejected(tmp_path, f"a{suffix}", data).reason


@pytest.mark.parametrize("suffix", [*READERS, *CONTAINERS])
@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x00\x00", b"\x00" * 2000, b"\xff\xfe" + bytes(range(256)), b"%PDF-1.7\n"]
)
def test_an_empty_file_and_one_of_another_kind_are_rejected(tmp_path: Path, suffix: str, data: bytes) -> None:
    assert one_rejected(tmp_path, f"a{suffix}", b"").reason == "is empty"
    assert all(isinstance(found, Rejected) for found in read_bytes(tmp_path, f"b{suffix}", data))


def test_a_file_name_of_invalid_text_is_printable(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/a\xff\n.txt"
    Path(os.fsdecode(path)).write_bytes(b"")
    (rejected,) = read([tmp_path])
    assert rejected.origin.isprintable()
    assert rejected.origin.endswith("a\\xff\\n.txt")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"Ferry\n\n" + b"  " * 500_000),
        ("a.html", b"<html><body>" + b"<p>a</p>" * 200_000),
        ("a.json", json.dumps({"title": "a" * 1_000_000, "text": "b", "source": "a" * 999_999}).encode()),
        ("a.mhtml", b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: text/html\n\n" * 200_000),
    ],
)
def test_pathological_files_are_read_or_rejected_quickly(tmp_path: Path, name: str, data: bytes) -> None:
    assert len(read_bytes(tmp_path, name, data)) == 1


WORDS = st.sampled_from(
    [
        *('{}[]":,\n\t<>-#', '"title"', '"text"', '"url"', "title,text,url\n", "---\n", "title: x\n", "url: ", "By "),
        *("<html>", "<p>", "</p>", "<script type='application/ld+json'>", "</script>", "<meta charset='utf-7'>"),
        *(
            "https://example.org/a",
            "2020-08-31",
            "\\ud800",
            "\x00",
            "null",
            "&amp;",
            "<![CDATA[",
            "word ",
            "é",
            "\u202e",
        ),
        *'{}[]":,\n\t<>-#',
    ]
)
ANY_BYTES = st.binary(max_size=200) | st.lists(WORDS, max_size=40).map(lambda words: "".join(words).encode())


@pytest.mark.parametrize(
    ("opening", "source"),
    [("(CNN)", "CNN"), ("(Reuters) - ", "Reuters"), ("OSLO (AP) — ", "AP"), ("Oslo (AP) ", None), ("Oslo ", None)],
)
def test_the_agency_that_opens_the_story_is_its_outlet(tmp_path: Path, opening: str, source: str | None) -> None:
    record = {"title": "Ferry sails", "text": f"{opening}The ferry sails at nine."}
    assert only_article(read_bytes(tmp_path, "a.json", json.dumps(record).encode())).source == source


@pytest.mark.parametrize("suffix", [*READERS, ".jsonl.gz", ".html.gz"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=ANY_BYTES)
def test_no_bytes_in_any_format_raise(tmp_path: Path, suffix: str, data: bytes) -> None:
    packed = gzip.compress(data) if suffix.endswith(".gz") and len(data) % 2 else data
    found = read_bytes(tmp_path, f"a{suffix}", packed)
    assert found
    for article in found:
        assert isinstance(article, Article | Rejected)
        if isinstance(article, Article):
            assert article.title.strip()
            assert article.text.strip()
            (article.title + article.text + "".join(article.authors) + (article.source or "")).encode()
            assert article.url is None or article.url in decoded(data) + html.unescape(decoded(data))


def decoded(data: bytes) -> str:
    return "".join(characters(data.decode(encoding, "replace")) for encoding in ("utf-8", "cp1252"))


def json_values() -> st.SearchStrategy[object]:
    plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    return st.recursive(
        plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    record=st.dictionaries(
        st.sampled_from(["title", "text", "url", "date", "source", "authors", "name"]), json_values()
    )
)
def test_no_value_in_any_field_raises(tmp_path: Path, record: dict[str, object]) -> None:
    (found,) = read_bytes(tmp_path, "a.jsonl", json.dumps(record).encode())
    if isinstance(found, Article) and found.url:
        assert found.url in str(record["url"])


@pytest.fixture(autouse=True, scope="module")
def _no_rubbish_of_earlier_tests() -> None:
    """Of event loops that gradio left, say, which would be collected, with a warning, during one of these tests."""
    gc.collect()


@pytest.fixture(autouse=True)
def _no_files_left_open(recwarn: pytest.WarningsRecorder) -> Iterator[None]:
    yield
    assert not [warning for warning in recwarn if issubclass(warning.category, ResourceWarning)]
