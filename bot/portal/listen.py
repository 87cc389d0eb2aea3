"""The socket a site is served on."""

import errno
import socket

from corpus.errors import SettingsError

LAST = 65535


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes any free one.

    Raises:
        SettingsError: It cannot; the message says where to go instead.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            free = port + 1 if port < LAST else 0
            raise SettingsError(f"port {port} is in use; try: byline serve --port {free}") from error
        reason = str(error.strerror).partition(" (while")[0]  # Python adds its own address there
        raise SettingsError(
            f"cannot listen on {host!r}, port {port}: {reason}; choose another with --host or --port"
        ) from error
