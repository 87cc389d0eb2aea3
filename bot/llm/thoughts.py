"""Removes what a reasoning model thinks before it answers."""

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
"""May become a sign when more arrives."""
REACH = 200
"""Characters within which a sign ends."""


class OnlyThought(Exception):
    """A thought without a beginning has ended: everything up to now was thought.

    Attributes:
        rest: What has arrived of the reply after it.
    """

    def __init__(self, rest: str) -> None:
        super().__init__()
        self.rest = rest


def without_thoughts(deltas: Iterable[str]) -> Iterator[str]:
    """The deltas without thoughts at the start of the reply or of a line; a thought that never ends is removed too.

    Raises:
        OnlyThought: The deltas so far were thought. The others can still be read.
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
    """The part of a reply that has arrived and was not yielded yet."""

    def __init__(self) -> None:
        self.held = ""
        self.line = ""  # the yielded part of the last line
        self.said = False  # whether anything was yielded
        self.thinking = False
        self.quoted = False  # whether a sentence is about such signs

    def read(self, delta: str) -> Iterator[str]:
        """What is certainly no thought after this delta."""
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
        """What to yield where a sign has come."""
        opening, said = bool(sign["opening"]), self._given(before)
        if self.quoted or (opening and self.line):
            self.quoted = opening
            return before + sign[0]
        if said and not opening:
            raise OnlyThought(self.held)
        self.thinking = opening
        return before if said else ""

    def _given(self, text: str) -> bool:
        """Records what is yielded; returns whether anything was, as leading blanks are dropped."""
        self.said = self.said or bool(text.strip())
        self.line = (self.line + text).rpartition("\n")[2].strip()
        return self.said
