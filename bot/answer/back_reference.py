"""Sentences that depend on the ones before: "He said on Monday that it would not"."""

import re

from corpus.pronouns import DEMONSTRATIVES, POSSESSIVES, SUBJECTS, any_of

_POINTING = re.compile(
    r"(?:(?:and|but|so|well|yet|now|still|then|later|meanwhile|however|also|instead|for|in addition|as a result"
    r"|when|while|as|if|after|before|although|though|because),? )?"
    rf"[“\"‘']?(?:{any_of(SUBJECTS | POSSESSIVES)}|it|hers|both|neither|either"
    rf"|(?:{any_of(DEMONSTRATIVES)})(?! (?:week|month|year|morning|afternoon|evening|spring|summer|autumn|fall|winter"
    r"|weekend|days|who|of|with|in)\b))(?:['’]\w+)?\b",
    re.I,
)
_IDLE = re.compile(
    r"it(?:['’]s| is| was| has been| had been| will be| took)(?: \S+){0,3}? (?:years?|months?|weeks?|days?|hours?"
    r"|(?:un)?clear|(?:un)?likely|(?:im)?possible|raining|time|true)\b",
    re.I,
)
"""Of these nothing is meant by "it"."""
_DESCRIBED = re.compile(
    r"(?:but |and )?the (?:\d+-year-old|(?:two|three|four|five|pair|couple|duo|former|latter|company|firm|agency|group"
    r"|party|team|club|suspect|victims?|man|woman|boy|girl|teenager|actor|actress|singer|player|president|minister"
    r"|mayor|senator|judge|decision|move|ruling|announcement|incident|attack|report|study|law|bill|deal|plan|film|show"
    r"|event|case|statement|vote|game|match|fire|storm|project|proposal|measure|moment|agreement|meeting|trial|election)"
    r" (?!(?:of|in|on|from|that|which|who|whose|at|by|to|for|between|against|named|called|near)\b)[a-z’'])"
)
_ONLY_SPEECH = re.compile(r"(?:“[^”]*”|\"[^\"]*\")\Z")
_SPEECH = re.compile(r"(?:[“\"]|(?:When|While|As|If|After|Before) )?(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou)\b")
_SPEAKER = re.compile(rf"\b(?:said|says|told|tells|added|wrote|asked|according to)\b(?! (?:{any_of(SUBJECTS)})\b)")
_NOBODY = re.compile(
    rf"[”\"],? (?:{any_of(SUBJECTS)}|it) (?:said|says|told|added|wrote)|[”\"],? (?:said|added) (?:{any_of(SUBJECTS)})\b"
)


def refers_back(text: str) -> bool:
    """Whether a sentence opens with a reference to something before it: "He said", "The company will"."""
    if (_POINTING.match(text) and not _IDLE.match(text)) or _DESCRIBED.match(text[:1].lower() + text[1:]):
        return True
    unsaid = (_SPEECH.match(text) and not _SPEAKER.search(text)) or _ONLY_SPEECH.match(text)
    return bool(unsaid or _NOBODY.search(text))
