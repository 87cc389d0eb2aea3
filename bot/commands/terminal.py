"""Text for a terminal. Nothing in an article or a path may control it."""

import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from bot.answer import Answer
from bot.answer.wording import day, origin, searched
from corpus.article import Article
from index.passage import ScoredPassage
from index.split import Span

WIDEST = 100
BOLD, FAINT, NORMAL = "\x01", "\x02", "\x03"
"""Stand-ins for control sequences until a text is wrapped; plain text contains none of them."""
SEQUENCES = str.maketrans({BOLD: "\x1b[1m", FAINT: "\x1b[2m", NORMAL: "\x1b[0m"})

_SPACE = re.compile(r"[^\S\n]+")


def plain(text: str) -> str:
    """The text with control characters, including those of text direction, escaped; line breaks stay."""
    return "".join(
        character if character.isprintable() or character == "\n" else ascii(character)[1:-1] for character in text
    )


def answer_lines(answer: Answer) -> Iterator[str]:
    """An answer for people: the text with its marks, then the citations.

    The answering words are bold, the marks faint; typer.echo strips that where stdout is no terminal.
    """
    if limits := searched(answer):
        yield _wrapped(f"Searched {limits}.")
        yield ""
    set_off = dict.fromkeys(answer.emphasis, BOLD) | dict.fromkeys(answer.marks or (), FAINT)
    for paragraph in _set_off(answer.text, set_off).split("\n\n"):
        yield _filled(paragraph)
        yield ""
    for citation in answer.citations:
        yield from _source_lines(f"[{citation.number}]", citation.passage.article, f"“{citation.quote}”")


def passage_lines(passages: Iterable[ScoredPassage]) -> Iterator[str]:
    """Passages as a numbered list."""
    for number, scored in enumerate(passages, 1):
        yield from _source_lines(f"{number:>2}.", scored.passage.article, scored.passage.text)


def table_lines(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names and values in two columns."""
    for name, value in rows:
        yield f"{name:<12} {plain(value)}"


def _source_lines(mark: str, article: Article, words: str) -> Iterator[str]:
    changed = [f"updated {day(article.revised)}"] if article.revised else []
    details = ", ".join([*origin(article), *changed])
    indent = " " * (len(mark) + 1)
    yield _wrapped(f"{mark} {article.title}" + (f" ({details})" if details else ""), indent)
    if article.url:
        yield indent + plain(" ".join(article.url.split()))
    yield _wrapped(f"{indent}{words}", indent)
    yield ""


def _set_off(text: str, spans: Mapping[Span, str]) -> str:
    """The text made plain, with one character for each control sequence, so that it can still be wrapped."""
    pieces, place = [], 0
    for (start, end), sign in sorted(spans.items()):
        pieces += [_printable(text[place:start]), sign, _printable(text[start:end]), NORMAL]
        place = end
    return "".join([*pieces, _printable(text[place:])])


def _printable(text: str) -> str:
    return plain(_SPACE.sub(" ", text))


def _wrapped(text: str, indent: str = "") -> str:
    lead = text[: len(text) - len(text.lstrip(" "))]
    return _filled(plain(" ".join(text.split())), lead, indent)


def _filled(text: str, lead: str = "", indent: str = "") -> str:
    """Plain text in lines, with the stand-ins replaced by control sequences."""
    width = min(WIDEST, shutil.get_terminal_size().columns)
    filled = textwrap.fill(text, width, initial_indent=lead, subsequent_indent=indent)
    return filled.translate(SEQUENCES)
