"""What a page states of its article, and where it states it."""

import json
from datetime import date, datetime, timedelta, timezone

import pytest

from corpus.article import Article, instant
from corpus.read.file import File, Stated
from corpus.read.html import read_html
from tests.corpus.reading import only_article, parsed

NEWS = {
    "@context": "https://schema.org",
    "@type": ["Article", "NewsArticle"],
    "headline": "Ferry sails at nine",
    "datePublished": "2020-08-31T23:30:00-05:00",
    "dateModified": "2020-09-01T09:00:00-05:00",
    "url": "https://g.example/amp/a",
    "author": {"@id": "#ada"},
    "publisher": {"@id": "https://g.example/#org"},
}
GRAPH = [
    {"@type": "WebSite", "@id": "https://g.example/#site", "name": "No"},
    {"@type": "Organization", "@id": "https://g.example/#org", "name": "The Gazette"},
    {"@type": "Person", "@id": "#ada", "name": "Ada Moreau", "url": "https://g.example/ada"},
    NEWS,
]


def page(*head: str, body: str = "") -> bytes:
    return f"""<html><head><title>Ferry sails | The Gazette</title>{"".join(head)}</head><body><article>
    <h1>Ferry sails</h1><p>The ferry to the island sails at nine every morning, the harbour said.</p>{body}
    </article></body></html>""".encode()


def structured(document: object, around: str = "%s", kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{around % json.dumps(document)}</script>'


@pytest.mark.parametrize(
    "script",
    [
        structured({"@context": "https://schema.org", "@graph": GRAPH}),
        structured(GRAPH),
        structured([[{"@graph": GRAPH}]]),
        structured({"@graph": GRAPH}, "\n//<![CDATA[\n%s\n//]]>\n"),
        structured({"@graph": GRAPH}, "<!-- %s -->"),
        structured({"@graph": GRAPH}, "%s;", "application/ld+json; charset=utf-8"),
        structured(GRAPH[:2]) + structured("no block") + structured([None, 7, GRAPH[2]]) + structured(NEWS),
    ],
)
def test_the_article_among_the_blocks_of_a_page_is_found_with_what_it_refers_to(script: str) -> None:
    article = only_article(parsed("a.html", page(script)))
    assert (article.title, article.source, article.authors) == ("Ferry sails at nine", "The Gazette", ("Ada Moreau",))
    zone = timezone(timedelta(hours=-5))
    assert article.published == datetime(2020, 8, 31, 23, 30, tzinfo=zone)
    assert article.updated == datetime(2020, 9, 1, 9, tzinfo=zone)


def test_a_day_is_that_of_the_zone_it_was_published_in_and_the_moment_is_ordered_in_utc() -> None:
    article = only_article(parsed("a.html", page(structured(NEWS))))
    assert article.published is not None
    assert article.published.isoformat() == "2020-08-31T23:30:00-05:00"
    assert instant(article.published).isoformat() == "2020-09-01T04:30:00+00:00"


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://g.example/a?x=1&amp;y=2", "https://g.example/a?x=1&y=2"),
        ("https://g.example/", "https://g.example/amp/a"),
        ("/a", "https://g.example/amp/a"),
        ("javascript:alert(1)", "https://g.example/amp/a"),
        ("", "https://g.example/amp/a"),
    ],
)
def test_the_canonical_address_counts_before_others_where_it_is_one(canonical: str, url: str) -> None:
    head = f'<link rel="canonical" href="{canonical}"><meta property="og:url" content="https://g.example/og">'
    assert only_article(parsed("a.html", page(structured(NEWS), head))).url == url


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2020-08-31">', date(2020, 8, 31)),
        ('<meta name="parsely-pub-date" content="2020-08-31">', date(2020, 8, 31)),
        ('<meta name="DC.date.issued" content="2020-08-31">', date(2020, 8, 31)),
        ('<meta name="sailthru.date" content="2020-08-31">', date(2020, 8, 31)),
        ('<meta itemprop="datePublished" content="2020-08-31">', date(2020, 8, 31)),
        ('<meta name="pubdate" content="0000-00-00"><meta name="date" content="2020-08-31">', date(2020, 8, 31)),
        ('<meta name="date" content="03/04/2020">', None),
    ],
)
def test_a_date_is_found_under_the_names_that_sites_have_for_it(head: str, published: date | None) -> None:
    assert only_article(parsed("a.html", page(head))).published == published


def test_of_several_times_that_which_is_marked_as_the_publication_counts() -> None:
    times = '<time class="entry-date published" datetime="2020-08-31"></time><time datetime="2019-01-01">older</time>'
    assert only_article(parsed("a.html", page(body=times))).published == date(2020, 8, 31)


