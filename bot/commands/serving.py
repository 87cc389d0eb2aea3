"""Commands that keep running: serve, mcp."""

from typing import Annotated

import typer

from bot.commands.options import Index, settings_for


def serve(
    host: Annotated[str, typer.Option(metavar="HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="The port; 0 for any free one.")] = 7860,
    root_path: Annotated[str, typer.Option(metavar="PATH", help="The path that a proxy puts before ours.")] = "",
    index: Index = None,
) -> None:
    """Serve the chat page and the HTTP API."""
    settings = settings_for(index)
    from bot.portal.listen import listen

    listen(host, port).close()  # fails early if the port is taken: loading the page takes seconds
    from bot.portal.serve import serve as serve_site

    serve_site(settings, host, port, root_path)


def mcp(index: Index = None) -> None:
    """Serve the archive as tools of the Model Context Protocol, on stdin and stdout.

    For an assistant's settings: {"command": "byline", "args": ["mcp"], "env": {"BYLINE_INDEX": "/path/to/index"}}
    """
    settings = settings_for(index)
    from bot.create import create_bot
    from bot.mcp.tools import mcp_server

    bot = create_bot(settings)
    mcp_server(bot, bot).run("stdio")
