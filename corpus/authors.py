"""The people in a byline of any form: no labels, addresses, initials, outlets or logins."""

import re
from collections.abc import Iterable

from corpus.boilerplate import AGENCIES
from corpus.clean import one_line

LONGEST_BYLINE = 500  # characters of a byline
_BY = r"by|von|par|por|door|av|af|di|da|od|przez|от|автор"
_LABEL = re.compile(
    r"\A(?:(?:written by|story by|reported by|words by|byline|text(?:e|o)?|tekst|authors?|auth?or(?:en|in|es|a)?"
    rf"|{_BY})\s*[:：]\s*"
    r"|(?:by|written by|story by|reported by|words by)\s+)",
    re.IGNORECASE,
)
# "Von Ada Moreau", but not the player Von Miller, nor the politician von der Leyen.
_PREPOSITION = re.compile(rf"\A(?i:{_BY})\s+(?=[^\W\d_a-z]\S*\s+\S)")
_PREPOSITION_ALONE = re.compile(rf"(?:{_BY}|and|und|et|y|e|en)\s*:?", re.IGNORECASE)
_BY_ONE = re.compile(rf"(?:{_BY})\s+(?=\S+$)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;|·•]\s*(?:(?:and|und|&)\s+)?|\s*&\s*|\s+(?:and|und|with|mit)\s+", re.IGNORECASE)
# Surnames may hold these words too ("Ortega y Gasset"), so they separate names only where each side has two words.
_BETWEEN_NAMES = re.compile(r"(?<=\S\s)(\S+)\s+(?:et|y|e|en|og|och|ja|i|и|й|та|ve|és|a)\s+(?=\S+\s\S)")
_MAIL = re.compile(r"[<(\[]?\s*(?:mailto:)?[^\s<>()@]+@[^\s<>()]+\.[^\s<>()]+\s*[>)\]]?")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_BEHIND = re.compile(r"\s*[(\[][^()\[\]]*[)\]]|\s+[–—-]\s.*|\s+(?:for|in|at)\s.*")
_PRINTED_LIST = re.compile(r"\s*\[.*", re.DOTALL)
_WIKI_LINK = re.compile(r"\[\[(?!['\"])(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")
_NO_PERSON = re.compile(
    rf"(?:{AGENCIES}|reuters|agenc(?:y|ies)|wire services?)(?:[ /-].*)?"
    r"|.*\b(?:staff|desk|newsroom|news ?service|redaktion|redacci[oó]n|r[ée]daction|redakcja|redazione|redactie"
    r"|редакция|editorial (?:team|board)|news team|web team|webmaster|administrator|press release)\b.*"
    r"|(?:the )?(?:admin|editors?|user|guest|author|unknown|anonymous|n/?a|none|null|nan|undefined)\b\d*",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"(?:.*\b(?:reporter|writer|editor|correspondent|columnist|contributor|journalist|producer|photographer"
    r"|critic|redakteur(?:in)?|journaliste|correspondant|periodista|giornalista|special to)\b.*"
    r"|(?:ph\.?d|m\.?d|jr|sr|esq)\.?)",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_INITIALS = re.compile(r"(?:[A-Za-z]{1,3}|(?:[A-Za-z]\.?[ /-]?){1,4})\.?")


def people(entries: Iterable[str], outlet: str | None = None) -> tuple[str, ...]:
    """The names of persons in the entries of a byline.

    Args:
        entries: Each may hold several names.
        outlet: The publication, which is no author.
    """
    named = (_name(part) for entry in entries for part in split_names(entry))
    kept = (name for name in named if is_person(name, outlet))
    return tuple(dict.fromkeys(kept))


def split_names(byline: str) -> tuple[str, ...]:
    """The parts of a byline: "By A, B and C" has three."""
    text = _WIKI_LINK.sub(r"\1", one_line(byline)[:LONGEST_BYLINE])
    if _PRINTED_LIST.match(text):  # a list that pandas wrote into a cell
        return tuple(first or second for first, second in _QUOTED.findall(text))
    text = _PREPOSITION.sub("", _LABEL.sub("", text, count=1), count=1)
    parts = (name for part in _BETWEEN.split(text) for name in _BETWEEN_NAMES.sub(r"\1|", part).split("|"))
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip())))


def is_person(name: str, outlet: str | None = None) -> bool:
    """Whether a part of a byline can be the name of a person."""
    if not any(map(str.isalpha, name)) or (outlet and name.casefold() == outlet.casefold()):
        return False
    if preposition := _BY_ONE.match(name):  # "Von DPA"
        return is_person(name[preposition.end() :], outlet)
    rules = (_NO_PERSON, _JOB, _LOGIN, _INITIALS, _PREPOSITION_ALONE)
    return not any(rule.fullmatch(name) for rule in rules) and "://" not in name


def _name(part: str) -> str:
    """Without addresses, and without text in brackets or after a dash."""
    part = _HANDLE.sub("", _MAIL.sub("", part))
    part = _BEHIND.sub("", part) or part.strip(" ()")
    return one_line(part).strip(" ,:;*/")
