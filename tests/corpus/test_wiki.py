"""MediaWiki dumps: which pages are articles, and what of their wikitext is text."""

import bz2
import gzip
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import pytest

from corpus.article import Article, Rejected
from corpus.read import readers
from corpus.read.wikitext import LONGEST_TEXT
from tests.corpus.reading import only_article, only_rejected, parsed, read_bytes

ONE = "The lighthouse of Cape Orne shines again."
TIME = "2024-05-06T10:00:00Z"
BASE = "https://orne.example/wiki/Front_Page"
SITE = """<siteinfo><sitename>Orne News</sitename><base>{base}</base><namespaces>
<namespace key="0"/><namespace key="6">Datei</namespace><namespace key="14">Kategorie</namespace>
</namespaces></siteinfo>"""


def revision(text: str, time: str = TIME) -> str:
    return f"""<revision><id>1</id><timestamp>{time}</timestamp><contributor><username>Nora</username></contributor>
<model>wikitext</model><text xml:space="preserve">{escape(text)}</text></revision>"""


def page(title: str, *revisions: str, ns: int = 0, more: str = "") -> str:
    return f"<page><title>{escape(title)}</title><ns>{ns}</ns><id>1</id>{more}{''.join(revisions)}</page>"


def dump(*pages: str, base: str = BASE, version: str = "0.11") -> bytes:
    return f"""<mediawiki xmlns="http://www.mediawiki.org/xml/export-{version}/" version="{version}">
{SITE.format(base=escape(base))}{"".join(pages)}</mediawiki>""".encode()


def text_of(wikitext: str) -> str:
    return only_article(parsed("a.xml", dump(page("Lighthouse", revision(wikitext))))).text


@pytest.mark.parametrize("version", ["0.10", "0.11"])
def test_a_page_is_an_article_with_its_wiki_as_outlet(version: str) -> None:
    source = f"{{{{date|May 4, 2024}}}}\n{ONE}\n\n{{{{publish}}}}"
    article = only_article(parsed("a.xml", dump(page("Who lit it? We", revision(source)), version=version)))
    assert (article.title, article.text, article.source) == ("Who lit it? We", ONE, "Orne News")
    assert (article.published, article.revised) == (date(2024, 5, 4), datetime(2024, 5, 6, 10, tzinfo=UTC))
    assert article.url == "https://orne.example/wiki/Who_lit_it%3F_We"
    assert article.authors == ()


def test_the_last_revision_of_a_page_counts() -> None:
    revisions = [revision("Old.", "2024-05-01T00:00:00Z"), revision(ONE), revision("Older.", "2024-04-01T00:00:00Z")]
    article = only_article(parsed("a.xml", dump(page("Lighthouse", *revisions))))
    assert article.text == ONE
    assert article.published is None


def test_talk_redirects_other_models_and_the_front_page_are_passed_over() -> None:
    pages = [
        page("Talk:Lighthouse", revision(ONE), ns=1),
        page("Beacon", revision("x"), more='<redirect title="Lighthouse"/>'),
        page("Lamp", revision(" #redirect [[Lighthouse]]")),
        page("Style", revision(ONE).replace("wikitext", "css")),
        page("Front Page", revision(ONE)),
    ]
    assert only_article(parsed("a.xml", dump(*pages, page("Lighthouse", revision(ONE))))).title == "Lighthouse"
    assert only_rejected(parsed("a.xml", dump(*pages))).reason == (
        "is a MediaWiki dump without an article among its 5 pages"
    )


@pytest.mark.parametrize("template", ["develop", "Prepare", "review|by=x"])
def test_an_unpublished_page_is_rejected_with_its_template(template: str) -> None:
    found = parsed("a.xml", dump(page("Lighthouse", revision(f"{{{{{template}}}}}\n{ONE}"))))
    name = template.partition("|")[0].lower()
    reason = f"has a page 'Lighthouse' that is not published: it has the template {{{{{name}}}}}"
    assert only_rejected(found).reason == reason


