"""Who speaks: the person whose words a question asks for, and whether a sentence reports words of theirs."""

import re

_SAY = (
    r"(?:say|said|says|tell|told|tells|add|added|adds|state|stated|warn|warned|warns|argue|argued|argues|insist|insisted"
    r"|claim|claimed|claims|write|wrote|writes|tweeted|posted|announce|announced|promise|promised|vow|vowed|explain|explained"
    r"|acknowledged|admit|admitted|conceded|assert|asserted|predict|predicted|predicts|note|noted|notes|suggest|suggested"
    r"|deny|denied|confirm|confirmed|testified|think|thought|thinks|believe|believed|believes|call|called|calls|urge|urged)"
)
_ASKED = re.compile(
    r"\bwhat (?:did|does|do|has|have|had|is|was) (?P<who>(?:[\w.'’-]+ ){1,8}?)(?:\w+ly |ever |just |also |to )?"
    rf"(?:{_SAY}|saying)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"he", "she", "it", "they", "you", "we", "i", "people", "everyone", "anyone"})
_FURTHER = re.compile(r" (?:of|in|for|from|at|on|who|and)\b.*")
"""What follows the head of a description: "the mayor of Port Maren"."""


def speaker_asked_for(question: str) -> str:
    """The last word that names whose words are asked for: "Lund" in "What did Piet Lund say?"; empty if none are."""
    found = _ASKED.search(question)
    words = _FURTHER.sub("", found["who"].strip()).split() if found else []
    name = re.sub(r"['’]s?\Z", "", words[-1]) if words else ""
    return "" if name.lower() in _PRONOUNS else name


def speaks(name: str, sentence: str) -> bool:
    """Whether a sentence reports what somebody of that name or office said."""
    if not name or name.lower() not in sentence.lower():
        return False
    who = rf"\b{re.escape(name)}\b"
    return bool(
        re.search(
            rf"{who}(?:, [^,.;:]{{1,80}},)?(?:(?!\bbut\b)[^,.;:“”\"]){{0,40}}?\b{_SAY}\b(?! by\b)"
            rf"|\b(?:said|says|added|adds|wrote|writes|tweeted|according to) (?!of |about )"
            rf"(?:[\w.’'-]+,? ){{0,4}}{who}",
            sentence,
            re.IGNORECASE,
        )
    )
