"""Pages as content systems write them, made of given articles, so that what each states is known.

They were written before anything was measured on them, after the markup in the documentation of WordPress with Yoast,
schema.org's documentation, Dublin Core and older newspaper systems show; no page of a real site is among them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from zlib import crc32

SITE = "https://harbour-post.example"


@dataclass(frozen=True, slots=True)
class Story:
    """One article, as it went into a page.

    Attributes:
        title: Its headline.
        published: Its moment, with zone.
        authors: Its byline.
        url: Its address.
        text: Its paragraphs, a blank line between them.
    """

    title: str
    published: datetime
    authors: tuple[str, ...]
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and the fields that it states."""

    html: str
    states: frozenset[str] = frozenset({"title", "published", "authors", "url"})


Template = Callable[[Story], Made]


def _page(story: Story, head: str, before: str = "", after: str = "", around: str = "", heading: str = "") -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>\n" for part in story.text.split("\n\n"))
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>{escape(story.title)} - Harbour Post</title>{head}</head><body>"
        f"<header><nav><a href='/'>Home</a> <a href='/world'>World</a> <a href='/sport'>Sport</a></nav></header>"
        f"<main><article>{heading or f'<h1>{escape(story.title)}</h1>'}{before}<div class='body'>{paragraphs}</div>"
        f"{after}</article></main>{around}<footer>&copy; 2019 Harbour Post</footer></body></html>"
    )


def _meta(**named: str) -> str:
    return "".join(
        f'<meta {"property" if ":" in name else "name"}="{name}" content="{escape(value)}">'
        for name, value in ((name.replace("__", ":").replace("_dot_", "."), value) for name, value in named.items())
    )


def _ld(block: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


def _canonical(url: str) -> str:
    return f'<link rel="canonical" href="{escape(url)}">'


def _names(story: Story) -> str:
    return " and ".join(story.authors)


def plain(story: Story) -> Made:
    """Nothing but words: the date is written out."""
    day = f"{story.published:%B} {story.published.day}, {story.published.year}"
    html = _page(story, "", f"<p class='byline'>By {escape(_names(story))}</p><p class='date'>{day}</p>")
    return Made(html, frozenset({"title", "published", "authors"}))


def opengraph(story: Story) -> Made:
    """OpenGraph, as documented."""
    head = _meta(
        og__type="article",
        og__title=story.title,
        og__url=story.url,
        og__site_name="Harbour Post",
        og__image=f"{SITE}/images/2018/05/04/pier.jpg",
        article__published_time=story.published.isoformat(),
        article__modified_time=(story.published + timedelta(days=2)).isoformat(),
    )
    return Made(_page(story, head + "".join(_meta(article__author=name) for name in story.authors)))


def json_ld(story: Story) -> Made:
    """One NewsArticle."""
    block = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": (story.published + timedelta(days=1)).isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
        "mainEntityOfPage": {"@type": "WebPage", "@id": story.url},
    }
    return Made(_page(story, _canonical(story.url) + _ld(block)))


def graph(story: Story) -> Made:
    """A graph, as WordPress with Yoast writes it: its first block is no article, authors are named by reference."""
    people = [{"@type": "Person", "@id": f"{SITE}/#{n}", "name": name} for n, name in enumerate(story.authors)]
    blocks = [
        {"@type": "WebSite", "@id": f"{SITE}/#site", "name": "Harbour Post", "url": SITE},
        {"@type": "WebPage", "@id": story.url, "name": f"{story.title} - Harbour Post", "url": story.url},
        {
            "@type": ["Article", "NewsArticle"],
            "headline": story.title,
            "datePublished": story.published.isoformat(),
            "author": [{"@id": person["@id"]} for person in people],
            "mainEntityOfPage": {"@id": story.url},
        },
        {"@type": "BreadcrumbList", "itemListElement": []},
        *people,
    ]
    head = _canonical(story.url) + _ld({"@context": "https://schema.org", "@graph": blocks})
    return Made(_page(story, head + _meta(og__title=f"{story.title} - Harbour Post", og__site_name="Harbour Post")))