@pytest.mark.parametrize(
    ("template", "day"),
    [
        ("{{date|May 4, 2024}}", date(2024, 5, 4)),
        ("[[Datei:A.jpg|thumb|A tower]]\n{{Date|4 May 2024}}", date(2024, 5, 4)),
        ("{{byline|date=May 4, 2024|location=Port Maren}}", date(2024, 5, 4)),
        ("{{date|03/04/2020}}", None),
        ("{{byline|location=Port Maren}}", None),
        ("It was lit on {{date|May 4, 2024}}.", None),
    ],
)
def test_the_day_is_what_a_template_above_the_text_states(template: str, day: date | None) -> None:
    article = only_article(parsed("a.xml", dump(page("Lighthouse", revision(f"{template}\n{ONE}")))))
    assert article.published == day


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        ("'''Cape ''Orne''''' is [[Cape|far]] and [[Tower]].", "Cape Orne is far and Tower."),
        ("At {{w|Cape Orne}}, {{w|Tower (Orne)|the tower}}&nbsp;shines.", "At Cape Orne, the tower shines."),
        ("It is {{convert|5|km|mi}} off{{spaced ndash}}or so.", "It is 5 km off – or so."),
        ("It shines.<ref name=a>Echo</ref> It turns.<ref name=a/><!-- ask -->", "It shines. It turns."),
        ("It shines.\n[[File:A.jpg|thumb|The [[tower]] at night]]\nIt turns.", "It shines.\n\nIt turns."),
        ("It shines.\n[[Datei:A.jpg|links|An [[old]] lamp]]\n[[Kategorie:Light]]\n[[fr:Phare]]", "It shines."),
        ("It shines.\n\n{| class=x\n| Watt || 400\n|}\n\nIt turns.", "It shines.\n\nIt turns."),
        ("The [https://e.example Echo] says so [https://e.example].", "The Echo says so ."),
        ("__NOTOC__\n{{Infobox\n|a=[[b]]\n}}\nIt shines.", "It shines."),
        ("Two lamps:\n* One\n* Two", "Two lamps:\n\nOne\n\nTwo"),
        ("{{quote|It shines.|Kest}}\nShe left.", "It shines.\n\nShe left."),
        ("One line\nand the next.", "One line and the next."),
        ("It says <nowiki>[[so]]</nowiki>.", "It says [[so]]."),
    ],
)
def test_wikitext_becomes_plain_text(wikitext: str, text: str) -> None:
    assert text_of(wikitext) == text


def test_headings_stay_where_text_follows_and_sections_of_references_go() -> None:
    wikitext = f"{ONE}\n== Light ==\n=== Lamp ===\nIt turns.\n== Empty ==\n== Sources ==\n* Echo\n=== Old ===\n* Post\n"
    assert text_of(wikitext + "== Keeper ==\nHe left.") == f"{ONE}\n\nLight\n\nLamp\n\nIt turns.\n\nKeeper\n\nHe left."


@pytest.mark.parametrize(
    ("base", "title", "url"),
    [
        ("https://o.example/w/index.php?title=Front", "A & b/c", "https://o.example/w/index.php?title=A_%26_b/c"),
        ("https://o.example/Front", "Phare été", "https://o.example/Phare_%C3%A9t%C3%A9"),
        ("https://o.example/wiki/Front", "../../x", None),
        ("https://o.example/wiki/", "A", None),
        ("https://o.example/wiki?a=b&title=c", "A", None),
        ("javascript:alert(1)/Front", "A", None),
        ("https://[/Front", "A", None),
    ],
)
def test_an_address_is_made_only_where_the_base_shows_how(base: str, title: str, url: str | None) -> None:
    assert only_article(parsed("a.xml", dump(page(title, revision(ONE)), base=base))).url == url


def test_a_packed_dump_is_read(tmp_path: Path) -> None:
    data = dump(page("Lighthouse", revision(ONE)))
    for name, packed in (("a.xml.bz2", bz2.compress(data)), ("a.xml.gz", gzip.compress(data))):
        assert only_article(read_bytes(tmp_path, name, packed)).text == ONE


def test_a_dump_that_breaks_off_is_read_to_the_break() -> None:
    data = dump(page("Lighthouse", revision(ONE)), page("Lamp", revision(ONE)))
    first, second = parsed("a.xml", data[: data.index(b"<title>Lamp")])
    assert isinstance(first, Article)
    assert isinstance(second, Rejected)
    assert second.reason.startswith("breaks off or is damaged after 1 pages")


def test_a_dump_with_entities_is_refused() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "dark"}">' for n in range(12))
    for entities, word in ((bomb, "&e11;"), ('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")):
        body = dump(page("Lighthouse", revision(ONE))).replace(b"Orne.", word.encode())
        found = parsed("a.xml", f"<!DOCTYPE mediawiki [{entities}]>".encode() + body)
        assert "document type" in only_rejected(found).reason


@pytest.mark.parametrize(
    "text", ["x" * (LONGEST_TEXT + 1), "{{a|" * 5000, "<b>" * 5000, "[[a|{{b|]]}}" * 5000, "\n{|" * 5000]
)
def test_a_page_that_is_no_article_by_its_size_or_marks_is_rejected_and_the_next_is_read(text: str) -> None:
    rejected, article = parsed("a.xml", dump(page("Noise", revision(text)), page("Lighthouse", revision(ONE))))
    assert isinstance(rejected, Rejected)
    assert rejected.reason.startswith("has a page 'Noise' that ")
    assert isinstance(article, Article)


def test_a_dump_is_streamed_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.read.file.LARGEST_WHOLE", 1000)
    data = dump(*(page(f"Lamp {number}", revision(f"{ONE} {number}")) for number in range(500)))
    assert [one.title for one in parsed("a.xml", data) if isinstance(one, Article)][-1] == "Lamp 499"


def test_a_dump_without_its_extra_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "find_spec", lambda _: None)
    rejected = only_rejected(parsed("a.xml", dump(page("Lighthouse", revision(ONE)))))
    assert rejected.reason == "needs the extra 'wiki': pip install byline[wiki]"
