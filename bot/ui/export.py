"""A conversation as a document of its own: Markdown, or HTML that needs nothing else."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.answer import Answer, Citation
from bot.ui.conversation import Conversation, Exchange
from bot.ui.language import ENGLISH, Language
from bot.ui.links import web_address
from bot.ui.narrowed import limits
from bot.ui.paragraphs import literal, marks_in, paragraphs
from bot.ui.render import reading
from corpus.article import Article
from index.question import now
from index.split import Span

Form = Literal["markdown", "html"]
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~$&=+\-.()])")
_STYLE = """
body { font: 1.0625rem/1.6 Georgia, serif; max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; color: #1c1917; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.5rem 0 0.4rem; }
p { margin: 0 0 0.8em; white-space: pre-line; overflow-wrap: anywhere; }
:is(h1, h2, p, li) { unicode-bidi: plaintext; }
.about, .limits, .notes, .sources { color: #57534e; font-size: 0.9rem; }
.limits { font-style: italic; } sup a { text-decoration: none; color: #9f1d20; } a { color: #9f1d20; }
h3 { font-size: 1rem; border-top: 1px solid #e0dbd4; margin-top: 3rem; padding-top: 1rem; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to save.

    Attributes:
        name: What it is called.
        kind: Its media type.
        text: What is in it.
    """

    name: str
    kind: str
    text: str


def export(
    conversation: Conversation, form: str, language: Language = ENGLISH, name: str = "Byline"
) -> Document | None:
    """The conversation in a form, from the site of this name; None if there is no such form, or nothing to export."""
    writers: Mapping[str, tuple[str, str, Callable[[Conversation, Language, str], str]]] = {
        "markdown": ("md", "text/markdown", to_markdown),
        "html": ("html", "text/html", to_html),
    }
    if not conversation or form not in writers:
        return None
    ending, kind, write = writers[form]
    words = re.findall(r"[a-z0-9]+", conversation[0].question.text.lower())
    file = "-".join(["byline", f"{now():%Y-%m-%d}", *words[:6]])
    return Document(f"{file[:80]}.{ending}", f"{kind};charset=utf-8", write(conversation, language, name))


@dataclass(slots=True)
class _Notes:
    """The footnotes so far: numbered through the whole document, each quote once an answer."""

    citations: list[Citation] = field(default_factory=list)

    def of(self, answer: Answer) -> dict[Span, int]:
        """The footnote of each mark of an answer, by its place."""
        numbers = {}
        for citation in answer.citations:
            self.citations.append(citation)
            numbers[citation.number] = len(self.citations)
        marks = marks_in(answer.text, answer.marks)
        cited = {span: int(answer.text[span[0] + 1 : span[1] - 1]) for span in marks}
        return {span: numbers[number] for span, number in cited.items() if number in numbers}

    def articles(self) -> list[Article]:
        """Those cited, in order."""
        return list({citation.passage.article.id: citation.passage.article for citation in self.citations}.values())


def to_markdown(conversation: Conversation, language: Language = ENGLISH, name: str = "Byline") -> str:
    """Markdown with footnotes, and a list of sources; every sign that Markdown reads is escaped."""
    notes = _Notes()
    lines = [f"# {_plain(_title(conversation))}", "", f"*{_plain(_about(language, name))}*", ""]
    for exchange in conversation:
        lines += [f"## {_plain(exchange.question.text)}", ""]
        for line in _asked(exchange, language):
            lines += [f"*{_plain(line)}*", ""]
        lines += [_markdown_reply(exchange, notes), ""]
    for number, citation in enumerate(notes.citations, 1):
        quote = language.say("answer.quoted", words=_plain(citation.quote))
        lines.append(f"[^{number}]: {quote} {_plain(_origin(citation.passage.article, language))}")
    if notes.citations:
        lines += ["", f"## {language.say('export.sources')}", ""]
    for article in notes.articles():
        address = web_address(article.url)
        lines.append(f"- {_plain(_origin(article, language))}{f' <{_address(address)}>' if address else ''}")
    return "\n".join(lines).rstrip() + "\n"


def to_html(conversation: Conversation, language: Language = ENGLISH, name: str = "Byline") -> str:
    """A page that loads nothing, with footnotes and a list of sources."""
    notes = _Notes()
    body = [f"<h1>{literal(_title(conversation))}</h1>", f'<p class="about">{literal(_about(language, name))}</p>']
    for exchange in conversation:
        body.append(f"<h2>{literal(exchange.question.text)}</h2>")
        body += [f'<p class="limits">{literal(line)}</p>' for line in _asked(exchange, language)]
        body.append(_html_reply(exchange, notes))
    if notes.citations:
        body.append(
            f'<h3>{language.say("export.notes")}</h3><ol class="notes">{"".join(_html_notes(notes, language))}</ol>'
        )
        sources = "".join(f"<li>{_linked(article, language)}</li>" for article in notes.articles())
        body.append(f'<h3>{language.say("export.sources")}</h3><ul class="sources">{sources}</ul>')
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{literal(_title(conversation))}</title><style>{_STYLE}</style>"
    )
    inside = "\n".join(body)
    opening = f'<!doctype html>\n<html lang="{language.code}" dir="{language.direction}">'
    return f"{opening}<head>{head}</head>\n<body>\n{inside}\n</body></html>\n"


def _title(conversation: Conversation) -> str:
    return " ".join(conversation[0].question.text.split())


def _about(language: Language, name: str) -> str:
    return language.say("export.about", name=name, day=language.day(now()))


def _asked(exchange: Exchange, language: Language) -> list[str]:
    """What the question was limited to by hand, and how it was read."""
    by_hand = limits(exchange.question, language)
    return [*([by_hand] if by_hand else []), *(reading(exchange.answer, language) if exchange.answer else [])]


def _markdown_reply(exchange: Exchange, notes: _Notes) -> str:
    answer = exchange.answer
    if not answer:
        return "\n\n".join(_plain(part) for part in (exchange.text, exchange.notice) if part)
    pieces, place = [], 0
    for (start, end), number in sorted(notes.of(answer).items()):
        pieces += [_blocks(answer.text[place:start].rstrip(" ")), f"[^{number}]"]
        place = end
    return "".join([*pieces, _blocks(answer.text[place:])])


def _html_reply(exchange: Exchange, notes: _Notes) -> str:
    answer = exchange.answer
    if not answer:
        return "".join(f"<p>{literal(part)}</p>" for part in (exchange.text, exchange.notice) if part)
    marks = {
        span: f'<sup><a href="#note-{number}" id="mark-{number}">{number}</a></sup>'
        for span, number in notes.of(answer).items()
    }
    return paragraphs(answer.text, marks)


def _html_notes(notes: _Notes, language: Language) -> Iterator[str]:
    back = literal(language.say("export.back"))
    for number, citation in enumerate(notes.citations, 1):
        quote = language.say("answer.quoted", words=literal(citation.quote))
        said = f"{quote} {_linked(citation.passage.article, language)}"
        yield f'<li id="note-{number}">{said} <a href="#mark-{number}" aria-label="{back}">↩</a></li>'


def _linked(article: Article, language: Language) -> str:
    origin, address = literal(_origin(article, language)), web_address(article.url)
    return f'<a href="{literal(address)}" rel="noopener noreferrer">{origin}</a>' if address else origin


def _origin(article: Article, language: Language) -> str:
    """Headline, outlet and day, on one line."""
    published = article.published and language.day(article.published)
    return " ".join(language.comma([part for part in (article.title, article.source, published) if part]).split())


def _blocks(text: str) -> str:
    """A text of several paragraphs."""
    return re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", _escaped(text))


def _plain(text: str) -> str:
    """A text on one line."""
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.encode("utf-8", "replace").decode())


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
