"""The language of a text, as far as its script shows it; Latin letters show none."""

import re

LOOKED_AT = 400
"""Characters that are looked at."""
_LANGUAGES = (
    ("ja", "\u3040-\u30ff"),
    ("ko", "\u1100-\u11ff\uac00-\ud7af"),
    ("zh", "\u3400-\u9fff"),
    ("el", "\u0370-\u03ff"),
    ("he", "\u0590-\u05ff"),
    ("hy", "\u0530-\u058f"),
    ("ka", "\u10a0-\u10ff"),
    ("th", "\u0e00-\u0e7f"),
    ("und-Arab", "\u0600-\u06ff"),
    ("und-Cyrl", "\u0400-\u04ff"),
    ("und-Deva", "\u0900-\u097f"),
)
"""The likeliest language of a script that has one; of a script that many share, the script. Kana count before Han."""
_OF = tuple((language, re.compile(f"[{letters}]")) for language, letters in _LANGUAGES)


def language_of(text: str) -> str:
    """The language, as `lang` states it, if most letters are of its script; else empty."""
    looked_at = text[:LOOKED_AT]
    letters = sum(map(str.isalpha, looked_at))
    counts = {language: len(pattern.findall(looked_at)) for language, pattern in _OF}
    if counts["ja"]:
        counts["ja"] += counts["zh"]
    language, count = max(counts.items(), key=lambda found: found[1])
    return language if 2 * count > letters else ""


def speech(text: str, page: str) -> str:
    """The attributes for an element that holds a text of an article: its direction and its language.

    Args:
        text: What it holds.
        page: The page's language. Where that is not English, a text of unknown language is marked as such: it would
            count as one of the page's language, and most articles are English.
    """
    language = language_of(text)
    return ' dir="auto"' + (f' lang="{language}"' if language or page != "en" else "")
