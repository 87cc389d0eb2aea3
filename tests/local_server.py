"""What the servers that tests run on this machine share."""

import socket
import socketserver
from collections.abc import Iterator
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
    with socket.create_server(("127.0.0.1", port)) as listener:
        config = uvicorn.Config(app, root_path=root_path, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        deadline = monotonic() + 30
        while not server.started and thread.is_alive() and monotonic() < deadline:
            sleep(0.02)
        assert server.started
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}{root_path}"
        finally:
            server.should_exit = True
            thread.join(10)
