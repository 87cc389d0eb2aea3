"""An S3 server of this machine (moto's), and a way to it on which requests fail."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import httpx

from tests.local_server import Quiet, free_port, running

ROOT = Path(__file__).parent.parent
BUCKET = "archive"
URL = f"s3://{BUCKET}/news"

Fault = Callable[[str, str], str | float | None]
"""From a request's method and path to what becomes of it: "refuse", "cut", "lose" (its reply), "garble", or
seconds to wait."""


def environment(address: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "reader",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }


@contextmanager
def s3_server(log: Path) -> Iterator[str]:
    """Its address; in an environment of its own, which is made if need be."""
    subprocess.run(["make", "--silent", ".venv-s3/ready"], cwd=ROOT, check=True, capture_output=True, timeout=600)
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "AWS_"))}
    with log.open("wb") as output:
        command = [str(ROOT / ".venv-s3" / "bin" / "moto_server"), "-H", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, env=kept, stdout=output, stderr=output)
    try:
        deadline = monotonic() + 60
        while True:
            try:
                httpx.put(f"http://127.0.0.1:{port}/{BUCKET}", timeout=30).raise_for_status()
                break
            except httpx.TransportError:
                assert server.poll() is None, log.read_text()
                assert monotonic() < deadline, log.read_text()
                sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


class FaultyWay(Quiet, ThreadingHTTPServer):
    """Passes requests on to a server, but for those that a fault is for."""

    def __init__(self, to: str) -> None:
        self.fault: Fault = lambda method, path: None
        self.seen: list[tuple[str, str]] = []
        self.client = httpx.Client(base_url=to, timeout=60)
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def server_close(self) -> None:
        super().server_close()
        self.client.close()


@contextmanager
def faulty_way(to: str) -> Iterator[FaultyWay]:
    way = FaultyWay(to)
    with running(way):
        yield way


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyWay

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.seen.append((self.command, self.path))
        fault = self.server.fault(self.command, self.path)
        if isinstance(fault, float):
            sleep(fault)
        if fault == "refuse":
            self._reply(503, {}, b"<Error><Code>SlowDown</Code></Error>")
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        reply = self.server.client.request(self.command, self.path, headers=headers, content=body)
        if fault == "lose":
            self.close_connection = True
            return
        data = bytes(byte ^ 1 for byte in reply.content) if fault == "garble" else reply.content
        self._reply(reply.status_code, reply.headers, data, cut=fault == "cut")

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass_on

    def _reply(self, status: int, headers: "httpx.Headers | dict[str, str]", data: bytes, cut: bool = False) -> None:
        self.send_response(status)
        length = headers.get("content-length", "0") if self.command == "HEAD" else str(len(data))
        for name, value in headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "server", "date"):
                self.send_header(name, value)
        self.send_header("content-length", length)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if cut else data)
        if cut:
            self.close_connection = True


def only(first: int, method: str, part: str, fault: str | float) -> Fault:
    """A fault for the first of the requests whose path has this part."""
    met = count()
    return lambda verb, path: fault if verb == method and part in path and next(met) < first else None
