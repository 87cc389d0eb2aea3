"""Options for sources that are web addresses."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

MOST_PAGES = 1000

AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="The addresses that are named may be of the own network.")
]
Pages = Annotated[int, typer.Option(metavar="N", min=1, help="Read at most N pages of a feed or sitemap at one time.")]


@dataclass(frozen=True, slots=True)
class Web:
    """How addresses are fetched.

    Attributes:
        index: The folder whose index keeps what was fetched; None to keep nothing.
        allow_private: Whether they may be of the own network.
        pages: How many pages of each are read at one time.
        ask: Whether to ask for anything, or to give only what was kept.
        lasting: Whether to keep what is fetched now.
        anew: Whether to read again what has not changed.
        contact: Where those who are asked may turn to.
        barred: The ids of articles of which nothing is kept.
    """

    index: Path | None = None
    allow_private: bool = False
    pages: int = MOST_PAGES
    ask: bool = True
    lasting: bool = True
    anew: bool = False
    contact: str | None = None
    barred: frozenset[str] = frozenset()
