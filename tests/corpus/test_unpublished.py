"""What an export holds beside published articles is rejected, and says why."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from corpus.article import Article, Rejected
from tests.corpus.reading import only_article, only_rejected, parsed

STORY = "The lighthouse of Cape Orne shines again, its keeper said."


def wordpress(*items: str) -> bytes:
    """An export of these items, with one author."""
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    author = "<wp:author_login>nk</wp:author_login><wp:author_display_name>Nora Kest</wp:author_display_name>"
    inner = "".join(f"<item>{item}<dc:creator>nk</dc:creator></item>" for item in items)
    return (
        f'<rss version="2.0" {spaces} xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Orne Echo</title>'
        f"<wp:wxr_version>1.2</wp:wxr_version><wp:author>{author}</wp:author>{inner}</channel></rss>"
    ).encode()


def item(text: str = STORY, status: str = "publish", kind: str = "post", more: str = "") -> str:
    return (
        f"<title>Lighthouse</title><content:encoded><![CDATA[{text}]]></content:encoded>{more}"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>"
    )


def test_only_published_posts_of_a_wordpress_export_are_read() -> None:
    hidden = [
        item(status="draft"),
        item(status="private"),
        item(status="future"),
        item(kind="page"),
        item(text="", status="inherit", kind="attachment"),
        item(more="<wp:post_password>sesame</wp:post_password>"),
    ]
    article, *rejected = parsed("a.xml", wordpress(item(), *hidden))
    assert isinstance(article, Article)
    assert article.authors == ("Nora Kest",)
    assert [one.reason for one in rejected if isinstance(one, Rejected)] == [
        "has an entry 2 that is not published: its status is 'draft'",
        "has an entry 3 that is not published: its status is 'private'",
        "has an entry 4 that is not published: its status is 'future'",
        "has an entry 5 that is no article: its type is 'page'",
        "has an entry 6 that is no article: its type is 'attachment'",
        "has an entry 7 that is protected by a password",
    ]


def test_an_article_of_wordpress_has_the_day_of_its_own_zone() -> None:
    days = "<pubDate>Fri, 02 Feb 2024 23:30:00 +0000</pubDate><wp:post_date>2024-02-03 01:30:00</wp:post_date>"
    article = only_article(parsed("a.xml", wordpress(item(more=days))))
    assert article.published == datetime(2024, 2, 3, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    record = {"title": "A", "text": STORY, "date": "2024-02-03T01:30:00", "date_gmt": "2024-02-02T23:30:00"}
    published = only_article(parsed("a.json", json.dumps(record).encode())).published
    assert published == datetime(2024, 2, 2, 23, 30, tzinfo=UTC)
    assert published.day == 3


@pytest.mark.parametrize(
    ("shortcode", "left"),
    [
        ('[caption id="a_1" align="left"]<img src="a.jpg"/> The tower in 1950[/caption]', ""),
        ("[gallery ids='1,2'][video src='a.mp4'][/video]", ""),
        ("[caption width='2'] cut off", "cut off"),
        ("[sic]", "[sic]"),
    ],
)
def test_shortcodes_of_wordpress_are_left_out_of_the_text(shortcode: str, left: str) -> None:
    article = only_article(parsed("a.xml", wordpress(item(f"<p>{STORY}</p>\n\n{shortcode}\n\nIt had been dark."))))
    assert article.text.split("\n\n") == [STORY, *filter(None, [left]), "It had been dark."]


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ({"status": "draft"}, "is not published: its status is 'draft'"),
        ({"post_status": "pending", "post_type": "post"}, "is not published: its status is 'pending'"),
        ({"status": "publish", "type": "page"}, "is no article: its type is 'page'"),
        ({"draft": True}, "is not published: it is marked as a draft"),
        ({"published": False}, "is not published: it is marked as unpublished"),
        ({"pubStatus": "stat:withheld"}, "is not published: its status is 'stat:withheld'"),
    ],
)
def test_a_record_that_is_not_published_is_rejected(stated: dict[str, object], reason: str) -> None:
    record = {"title": "Lighthouse", "text": STORY, "url": "https://o.example/a", **stated}
    rejected = only_rejected(parsed("a.json", json.dumps([record]).encode()))
    assert rejected.reason == f"has an item 1 that {reason}"


@pytest.mark.parametrize(
    "stated",
    [{"status": "publish", "type": "post"}, {"status": "ok"}, {"type": "page"}, {"draft": "false"}, {"published": 0}],
)
def test_a_record_that_says_nothing_of_the_kind_is_read(stated: dict[str, object]) -> None:
    record = {"title": "Lighthouse", "text": STORY, **stated}
    assert only_article(parsed("a.json", json.dumps(record).encode())).title == "Lighthouse"


def test_front_matter_marks_a_draft() -> None:
    for stated in ("draft: true", "draft: yes", "published: false"):
        rejected = only_rejected(parsed("a.md", f"---\ntitle: Lighthouse\n{stated}\n---\n{STORY}".encode()))
        assert rejected.reason.startswith("is not published")
    assert only_article(parsed("a.md", f"---\ntitle: Lighthouse\ndraft: false\n---\n{STORY}".encode()))
