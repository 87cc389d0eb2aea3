"""Who sends a request, and what they may do."""

from dataclasses import dataclass
from typing import Literal

from starlette.types import Scope as Connection

Scope = Literal["read", "ask", "admin"]
"""`read` searches and shows articles, `ask` asks questions; `admin` sees how the server is doing, and includes both."""
How = Literal["open", "host", "password", "key", "proxy", "token", "session"]
"""The way a caller is known."""
PERSON: frozenset[Scope] = frozenset({"read", "ask"})
"""What a person who is signed in may do."""
ADMIN: frozenset[Scope] = PERSON | {"admin"}

_PLACE = "byline.caller"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request.

    Attributes:
        name: The user, or the key's name; "" where no one has to say who they are.
        how: The way they are known.
        scopes: What they may do.
        groups: The groups that the portal or the identity provider puts the user in.
    """

    name: str = ""
    how: How = "open"
    scopes: frozenset[Scope] = PERSON
    groups: tuple[str, ...] = ()

    def may(self, scope: Scope) -> bool:
        """Whether the caller has this scope."""
        return scope in self.scopes or "admin" in self.scopes


def caller_of(connection: Connection) -> Caller:
    """The caller of a request that the access rule has let through, from its ASGI scope (`request.scope`)."""
    caller: Caller = connection[_PLACE]
    return caller


def caller_groups(connection: Connection) -> tuple[str, ...]:
    """The groups of a request's caller. They limit what is read: a caller without groups reads what is for everyone."""
    caller: Caller | None = connection.get(_PLACE)
    return caller.groups if caller else ()


def with_caller(connection: Connection, caller: Caller) -> Connection:
    """A copy of the ASGI scope that names the caller."""
    return {**connection, _PLACE: caller}
