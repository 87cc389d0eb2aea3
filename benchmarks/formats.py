"""The same articles as files of every format, as newsrooms store them."""

import csv
import gzip
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from textwrap import wrap
from typing import Any

import docx
import pyarrow
import pyarrow.parquet

from benchmarks.pages import Story, json_ld
from tests.corpus.pdf import column, pdf_of


def record(story: Story) -> dict[str, Any]:
    """As in an export."""
    return {
        "title": story.title,
        "text": story.text,
        "url": story.url,
        "published": story.published.isoformat(),
        "authors": list(story.authors),
    }


def pasted(story: Story) -> str:
    """As pasted text."""
    day = f"{story.published:%B} {story.published.day}, {story.published.year}"
    return f"{story.title}\n\nBy {' and '.join(story.authors)}\n{day}\n\n{story.text}\n\nOriginal url: {story.url}\n"


def message(story: Story) -> bytes:
    """As a newsletter."""
    made = EmailMessage()
    made["Subject"], made["From"] = story.title, "Harbour Post <news@harbour-post.example>"
    made["Date"] = format_datetime(story.published)
    made.set_content(story.text)
    made.add_alternative(json_ld(story).html, subtype="html")
    return bytes(made)


def formats(made_of: list[Story], folder: Path) -> Iterator[tuple[str, Path]]:
    """Writes the articles in each format; yields the format's name and the path."""

    def each(name: str, suffix: str, written: Callable[[Story], bytes]) -> tuple[str, Path]:
        inner = folder / name.replace(" ", "-").replace("/", "-")
        inner.mkdir()
        for number, story in enumerate(made_of):
            (inner / f"{number}{suffix}").write_bytes(written(story))
        return name, inner

    def whole(name: str, data: bytes) -> tuple[str, Path]:
        (folder / name).write_bytes(data)
        return name, folder / name

    records = [record(story) for story in made_of]
    yield each("one .html each", ".html", lambda story: json_ld(story).html.encode())
    yield each("one .txt each", ".txt", lambda story: pasted(story).encode())
    yield each("one .eml each", ".eml", message)
    yield whole("all.jsonl", "\n".join(map(json.dumps, records)).encode())
    yield whole("all.jsonl.gz", gzip.compress("\n".join(map(json.dumps, records)).encode()))
    yield whole("all.json", json.dumps({"articles": records}).encode())
    yield whole("all.csv", _csv(records))
    yield whole("all.rss", _rss(made_of))
    yield whole("all.mbox", b"\n\n".join(b"From x\n" + message(story) for story in made_of))
    yield whole("all.parquet", _parquet(records))
    yield whole("html.zip", _zip(made_of))
    yield whole("html.warc", _warc(made_of))
    yield each("one .docx each", ".docx", _docx)
    yield each("one .pdf each", ".pdf", _pdf)


def _csv(records: list[dict[str, Any]]) -> bytes:
    written = StringIO(newline="")
    rows = csv.DictWriter(written, list(records[0]))
    rows.writeheader()
    rows.writerows({**one, "authors": ", ".join(one["authors"])} for one in records)
    return written.getvalue().encode()


def _rss(made_of: list[Story]) -> bytes:
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{escape(story.url)}</link>"
        f"<pubDate>{format_datetime(story.published)}</pubDate><content:encoded><![CDATA["
        + "".join(f"<p>{escape(part)}</p>" for part in story.text.split("\n\n"))
        + "]]></content:encoded></item>"
        for story in made_of
    )
    named = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f"<rss version='2.0' {named}><channel><title>Harbour Post</title>{items}</channel></rss>".encode()


def _parquet(records: list[dict[str, Any]]) -> bytes:
    data = BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(records), data)
    return data.getvalue()


def _zip(made_of: list[Story]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, story in enumerate(made_of):
            archive.writestr(f"{number}.html", json_ld(story).html)
    return data.getvalue()


def _warc(made_of: list[Story]) -> bytes:
    parts = []
    for story in made_of:
        reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + json_ld(story).html.encode()
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"WARC-Target-URI: {story.url}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(reply)}\r\n\r\n"
        )
        parts.append(head.encode() + reply + b"\r\n\r\n")
    return b"".join(parts)


def _docx(story: Story) -> bytes:
    made = docx.Document()
    made.add_heading(story.title, 0)
    for part in pasted(story).split("\n\n")[1:]:
        made.add_paragraph(part)
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def _pdf(story: Story) -> bytes:
    ascii_text = re.sub(r"[()\\]", "", pasted(story).encode("ascii", "ignore").decode())
    title, _, rest = ascii_text.partition("\n\n")
    lines = [line for part in rest.split("\n\n") for line in ("", *wrap(part, 90))]
    first = [*column(760, *wrap(title, 60)[:2], size=18), *column(700, *lines[:50])]
    return pdf_of([first, *(column(740, *lines[start : start + 55]) for start in range(50, len(lines), 55))])
