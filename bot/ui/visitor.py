"""The visitor who caused an event of the page."""

from bot.portal.access.caller import caller_groups


def visitor_groups() -> tuple[str, ...]:
    """The groups of the visitor whose event is handled; none outside an event.

    It asks gradio, which handles an event later than the request that brought it and in another context.
    """
    from gradio.context import LocalContext

    request = LocalContext.request.get(None)
    scope = getattr(getattr(request, "request", None), "scope", None)
    return caller_groups(scope) if scope else ()
