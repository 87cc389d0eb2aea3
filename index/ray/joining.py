"""Joins a Ray cluster, or says why it cannot be joined before Ray has waited for minutes."""

import logging
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

import grpc
import ray
from ray._private.services import canonicalize_bootstrap_address

from corpus.errors import BylineError, SettingsError
from index.ray.cluster import Cluster, line

LOCAL, AUTO = "local", "auto"
ADDRESS = re.compile(r"(?:ray://)?(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")
SECONDS = 10.0
"""How long a cluster may take to say that it is one: where there is none, Ray itself waits for minutes."""


@contextmanager
def joined(address: str) -> Iterator[Cluster]:
    """The cluster at an address, joined until the block ends.

    Args:
        address: "local" starts one on this machine; "auto" is the one that this machine belongs to; else HOST:PORT of
            such a one, or ray://HOST:PORT from any machine.

    Raises:
        SettingsError: It is no address.
        BylineError: There is no cluster, or it cannot be joined.
    """
    if address not in (LOCAL, AUTO) and not ADDRESS.fullmatch(address):
        raise SettingsError(f"--ray {address!r}: write local, auto, HOST:PORT or ray://HOST:PORT")
    if address != LOCAL:
        _check(_found() if address == AUTO else address)
    try:
        _join(address)
        processors = int(ray.cluster_resources().get("CPU", 0))  # type: ignore[no-untyped-call]
        if not processors:
            raise BylineError(f"the Ray cluster at {address!r} has no processor; add a node to it")
        yield Cluster(processors)
    finally:
        ray.shutdown()


def _join(address: str) -> None:
    dashboard = False if address == LOCAL else None
    with _signals_kept():
        try:
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=dashboard)
        except Exception as error:  # of as many kinds as there are steps
            raise BylineError(
                f"the Ray cluster at {address!r} cannot be joined ({line(error)}); it may want a token "
                "(RAY_AUTH_MODE=token, RAY_AUTH_TOKEN), and a machine that is not part of it joins by ray://HOST:PORT"
            ) from error


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray takes SIGTERM over."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if current_thread() is main_thread():
            signal.signal(signal.SIGTERM, before)


def _found() -> str:
    """The address that "auto" means."""
    try:
        return os.environ.get("RAY_ADDRESS") or str(canonicalize_bootstrap_address(AUTO))
    except ConnectionError:
        raise BylineError(
            "this machine belongs to no Ray cluster: run ray start, or name a cluster as --ray ray://HOST:PORT"
        ) from None


def _check(address: str) -> None:
    """Checks that a Ray cluster answers.

    Raises:
        BylineError: It does not.
    """
    if os.environ.get("RAY_USE_TLS", "0").lower() not in ("0", "false", ""):
        return
    # The client's port has no such service, and says so; one that wants a token may ask for it.
    answers = {grpc.StatusCode.UNAUTHENTICATED} | ({grpc.StatusCode.UNIMPLEMENTED} if "://" in address else set())
    place = address.rpartition("://")[2]
    with grpc.insecure_channel(place, [("grpc.enable_http_proxy", 0)]) as channel:
        try:
            channel.unary_unary("/grpc.health.v1.Health/Check")(b"", timeout=SECONDS)
        except grpc.RpcError as error:
            if error.code() not in answers:
                said = "nothing listens" if "refused" in (error.details() or "") else f"no Ray answers ({line(error)})"
                raise BylineError(f"{said} at {address!r}; name the address that ray start showed") from None
