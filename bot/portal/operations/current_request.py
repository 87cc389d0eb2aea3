"""Which request is being served, wherever in the program one asks."""

import re
from contextvars import ContextVar
from dataclasses import dataclass, replace
from secrets import token_hex

from bot.portal.access.caller import Caller

_GIVEN = re.compile(r"[\w.-]{8,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Served:
    """A request.

    Attributes:
        request_id: In the log, in the reply's headers, in problems.
        path: Where it goes, below the site.
        caller: Who sent it; None before that is known.
    """

    request_id: str
    path: str = ""
    caller: Caller | None = None


_SERVED: ContextVar[Served | None] = ContextVar("the request that is served", default=None)


def begin(given: str, path: str) -> Served:
    """Notes a request; the id that a proxy gave it is kept if it looks like one."""
    served = Served(given if _GIVEN.fullmatch(given) else token_hex(8), path)
    _SERVED.set(served)
    return served


def note_caller(caller: Caller) -> None:
    """Notes who sent the request."""
    if served := _SERVED.get():
        _SERVED.set(replace(served, caller=caller))


def served_now() -> Served | None:
    """The request that is served; for an event of the page, which gradio handles later, the one that brought it."""
    return _SERVED.get() or _brought_by_page()


def _brought_by_page() -> Served | None:
    from gradio.context import LocalContext

    from bot.portal.access.caller import caller_of

    request = LocalContext.request.get(None)
    scope = getattr(getattr(request, "request", None), "scope", None)
    if not scope:
        return None
    return Served(scope.get("byline.request_id", ""), caller=caller_of(scope))
