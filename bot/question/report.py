"""Questions on what an outlet wrote: "What did the Harbour Gazette report about the ferry?"."""

import re

_ASKED = re.compile(
    r"\bwhat (?:did|does|do|has|have|had) .{1,80}?"
    r" (?:write|written|report|reported|publish|published|say|said|print|printed) (?:about|on|of) (?P<matter>.+)",
    re.IGNORECASE | re.DOTALL,
)


def matter_of_report(question: str) -> str:
    """What the report is to be about; empty if the question does not ask for one."""
    found = _ASKED.search(question)
    return found["matter"].strip() if found else ""
