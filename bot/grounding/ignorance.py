"""Whether a model states that it does not know."""

import re

_SOURCE = r"(?:passages?|articles?|sources?|texts?|documents?|information|context|excerpts?)"
_NOT = r"(?:do|does|did|is|are)(?:n['’]t|\s not)"
_TELLING = r"""(?:say|state|mention|contain|provide|include|specify|tell|answer|address|cover|discuss|give|indicate
    |reveal|available|enough|sufficient)"""
_UNABLE = r"(?:do\s not|don['’]t|cannot|can['’]t|could\s not|couldn['’]t|(?:am|was)\s (?:unable|not\s able)\s to)"
_PARTICIPLE = r"(?:mentioned|stated|specified|provided|given|answered|available|covered|addressed|included|known|clear)"
_IGNORANT = re.compile(
    rf"""\b{_SOURCE}\b[^.]{{0,40}}?\b{_NOT}\b[^.]{{0,30}}?\b{_TELLING}
    | \b(?:i|we)\s {_UNABLE}\s (?:know|find|answer|tell|say|determine|see
      |have\s (?:enough|any|that|the|sufficient))
    | \b(?:there\s (?:is|was)|there['’]s|i\s have|contains?|provides?)\s (?:no|not\s enough|insufficient)
      \s (?:information|mention|answer|detail|evidence|data)
    | \b(?:no|none\s of\s the|neither\s of\s the)\s {_SOURCE}\b
    | \bit\s (?:is|was)\s (?:not\s (?:{_PARTICIPLE}|possible)|unclear|impossible)\b[^.]{{0,40}}
      \b(?:{_SOURCE}|provided|given)
    | (?:\bnot|n['’]t)\s {_PARTICIPLE}\b[^.]{{0,30}}\b(?:in|by)\s the\b[^.]{{0,30}}\b{_SOURCE}
    | \b(?:insufficient|not\s enough)\s (?:information|evidence|context)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def claims_ignorance(text: str) -> bool:
    """Whether a model states that its sources do not answer."""
    return bool(_IGNORANT.search(" ".join(text.split())))
