"""Options that commands share."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.question import Question


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise typer.BadParameter(f"{typed!r} is not a day; write it like 2022-03-31") from None


def _moment(typed: str) -> date:
    try:
        return date.fromisoformat(typed) if len(typed) <= len("2022-03-31") else datetime.fromisoformat(typed)
    except ValueError:
        raise typer.BadParameter(f"{typed!r} is not a day; write it like 2022-03-31 or 2022-03-31T18:30") from None


Index = Annotated[
    str | None,
    typer.Option(
        metavar="DIR|URL", help="The folder or URL of the index; byline-index by default.", envvar="BYLINE_INDEX"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Asked = Annotated[
    date | None, typer.Option(parser=_moment, metavar="DATE", help="When the question is asked; now by default.")
]
Since = Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="Only articles of this day or later.")]
Until = Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="Only articles of this day or earlier.")]
Sources = Annotated[
    list[str] | None, typer.Option("--source", metavar="NAME", help="Only articles of this outlet; may be repeated.")
]


def settings_for(index: str | None) -> "Settings":
    """The settings of the environment, with the given index, if any.

    Raises:
        SettingsError: A variable's value is invalid.
    """
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        return Settings(index=index) if index else Settings()
    except ValidationError as error:
        faults = "; ".join(f"BYLINE_{str(wrong['loc'][0]).upper()}: {wrong['msg']}" for wrong in error.errors())
        raise SettingsError(faults) from None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The date and the limits of a question; one option per field."""

    asked: Asked = None
    since: Since = None
    until: Until = None
    source: Sources = None

    def question(self, text: str) -> "Question":
        """The question of the command line.

        Raises:
            SettingsError: It is invalid.
        """
        from bot.question.limits import put_question

        return put_question(text, self.asked, self.since, self.until, tuple(self.source or ()))


def narrowable(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of `Narrowed`, instead of its parameter `narrowed`."""
    options = signature(Narrowed).parameters
    taken: list[Parameter] = []
    for name, parameter in signature(command).parameters.items():
        taken += options.values() if name == "narrowed" else [parameter]

    @wraps(command)
    def narrowing(**given: Any) -> None:
        command(narrowed=Narrowed(**{name: given.pop(name) for name in options}), **given)

    # Where typer looks for a command's options.
    vars(narrowing)["__signature__"] = Signature(taken)
    narrowing.__annotations__ = {parameter.name: parameter.annotation for parameter in taken}
    return narrowing


def echo_json(value: Any) -> None:
    """One JSON document on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def echo_lines(lines: Iterable[str]) -> None:
    """Lines on stdout."""
    for line in lines:
        typer.echo(line)
