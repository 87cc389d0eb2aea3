"""Messages: newsletters (.eml), and pages that a browser saved as one (.mhtml)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr

from corpus.article import Article, Rejected
from corpus.read.decode import decode
from corpus.read.file import File, Stated, Unreadable, guarded
from corpus.read.html import read_html
from corpus.read.plain import unwrapped, without_marks
from corpus.read.record import read_record
from corpus.read.story import story

MOST_PARTS = 10_000
# Newsletters use tables for layout only.
_LAYOUT = re.compile(r"(</?)(?:table|tbody|thead|tr|td|th|center)\b", re.IGNORECASE)


def read_mail(file: File) -> Iterator[Article | Rejected]:
    """One article per message: its subject, and its text as HTML or else plain."""
    message = _message(file)
    with guarded("a message that cannot be read"):
        record: dict[str, object] = {
            "title": str(message.get("Subject", "")),
            "text": _text(message),
            "source": parseaddr(str(message.get("From", "")))[0],
            "published": str(message.get("Date", "")),
            "url": str(message.get("Archived-At") or message.get("Content-Location") or ""),
        }
    yield read_record(record, file)


def read_saved_page(file: File) -> Iterator[Article | Rejected]:
    """The page among the parts of an .mhtml; the others are its pictures and styles."""
    message = _message(file)
    with guarded("a saved page that cannot be read"):
        page = message.get_body(("html",))
        data = _bytes(page) if page else b""
        address = str(message.get("Snapshot-Content-Location") or (page and page.get("Content-Location")) or "")
        encoding = page.get_content_charset() if page else None
    if not data.strip():
        raise Unreadable("holds no page")
    stated = Stated(url=address if address.startswith("http") else None, encoding=encoding)
    yield from read_html(replace(file.holding(data), stated=stated))


def _message(file: File) -> EmailMessage:
    data = file.contents()
    if b"\0" in data[:1024]:
        raise Unreadable("holds NUL bytes: it is binary, not a message")
    if data.count(b"\n--") > MOST_PARTS:
        raise Unreadable(f"has more than {MOST_PARTS:,} parts, as no message has")
    with guarded("no message that can be read"):
        return BytesParser(policy=policy.default).parsebytes(data)


def _text(message: EmailMessage) -> str:
    """The plain text where it is more than a placeholder for the HTML."""
    page, plain = message.get_body(("html",)), message.get_body(("plain",))
    words = story(_LAYOUT.sub(r"\1div", _decoded(page))) if page else ""
    return words if words.strip() or not plain else unwrapped(without_marks(_decoded(plain)))


def _decoded(part: MIMEPart) -> str:
    """The part's text in the stated encoding; in a detected one where that is missing or wrong."""
    data = _bytes(part)
    try:
        return data.decode(part.get_content_charset() or "ascii")
    except (LookupError, ValueError):
        return decode(data) if data.strip() else ""


def _bytes(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
