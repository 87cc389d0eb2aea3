"""What the servers that tests run on this machine share."""

import socket
import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep
from typing import Any

import uvicorn


class Quiet(socketserver.ThreadingMixIn):
    """A server to which a client that went away is no news."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Nothing on stderr."""


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[None]:
    """The server, on a thread, until the block ends."""
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def served(app: Any, root_path: str = "", port: int = 0) -> Iterator[str]:
    """The address of an ASGI application that is served until the block ends; at any free port unless one is given."""
    config = uvicorn.Config(app, root_path=root_path, log_level="warning", timeout_graceful_shutdown=1)
    with on_thread(uvicorn.Server(config), port) as used:
        yield f"http://127.0.0.1:{used}{root_path}"


@contextmanager
def on_thread(server: uvicorn.Server, port: int = 0) -> Iterator[int]:
    """The port of a server that runs on a thread of its own until the block ends; no signal arrives there."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            deadline = monotonic() + 30
            while not server.started and thread.is_alive() and monotonic() < deadline:
                sleep(0.02)
            assert server.started
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(20)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    """Waits for something to be so; fails if it is not in time."""
    deadline = monotonic() + seconds
    while not done():
        assert monotonic() < deadline
        sleep(0.01)


def until_open(port: int) -> None:
    deadline = monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert monotonic() < deadline
            sleep(0.02)
        else:
            return
