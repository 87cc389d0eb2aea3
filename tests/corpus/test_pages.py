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


def test_the_time_marked_as_the_publication_counts() -> None:
    times = '<time class="entry-date published" datetime="2020-08-31"></time><time datetime="2019-01-01">older</time>'
    assert only_article(parsed("a.html", page(body=times))).published == date(2020, 8, 31)


def test_an_author_is_a_name_and_no_address() -> None:
    head = '<meta property="article:author" content="https://social.example/gazette">'
    assert only_article(parsed("a.html", page(head))).authors == ()


def test_outside_metadata_is_used_where_the_page_has_none() -> None:
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
def test_the_headline_is_the_heading_in_the_title_or_the_articles(headings: str) -> None:
    assert shown(headings.format(STORY)).title == "Ferry sails"


def test_the_articles_heading_is_used_if_the_title_repeats_none() -> None:
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


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


OTHER = {
    "@type": "NewsArticle",
    "headline": "Whale seen off Orne",
    "datePublished": "2011-05-05",
    "author": "Nell Other",
}
OWN = {"@type": "NewsArticle", "headline": "Ferry sails at nine", "datePublished": "2020-08-31", "author": "Ada Moreau"}
HERE, THERE = "https://g.example/2020/ferry", "https://g.example/2011/whale"


@pytest.mark.parametrize(
    "blocks",
    [
        [OTHER | {"url": THERE}, OWN | {"url": HERE}],
        [OTHER | {"mainEntityOfPage": {"@id": THERE}}, OWN | {"mainEntityOfPage": {"@id": HERE + "/amp"}}],
        [OTHER | {"url": THERE}, OWN],
        [{"@type": "WebPage", "@id": HERE, "mainEntity": OWN}],
        [{"@type": "WebPage", "datePublished": "2020-08-31"}, {k: v for k, v in OWN.items() if k != "datePublished"}],
    ],
)
def test_the_pages_own_article_is_chosen_from_structured_data(blocks: list[object]) -> None:
    head = f'<link rel="canonical" href="{HERE}">' + "".join(structured(block) for block in blocks)
    article = only_article(parsed("a.html", page(head)))
    assert (article.title, article.authors) == ("Ferry sails at nine", ("Ada Moreau",))
    assert article.published == date(2020, 8, 31)


def test_structured_data_of_another_story_alone_is_not_the_pages() -> None:
    head = f'<link rel="canonical" href="{HERE}">' + structured(OTHER | {"url": THERE})
    article = only_article(parsed("a.html", page(head)))
    assert (article.title, article.published, article.authors) == ("Ferry sails", None, ())


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Ferry, sails", "datePublished": "2020-08-31",}',
        '{"@type": ["NewsArticle",], "headline": "Ferry, sails", "datePublished": "2020-08-31"}}',
        '{"@type": "NewsArticle", // https://schema.org\n"headline": "Ferry, sails", "datePublished": "2020-08-31"}',
        '/* data */{"@type": "NewsArticle", /* , */ "headline": "Ferry, sails", "datePublished": "2020-08-31", }',
    ],
)
def test_structured_data_with_a_comma_brace_or_comment_too_many_is_read(text: str) -> None:
    article = only_article(parsed("a.html", page(script(text))))
    assert (article.title, article.published) == ("Ferry, sails", date(2020, 8, 31))


def test_comments_inside_strings_of_structured_data_are_kept() -> None:
    text = '{"@type": "Article", "headline": "Ferry // sails, ] /* now */", "url": "https://g.example/a",}'
    assert only_article(parsed("a.html", page(script(text)))).title == "Ferry // sails, ] /* now */"


def test_a_page_that_scripts_fill_has_the_text_of_its_structured_data() -> None:
    body = "The ferry sails at nine, the harbour said on Monday.\n\nIt carries 120 people and their bicycles."
    head = structured(OWN | {"articleBody": body})
    html = (
        f"<html><head><title>Ferry</title>{head}</head><body><div id=root><p>Please turn on scripts.</p></div></body>"
    )
    assert only_article(parsed("a.html", html.encode())).text == body


POSTS = [
    ("Ferry leaves", "The ferry left the harbour of Port Maren an hour late, with 80 people on board."),
    ("Storm nears", "Gusts of 90 kilometres an hour are expected by noon, the weather service said."),
    ("Harbour closes", "No ship may leave before Tuesday, and the market on the quay is called off."),
]


def test_a_live_blog_keeps_all_its_posts() -> None:
    updates = [{"@type": "BlogPosting", "headline": head, "articleBody": body} for head, body in POSTS]
    block = structured({"@type": "LiveBlogPosting", "headline": "Storm live", "liveBlogUpdate": updates})
    shown_posts = "".join(
        f"<div class=post><time>1{n}:00</time><h2>{head}</h2><p>{body}</p></div>"
        for n, (head, body) in enumerate(POSTS)
    )
    for html in (
        f"<html><head>{block}</head><body><div id=root></div></body></html>",
        f"<html><head><title>Storm</title></head><body><main><h1>Storm live</h1>{shown_posts}</main></body></html>",
    ):
        text = only_article(parsed("a.html", html.encode())).text
        assert all(body in text for _, body in POSTS)


def test_the_pages_own_heading_counts_before_a_title_written_for_search_engines() -> None:
    head = "<meta property='og:title' content='Everything we know about ships in Maren'>"
    body = f"<article><h1>Harbour of Port Maren is shut after gusts</h1>{STORY}</article>"
    assert shown(body, title="Ships", head=head).title == "Harbour of Port Maren is shut after gusts"
    near = "<meta property='og:title' content='Harbour of Port Maren shut'>"
    assert shown(body, title="Ships", head=near).title == "Harbour of Port Maren shut"


def test_structured_data_that_is_all_commas_costs_no_more_than_its_size() -> None:
    text = '{"@type": "NewsArticle", "headline": "Ferry' + "," * 300_000
    assert only_article(parsed("a.html", page(script(text)))).title == "Ferry sails"
