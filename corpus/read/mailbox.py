"""Mailboxes (.mbox): messages one after another, each under a line that starts with "From "."""

import re
from collections.abc import Iterator
from functools import partial
from io import BufferedReader

from corpus.article import Rejected
from corpus.read.file import LARGEST_WHOLE, File, Unreadable, filled

_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mailbox(file: File) -> Iterator[File | Rejected]:
    """Each message as a file of its own. The standard library's reader keeps its list of them and needs a path."""
    with file.open() as stream:
        for number, message in enumerate(_messages(filled(stream)), start=1):
            name = f"{number}.eml"
            if len(message) > LARGEST_WHOLE:
                yield Rejected(f"{file.origin}!{name}", None, f"is larger than {LARGEST_WHOLE >> 20} MB")
            else:
                yield file.member(name, file.open).holding(_QUOTED.sub(rb"\1", message))


def _messages(stream: BufferedReader) -> Iterator[bytes]:
    """The messages; only the start of one that is too large.

    Raises:
        Unreadable: This is no mailbox.
    """
    lines: list[bytes] = []
    size, after_blank, first = 0, True, True
    for line in iter(partial(stream.readline, LARGEST_WHOLE), b""):
        starts = after_blank and line.startswith(b"From ")
        if first and not starts:
            raise Unreadable("is no mailbox: it does not begin with a line 'From ...'")
        if starts and not first:
            yield b"".join(lines)
        if starts:
            lines, size = [], 0
        elif size <= LARGEST_WHOLE:
            lines.append(line)
            size += len(line)
        after_blank, first = not line.strip(), False
    if not first:
        yield b"".join(lines)
