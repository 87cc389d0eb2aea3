import asyncio
import gzip
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Rejected, url_id
from corpus.errors import ReadError
from corpus.fetch import Limits, fetch
from corpus.fetch.addresses import is_public
from corpus.fetch.fetched_pages import Kept, Page
from corpus.fetch.reply import Validators
from tests.corpus.reading import only_article, only_rejected
from tests.corpus.web_server import Request, Site, answers, bomb, drips, endless, in_turn, says, serving

QUICK = Limits(pause=0.0, seconds=5.0, longest_pause=5.0)
STORY = (
    "The ferry to the island sails again at nine on Monday, after two years in dock. "
    "Its captain said that the engine is new, and that the crossing takes forty minutes."
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "index" / "fetched.sqlite"


def page(title: str, text: str = STORY, head: str = "") -> str:
    return (
        f"<html><head><title>{title}</title>{head}</head><body><nav>Home Sport</nav><article><h1>{title}</h1>"
        f"<p>{text}</p></article><footer>Imprint</footer></body></html>"
    )


def feed(*entries: tuple[str, str], title: str = "Harbour Post") -> str:
    items = "".join(
        f"<item><title>{name}</title><link>{link}</link><description>{STORY * 5} {name}.</description>"
        "<pubDate>Mon, 16 May 2022 10:00:00 +0200</pubDate></item>"
        for name, link in entries
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"


def urlset(*places: tuple[str, str]) -> str:
    urls = "".join(f"<url><loc>{place}</loc><lastmod>{day}</lastmod></url>" for place, day in places)
    return f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"


def fetched(address: str, kept: Path | None = None, limits: Limits = QUICK) -> list[Article | Rejected]:
    return list(fetch([address], kept, allow_private=True, limits=limits))


def titles(found: list[Article | Rejected]) -> list[str]:
    return [one.title if isinstance(one, Article) else f"rejected: {one.reason}" for one in found]


def test_an_article_that_is_barred_is_neither_asked_for_nor_kept(site: Site, kept: Path) -> None:
    site.acts |= {
        "/sitemap.xml": says(urlset((f"{site.root}/ferry", "2022-05-16"), (f"{site.root}/pier", "2022-05-16"))),
        "/ferry": says(page("Ferry sails")),
        "/pier": says(page("Pier opens", STORY.upper())),
    }
    barred = frozenset({url_id(f"{site.root}/ferry")})
    found = fetch([f"{site.root}/sitemap.xml"], kept, allow_private=True, limits=QUICK, barred=barred)
    assert titles(list(found)) == ["Pier opens"]
    assert site.asked_anew() == ["/sitemap.xml", "/pier"]
    with closing(Kept(kept)) as opened:
        assert [address for address, _ in opened.articles(f"{site.root}/sitemap.xml")] == [f"{site.root}/pier"]


def test_a_page_is_an_article_with_the_address_that_it_was_read_from(site: Site) -> None:
    site.acts["/ferry"] = says(page("Ferry sails"))
    article = only_article(fetched(f"{site.root}/ferry#comments"))
    assert (article.title, article.text) == ("Ferry sails", STORY)
    assert article.url == article.origin == f"{site.root}/ferry"


def test_a_page_is_read_in_the_encoding_that_its_server_states(site: Site) -> None:
    site.acts["/ferry"] = says(page("Fähre fährt", "Die Fähre fährt.").encode("cp1250"), "text/html; charset=cp1250")
    assert only_article(fetched(f"{site.root}/ferry")).title == "Fähre fährt"


def test_a_feed_is_read_whatever_its_server_calls_it(site: Site) -> None:
    for kind in ("application/rss+xml", "text/xml", "text/html", "text/plain", ""):
        site.acts["/feed"] = says(feed(("Ferry sails", "https://post.example/ferry")), kind)
        article = only_article(fetched(f"{site.root}/feed"))
        assert (article.url, article.source) == ("https://post.example/ferry", "Harbour Post")
        assert article.published == datetime(2022, 5, 16, 8, tzinfo=UTC)


def test_a_json_feed_is_read(site: Site) -> None:
    site.acts["/feed"] = says(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{"id": "1", "title": "Ferry",'
        f' "url": "https://post.example/1", "content_text": "{STORY * 5}"}}]}}',
        "application/feed+json",
    )
    assert only_article(fetched(f"{site.root}/feed")).source == "Post"


def test_a_site_is_read_by_the_feed_that_its_front_page_names(site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.acts |= {"/": says(page("Home", head=link)), "/feed": says(feed(("Ferry", "https://post.example/ferry")))}
    assert titles(fetched(site.root)) == ["Ferry"]
    site.acts["/"] = says(page("Home"))
    assert "is the front page of a site and names no feed" in only_rejected(fetched(f"{site.root}/")).reason


def test_an_entry_with_a_headline_only_is_read_from_its_page(site: Site, kept: Path) -> None:
    entries = f"<item><title>Ferry</title><link>{site.root}/ferry</link></item><item><title>Pier</title></item>"
    site.acts["/feed"] = says(f"<rss version='2.0'><channel><title>Post</title>{entries}</channel></rss>")
    site.acts["/ferry"] = says(page("Ferry sails"))
    found = titles(fetched(f"{site.root}/feed", kept))
    assert found[0] == "Ferry sails"
    assert found[1].startswith("rejected: has an entry 2 that has no text: ")
    site.asked_anew()
    assert sorted(titles(fetched(f"{site.root}/feed", kept))) == found
    assert site.asked_anew() == ["/feed"]


def test_rejections_of_an_unchanged_listing_are_reported_again(site: Site, kept: Path) -> None:
    site.acts["/all.xml"] = says(
        f"<sitemapindex><sitemap><loc>{site.root}/map.xml</loc></sitemap></sitemapindex>", etag='"1"'
    )
    site.acts["/map.xml"] = says(urlset((f"{site.root}/ferry", "2022-05-16"), (f"{site.root}/pier", "2022-05-15")))
    site.acts |= {"/ferry": says(page("Ferry")), "/pier": says("")}
    first = titles(fetched(f"{site.root}/all.xml", kept))
    assert first == ["Ferry", "rejected: is empty"]
    site.acts["/all.xml"] = answers(304)
    for ask in (True, False):
        again = list(fetch([f"{site.root}/all.xml"], kept, ask=ask, allow_private=True, limits=QUICK))
        assert sorted(titles(again)) == first
        assert [one.origin for one in again if isinstance(one, Rejected)] == [f"{site.root}/pier"]
    site.acts["/all.xml"] = says(
        f"<sitemapindex><sitemap><loc>{site.root}/map.xml</loc></sitemap></sitemapindex>", etag='"2"'
    )
    site.acts["/map.xml"] = says(urlset((f"{site.root}/ferry", "2022-05-16")))
    assert titles(fetched(f"{site.root}/all.xml", kept)) == ["Ferry"]
    assert titles(list(fetch([f"{site.root}/all.xml"], kept, ask=False))) == ["Ferry"]


def test_contact_is_sent_in_user_agent(site: Site) -> None:
    site.acts["/ferry"] = says(page("Ferry"))
    list(fetch([f"{site.root}/ferry"], allow_private=True, limits=QUICK, contact="desk@post.example"))
    agents = {headers["User-Agent"] for headers in site.headers}
    assert len(agents) == 1
    assert agents.pop().endswith(" (reads articles for an archive; desk@post.example)")


def test_articles_that_left_a_feed_are_kept(site: Site, kept: Path) -> None:
    site.acts["/feed"] = says(feed(("Old", "https://post.example/old"), ("Both", "https://post.example/both")))
    assert titles(fetched(f"{site.root}/feed", kept)) == ["Old", "Both"]
    site.acts["/feed"] = says(feed(("Both", "https://post.example/both"), ("New", "https://post.example/new")))
    assert sorted(titles(fetched(f"{site.root}/feed", kept))) == ["Both", "New", "Old"]
    site.acts["/feed"] = answers(500)
    found = fetched(f"{site.root}/feed", kept)
    assert sorted(titles(found)) == ["Both", "New", "Old", "rejected: is answered with an error (500)"]


def test_pages_kept_for_one_source_are_not_returned_for_another(site: Site, kept: Path) -> None:
    site.acts["/a"] = says(feed(("A", "https://post.example/a")))
    site.acts["/b"] = says(feed(("B", "https://post.example/b")))
    fetched(f"{site.root}/a", kept)
    assert titles(fetched(f"{site.root}/b", kept)) == ["B"]


def test_an_entry_that_was_corrected_replaces_the_one_that_was_kept(site: Site, kept: Path) -> None:
    site.acts["/feed"] = says(feed(("Ferry sails", "https://post.example/ferry")))
    fetched(f"{site.root}/feed", kept)
    site.acts["/feed"] = says(feed(("Ferry sails not", "https://post.example/ferry")))
    assert titles(fetched(f"{site.root}/feed", kept)) == ["Ferry sails not"]


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, kept: Path) -> None:
    site.acts["/feed"] = says(feed(("Ferry", "https://post.example/ferry")), etag='"one"')
    first = fetched(f"{site.root}/feed", kept)
    again = fetched(f"{site.root}/feed", kept)
    assert again == first
    assert site.headers[-1]["If-None-Match"] == '"one"'


def test_a_dry_look_begins_with_what_is_kept_and_leaves_it_as_it_was(site: Site, kept: Path) -> None:
    site.acts["/feed"] = says(feed(("Old", "https://post.example/old")))
    fetched(f"{site.root}/feed", kept)
    before = kept.read_bytes()
    site.acts["/feed"] = says(feed(("New", "https://post.example/new")))
    looked = list(fetch([f"{site.root}/feed"], kept, lasting=False, allow_private=True, limits=QUICK))
    assert titles(looked) == ["New", "Old"]
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_a_summary_is_replaced_by_the_articles_own_page(site: Site, kept: Path) -> None:
    entry = f"<item><title>Ferry</title><link>{site.root}/ferry</link><description>It sails.</description></item>"
    site.acts["/feed"] = says(f"<rss version='2.0'><channel><title>Post</title>{entry}</channel></rss>")
    site.acts["/ferry"] = says(page("Ferry"))
    article = only_article(fetched(f"{site.root}/feed", kept))
    assert (article.text, article.source) == (STORY, "Post")
    site.asked_anew()
    assert fetched(f"{site.root}/feed", kept) == [article]
    assert site.asked_anew() == ["/feed"]


def test_a_forbidden_page_is_replaced_by_its_summary_with_a_warning(
    site: Site, kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entry = f"<item><title>Ferry</title><link>{site.root}/ferry</link><description>It sails.</description></item>"
    site.acts["/feed"] = says(f"<rss version='2.0'><channel><title>Post</title>{entry}</channel></rss>")
    site.acts["/ferry"] = answers(403)
    assert only_article(fetched(f"{site.root}/feed", kept)).text == "It sails."
    message = f"of 1 article only the summary could be read; the first: {site.root}/ferry may not be read (403)"
    assert caplog.messages == [f"{site.root}/feed: {message}"]


def test_a_sitemap_leads_to_its_pages_and_says_when_they_were_published(site: Site) -> None:
    site.acts["/sitemap.xml"] = says(
        "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        " xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        f"<url><loc>{site.root}/ferry</loc><news:news><news:publication><news:name>Harbour Post</news:name>"
        "</news:publication><news:publication_date>2022-05-16</news:publication_date></news:news></url></urlset>"
    )
    site.acts["/ferry"] = says(page("Ferry"))
    article = only_article(fetched(f"{site.root}/sitemap.xml"))
    assert (article.source, article.published) == ("Harbour Post", date(2022, 5, 16))


def test_a_sitemap_of_sitemaps_is_followed_packed_or_not_and_never_in_circles(site: Site) -> None:
    inner = "".join(f"<sitemap><loc>{site.root}/{name}</loc></sitemap>" for name in ("a.xml.gz", "all.xml", "gone.xml"))
    site.acts["/all.xml"] = says(f"<sitemapindex>{inner}</sitemapindex>", "text/xml")
    packed = gzip.compress(urlset((f"{site.root}/ferry", "2022-05-16")).encode())
    site.acts["/a.xml.gz"] = says(packed, "application/x-gzip")
    site.acts["/ferry"] = says(page("Ferry"))
    assert titles(fetched(f"{site.root}/all.xml")) == ["Ferry", "rejected: is not there (404)"]


def test_a_page_is_asked_for_again_only_when_its_sitemap_says_something_new_of_it(site: Site, kept: Path) -> None:
    site.acts["/ferry"] = says(page("Ferry"))
    site.acts["/map.xml"] = says(urlset((f"{site.root}/ferry", "2022-05-16"), (f"{site.root}/gone", "2022-05-16")))
    first = fetched(f"{site.root}/map.xml", kept)
    assert titles(first) == ["Ferry", "rejected: is not there (404)"]
    site.asked_anew()
    assert sorted(titles(fetched(f"{site.root}/map.xml", kept))) == titles(first)
    assert site.asked_anew() == ["/map.xml"]
    site.acts["/map.xml"] = says(urlset((f"{site.root}/ferry", "2022-05-17")))
    site.acts["/ferry"] = says(page("Ferry late"))
    assert titles(fetched(f"{site.root}/map.xml", kept)) == ["Ferry late"]


def test_a_page_that_cannot_be_read_any_more_stays_as_it_was_unless_it_was_taken_back(site: Site, kept: Path) -> None:
    site.acts["/ferry"] = says(page("Ferry"))
    for day, act, found in (
        ("16", says(page("Ferry")), ["Ferry"]),
        ("17", answers(404), ["rejected: is not there (404)", "Ferry"]),
        ("18", answers(410), ["rejected: is there no longer (410)"]),
    ):
        site.acts["/ferry"] = act
        site.acts["/map.xml"] = says(urlset((f"{site.root}/ferry", f"2022-05-{day}")))
        assert titles(fetched(f"{site.root}/map.xml", kept)) == found


def test_more_pages_than_are_read_at_one_time_are_left_for_the_next_newest_first(
    site: Site, kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for day in "123":
        site.acts[f"/{day}"] = says(page(f"Day {day}"))
    site.acts["/map.xml"] = says(urlset(*((f"{site.root}/{day}", f"2022-05-0{day}") for day in "132")), etag='"one"')
    few = replace(QUICK, pages=2)
    assert titles(fetched(f"{site.root}/map.xml", kept, few)) == ["Day 3", "Day 2"]
    assert caplog.messages == [f"{site.root}/map.xml: 2 pages were read; 1 more are left for the next run"]
    assert sorted(titles(fetched(f"{site.root}/map.xml", kept, few))) == ["Day 1", "Day 2", "Day 3"]
    site.asked_anew()
    assert len(fetched(f"{site.root}/map.xml", kept, few)) == 3
    assert len(fetched(f"{site.root}/map.xml", kept, few)) == 3
    assert site.asked_anew() == ["/map.xml", "/map.xml"]


def test_a_site_that_does_not_answer_is_left_alone_after_a_few_pages(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.acts["/map.xml"] = says(urlset(*((f"{site.root}/{number}", "2022-05-16") for number in range(20))))
    site.acts |= {f"/{number}": answers(500) for number in range(20)}
    assert len(fetched(f"{site.root}/map.xml")) == 5
    assert "5 pages in a row failed; the rest is left for the next run" in caplog.text


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: byline\nDisallow: /fer*", False),
        ("User-agent: *\nDisallow: /\nUser-agent: byline\nAllow: /", True),
        ("User-agent: *\nDisallow: /\nAllow: /ferry$", True),
        ("<html>no rules at all", True),
        ("\xff\x00", True),
    ],
)
def test_the_sites_robots_txt_is_respected(site: Site, rules: str, allowed: bool) -> None:
    site.acts |= {"/robots.txt": says(rules.encode("latin-1"), "text/plain"), "/ferry": says(page("Ferry"))}
    found = titles(fetched(f"{site.root}/ferry"))
    assert found == ["Ferry" if allowed else "rejected: is closed to programs by the site's robots.txt"]
    assert site.asked_anew() == (["/ferry"] if allowed else [])
    assert all(headers["User-Agent"].startswith("byline/") for headers in site.headers)


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_a_missing_robots_txt_allows_everything_and_a_failing_one_nothing(
    site: Site, status: int, allowed: bool
) -> None:
    site.acts |= {"/robots.txt": answers(status), "/ferry": says(page("Ferry"))}
    refused = f"rejected: is on a site whose robots.txt is not available ({status})"
    assert titles(fetched(f"{site.root}/ferry")) == ["Ferry" if allowed else refused]


def test_a_pause_that_the_site_asks_for_is_kept(site: Site) -> None:
    times: list[float] = []
    site.acts["/robots.txt"] = says("User-agent: *\nCrawl-delay: 0.2", "text/plain")
    site.acts["/map.xml"] = says(urlset(*((f"{site.root}/{number}", "2022-05-16") for number in range(3))))
    for number in range(3):
        site.acts[f"/{number}"] = lambda request: (times.append(time.monotonic()), says(page("Ferry"))(request))[1]
    fetched(f"{site.root}/map.xml")
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(times))
    assert len(times) == 3


def test_a_requested_pause_that_is_too_long_is_reported(site: Site) -> None:
    site.acts["/robots.txt"] = says("User-agent: *\nCrawl-delay: 3600", "text/plain")
    assert "asks for a pause of 3,600 s" in only_rejected(fetched(f"{site.root}/ferry")).reason


@pytest.mark.parametrize("status", [429, 503])
def test_a_retry_after_header_is_obeyed(site: Site, status: int) -> None:
    site.acts["/ferry"] = in_turn(answers(status, retry_after="0"), says(page("Ferry")))
    assert titles(fetched(f"{site.root}/ferry")) == ["Ferry"]


def test_a_server_that_asks_for_too_long_a_wait_is_reported(site: Site) -> None:
    site.acts["/ferry"] = answers(429, retry_after="7200")
    assert only_rejected(fetched(f"{site.root}/ferry")).reason == "is not to be asked for again for 7,200 s (429)"
    site.acts["/ferry"] = answers(503, retry_after="Wed, 21 Oct 2099 07:28:00 GMT")
    assert "s (503)" in only_rejected(fetched(f"{site.root}/ferry")).reason
    assert site.asked_anew() == ["/ferry", "/ferry"]


def test_a_redirection_is_followed_and_its_end_is_the_address(site: Site) -> None:
    site.acts |= {"/old": answers(301, location="/new"), "/new": says(page("Ferry"))}
    assert only_article(fetched(f"{site.root}/old")).url == f"{site.root}/new"


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("/old", "more than 5 redirections"),
        ("file:///etc/passwd", "leads to 'file://127.0.0.1/etc/passwd', which is no web address"),
        ("http://[broken", "cannot be fetched"),
        ("gopher://x/", "which is no web address"),
    ],
)
def test_a_redirection_without_a_target_is_reported(site: Site, location: str, message: str) -> None:
    site.acts["/old"] = answers(302, location=location)
    assert message in only_rejected(fetched(f"{site.root}/old")).reason


@pytest.mark.parametrize(
    "address",
    ["http://127[[/", "http://[::1/", "http://x:99999/", "http://x:-1/", "http://\u2100.example/", "http://@/"],
)
def test_an_invalid_address_in_a_sitemap_is_reported(site: Site, address: str) -> None:
    site.acts["/map.xml"] = says(urlset((address, "2022-05-16"), (f"{site.root}/ferry", "2022-05-15")))
    site.acts["/ferry"] = says(page("Ferry"))
    refused, read = titles(fetched(f"{site.root}/map.xml"))
    assert refused.startswith("rejected: ")
    assert read == "Ferry"


def test_a_front_page_that_names_a_feed_at_no_address_is_no_article(site: Site) -> None:
    site.acts["/"] = says(page("Home", head='<link rel="alternate" type="application/rss+xml" href="http://[">'))
    assert "names no feed" in only_rejected(fetched(site.root)).reason


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "017700000001", "127.1", "0.0.0.0"])
def test_a_private_address_is_refused_however_it_is_written(site: Site, host: str) -> None:
    site.acts["/ferry"] = says(page("Ferry"))
    address = f"{site.root}/ferry".replace("127.0.0.1", host)
    rejected = only_rejected(list(fetch([address], limits=QUICK)))
    assert "has the private address" in rejected.reason
    assert "add --allow-private" in rejected.reason
    assert site.asked == []


