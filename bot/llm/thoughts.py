"""What a reasoning model thinks aloud before it answers."""

from collections.abc import Iterable, Iterator

OPENING, CLOSING = "<think>", "</think>"


def without_thoughts(deltas: Iterable[str]) -> Iterator[str]:
    """The deltas after the thoughts that open the reply, if any do; none if the thoughts never end."""
    stream, held = iter(deltas), ""
    for delta in stream:
        held += delta
        begun = held.lstrip()
        if begun.startswith(OPENING):
            yield from _after(CLOSING, begun, stream)
            return
        if not OPENING.startswith(begun):
            break
    if held:
        yield held
    yield from stream


def _after(closing: str, held: str, stream: Iterator[str]) -> Iterator[str]:
    """What follows on a mark that may be split over deltas."""
    while closing not in held:
        try:
            held = held[1 - len(closing) :] + next(stream)
        except StopIteration:
            return
    if rest := held.partition(closing)[2]:
        yield rest
    yield from stream
