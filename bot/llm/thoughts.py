"""What a reasoning model thinks aloud before it answers."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

_WORD = r"(?:\w{1,12}:)?(?:ant)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratch_?pad)"
_HEADER = r"(?:<\|start\|>\w{0,20})?<\|channel\|>"
_BODY = r"[^<\n]{0,60}(?:<\|constrain\|>[^<\n]{0,20})?<\|message\|>"


def _tag(slash: str) -> str:
    return (
        rf"<{slash}{_WORD}(?:\s[^<>\n]{{0,60}})?>|◁{slash}{_WORD}▷"
        rf"|\[{slash}(?-i:THINK(?:ING)?|REASONING|THOUGHTS?)\]"
    )


_OPENING = rf"{_tag('')}|<\|(?:start|begin)(?:_of)?_{_WORD}\|>|<\|channel>\s?thought|{_HEADER}(?!\s?final){_BODY}"
_CLOSING = rf"{_tag('/')}|<\|end(?:_of)?_{_WORD}\|>|<channel\|>|{_HEADER}\s?final{_BODY}|assistantfinal"
_SIGN = re.compile(rf"(?P<opening>{_OPENING})|{_CLOSING}", re.IGNORECASE)
_END = re.compile(rf"{_CLOSING}|<\|end\|>", re.IGNORECASE)
_BEGUN = re.compile(
    r"(?:<\|start\|>|<\|channel)[^\n]{0,140}\Z|<[|/]?[\w:|]{0,30}(?:\s[^<>\n]{0,60})?\Z|[\[◁]/?\w{0,12}\Z|a[a-z]{0,13}\Z",
    re.IGNORECASE,
)
"""What may become a sign when more has arrived."""
REACH = 200
"""Characters within which a sign ends."""


class OnlyThought(Exception):
    """A thought ended that had no beginning: all that came until now was thought.

    Attributes:
        rest: What has arrived of the reply after it.
    """

    def __init__(self, rest: str) -> None:
        super().__init__()
        self.rest = rest


def without_thoughts(deltas: Iterable[str]) -> Iterator[str]:
    """The deltas without the thoughts that open the reply or one of its lines; none of a thought that never ends.

    Raises:
        OnlyThought: What was given out was thought. The deltas can be read on.
    """
    reply = _Reply()
    for delta in deltas:
        yield from filter(None, reply.read(delta))
    if reply.held and not reply.thinking:
        yield reply.held


def unthought(deltas: Iterable[str]) -> str:
    """The reply as a whole, without its thoughts."""
    rest = iter(deltas)
    while True:
        try:
            return "".join(without_thoughts(rest))
        except OnlyThought as thought:
            rest = chain([thought.rest], rest)


class _Reply:
    """What of a reply has arrived and was not given out."""

    def __init__(self) -> None:
        self.held = ""
        self.line = ""  # what was given out of the last line
        self.said = False  # whether anything was given out
        self.thinking = False
        self.quoted = False  # whether a sentence is about such signs

    def read(self, delta: str) -> Iterator[str]:
        """What is certain to be no thought once the delta is there."""
        self.held += delta
        while sign := (_END if self.thinking else _SIGN).search(self.held):
            before, self.held = self.held[: sign.start()], self.held[sign.end() :]
            if self.thinking:
                self.thinking = False
            else:
                yield self._before(before, sign)
        if self.thinking:
            self.held = self.held[-REACH:]
            return
        begun = _BEGUN.search(self.held)
        ready = self.held[: begun.start()] if begun else self.held
        if self._given(ready):
            self.held = self.held[len(ready) :]
            yield ready

    def _before(self, before: str, sign: re.Match[str]) -> str:
        """What is given out where a sign has come."""
        opening, said = bool(sign["opening"]), self._given(before)
        if self.quoted or (opening and self.line):
            self.quoted = opening
            return before + sign[0]
        if said and not opening:
            raise OnlyThought(self.held)
        self.thinking = opening
        return before if said else ""

    def _given(self, text: str) -> bool:
        """Takes note of what is given out; whether anything was until now, for blanks that open a reply are not."""
        self.said = self.said or bool(text.strip())
        self.line = (self.line + text).rpartition("\n")[2].strip()
        return self.said
