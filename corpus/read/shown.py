"""What a page without metadata shows of its article: its headline, and the date and byline beside it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice

import lxml.html

from corpus.article import instant
from corpus.clean import one_line
from corpus.dates import date_of_line, date_within, stated_date
from corpus.foreign_dates import as_shown

LONGEST_BYLINE = 120
_TIMES = (
    "//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime"
    " | //time[contains(@class, 'publish') or contains(@class, 'entry-date')]/@datetime",
    # The date of a founding or a comment is not the article's.
    "//time[not(@itemprop='dateModified' or ancestor::table or ancestor::dl or ancestor::aside or"
    " ancestor::*[contains(@class, 'infobox') or contains(@class, 'comment')])]/@datetime",
)
_DAY_CLASSES = ("date", "Date", "datum", "publish", "time", "meta", "submitted", "posted")
_DATES = (
    "//*["
    + " or ".join(f"contains(@class, '{name}')" for name in _DAY_CLASSES)
    + " or @itemprop='datePublished'][not(ancestor::table or ancestor::dl or ancestor::aside or"
    " ancestor::*[contains(@class, 'infobox') or contains(@class, 'comment')])]"
)
_BYLINES = (
    "//*[@rel='author' or @itemprop='author' or contains(concat(' ', normalize-space(@class), ' '), ' byline ')]"
    "[not(self::meta or self::link)]"
)
_AUTHOR = re.compile(r"(?<![a-z])(?:authors?|byline|by)(?![a-z])", re.IGNORECASE)
_UPDATED = re.compile("updated|modified", re.IGNORECASE)
_MARKED = re.compile("publish", re.IGNORECASE)
_APART = (
    "ancestor-or-self::*[self::figure or self::aside or self::nav or self::ul or self::ol or self::table or self::dl]"
)
# Elements allowed between a headline and its story, and the characters of a sentence in the story's first paragraph.
MOST_BETWEEN, LEAST_SENTENCE = 100, 40
MOST_LINES = 60  # searched for a date
MOST_ZONES = 1  # days by which one moment differs between zones
LONGEST_HEADLINE = 200  # characters
LEAST_WORDS = 4  # of a heading that cannot be a section's name
ENDS_SENTENCE = (".", "!", "?", "\u201d", '"', ":")


def shown(tree: lxml.html.HtmlElement) -> dict[str, object]:
    """What a page shows where it has no metadata. What is between headline and story comes first.

    Its `heading` is the headline, if that is certainly the article's own.
    """
    headline, heading = _headline(tree)
    day_first = day_first_signs(tree.get("lang") or "")
    found = _zone(heading) if heading is not None else None
    zone = found or []
    own = found is not None and _is_own(heading) and _is_headline(str(headline))
    return {
        "og:title": headline,
        "heading": headline if own else None,
        "date": _shown_day(zone, day_first) or _only_day(tree, day_first),
        "byline": _authors([one for one in zone if _marks_author(one)] or tree.xpath(_BYLINES)) or _only_author(tree),
    }


def _headline(tree: lxml.html.HtmlElement) -> tuple[str | None, lxml.html.HtmlElement | None]:
    """The heading that the window's title repeats, else the article's, else the first; else that title.

    Other headings are above a logo, a newsletter, or a list of popular stories.
    """
    title = next(_lines(tree.xpath("//title")), "")
    inner, anywhere = _headings(tree, "//article//h1 | //main//h1"), _headings(tree, "//h1")
    repeated = [pair for pair in inner or anywhere if pair[0].casefold() in title.casefold()]
    found = max(repeated, key=lambda pair: (title.startswith(pair[0]), len(pair[0])), default=None)
    others = inner or anywhere or ([] if title else _headings(tree, "//h2"))
    return found or next(iter(others), (title or None, None))


def _is_headline(words: str) -> bool:
    """Whether it is neither a section's name nor a paragraph."""
    return len(words.split()) >= LEAST_WORDS and len(words) <= LONGEST_HEADLINE


def _is_own(heading: lxml.html.HtmlElement | None) -> bool:
    """Whether a heading is the only one of an article."""
    above = [] if heading is None else heading.xpath("ancestor::*[self::article or self::main][last()]")
    return bool(above) and len(above[0].xpath(".//h1")) == 1


def _headings(tree: lxml.html.HtmlElement, where: str) -> list[tuple[str, lxml.html.HtmlElement]]:
    found = ((one_line(heading.text_content()), heading) for heading in tree.xpath(where))
    return [(words, heading) for words, heading in found if words]