def microdata(story: Story) -> Made:
    """Schema.org's names on the elements themselves."""
    people = ", ".join(
        f"<span itemprop='author' itemscope itemtype='https://schema.org/Person'><span itemprop='name'>{escape(name)}"
        "</span></span>"
        for name in story.authors
    )
    before = (
        f"<div>{people} <time itemprop='datePublished' datetime='{story.published.isoformat()}'>"
        f"{story.published:%d.%m.%y}</time></div>"
    )
    heading = f"<h1 itemprop='headline'>{escape(story.title)}</h1>"
    html = _page(story, _canonical(story.url), before, heading=heading)
    return Made(html.replace("<article>", "<article itemscope itemtype='https://schema.org/NewsArticle'>"))


def html5(story: Story) -> Made:
    """No vocabulary, but HTML's own elements."""
    people = " and ".join(f"<a rel='author' href='/people/{n}'>{escape(a)}</a>" for n, a in enumerate(story.authors))
    before = f"<p>{people}</p><time datetime='{story.published.isoformat()}'>{story.published:%A}</time>"
    return Made(_page(story, _canonical(story.url), before))


def dublin_core(story: Story) -> Made:
    """Dublin Core and the plain names of older systems."""
    head = _meta(
        DC_dot_title=story.title,
        DC_dot_date_dot_issued=f"{story.published:%Y-%m-%d}",
        author=_names(story),
        date=f"{story.published:%Y-%m-%d}",
    )
    return Made(_page(story, _canonical(story.url) + head))


def messy(story: Story) -> Made:
    """JSON-LD of several kinds and times that belong to other articles, a banner, headings that are no headline."""
    others = "".join(
        f"<li><a href='/2019/0{n}/other'>Something else entirely, number {n}</a>"
        f" <time datetime='2019-0{n}-11T09:00:00Z'>11 Month {n} 2019</time></li>"
        for n in range(1, 8)
    )
    around = (
        "<div id='cookies'><h2>We value your privacy</h2><p>We and our partners store cookies on your device.</p>"
        f"<button>Accept</button></div><aside><h3>Most read</h3><ul>{others}</ul></aside>"
        "<section><h1>Newsletter</h1><p>Sign up for our daily briefing.</p></section>"
    )
    blocks = [
        {"@type": "Organization", "name": "Harbour Post", "foundingDate": "1851-09-18", "url": SITE},
        {"@type": "WebSite", "url": SITE, "name": "Harbour Post"},
        {
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": story.published.isoformat(),
            "dateModified": (story.published + timedelta(days=30)).isoformat(),
            "author": [{"@type": "Person", "name": name} for name in story.authors],
        },
    ]
    head = "".join(_ld(block) for block in blocks) + _canonical(story.url) + _meta(og__url=SITE + "/")
    heading = f"<h1 class='logo'>Harbour Post</h1><h1>{escape(story.title)}</h1>"
    return Made(_page(story, head, around=around, heading=heading))


def bare_and_messy(story: Story) -> Made:
    """The same clutter without metadata: only its class marks the article's date."""
    dressed = messy(story).html
    head_end, body = dressed.index("<title>"), dressed.index("</head>")
    title = f"<title>{escape(story.title)} - Harbour Post</title>{_canonical(story.url)}"
    before = (
        f"<p class='byline'>By {escape(_names(story))}</p>"
        f"<time class='published' datetime='{story.published.isoformat()}'>today</time><div class='body'>"
    )
    html = dressed[:head_end] + title + dressed[body:]
    return Made(html.replace("<div class='body'>", before, 1))


def tracked(story: Story) -> Made:
    """A canonical address with a query that matters, another spelling in OpenGraph."""
    address = f"{SITE}/Story.aspx?ID={crc32(story.url.encode()) % 10**6}&Lang=EN"
    head = _canonical(address) + _meta(
        og__url=address.lower() + "&utm_source=front",
        og__title=story.title,
        article__published_time=story.published.isoformat(),
        author=_names(story),
    )
    return Made(_page(story, head), frozenset({"title", "published", "authors", f"url={address}"}))


