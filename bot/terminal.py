"""Text for a terminal. What stands in an article or a path may not steer it."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator

from bot.answer import Answer
from bot.wording import origin, searched
from corpus.article import Article
from index.passage import ScoredPassage

WIDEST = 100


def plain(text: str) -> str:
    """The text with control characters, and those that turn its direction, as escapes; line breaks stay."""
    return "".join(
        character if character.isprintable() or character == "\n" else ascii(character)[1:-1] for character in text
    )


def answer_lines(answer: Answer) -> Iterator[str]:
    """An answer as people read it: the text with its marks, then what the marks stand for."""
    if limits := searched(answer):
        yield _wrapped(f"Searched {limits}.")
        yield ""
    for paragraph in answer.text.split("\n\n"):
        yield _wrapped(paragraph)
        yield ""
    for citation in answer.citations:
        yield from _source_lines(f"[{citation.number}]", citation.passage.article, f"“{citation.quote}”")


def passage_lines(passages: Iterable[ScoredPassage]) -> Iterator[str]:
    """Passages as a numbered list."""
    for number, scored in enumerate(passages, 1):
        yield from _source_lines(f"{number:>2}.", scored.passage.article, scored.passage.text)


def table_lines(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names and what they stand for, in two columns."""
    for name, value in rows:
        yield f"{name:<12} {plain(value)}"


def counted(count: int, noun: str) -> str:
    """A count with its noun, as "1 article" or "8,657 articles"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _source_lines(mark: str, article: Article, words: str) -> Iterator[str]:
    told = ", ".join(origin(article))
    indent = " " * (len(mark) + 1)
    yield _wrapped(f"{mark} {article.title}" + (f" ({told})" if told else ""), indent)
    if article.url:
        yield indent + plain(" ".join(article.url.split()))
    yield _wrapped(f"{indent}{words}", indent)
    yield ""


def _wrapped(text: str, indent: str = "") -> str:
    width = min(WIDEST, shutil.get_terminal_size().columns)
    lead = text[: len(text) - len(text.lstrip(" "))]
    return textwrap.fill(plain(" ".join(text.split())), width, initial_indent=lead, subsequent_indent=indent)