def _zone(heading: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement] | None:
    """The elements between a headline and the first paragraph of its story, then those right above the headline.

    None where no story follows. Pictures and lists have dates of their own.
    """
    after = list(islice(_following(heading), MOST_BETWEEN))
    story = next((place for place, one in enumerate(after) if one.tag == "p" and _is_story(one)), None)
    if story is None:
        return None
    above = heading.xpath("preceding-sibling::*/descendant-or-self::*")
    return [one for one in [*after[:story], *above[-MOST_BETWEEN:]] if not one.xpath(_APART)]


def _following(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The elements after an element, but not inside it."""
    above: lxml.html.HtmlElement | None = element
    while above is not None:
        for sibling in above.itersiblings("*"):
            yield from sibling.iter("*")
        above = above.getparent()


def _is_story(paragraph: lxml.html.HtmlElement) -> bool:
    """Whether it is more than a byline or a date."""
    text = one_line(paragraph.text_content())
    return len(text) > LONGEST_BYLINE or (len(text) > LEAST_SENTENCE and text.endswith(ENDS_SENTENCE))


def day_first_signs(language: str) -> str:
    """The separators that mean day before month in the page's language."""
    language, _, country = language.lower().replace("_", "-").partition("-")
    if not language:
        return "."
    return "./-" if language != "en" or country in {"gb", "uk", "ie", "au", "nz", "in", "za"} else ""


def _shown_day(zone: list[lxml.html.HtmlElement], day_first: str) -> date | None:
    times = (_seen(one) for one in zone if one.tag == "time" and not _is_change(one))
    words = (part for line in _lines(zone) if len(line) < LONGEST_BYLINE for part in re.split(r"\||(?=Updated)", line))
    parts = list(words)
    read = (date_of_line(part, day_first=day_first) for part in parts)
    within = (date_within(part, day_first=day_first) for part in parts)
    return next((day for day in chain(times, read, within) if day), None)


def _is_change(time: lxml.html.HtmlElement) -> bool:
    """Whether a <time> is marked as that of the last change, and not as that of the publication too."""
    marks = f"{time.get('class')} {time.get('itemprop')}"
    return bool(_UPDATED.search(marks)) and not _MARKED.search(marks)


def _seen(time: lxml.html.HtmlElement) -> date | None:
    """The date of a <time>: from its words where they differ from its attribute."""
    stated, words = stated_date(time.get("datetime")), one_line(time.text_content())
    seen = stated_date(words) or date_of_line(words)
    if not stated or not seen:
        return stated or seen
    return seen if abs((instant(stated) - instant(seen)).days) > MOST_ZONES else as_shown(stated, seen)


def _only_day(tree: lxml.html.HtmlElement, day_first: str) -> date | None:
    """The date of all the page's times, if they agree."""
    days = next((found for times in _TIMES if (found := {str(day) for day in tree.xpath(times)})), set())
    if len(days) == 1:
        return stated_date(days.pop())
    lines = set() if days else set(islice(_lines(tree.xpath(_DATES)), MOST_LINES))
    for reads in (date_of_line, date_within):
        read = {str(day)[:10]: day for line in lines if (day := reads(line, day_first=day_first))}
        if read:
            return next(iter(read.values())) if len(read) == 1 else None
    return None


def _marks_author(element: lxml.html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    named = element.get("rel") == "author" or element.get("itemprop") == "author"
    return named or bool(_AUTHOR.search(element.get("class") or ""))


def _authors(marked: list[lxml.html.HtmlElement]) -> str | list[str] | None:
    """The names in the innermost marked elements, if there is one author or they are beside the first."""
    inner = [one for one in marked if not any(other is not one and other in marked for other in one.iterdescendants())]
    names = [
        name for name in dict.fromkeys(_lines(inner)) if len(name) <= LONGEST_BYLINE and not re.search(r"\d", name)
    ]
    return names if len(names) > 1 else next(iter(names), None)


def _only_author(tree: lxml.html.HtmlElement) -> str | None:
    """The text of the page's only author element."""
    names = set(_lines(tree.xpath("//*[@class='author']")))
    return names.pop() if len(names) == 1 else None


def _lines(elements: Iterable[lxml.html.HtmlElement]) -> Iterator[str]:
    """The non-empty texts of elements."""
    return filter(None, (one_line(element.text_content()) for element in elements))