def undated(story: Story) -> Made:
    """A page without day and author, but with other days, in a picture's path and the footer."""
    head = _canonical(story.url) + _meta(og__title=story.title, og__image=f"{SITE}/images/2018/05/04/pier.jpg")
    after = "<p><a href='/2017/03/02/old-story'>An older story</a></p>"
    return Made(_page(story, head, after=after), frozenset({"title", "url"}))


def older_names(story: Story) -> Made:
    """The names that newspapers' own systems and their services' trackers had."""
    head = _canonical(story.url) + _meta(
        byl=f"By {_names(story)}",
        pdate=f"{story.published:%Y%m%d}",
        sailthru_dot_date=story.published.isoformat(),
        sailthru_dot_title=story.title,
    )
    return Made(_page(story, head))


def string_author(story: Story) -> Made:
    """JSON-LD with a string for the author and a zone without a colon, twice the same block."""
    block = {
        "@type": "ReportageNewsArticle",
        "headline": story.title,
        "datePublished": f"{story.published:%Y-%m-%dT%H:%M:%S%z}",
        "author": _names(story),
        "url": story.url,
    }
    return Made(_page(story, _ld([block, block]) + _meta(og__title=story.title + " | Harbour Post")))


def profile_author(story: Story) -> Made:
    """OpenGraph with the address of each author's profile instead of the name, which is below the headline."""
    head = _meta(og__title=story.title, og__url=story.url, article__published_time=story.published.isoformat())
    head += "".join(_meta(article__author=f"https://social.example/{number}") for number, _ in enumerate(story.authors))
    people = "".join(f"<a class='byline__name' rel='author' href='#'>{escape(name)}</a> " for name in story.authors)
    return Made(_page(story, head, f"<div class='meta'>By {people}</div>"))


def microformat(story: Story) -> Made:
    """The classes of hentry, as older weblogs have them, beside comments with days of their own."""
    people = " ".join(
        f"<span class='author vcard'><a class='url fn' rel='author' href='#'>{escape(name)}</a></span>"
        for name in story.authors
    )
    before = (
        f"<p><time class='entry-date published' datetime='{story.published.isoformat()}'>a day</time>"
        f"<time class='updated' datetime='{(story.published + timedelta(days=3)).isoformat()}'>x</time> {people}</p>"
    )
    comments = "".join(
        f"<li class='comment'><cite class='fn'>Reader {n}</cite> <time datetime='2023-02-0{n}T08:00:00Z'>then</time>"
        "<p>I could not agree more with this article.</p></li>"
        for n in range(1, 5)
    )
    html = _page(story, _canonical(story.url), before, around=f"<ol id='comments'>{comments}</ol>")
    return Made(html.replace("<h1>", "<h1 class='entry-title'>"))


def live(story: Story) -> Made:
    """A live page: its entries are postings too, each with an hour and headline of its own."""
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Update {number}",
            "datePublished": (story.published + timedelta(days=number)).isoformat(),
            "articleBody": part,
        }
        for number, part in enumerate(story.text.split("\n\n")[:3], start=1)
    ]
    block = {
        "@type": "LiveBlogPosting",
        "liveBlogUpdate": updates,
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "url": story.url,
    }
    return Made(_page(story, _ld(block)))


def written_times(story: Story) -> Made:
    """Both days in one line of text, in the style of a daily's site."""
    day = f"{story.published:%b}. {story.published.day}, {story.published.year}"
    later = story.published + timedelta(days=1)
    changed = f"{later:%b}. {later.day}, {later.year}"
    before = (
        f"<div class='gnt_ar_by'>{escape(_names(story))}</div><div class='gnt_ar_dt'>Published 10:05 a.m. ET {day}"
        f" | Updated 3:00 p.m. ET {changed}</div>"
    )
    return Made(_page(story, _canonical(story.url), before))


