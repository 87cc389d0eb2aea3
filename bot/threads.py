"""Threads of their own for answers, so that the page and everything else never wait for one."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

Result = TypeVar("Result")
Step = TypeVar("Step")

MOST = 200
"""Threads. What a desk lets wait or run holds one each; who is turned away needs one for a moment."""
_LIMITER: RunVar[CapacityLimiter] = RunVar("threads for answers")


async def on_thread(work: Callable[..., Result], *arguments: object) -> Result:
    """What the work returns, done on one of these threads; when cancelled, it is left behind and not waited for."""
    return await to_thread.run_sync(work, *arguments, abandon_on_cancel=True, limiter=_limiter())


async def on_threads(steps: Iterator[Step]) -> AsyncIterator[Step]:
    """The same steps, each taken on a thread; when cancelled, a step under way is left behind, not waited for.

    So a visitor who stops an answer may ask again at once, even while a model takes its time over the first word.
    """
    while taken := await on_thread(_take, steps):
        yield taken[0]


def _take(steps: Iterator[Step]) -> tuple[Step, ...]:
    for step in steps:
        return (step,)
    return ()


def _limiter() -> CapacityLimiter:
    try:
        return _LIMITER.get()
    except LookupError:
        limiter = CapacityLimiter(MOST)
        _LIMITER.set(limiter)
        return limiter
