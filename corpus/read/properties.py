"""The metadata properties of an office document or a PDF, seldom filled in with care."""

import re
from datetime import date

from corpus.article import instant
from corpus.authors import split_names
from corpus.clean import one_line

_NO_PERSON = re.compile(r"(?i)\b(?:admin\w*|microsoft|office|user|owner|unknown|author|desk|staff|pc|laptop)\b|[\d@_]")
_NO_TITLE = re.compile(
    r"(?i)\s*$|microsoft word|untitled|document ?\d*$|(?:no |working )?title$"
    r"|.*\.(?:docx?|pdf|indd|odt|rtf|txt|html?|qxp)$"
)


def persons(author: str) -> tuple[str, ...]:
    """The names in an author property; not those of machines, programs and offices."""
    names = split_names(one_line(author))
    return tuple(name for name in names if " " in name and name[0].isupper() and not _NO_PERSON.search(name))


def headline(title: str) -> str:
    """A title property, or nothing where a program set it."""
    title = one_line(title)
    return "" if _NO_TITLE.match(title) else title


def written(created: date | None, modified: date | None) -> date | None:
    """The day a document was made, unless it was changed later: old documents live on as templates."""
    if not created or not modified:
        return created
    return created if abs((instant(modified) - instant(created)).days) < 1 else None
