"""Options for sources that are web addresses."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

MOST_PAGES = 1000

AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="The given addresses may be in the private network.")
]
Pages = Annotated[int, typer.Option(metavar="N", min=1, help="Read at most N pages of a feed or sitemap per run.")]


@dataclass(frozen=True, slots=True)
class Web:
    """How addresses are fetched.

    Attributes:
        index: The folder whose index keeps fetched pages; None to keep nothing.
        allow_private: Whether the addresses may be in the private network.
        pages: The most pages of each that are read in one run.
        ask: Whether to send requests, or to return only what was kept.
        lasting: Whether to keep what is fetched now.
        anew: Whether to read unchanged pages again.
        contact: Where servers' operators can turn to.
        barred: The ids of articles that must not be kept.
    """

    index: Path | None = None
    allow_private: bool = False
    pages: int = MOST_PAGES
    ask: bool = True
    lasting: bool = True
    anew: bool = False
    contact: str | None = None
    barred: frozenset[str] = frozenset()