def test_a_link_to_a_private_address_is_refused_unless_named(site: Site) -> None:
    with serving({"/secret": says(page("Secret"))}) as inside:
        site.acts["/old"] = answers(302, location=f"{inside.root}/secret")
        site.acts["/map.xml"] = says(urlset((f"{inside.root}/secret", "2022-05-16")))
        for path in ("/old", "/map.xml"):
            assert "private address 127.0.0.1" in only_rejected(fetched(f"{site.root}{path}")).reason
        assert inside.asked == []
        named = [f"{site.root}/old", f"{inside.root}/secret"]
        found = list(fetch(named, allow_private=True, limits=QUICK))
        assert titles(found) == ["Secret", "Secret"]


def test_a_host_is_looked_up_once_a_request_and_what_was_checked_is_what_is_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[object] = []

    def changing(host: object, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        machine = "127.0.0.1" if len(looked_up) < 3 else "10.0.0.1"
        return [(2, 1, 6, "", (machine, port))]

    monkeypatch.setattr("socket.getaddrinfo", changing)
    monkeypatch.setattr("corpus.fetch.transport.is_public", lambda machine: machine == "127.0.0.1")
    site.acts["/ferry"] = says(page("Ferry"))
    address = site.root.replace("127.0.0.1", "rebinding.example") + "/ferry"
    assert titles(list(fetch([address], limits=QUICK))) == ["Ferry"]
    assert looked_up == ["rebinding.example"] * 2  # for its robots.txt, and for the page
    assert site.headers[-1]["Host"] == address.split("/")[2]
    assert "private address 10.0.0.1" in only_rejected(list(fetch([address], limits=QUICK))).reason


@pytest.mark.parametrize(
    ("machine", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
    ],
)
def test_only_machines_of_the_open_internet_are_public(machine: str, public: bool) -> None:
    assert is_public(machine) is public


@given(st.ip_addresses(v=4))
def test_an_address_embedded_in_another_is_as_private_as_alone(machine: object) -> None:
    assert is_public(f"::ffff:{machine}") is is_public(str(machine))


def test_an_endless_reply_is_cut(site: Site) -> None:
    site.acts |= {"/endless": endless, "/bomb": bomb}
    small = replace(QUICK, size=2**20, seconds=60.0)
    for path in ("/endless", "/bomb"):
        assert only_rejected(fetched(f"{site.root}{path}", limits=small)).reason == "is larger than 1 MB"


def test_a_packed_document_that_unpacks_without_end_is_refused(site: Site) -> None:
    site.acts["/map.xml.gz"] = says(gzip.compress(bytes(100 * 2**20)), "application/gzip")
    assert "like a zip bomb" in only_rejected(fetched(f"{site.root}/map.xml.gz")).reason


def test_a_server_that_sends_a_byte_now_and_then_is_not_waited_for_for_ever(site: Site) -> None:
    site.acts["/ferry"] = drips(lambda: time.sleep(0.02))
    started = time.monotonic()
    found = fetched(f"{site.root}/ferry", limits=replace(QUICK, seconds=0.3))
    assert only_rejected(found).reason == "did not come within 0.3 s"
    assert time.monotonic() - started < 4


def test_a_server_that_drips_its_headers_is_not_waited_for_either(site: Site) -> None:
    def act(request: object) -> None:
        while True:
            request.wfile.write(b"HTTP/1.1 200 OK\r\n"[:1])  # type: ignore[attr-defined]
            time.sleep(0.02)

    site.acts["/ferry"] = act
    assert "0.3 s" in only_rejected(fetched(f"{site.root}/ferry", limits=replace(QUICK, seconds=0.3))).reason


def test_a_chain_of_slow_redirections_is_not_followed_for_ever(site: Site) -> None:
    def act(request: Request) -> None:
        time.sleep(0.2)
        request.send(302, location=f"{request.path}x")

    for length in range(9):
        site.acts["/ferry" + "x" * length] = act
    found = fetched(f"{site.root}/ferry", limits=replace(QUICK, whole_seconds=0.5))
    assert only_rejected(found).reason == "did not come within 0.5 s, redirections and pauses included"
    assert len(site.asked_anew()) < 5


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (b"\x89PNG\r\n", "image/png", "has the media type 'image/png'"),
        (b"words", "application/json", "has the media type 'application/json'"),
        (b"", "text/html", "is empty"),
        (b"<html><body></body></html>", "text/html", "has no title"),
        (b"<?xml version='1.0'?><urlset></urlset>", "text/xml", "is an empty sitemap"),
        (b"<rss version='2.0'><channel></channel></rss>", "text/xml", "is a feed without entries"),
        (b"\x1f\x8bnot gzip", "application/gzip", "has a damaged compression"),
        (b"words", "\x1b[2J", "has the media type '"),
    ],
)
def test_rejected_files_are_reported(site: Site, body: bytes, kind: str, message: str) -> None:
    site.acts["/ferry"] = says(body, kind)
    reason = only_rejected(fetched(f"{site.root}/ferry")).reason
    assert message in reason
    assert reason.isprintable()


