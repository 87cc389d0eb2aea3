"""A real `chroma run` on this machine, which can be killed and started again, and a gate before it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from index.storage.vector_server import VectorServer
from tests.local_server import free_port

PATIENCE = 120


class ChromaServer:
    """The server, at one port and over one folder for as long as it lives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> VectorServer:
        """How it is set, with little patience."""
        return VectorServer(f"http://127.0.0.1:{self._port}", token="secret-token-7731", seconds=120)

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        chroma = Path(sys.executable).parent / "chroma"
        command = [chroma, "run", "--host", "127.0.0.1", "--port", str(self._port), "--path", self._folder]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.settings.url}/api/v2/heartbeat", timeout=5).raise_for_status()
                return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError("chroma run did not start")

    def kill(self) -> None:
        """Ends it as a power cut does."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Lets it take connections and answer none."""
        assert self._process
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it go on."""
        assert self._process
        os.kill(self._process.pid, signal.SIGCONT)

    def collections(self) -> set[str]:
        """The names of what it holds."""
        base = (
            f"{self.settings.url}/api/v2/tenants/{self.settings.tenant}/databases/{self.settings.database}/collections"
        )
        return {collection["name"] for collection in httpx.get(base, timeout=20).json()}


@contextmanager
def chroma(folder: Path) -> Iterator[ChromaServer]:
    """The server until the block ends."""
    server = ChromaServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
