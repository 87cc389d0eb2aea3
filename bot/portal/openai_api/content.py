"""From an answer to a message's content: its text with marks, their sources below it, and annotations by place.

Clients show content as Markdown, and articles may hold anything: what would become a link, an image or HTML is escaped.
"""

import re
from typing import Any
from urllib.parse import quote

from bot.answer import Answer, Citation, Delta
from bot.answer.wording import origin
from bot.ui.links import web_address
from bot.ui.paragraphs import marks_in

HEADING = "**Sources**"
_FOOTNOTES = re.compile(rf"\n\n{re.escape(HEADING)}\n(?:\n|- \[\d+\] [^\n]*)*\Z")
_ACTIVE = re.compile(r"[\\<`]|~(?=~~)|\[(?=\d+\])|(?<=\])[(\[:]")
"""What begins HTML or code, looks like a mark, or makes a link of the brackets before it."""
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&$~#|!]")


class Content:
    """A message's content as it grows.

    Attributes:
        text: What has come so far.
    """

    def __init__(self) -> None:
        self.text = ""
        self._marks: list[tuple[int, int, int]] = []

    def add(self, delta: Delta) -> str:
        """Appends a delta's text, and returns it as it is appended."""
        start, place = len(self.text), 0
        for first, last in sorted(marks_in(delta.text, delta.marks)):
            self._append(delta.text[place:first])
            number = int(delta.text[first + 1 : last - 1])
            self._marks.append((len(self.text), len(self.text) + last - first, number))
            self.text += delta.text[first:last]
            place = last
        self._append(delta.text[place:])
        return self.text[start:]

    def close(self, answer: Answer) -> str:
        """Appends the sources of an answer, and returns them."""
        written = footnotes(answer)
        self.text += written
        return written

    def annotations(self, answer: Answer) -> list[dict[str, Any]]:
        """A url_citation for each mark whose source has a web address.

        `start_index` and `end_index` give the mark's place in the content, in characters (code points), the end
        exclusive: `content[start_index:end_index] == "[1]"`.
        """
        cited = {citation.number: citation for citation in answer.citations}
        return list(filter(None, (_annotation(start, end, cited.get(number)) for start, end, number in self._marks)))

    def _append(self, text: str) -> None:
        plain = _ACTIVE.sub(lambda found: f"\\{found[0]}", _encodable(text))
        parted = self.text.endswith("]") and plain.startswith(("(", "[", ":"))  # the bracket came with a delta before
        self.text += f"\\{plain}" if parted else plain


def footnotes(answer: Answer) -> str:
    """A line for each citation, with its words where the text has others; empty where nothing is cited."""
    if not answer.citations:
        return ""
    lines = "\n".join(f"- [{citation.number}] {_footnote(citation, answer)}" for citation in answer.citations)
    return f"\n\n{HEADING}\n\n{lines}\n"


def without_footnotes(content: str) -> str:
    """The answer's own text in a content that was sent before."""
    return _FOOTNOTES.sub("", content).strip()


def _footnote(citation: Citation, answer: Answer) -> str:
    article = citation.passage.article
    address = web_address(article.url)
    title = _literal(article.title)
    headline = f"[{title}]({_link(address)})" if address else title
    source = ", ".join([headline, *map(_literal, origin(article))])
    return f"{source}: “{_literal(citation.quote)}”" if answer.answerer == "llm" else source


def _annotation(start: int, end: int, citation: Citation | None) -> dict[str, Any] | None:
    address = web_address(citation.passage.article.url) if citation else None
    if citation is None or address is None:
        return None
    title = " ".join(_encodable(citation.passage.article.title).split())
    place = {"start_index": start, "end_index": end}
    return {"type": "url_citation", "url_citation": place | {"url": address, "title": title}}


def _literal(text: str) -> str:
    """On one line, every character as it is."""
    line = " ".join(_encodable(text).split())
    return _MARKDOWN.sub(lambda found: f"\\{found[0]}", line)


def _link(address: str) -> str:
    """An address that does not end its link early."""
    return quote(address, safe="/:?#@!$&'*+,;=%~-._")


def _encodable(text: str) -> str:
    """The text with `?` in place of half a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8")