def test_a_reply_with_an_unrequested_compression_is_refused(site: Site) -> None:
    site.acts["/ferry"] = says(b"\x0b\x02\x80", content_encoding="br")
    assert only_rejected(fetched(f"{site.root}/ferry")).reason == "is compressed as 'br', which was not asked for"
    site.acts["/ferry"] = says(gzip.compress(b"x" * 1000)[:-12], content_encoding="gzip")
    assert only_rejected(fetched(f"{site.root}/ferry")).reason == "breaks off"


def test_a_host_that_does_not_exist_or_answer_is_reported(site: Site) -> None:
    closed = site.root.rpartition(":")[0] + ":9"
    assert "cannot be fetched" in only_rejected(fetched(f"{closed}/ferry")).reason


@pytest.mark.parametrize("source", ["http://", "https://x:99999/", "http:///feed", "https://a b/", "http://[::1"])
def test_an_invalid_web_address_fails_before_anything_is_fetched(source: str) -> None:
    with pytest.raises(ReadError, match="is no web address; write it like https://news"):
        fetch([source])


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ReadError, match="leave them out") as refused:
        fetch(["https://ada:secret@news.example/feed"])
    assert "secret" not in str(refused.value)


def test_a_damaged_file_of_what_was_kept_is_an_error_that_names_it(kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_bytes(b"no database" * 100)
    with pytest.raises(ReadError, match=r"fetched\.sqlite' cannot be used: .*; remove it"):
        fetched("http://127.0.0.1:9/", kept)


articles = st.builds(
    Article,
    st.text(min_size=1),
    st.text(min_size=1),
    st.none() | st.text(min_size=1),
    st.none() | st.text(min_size=1),
    st.none() | st.dates() | st.datetimes() | st.datetimes(timezones=st.just(UTC)),
    st.lists(st.text(min_size=1)).map(tuple),
    st.none() | st.dates(),
)


@given(articles)
def test_an_article_is_kept_as_it_is(article: Article) -> None:
    kept = Kept.at(None)
    kept.put("s", "a", Page("stated", Validators("e", None), article))
    assert kept.page("s", "a") == Page("stated", Validators("e", None), article)
    assert list(kept.articles("s")) == [("a", article)]
    kept.close()


def test_addresses_can_be_fetched_where_an_event_loop_is_running(site: Site) -> None:
    site.acts["/ferry"] = says(page("Ferry sails"))

    async def running() -> list[str]:
        return titles(fetched(f"{site.root}/ferry"))

    with ThreadPoolExecutor(1) as elsewhere:  # here, a browser's loop may be running
        assert elsewhere.submit(lambda: asyncio.run(running())).result() == ["Ferry sails"]
