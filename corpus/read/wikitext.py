"""Wikitext made plain: paragraphs without templates, pictures, tables and references, and the values of templates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import mwparserfromhell  # noqa: TID253 (this module is itself imported only for a dump)
from mwparserfromhell.nodes import (  # noqa: TID253
    ExternalLink,
    Heading,
    HTMLEntity,
    Node,
    Tag,
    Template,
    Text,
    Wikilink,
)
from mwparserfromhell.wikicode import Wikicode  # noqa: TID253

from corpus.clean import one_line
from corpus.dates import stated_date
from corpus.read.file import Unreadable, guarded

LONGEST_TEXT = 300_000
"""Characters; MediaWiki itself takes no more than 2 MB."""
# The parser restarts after each mark that opens and never closes, so its time grows with their number times
# the length of the page.
MOST_UNCLOSED, DEEPEST_MARKUP = 10, 60
_MARK = re.compile(
    r"(?P<opens>\{\{|\{\||\[\[|\[(?=[a-z+.-]{0,12}:|//)|<!--)|(?P<closes>\}\}|\|\}(?!\})|\]\]|\]|-->)"
    r"|(?P<quotes>(?<!')'{2,4}(?!'))|(?P<line>\n)|<(?P<ends>/?)(?P<tag>[a-z][a-z0-9]*)\b[^<>]*?(?P<single>/?)>",
    re.IGNORECASE,
)
_PAIRS = {"}}": "{{", "|}": "{|", "]]": "[[", "]": "[", "-->": "<!--"}
_SINGLE = {"br", "hr", "wbr", "img", "li", "dd", "dt", "td", "th", "tr", "meta", "link"}
_SWITCH = re.compile(r"__[A-Z]{3,30}__")
_PARAGRAPH_TAG = re.compile(r"</?p\b[^<>]*>", re.IGNORECASE)  # seldom closed
_BLANK_LINE = re.compile(r"\n\s*\n")
_OTHER_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[a-z-]{2,12})?|simple):\S")

UNPUBLISHED = {"develop", "developing", "prepare", "review", "under review", "breaking review", "abandoned"}
_DATE, _BYLINE = "date", "byline"
# The values of a template that are shown: the last of these that it has.
_SHOWN = {
    **dict.fromkeys(("w", "wp", "lang", "abbr"), ("1", "2")),
    **dict.fromkeys(("nowrap", "nobr", "small", "big", "quote", "blockquote", "cquote", "transl"), ("1", "text")),
}
_SIGNS = {**dict.fromkeys(("ndash", "snd", "spaced ndash"), " – "), "mdash": "—", "!": "|", "=": "=", "nbsp": " "}
_QUOTES = {"quote", "blockquote", "cquote"}
_LEFT_OUT = {
    *("ref", "references", "gallery", "table", "math", "chem", "ce", "timeline", "imagemap", "score", "graph", "style"),
    *("syntaxhighlight", "source", "templatestyles", "templatedata", "inputbox", "categorytree", "hiero", "section"),
    *("script", "s", "strike", "del"),
}
_BLOCKS = {"br", "hr", "li", "dd", "dt", "p", "div", "center", "blockquote", "pre", "poem", "ul", "ol"}
_REFERENCES = {
    *("sources", "source", "references", "external links", "external link", "see also", "related news", "notes"),
    *("related articles", "sister links", "further reading", "footnotes", "bibliography", "notes and references"),
    *("quellen", "weblinks", "einzelnachweise", "siehe auch", "literatur", "themenverwandte artikel"),
    *("voir aussi", "liens externes", "notes et références", "articles connexes", "références", "bibliographie"),
    *("fuentes", "fuente", "véase también", "enlaces externos", "referencias", "noticias relacionadas"),
    *("fonti", "fonte", "collegamenti esterni", "note", "voci correlate", "articoli correlati", "altri progetti"),
    *("fontes", "ver também", "ligações externas", "referências", "notícias relacionadas"),
    *("źródła", "źródło", "przypisy", "linki zewnętrzne", "zobacz też", "bronnen", "bron", "externe links", "zie ook"),
}


@dataclass(frozen=True, slots=True)
class Wikitext:
    """The text and date of a page.

    Attributes:
        text: Its paragraphs and headings, separated by blank lines.
        published: The date in its template above the text.
    """

    text: str
    published: date | None = None

    @classmethod
    def of(cls, source: str, beside: frozenset[str]) -> "Wikitext":
        """Reads wikitext.

        Args:
            source: The wikitext.
            beside: Namespaces in lower case, links to which are no part of a sentence.

        Raises:
            Unreadable: It is longer than an article, its marks are not closed, or a template says it is unpublished.
        """
        source = _PARAGRAPH_TAG.sub("\n\n", _SWITCH.sub("", source))
        _check(source)
        with guarded("no wikitext that can be read"):
            code = mwparserfromhell.parse(source)
            names = {_name(node) for node in code.nodes if isinstance(node, Template)}
            if waiting := sorted(names & UNPUBLISHED):
                raise Unreadable(f"is not published: it has the template {{{{{waiting[0]}}}}}")
            words = _Words(beside)
            return cls("\n\n".join(words.paragraphs(code)), words.day(code))


def _check(source: str) -> None:
    if len(source) > LONGEST_TEXT:
        raise Unreadable(f"is longer than {LONGEST_TEXT:,} characters, as no article is")
    opened, lost = list[str](), 0
    for mark in _MARK.finditer(source):
        kind, opens = _mark(mark, opened)
        if opens:
            opened.append(kind)
        elif kind in opened[-1:] if mark["line"] else kind in opened:
            while opened.pop() != kind:
                lost += 1
        if lost > MOST_UNCLOSED or len(opened) > DEEPEST_MARKUP:
            break
    if lost + len(opened) > MOST_UNCLOSED:
        raise Unreadable(f"opens more than {MOST_UNCLOSED} links, templates, tables or tags that it does not close")


def _mark(mark: re.Match[str], opened: list[str]) -> tuple[str, bool]:
    """A mark's kind, and whether it opens; quotes end with their line."""
    if mark["quotes"] or mark["line"]:
        return "''", bool(mark["quotes"]) and "''" not in opened
    if mark["tag"]:
        tag = mark["tag"].lower()
        return tag, not (mark["ends"] or mark["single"] or tag in _SINGLE)
    return mark["opens"] or _PAIRS[mark["closes"]], bool(mark["opens"])


