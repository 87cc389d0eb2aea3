"""The command line: result on stdout, progress and errors on stderr; exit 0 done, 1 failed, 2 misused."""

import logging
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from bot.commands import asking, doctor, feedback, indexing, keys, purge, read, serving
from bot.commands.edge import INTERRUPTED, TERMINATED, Terminated, explained, prepare_streams, terminable
from bot.commands.terminal import plain
from corpus.errors import BylineError, SettingsError
from index.storage.obstacles import open_more_files

log = logging.getLogger("byline")


class _Edge(TyperGroup):
    """The edge where errors end: one calm line each, and a traceback with --debug."""

    def invoke(self, ctx: Any) -> Any:
        """Runs a command. Broken pipes and misused options are left to typer."""
        try:
            with terminable():
                return super().invoke(ctx)
        except KeyboardInterrupt as error:
            status = TERMINATED if isinstance(error, Terminated) else INTERRUPTED
            raise (_end(f"interrupted; {error}", status) if error.args else typer.Exit(status)) from None
        except (TyperException, typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except SettingsError as error:
            raise _end(str(error), 2) from None
        except BylineError as error:
            raise _end(str(error), 1) from None
        except Exception as error:  # noqa: BLE001  # the edge
            raise _end(explained(error), 1) from None


class _Command(TyperCommand):
    """A command whose usage shows QUESTION, where typer shows {QUESTION} <str>."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The arguments in the command's usage line."""
        return [piece.translate({ord("{"): None, ord("}"): None}) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Writes the command's arguments, then its options."""
        taken = self.get_params(ctx)
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            records = [param.get_help_record(ctx) for param in taken if param.param_type_name == kind]
            rows = [(row[0].partition(" <")[0], row[1]) for row in records if row]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def _end(message: str, code: int) -> typer.Exit:
    log.debug("this is how it came about", exc_info=True)
    typer.echo(f"byline: {plain(message)}", err=True)
    return typer.Exit(code)


app = typer.Typer(
    cls=_Edge,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # drawing boxes around the help would take half of its time
)
for command in (
    indexing.rebuild,
    read.read,
    indexing.status,
    indexing.rollback,
    purge.purge,
    asking.search,
    asking.ask,
    asking.evaluate,
    serving.serve,
    serving.mcp,
    doctor.doctor,
    feedback.feedback,
):
    app.command(cls=_Command)(command)
app.add_typer(keys.keys, name="keys")


class _Stderr(logging.Handler):
    """Looks sys.stderr up at each line: a progress bar replaces it while shown."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the line."""
        sys.stderr.write(f"{plain(self.format(record))}\n")


def _echo_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"byline {version('byline')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_echo_version, is_eager=True, help="Say which version this is.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", envvar="BYLINE_DEBUG", help="Show tracebacks.")] = False,
) -> None:
    """Answers questions over news articles, every sentence signed with its source."""
    prepare_streams()
    open_more_files()
    handler = _Stderr()
    handler.setFormatter(logging.Formatter("byline: %(message)s"))
    # On the handler too: some libraries set their own loggers to DEBUG.
    handler.setLevel(logging.DEBUG if debug else logging.WARNING)
    logging.basicConfig(level=handler.level, handlers=[handler])
    log.setLevel(handler.level)
