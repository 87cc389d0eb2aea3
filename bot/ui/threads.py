"""Blocking steps beside the event loop."""

from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

from anyio import to_thread

Step = TypeVar("Step")


async def on_threads(steps: Iterator[Step]) -> AsyncIterator[Step]:
    """The same steps, each taken on a thread; when cancelled, a step under way is left behind, not waited for.

    So a visitor who stops an answer may ask again at once, even while a model takes its time over the first word.
    """
    while True:
        taken = await to_thread.run_sync(_take, steps, abandon_on_cancel=True)
        if not taken:
            return
        yield taken[0]


def _take(steps: Iterator[Step]) -> tuple[Step, ...]:
    for step in steps:
        return (step,)
    return ()
