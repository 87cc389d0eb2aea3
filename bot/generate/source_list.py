"""Recognises the list of sources that a model puts below its answer; Byline makes its own."""

import re
from typing import Literal

_KIND = r"(?:passages?|articles?|documents?|links?)"
_USED = r"(?:used|cited|consulted|referenced)"
_TITLE = (
    r"(?:sources?|references?|citations?|bibliography|(?:foot|end)notes?|works\scited|further\sreading"
    rf"|{_KIND}\s{_USED}|{_USED}\s{_KIND}"
    r"|quellen?|quellen(?:angaben?|verzeichnis)|(?:einzel)?nachweise|belege|literatur(?:verzeichnis)?|fu(?:ß|ss)noten"
    r"|références|bibliographie|fuentes?|referencias|bibliografía|citas|font[ei]|riferimenti|bibliografia|citazioni"
    r"|fontes|referências|bron(?:nen)?|referenties|käll(?:a|or)|referenser|kilder?|lähteet|źródł[ao]|zdroje|kaynaklar"
    r"|источники?|ссылки|джерела|参考(?:文献|资料)?|来源|出典|参照|출처|المصادر|المراجع)"
)
_FILLING = rf"(?:the|my|all|key|main|list|of|for|this|answer|and|und|et|y|e|news|verwendete|{_KIND}|{_USED})"
_HEADING = re.compile(
    rf"\[\^\d{{1,3}}\]:|\[\d{{1,3}}\]:?\s*<?https?://|[\W\d_]*(?:{_FILLING}\s+){{0,3}}{_TITLE}(?:[\s/&,]+(?:{_FILLING}|{_TITLE})){{0,3}}"
    r"(?:\s*\(\d+\))?(?:(?P<alone>[\W_]*\Z)|[\W_]{0,3}?[:：])",
    re.IGNORECASE,
)


def opens_sources(line: str) -> Literal["", "heading", "line"]:
    """Whether a line is the heading of such a list, or starts with an entry ("Sources: ...", "[^1]: ...")."""
    found = _HEADING.match(line)
    return "" if not found else "line" if found["alone"] is None else "heading"
