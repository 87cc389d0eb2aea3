"""What bytes are, by their first bytes, regardless of the file's name."""

import re
from codecs import BOM_UTF8

# First bytes, what they are, and what to do.
_SIGNATURES = (
    (b"\x1f\x8b", "is packed with gzip, perhaps twice; unpack it, or let its name end in .gz"),
    (b"BZh", "is packed with bzip2; unpack it, or let its name end in .bz2"),
    (b"\xfd7zXZ", "is packed with xz; unpack it, or let its name end in .xz"),
    (b"\x28\xb5\x2f\xfd", "is packed with zstd; unpack it, or let its name end in .zst"),
    (b"PK\x03\x04", "is a .zip, .docx or the like under another name; give it its own suffix"),
    (b"7z\xbc\xaf\x27\x1c", "is a .7z archive; unpack it"),
    (b"Rar!", "is a .rar archive; unpack it"),
    (b"\xd0\xcf\x11\xe0", "is an old office document (.doc, .xls); save it as .docx or .txt"),
    (b"PAR1", "is a Parquet file; let its name end in .parquet"),
    (b"SQLite format 3", "is an SQLite database; export its articles as CSV or JSON Lines"),
    (b"\x89PNG", "is a picture; run it through text recognition first"),
    (b"\xff\xd8\xff", "is a picture; run it through text recognition first"),
    (b"GIF8", "is a picture; run it through text recognition first"),
    (b"%PDF-", "is a PDF; let its name end in .pdf"),
    (rb"{\rtf", "is an RTF document; save it as .docx or .txt"),
)
_PAGE = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->|\s)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def fault_of(data: bytes) -> str | None:
    """Why bytes are not the expected text, and what to do; None if they are not recognised."""
    start = beginning(data)
    return next((fault for signature, fault in _SIGNATURES if start.startswith(signature)), None)


def kind_of(data: bytes) -> str | None:
    """The suffix of the reader for a PDF or a page under another name; None for what may be text."""
    start = beginning(data)
    if start.startswith(b"%PDF-"):
        return ".pdf"
    return ".html" if _PAGE.match(start[:4096]) else None


def beginning(data: bytes) -> bytes:
    """The first bytes, after any byte order mark and white space."""
    return data[:8192].removeprefix(BOM_UTF8).lstrip()
