"""Threads for answers, so that the page and all other requests never wait for one."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

Result = TypeVar("Result")
Step = TypeVar("Step")

MOST_THREADS = 200
"""Threads. Each question that waits or runs holds one; one that is refused needs one for a moment."""
_LIMITER: RunVar[CapacityLimiter] = RunVar("threads for answers")


async def on_thread(work: Callable[..., Result], *arguments: object) -> Result:
    """The result of work done on one of these threads; on cancellation the work is abandoned, not waited for."""
    return await to_thread.run_sync(work, *arguments, abandon_on_cancel=True, limiter=_limiter())


async def on_threads(steps: Iterator[Step]) -> AsyncIterator[Step]:
    """The same steps, each computed on a thread; on cancellation a running step is abandoned, not waited for.

    So a visitor who stops an answer may ask again at once, even while a model is slow to start.
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
        limiter = CapacityLimiter(MOST_THREADS)
        _LIMITER.set(limiter)
        return limiter
