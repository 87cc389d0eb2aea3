"""Damaged files of every kind: sound ones with a few bytes changed, and what must hold of whatever comes out."""

import bz2
import gzip
import json
import lzma
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from backports import zstd

from corpus.article import Article, Rejected
from corpus.read import read
from tests.corpus.pdf import pdf_of
from tests.corpus.reading import STORY
from tests.corpus.test_archives import tarred, zipped
from tests.corpus.test_formats import LINES, RECORDS, TITLE, document, message, parquet, rss, saved, warc
from tests.corpus.test_formats import PAGE as SHORT_PAGE
from tests.corpus.test_pages import GRAPH, page, structured

Edit = tuple[float, Literal["put", "over", "cut", "again", "drop"], bytes]
"""Where (as a share of the length), what, and with which bytes."""

OPERATIONS: tuple[Literal["put", "over", "cut", "again", "drop"], ...] = ("put", "over", "cut", "again", "drop")
TOKENS = [
    *(
        b"\x00",
        b"\xff",
        b"\x1f\x8b",
        b"PK\x01\x02",
        b"\r\n",
        b"\n\n",
        b'"',
        b"'",
        b"{",
        b"[" * 500,
        b"<div>" * 200,
        b"-1",
    ),
    *(b"<![CDATA[", b"]]>", b"<!--", b"&#x110000;", b"&lt;" * 50, b"\\ud800", "\u202e".encode(), b"9" * 300, b"1e999"),
    *(
        b"From a@b\n",
        b"Content-Length: -5\r\n",
        b"charset=utf-7",
        b"=?utf-8?q?=ff?=",
        b"0000-00-00",
        b"D:99999999999999",
    ),
    *(
        b"\xff\xff\xff\xff",
        b"\xff\xff\xff\x7f",
        b"\x00" * 8,
        b"../",
        b"---\n",
        b"%PDF",
        b"endobj",
        b"<< /Kids [3 0 R] >>",
    ),
]


@cache
def sound() -> dict[str, bytes]:
    """A file of each kind, by name."""
    record = {"title": "Ferry sails", "text": "It sails.", "date": "2020-08-31", "author": ["A", {"name": "B"}]}
    made = document(author="Ada Moreau")
    made.add_heading("Ferry", 0)
    made.add_paragraph("It sails.")
    mail = bytes(message(SHORT_PAGE % ""))
    plain: dict[str, bytes] = {
        "a.txt": b"Ferry sails\n\nBy Ada Moreau\nAugust 31, 2020\nhttps://g.example/a\n\n" + STORY,
        "a.md": b"---\ntitle: Ferry\ndate: 2020-08-31\n---\n# Ferry\n\nIt *sails*.",
        "a.json": json.dumps({"articles": [record, {"title": 1}]}).encode(),
        "feed.json": json.dumps({"version": "https://jsonfeed.org/version/1", "items": [record]}).encode(),
        "a.jsonl": json.dumps(record).encode() + b"\n{}\n" + json.dumps(record).encode(),
        "a.csv": b'title,text,date\nFerry,"It ""sails"", at nine",2020-08-31\nx\n',
        "a.html": page(structured({"@graph": GRAPH}), body="<time datetime='2020-08-31'></time>"),
        "a.rss": rss("<title>Ferry</title><description>It &lt;b&gt;sails</description><pubDate>2020-08-31</pubDate>"),
        "a.atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>F</title><summary>s</summary></entry></feed>',
        "sitemap.xml": b"<urlset><url><loc>https://g.example/a</loc><lastmod>2020-08-31</lastmod></url></urlset>",
        "a.parquet": parquet(),
        "a.pdf": pdf_of([[TITLE, *LINES], LINES], "/Title (x) /CreationDate (D:20200831100000+02'00')"),
        "a.docx": saved(made),
        "a.eml": mail,
        "a.mhtml": mail,
        "a.mbox": b"From a@b\n" + mail + b"\nFrom a@b\n" + mail,
        "a.warc": warc(*RECORDS),
    }
    files = {name: plain[name] for name in ("a.txt", "a.jsonl", "a.html")}
    return plain | {
        "a.zip": zipped(files | {"in.zip": zipped({"b.txt": STORY})}),
        "a.tar": tarred({**files, "link.txt": "a.txt"}),
        "a.tar.gz": gzip.compress(tarred({**files})),
        "a.txt.gz": gzip.compress(plain["a.txt"]),
        "a.txt.bz2": bz2.compress(plain["a.txt"]),
        "a.txt.xz": lzma.compress(plain["a.txt"]),
        "a.txt.zst": zstd.compress(plain["a.txt"]),
    }


def damaged(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The data after some edits."""
    for share, operation, some in edits:
        place = int(share * len(data))
        if operation == "cut":
            data = data[:place]
        elif operation == "drop":
            data = data[:place] + data[place + 1 + len(some) :]
        elif operation == "again":
            data = data[:place] + data[place : place + 64] * 3 + data[place:]
        else:
            data = data[:place] + some + data[place + (len(some) if operation == "over" else 0) :]
    return data


def check(folder: Path, name: str, data: bytes) -> list[Article | Rejected]:
    """Reads a file, and holds what comes out to what readers promise."""
    path = folder / name
    path.write_bytes(data)
    found = list(read([path]))
    for one in found:
        assert isinstance(one, Article | Rejected)
        assert one.origin.startswith(str(path))
        if isinstance(one, Rejected):
            assert one.reason
            assert len(one.reason) < 2000
        else:
            assert one.title.strip()
            assert one.text.strip()
            assert one.url is None or one.url.startswith(("http", "HTTP", "Http"))
            (one.title + one.text + "".join(one.authors) + (one.source or "")).encode()
            assert one.digest
    return found