@dataclass(frozen=True, slots=True)
class _Words:
    """Finds the words that a reader of the page sees.

    Attributes:
        beside: Namespaces in lower case, links to which are no part of a sentence.
    """

    beside: frozenset[str]

    def paragraphs(self, code: Wikicode) -> Iterator[str]:
        """The paragraphs, each on one line; a heading only where text follows it."""
        headings: list[tuple[int, str]] = []
        left_out = 0  # the level of the skipped section
        for heading, nodes in _sections(code):
            level = heading.level if heading else 0
            if left_out and level > left_out:
                continue
            title = one_line(self.of(heading.title)) if heading else ""
            left_out = level if title.lower().rstrip(":") in _REFERENCES else 0
            headings = [*(above for above in headings if above[0] < level), *([(level, title)] if title else [])]
            text = (
                [] if left_out else [line for part in _BLANK_LINE.split(self._all(nodes)) if (line := one_line(part))]
            )
            if text:
                yield from (above for _, above in headings)
                yield from text
                headings = []

    def day(self, code: Wikicode) -> date | None:
        """The date in `{{date}}` or `{{byline}}` above the text; later ones are about something else."""
        for node in code.nodes:
            if isinstance(node, Template) and _name(node) in {_DATE, _BYLINE}:
                return stated_date(self._value(node, "1" if _name(node) == _DATE else "date"))
            if not isinstance(node, Template) and self._shown(node).strip():
                return None
        return None

    def of(self, code: Wikicode | None) -> str:
        """The words of a piece of wikitext."""
        return self._all(code.nodes) if code is not None else ""

    def _all(self, nodes: list[Node]) -> str:
        return "".join(map(self._shown, nodes))

    def _shown(self, node: Node) -> str:
        match node:
            case Text():
                return str(node.value)
            case HTMLEntity():
                return str(node.normalize())
            case Wikilink():
                return self._link(node)
            case ExternalLink():
                return self.of(node.title) if node.brackets else str(node.url)
            case Tag():
                return self._tag(node)
            case Template():
                return self._template(node)
            case _:
                return ""

    def _link(self, link: Wikilink) -> str:
        target = str(link.title).strip()
        if target.partition(":")[0].strip().lower() in self.beside:
            return ""
        if link.text is None and _OTHER_LANGUAGE.match(target):
            return ""
        return self.of(link.text) or self.of(link.title).lstrip(" :")

    def _tag(self, tag: Tag) -> str:
        name = str(tag.tag).strip().lower()
        if name in _LEFT_OUT:
            return ""
        words = str(tag.contents) if name == "nowiki" else self.of(tag.contents)
        return f"\n\n{words}\n\n" if name in _BLOCKS else words

    def _template(self, template: Template) -> str:
        name = _name(template)
        if name == "convert":
            return f"{self._value(template, '1')} {self._value(template, '2')}"
        if name not in _SHOWN:
            return _SIGNS.get(name, "")
        words = next(filter(None, (self._value(template, key) for key in reversed(_SHOWN[name]))), "")
        return f"\n\n{words}\n\n" if name in _QUOTES else words

    def _value(self, template: Template, key: str) -> str:
        return self.of(template.get(key).value).strip() if template.has(key) else ""


def _name(template: Template) -> str:
    return " ".join(str(template.name).replace("_", " ").split()).lower()


def _sections(code: Wikicode) -> Iterator[tuple[Heading | None, list[Node]]]:
    """Each heading with the nodes below it, up to the next; first, with None, those above the first heading."""
    heading, nodes = None, list[Node]()
    for node in code.nodes:
        if isinstance(node, Heading):
            yield heading, nodes
            heading, nodes = node, []
        else:
            nodes.append(node)
    yield heading, nodes
