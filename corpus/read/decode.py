"""From a file's bytes to text, in any encoding."""

import codecs
import re

import chardet

from corpus.read.file import File, Unreadable
from corpus.read.magic_bytes import fault_of

# Longest first: a UTF-32 mark starts with a UTF-16 one.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
MARKED_OR_UTF_8 = {"utf-8", *(encoding for _, encoding in MARKS)}
# Detecting an encoding is slow on long texts, and this many bytes suffice.
SAMPLE_BYTES = 100_000
# UTF-8 sequences of two or three bytes, decoded as a single-byte encoding.
_GARBLED = re.compile("[\u00c2-\u00c5\u00d0\u00d1\u00e2][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]")
LONGEST_REPAIRED = 2_000_000  # characters; that many take a second
# An English text with a few accented letters is plausible in a dozen encodings: where their share of all letters is
# this small, and the detection this unsure, the commonest encoding wins (French has 4 in a hundred, Polish 7).
# Of 53 texts of 30 to 250 characters in 17 languages and 20 encodings, chardet with this rule reads 51 right;
# charset-normalizer alone read 30 of 44, with Western alphabets beside it 36.
WESTERN = "cp1252"
FEW_ACCENTS, UNSURE = 0.05, 0.15
# Of UTF-16's two bytes for a Latin letter, one is nearly always NUL and the other hardly ever.
LATIN_SHARE, STRAY_SHARE = 0.6, 0.02


def contents(file: File) -> str:
    """The whole file as text.

    Raises:
        Unreadable: It is empty, too large, binary, or in no encoding that can be detected.
    """
    return decode(file.contents())


def decode(data: bytes) -> str:
    """Decodes by the byte order mark, else as UTF-8, else by detection.

    Raises:
        Unreadable: They are blank, binary, or in no encoding that can be detected.
    """
    if not data.strip():
        raise Unreadable("is empty")
    return repaired(data.decode(encoding_of(data), errors="replace"))


def repaired(text: str) -> str:
    """The text before UTF-8 was decoded as another encoding, if it was: "FÃ¤hre" becomes Fähre."""
    if len(text) > LONGEST_REPAIRED or not _GARBLED.search(text):
        return text
    import ftfy

    return ftfy.fix_encoding(text)


def encoding_of(data: bytes) -> str:
    """The name of the encoding these bytes are in.

    Raises:
        Unreadable: It cannot be detected.
    """
    if encoding := marked(data):
        return encoding
    if b"\0" in data[:SAMPLE_BYTES] and (wide := unmarked(data[:SAMPLE_BYTES])):
        return wide
    if b"\0" in data:
        raise Unreadable(fault_of(data) or "holds NUL bytes: it is binary, not text")
    return "utf-8" if _is_utf_8(data) else _guess(data[:SAMPLE_BYTES])


def _is_utf_8(data: bytes) -> bool:
    """Also true where single bytes are broken, as at the end of a file that was cut."""
    text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    return broken == 0 or sum(character > "\x7f" for character in text) > 5 * broken


def marked(data: bytes) -> str | None:
    """The encoding of the byte order mark; None without one."""
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def unmarked(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every other byte is NUL in Latin text."""
    halves = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < LATIN_SHARE * halves or min(even, odd) > STRAY_SHARE * halves:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(data: bytes) -> str:
    found = chardet.detect(data)
    encoding, sure = found["encoding"], found["confidence"] or 0.0
    if sure < UNSURE and _has_few_accents(data.decode(WESTERN, errors="replace")):
        return WESTERN
    if not encoding or not _is_known(encoding):
        raise Unreadable("is in no encoding that can be detected; save it as UTF-8")
    return str(encoding)


def _has_few_accents(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(not letter.isascii() for letter in letters) < FEW_ACCENTS * len(letters)


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True
