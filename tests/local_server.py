"""What the servers that tests run on this machine share."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread


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
