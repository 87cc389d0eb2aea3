"""The command doctor: what is wrong, and what to do."""

from dataclasses import asdict

import typer

from bot.commands.options import AsJson, Index, echo_json, settings_for
from bot.commands.terminal import plain
from corpus.errors import SettingsError


def doctor(index: Index = None, as_json: AsJson = False) -> None:
    """Check settings, index and language model; say what to do."""
    from bot.doctor import Check, examine

    try:
        checks = examine(settings_for(index))
    except SettingsError as error:
        checks = iter([Check("settings", False, str(error), "correct these variables")])
    done = []
    for check in checks:
        done.append(check)
        if not as_json:
            typer.echo(f"{'ok' if check.ok else 'wrong':<7} {check.name:<9} {plain(check.told)}")
            if check.advice:
                typer.echo(f"{'':<17} -> {plain(check.advice)}")
    well = all(check.ok for check in done)
    if as_json:
        echo_json({"ok": well, "checks": [asdict(check) for check in done]})
    if not well:
        raise typer.Exit(1)