def test_an_author_is_a_name_and_no_address() -> None:
    head = '<meta property="article:author" content="https://social.example/gazette">'
    assert only_article(parsed("a.html", page(head))).authors == ()


def test_what_is_known_from_outside_counts_where_the_page_is_silent() -> None:
    known = Stated(url="https://g.example/a", source="The Herald", published=date(2020, 1, 1), encoding="koi8-r")
    silent = File.of("a.html", page().decode().replace("island", "остров").encode("koi8-r"), "a.html", known)
    article = only_article(list(read_html(silent)))
    assert (article.url, article.source, article.published) == ("https://g.example/a", "The Herald", date(2020, 1, 1))
    assert "остров" in article.text
    telling = only_article(list(read_html(File.of("a.html", page(structured(GRAPH)), "a.html", known))))
    assert (telling.url, telling.source) == ("https://g.example/amp/a", "The Gazette")


def test_a_page_of_many_nested_tags_is_read_or_rejected() -> None:
    for tag in ("div", "p", "b", "table><tr><td"):
        data = b"<html>" + f"<{tag}>".encode() * 50_000 + b"Ferry"
        assert len(parsed("a.html", data)) == 1


STORY = "<p>The ferry to the island sails at nine every morning, the harbour said.</p>"
DAY = "<time datetime='2020-08-31'>then</time>"
OLD = "<time datetime='2015-03-03'>long ago</time>"


def shown(body: str, title: str = "Ferry sails | The Gazette", head: str = "") -> Article:
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}<p>{OLD}</p><p>2 May 2016</p></body></html>"
    return only_article(parsed("a.html", html.encode()))


@pytest.mark.parametrize(
    "headings",
    [
        "<h1>The Gazette</h1><h1>Ferry sails</h1>{}<h1>Newsletter</h1>",
        "<h1>Most read</h1><article><h1>Ferry sails</h1>{}</article>",
        "<h1>Ferry sails</h1>{}<h1>More news</h1>",
    ],
)
def test_of_several_headings_the_one_that_the_title_repeats_or_the_articles_is_the_headline(headings: str) -> None:
    assert shown(headings.format(STORY)).title == "Ferry sails"


def test_where_the_title_repeats_no_heading_the_articles_counts() -> None:
    assert shown(f"<h1>Most read</h1><main><h1>Ferry sails</h1>{STORY}</main>", title="Other").title == "Ferry sails"


@pytest.mark.parametrize(
    "around",
    [
        "<h1>Ferry sails</h1>{day}{story}",
        "<h1>Ferry sails</h1><p class='x'>August 31, 2020</p>{story}",
        "<h1>Ferry sails</h1><div>Published 9:05 a.m. ET Aug. 31, 2020 | Updated 3 p.m. ET Sept. 2, 2020</div>{story}",
        "<h1>Ferry sails</h1><time class='updated' datetime='2020-09-02'>x</time>{day}{story}",
        "<h1>Ferry sails</h1><figure>{old}</figure>{day}{story}",
        "<article><p>31 August 2020</p><h1>Ferry sails</h1>{story}</article>",
    ],
)
def test_the_day_beside_the_headline_is_the_articles_whatever_other_days_a_page_shows(around: str) -> None:
    published = shown(around.format(day=DAY, old=OLD, story=STORY)).published
    assert published is not None
    assert str(published)[:10] == "2020-08-31"


def test_days_below_the_story_alone_are_not_the_articles() -> None:
    assert shown(f"<h1>Ferry sails</h1>{STORY}{DAY}").published is None


@pytest.mark.parametrize(
    "byline",
    [
        "<p class='byline'>By Ada Moreau and Lena Faro</p>",
        "<p><a rel='author'>Ada Moreau</a> and <a rel='author'>Lena Faro</a></p>",
        "<p class='authors'><span class='author vcard'><a rel='author'>Ada Moreau</a></span>"
        "<span class='author vcard'><a rel='author'>Lena Faro</a></span></p>",
        "<div class='gnt_ar_by'>Ada Moreau and Lena Faro</div>",
    ],
)
def test_all_authors_beside_the_headline_are_read_and_none_of_other_articles(byline: str) -> None:
    other = "<div class='card'><span class='author'>Nell Other</span></div>"
    assert shown(f"<h1>Ferry sails</h1>{byline}{STORY}{other}").authors == ("Ada Moreau", "Lena Faro")


def test_every_author_that_the_meta_tags_name_is_read() -> None:
    head = "".join(f"<meta property='article:author' content='{name}'>" for name in ("Ada Moreau", "Lena Faro"))
    assert shown(f"<h1>Ferry sails</h1>{STORY}", head=head).authors == ("Ada Moreau", "Lena Faro")
