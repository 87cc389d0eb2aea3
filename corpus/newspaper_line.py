"""A newspaper's name on a line of its own: "Harbour Courier".

Where the words could as well be a section ("World News"), a headline ("Mayor Sues Harbour Courier") or a sentence,
it is not taken for a name.
"""

import re
from itertools import pairwise

MOST_NAME_WORDS = 5  # words
# Words that occur in little but newspapers' names; then words that need a proper name beside them ("Estmouth Post").
_TELLING = r"chronicle|courier|gazette|guardian|herald|inquirer|observer|sentinel|telegraph|times|tribune"
_COMMON = r"daily|dispatch|examiner|express|journal|mail|news|post|press|review|star|weekly"
# Sections, kinds of pieces and function words, which are no proper name.
_NO_NAME = (
    r"an?|and|arts?|bad|best|big|blog|books?|breaking|business|city|climate|culture|election|evening|fake|film|food"
    r"|football|game|good|hard|health|home|in|international|judicial|latest|live|local|markets?|money|more|morning"
    r"|movie|music|national|new|of|old|on|open|opinion|other|our|peace|peer|performance|photo|picture|policy|political"
    r"|politics|product|recent|restaurant|science|show|sports?|sunday|tech|technology|the|theatre|this|today"
    r"|top|travel|tv|uk|us|video|weather|week|world|year|your|&"
)
_KIND = re.compile(rf"{_TELLING}|{_COMMON}")
_KNOWN = re.compile(rf"\b(?:{_TELLING}|daily (?:mail|star|express))\b", re.IGNORECASE)
_WITHOUT_NAME = re.compile(rf"{_TELLING}|{_COMMON}|{_NO_NAME}")
# A headline's verbs and prepositions: "Storm Hits Daily Mail".
_SENTENCE = re.compile(
    r"\b(?:after|are|as|at|attacks?|backs?|bans?|beats?|blames?|buys?|by|calls?|closes?|cuts?|faces?|for|from|gets?"
    r"|halts?|has|have|hits?|is|joins?|leads?|leaves?|loses?|makes?|meets?|opens?|over|owns?|quits?|reads?|runs?|says?"
    r"|sees?|sells?|shuts?|sues?|takes?|tells?|to|told|urges?|visits?|wants?|wins?|with|writes?"
    r"|(?!morning\b|evening\b)\w+(?:ed|ing))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z][\w.'\u2019-]*|of|the|and|&|on")


def is_masthead(line: str) -> bool:
    """Whether the line is almost certainly a newspaper's name."""
    words = line.split()
    if not 2 <= len(words) <= MOST_NAME_WORDS or not line[-1].isalpha() or not all(map(_WORD.fullmatch, words)):
        return False
    parts = re.split(r"[\s-]+", line.lower())
    if _SENTENCE.search(line) or not _kind_is_in_place(parts):
        return False
    return bool(_KNOWN.search(line)) or not all(map(_WITHOUT_NAME.fullmatch, parts))


def _kind_is_in_place(parts: list[str]) -> bool:
    """Last, as in "Estmouth Daily Post", or before "of": "The Times of Estmouth"."""
    return any(_KIND.fullmatch(part) and after in {"", "of"} for part, after in pairwise([*parts, ""]))
