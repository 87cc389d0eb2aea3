"""Markdown: a record if it has front matter, else a pasted text."""

import re
import tomllib
from collections.abc import Iterator
from json import JSONDecoder
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from corpus.article import Article, Rejected
from corpus.read.decode import contents
from corpus.read.field_names import looked_up, web_address
from corpus.read.file import File
from corpus.read.plain import read_text, without_marks
from corpus.read.record import read_record

_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
"""Front matter as in Hugo; in JSON too."""
_JSON = re.compile(r'\{\s*"[^"\n]*"\s*:')


class _Words(YAMLHandler):
    """Leaves every value a string: YAML's own date parsing fails the whole block on 0000-00-00."""

    def load(self, fm: str, **_: object) -> Any:
        return super().load(fm, Loader=yaml.BaseLoader)


def read_markdown(file: File) -> Iterator[Article | Rejected]:
    """One article a file."""
    text = contents(file)
    try:
        fields, story = _parted(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        kind = {"+": "TOML", "{": "JSON"}.get(text[0], "YAML")
        yield Rejected(file.origin, None, f"has front matter that is not valid {kind}: {reason}")
        return
    if not fields:
        yield read_text(story, file)
        return
    heading, _, rest = story.lstrip().partition("\n")
    if heading.startswith("# "):
        fields.setdefault("title", heading[2:])
        story = rest
    yield read_record({**_clipped_from(fields), **fields, "text": without_marks(story)}, file)


def _clipped_from(fields: dict[str, object]) -> dict[str, object]:
    """The address in `source`, as Obsidian's clipper writes it; a site's front page is an outlet's."""
    address = web_address(str(looked_up(fields, "source")))
    return {"source url": address} if address and address.rstrip("/").count("/") > 2 else {}


def _parted(text: str) -> tuple[dict[str, object], str]:
    """The front matter's fields, and the rest; no fields where there is none.

    Raises:
        ValueError: It is not valid.
        yaml.YAMLError: It is not valid.
    """
    text = text.replace("\r\n", "\n")
    if toml := _TOML.match(text):
        return tomllib.loads(toml[1]), text[toml.end() :]
    if _JSON.match(text):
        fields, end = JSONDecoder().raw_decode(text)
        return fields, text[end:]
    return frontmatter.parse(text, handler=_Words()) if text.startswith("---") else ({}, text)
