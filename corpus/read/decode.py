"""From a file's bytes to text, whatever it was saved as."""

import codecs

from charset_normalizer import from_bytes

from corpus.read.file import File, Unreadable
from corpus.read.signature import fault_of

# Longest first: a UTF-32 mark starts with a UTF-16 one.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
MARKED_OR_UTF_8 = {"utf-8", *(encoding for _, encoding in MARKS)}
# Guessing an encoding takes long on long texts, and this many bytes settle it.
SAMPLE_BYTES = 100_000
# An English text with a few accented letters looks as well in a dozen encodings: this one is by far the commonest.
# Where accents are many, as in Polish, they tell (share of letters: French has 4 in a hundred, Polish 7, Czech 14).
WESTERN = "cp1252"
FEW_ACCENTS = 0.05
# The accented letters of the languages written in it. Polish or Czech read as Western mixes those of several
# ("Pøíští" is Příští, "¹" is ą). Statistics alone garbled 6 of 10 Western texts of 60 to 300 characters, French as
# Romanian, Danish as Hungarian; with these letters all 10 are right, and 14 of other languages are as before.
WESTERN_LETTERS = {
    "Danish, Norwegian, Swedish, Finnish": "åäöæøéü",
    "Dutch, German": "äëïöüßáéèê",
    "French": "àâæçèéêëîïôœùûüÿ",
    "Icelandic, Faroese": "áéíóúýþæöðø",
    "Italian": "àèéìíîòóùú",
    "Portuguese": "àáâãçéêíóôõúü",
    "Spanish, Catalan": "áàçèéíïñòóúü",
}
# Of UTF-16's two bytes for a letter, one is NUL in Latin text and hardly ever the other.
LATIN_SHARE, STRAY_SHARE = 0.6, 0.02
OWN_LETTERS = 0.9  # the least share of them in a text of that language; the rest stands in foreign names
_MARKS_BESIDE_WORDS = set("“”‘’„‚«»‹›–—…•·°§©®™€£¡¿ªº\u00a0\u00ad")


def contents(file: File) -> str:
    """The whole file as text.

    Raises:
        Unreadable: If it is empty, too large, binary, or in no encoding that can be told.
    """
    return decode(file.contents())


def decode(data: bytes) -> str:
    """Reads bytes as what their byte order mark says, else as UTF-8, else as what their letters look like.

    Raises:
        Unreadable: If they are blank, binary, or in no encoding that can be told.
    """
    if not data.strip():
        raise Unreadable("is empty")
    return data.decode(encoding_of(data), errors="replace")


def encoding_of(data: bytes) -> str:
    """The name of the encoding these bytes are in.

    Raises:
        Unreadable: If it cannot be told.
    """
    if encoding := marked(data):
        return encoding
    if b"\0" in data[:SAMPLE_BYTES] and (wide := unmarked(data[:SAMPLE_BYTES])):
        return wide
    if b"\0" in data:
        raise Unreadable(fault_of(data) or "holds NUL bytes: it is binary, not text")
    return "utf-8" if _is_utf_8(data) else _guess(data[:SAMPLE_BYTES])


def _is_utf_8(data: bytes) -> bool:
    """Also where a byte here and there is broken, as at the end of a file that was cut."""
    text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    return broken == 0 or sum(character > "\x7f" for character in text) > 5 * broken


def marked(data: bytes) -> str | None:
    """What the byte order mark at the start says; None without one."""
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def unmarked(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every other byte is a NUL, where letters are Latin."""
    halves = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < LATIN_SHARE * halves or min(even, odd) > STRAY_SHARE * halves:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(data: bytes) -> str:
    best = from_bytes(data).best()
    if best is None:
        raise Unreadable("is in no encoding that can be told; save it as UTF-8")
    return WESTERN if _is_western(data.decode(WESTERN, errors="replace")) else best.encoding


def _is_western(text: str) -> bool:
    """Whether accents are few, or nearly all are letters that one Western language has."""
    letters = [character for character in text if character.isalpha()]
    if sum(not letter.isascii() for letter in letters) < FEW_ACCENTS * len(letters):
        return True
    unusual = [sign for sign in text.lower() if not sign.isascii() and sign not in _MARKS_BESIDE_WORDS]
    own = max(sum(sign in alphabet for sign in unusual) for alphabet in WESTERN_LETTERS.values())
    return own >= OWN_LETTERS * len(unusual)
