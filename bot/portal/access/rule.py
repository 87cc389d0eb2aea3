"""Which scope a request needs. What is not listed needs `ask`, so that a route added later is never open by mistake."""

from bot.portal.access.caller import Scope

PUBLIC = frozenset(
    {"/embed.js", "/healthz", "/readyz", "/robots.txt", "/sign-in", "/sign-in/start", "/sign-in/done", "/sign-out"}
)
"""What a probe, a crawler or another page may see, and where people sign in: exactly these; they say nothing of the
archive."""
ADMIN = frozenset({"/metrics", "/operator"})
READ = (
    "/archive",
    "/logo",
    "/plain.css",
    "/reader.js",
    "/state",
    "/api/v1/search",
    "/api/v1/articles",
    "/api/v1/archive",
    "/api/v1/status",
    "/api/v1/docs",
    "/api/v1/openapi.json",
)


def needed(path: str) -> Scope | None:
    """The scope that a path below the site needs; None for what anyone may see."""
    if path in PUBLIC:
        return None
    if path in ADMIN:
        return "admin"
    return "read" if any(_below(path, place) for place in READ) else "ask"


def _below(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")
