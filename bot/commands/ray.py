"""The option --ray: a cluster that reads and embeds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import SettingsError

if TYPE_CHECKING:
    from index.ray.cluster import Cluster
    from index.search.embed import Embedder, MiniLM

Ray = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Read and embed on a Ray cluster: local starts one on this machine, auto joins the one that this machine"
        " belongs to, HOST:PORT or ray://HOST:PORT another.",
    ),
]


@contextmanager
def cluster_at(address: str | None) -> "Iterator[Cluster | None]":
    """The cluster at an address, until the block ends; None without an address.

    Raises:
        SettingsError: Ray is not installed, or it is no address.
        BylineError: The cluster cannot be joined.
    """
    if address is None:
        yield None
        return
    try:
        from index.ray.joining import joined
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        raise SettingsError("--ray needs Ray, which is not installed; run: pip install 'byline[ray]'") from None
    with joined(address) as cluster:
        yield cluster


def embedder_on(cluster: "Cluster | None") -> "Embedder":
    """The embedder that comes with the install, on a cluster if there is one."""
    from index.search.embed import MiniLM

    if cluster is None:
        return MiniLM()
    from index.ray.cluster import RayEmbedder

    return RayEmbedder(one_thread)


def one_thread() -> "MiniLM":
    """The embedder of one process of a cluster, which has others for the other processors."""
    from index.search.embed import MiniLM

    return MiniLM(threads=1)