def cards(story: Story) -> Made:
    """Teasers of other articles within the article, each with headline, author and time."""
    teasers = "".join(
        f"<div class='card'><h2>Another story {n}</h2><span class='author'>Nell Other</span>"
        f"<time datetime='2021-0{n}-02'>2 {n} 2021</time></div>"
        for n in range(1, 4)
    )
    people = ", ".join(f"<span class='author'>{escape(name)}</span>" for name in story.authors)
    before = f"<div class='head'>By {people} <time datetime='{story.published.isoformat()}'>now</time></div>"
    return Made(_page(story, _canonical(story.url), before, after=teasers))


def standfirst(story: Story) -> Made:
    """A sentence of summary between the headline and the line of author and time."""
    before = (
        "<p class='standfirst'>Officials say it is a first, and critics say that it comes too late.</p>"
        f"<div>By {''.join(f'<a rel=author href=x>{escape(name)}</a> ' for name in story.authors)}</div>"
        f"<time datetime='{story.published.isoformat()}'>then</time>"
    )
    return Made(_page(story, _canonical(story.url), before))


def kicker(story: Story) -> Made:
    """Day and author above the headline, days of other articles below the story."""
    day = f"{story.published:%d %B %Y}"
    head = f"<p class='date'>{day}</p><p class='author'>{escape(_names(story))}</p><h1>{escape(story.title)}</h1>"
    others = "".join(f"<li>Other <time datetime='2020-0{n}-02'>2 {n} 2020</time></li>" for n in range(1, 4))
    return Made(_page(story, _canonical(story.url), after=f"<ul>{others}</ul>", heading=head))


def foot(story: Story) -> Made:
    """Author and day below the story."""
    after = (
        f"<p class='author'>{escape(_names(story))}</p>"
        f"<p class='date'>{story.published:%A}, {story.published.day} {story.published:%B %Y}</p>"
    )
    return Made(_page(story, _canonical(story.url), after=after))


def picture_first(story: Story) -> Made:
    """A picture from another year, with a time of its own, above the line of author and time."""
    before = (
        "<figure><img src='/2015/03/03/pier.jpg'><figcaption>The pier on <time datetime='2015-03-03'>3 March 2015"
        "</time></figcaption></figure>"
        f"<div class='byline'>{escape(_names(story))}</div><time datetime='{story.published.isoformat()}'>then</time>"
    )
    return Made(_page(story, _canonical(story.url), before))


def no_headings(story: Story) -> Made:
    """Boxes and classes only; the address is in OpenGraph."""
    head = _meta(og__title=story.title, og__url=story.url)
    before = (
        f"<div class='info'><span class='name'>{escape(_names(story))}</span>"
        f"<span class='timestamp'>{story.published:%B} {story.published.day}, {story.published.year}</span></div>"
    )
    return Made(_page(story, head, before, heading=f"<div class='hed'>{escape(story.title)}</div>"))


TEMPLATES: dict[str, Template] = {
    "plain words": plain,
    "OpenGraph": opengraph,
    "JSON-LD": json_ld,
    "JSON-LD graph": graph,
    "microdata": microdata,
    "HTML elements": html5,
    "Dublin Core": dublin_core,
    "messy, JSON-LD": messy,
    "messy, bare": bare_and_messy,
    "odd address": tracked,
    "undated": undated,
}
"""The first round."""

SECOND: dict[str, Template] = {
    "older names": older_names,
    "string author": string_author,
    "profile author": profile_author,
    "microformat": microformat,
    "live page": live,
    "written times": written_times,
    "teasers within": cards,
}
"""The second round."""

LAST: dict[str, Template] = {
    "summary first": standfirst,
    "day above": kicker,
    "day at foot": foot,
    "picture first": picture_first,
    "no headings": no_headings,
}
"""The third round: nothing was tuned on it."""
