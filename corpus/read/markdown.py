"""Markdown: with front matter it is a record, without it a pasted text."""

from collections.abc import Iterator
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from corpus.article import Article, Rejected
from corpus.read.decode import contents
from corpus.read.file import File
from corpus.read.plain import read_text, without_marks
from corpus.read.record import read_record


class _Words(YAMLHandler):
    """Leaves every value a string: YAML's own idea of a date fails the whole block on 0000-00-00."""

    def load(self, fm: str, **_: object) -> Any:
        return super().load(fm, Loader=yaml.BaseLoader)


def read_markdown(file: File) -> Iterator[Article | Rejected]:
    """One article a file."""
    text = contents(file)
    try:
        fields, story = frontmatter.parse(text, handler=_Words()) if text.startswith("---") else ({}, text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Rejected(file.origin, None, f"has front matter that is not valid YAML: {reason}")
        return
    if not fields:
        yield read_text(story, file)
        return
    heading, _, rest = story.lstrip().partition("\n")
    if heading.startswith("# "):
        fields.setdefault("title", heading[2:])
        story = rest
    yield read_record({**fields, "text": without_marks(story)}, file)
