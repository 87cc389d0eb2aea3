"""The commands for API keys: add, list, revoke."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import AsJson, Index, echo_json, echo_lines, settings_for
from bot.commands.terminal import plain
from corpus.errors import SettingsError

if TYPE_CHECKING:
    from bot.portal.access.keys import KeyFile

SCOPES = ("ask", "read", "admin")

keys = typer.Typer(no_args_is_help=True, help="API keys for programs: add, list, revoke.")


@keys.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who or what the key is for.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(metavar="SCOPE", help="ask, read or admin; may be repeated. Without any: ask and read."),
    ] = None,
    index: Index = None,
) -> None:
    """Make a key and print it, once: only its hash is stored."""
    scopes = scope or ["ask", "read"]
    for one in scopes:
        if one not in SCOPES:
            raise typer.BadParameter(f"{one!r} is no scope; write {', '.join(SCOPES)}")
    file = _file(index)
    first = not file.exists
    echo_lines([file.add(name, scopes)])  # type: ignore[arg-type]
    if first:
        typer.echo("byline: from now on a server over this index lets no one in without a key or a sign-in", err=True)


@keys.command("list")
def list_keys(index: Index = None, as_json: AsJson = False) -> None:
    """List the keys, with their scopes and last use."""
    from dataclasses import asdict

    found = _file(index).list()
    if as_json:
        echo_json({"keys": [asdict(key) for key in found]})
        return
    echo_lines(
        f"{key.id}  {plain(key.name)}  {', '.join(key.scopes)}  made {key.created}"
        f"  {f'last used {key.used}' if key.used else 'never used'}{f'  revoked {key.revoked}' if key.revoked else ''}"
        for key in found
    )
    if not found:
        echo_lines(["no keys; make one: byline keys add NAME"])


@keys.command()
def revoke(
    key: Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `byline keys list` shows it.")],
    index: Index = None,
) -> None:
    """Revoke a key; a running server refuses it from then on."""
    ended = _file(index).revoke(key)
    echo_lines([f"revoked: {ended.id} {plain(ended.name)}"])


def _file(index: str | None) -> "KeyFile":
    from bot.portal.access.keys import KeyFile

    settings = settings_for(index)
    if isinstance(settings.index, str) and not settings.keys:  # its copy may be removed, and the keys with it
        raise SettingsError(f"the index is at {settings.index!r}; set BYLINE_KEYS to a file that its servers read")
    return KeyFile.of(settings)
