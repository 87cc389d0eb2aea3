"""A real HTTP server on a thread that speaks OpenAI's streaming protocol, and misbehaves on request."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event
from typing import Any

from tests.local_server import Quiet, running

Act = Callable[["Request"], None]
"""What the server does with one request."""


class Request(BaseHTTPRequestHandler):
    """One request, with the pieces of a reply to put together."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        if self.server.fake.listed:
            sends(self.server.fake.listed)(self)
            return
        listed = {"object": "list", "data": [{"id": name, "object": "model"} for name in self.server.fake.models]}
        status = self.server.fake.status
        self.send_json(200, listed) if status == 200 else self.refuse(status)

    def do_POST(self) -> None:
        self.body: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["content-length"])))
        fake = self.server.fake
        fake.bodies.append(self.body)
        fake.keys.append(self.headers.get("authorization", ""))
        acts = fake.acts
        (acts.pop(0) if len(acts) > 1 else acts[0])(self)

    def send_json(self, status: int, value: object, **headers: str) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        for name, header in {
            **headers,
            "connection": "close",
            "content-type": "application/json",
            "content-length": str(len(content)),
        }.items():
            self.send_header(name.replace("_", "-"), header)
        self.end_headers()
        self.wfile.write(content)

    def refuse(self, status: int, message: str = "no", **headers: str) -> None:
        """An error as OpenAI words it; it repeats the key, as some servers do."""
        message = f"{message} (you sent {self.headers.get('authorization')})"
        self.send_json(status, {"error": {"message": message, "type": "invalid_request_error"}}, **headers)

    def begin(self, chunked: bool = True) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")  # so that the client keeps no socket
        if chunked:
            self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self.chunked = chunked

    def event(self, value: str) -> None:
        self.write(f"data: {value}\n\n")

    def write(self, text: str) -> None:
        line = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line) if self.chunked else line)
        self.wfile.flush()

    def delta(self, text: str | None, ended: str | None = None) -> None:
        choice = {"index": 0, "delta": {} if text is None else {"content": text}, "finish_reason": ended}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.event(json.dumps(chunk))

    def end(self, reason: str = "stop") -> None:
        self.delta(None, reason)
        self.event("[DONE]")
        if self.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


class _Server(Quiet, HTTPServer):
    fake: "FakeServer"


class FakeServer:
    """What it was asked, and what it does: each act once, the last one again and again."""

    def __init__(self, *acts: Act, models: Sequence[str] = ("tiny",)) -> None:
        self.acts = list(acts)
        self.models = list(models)
        self.status = 200  # what it says when asked for its models
        self.listed = ""  # what it sends then in place of a list
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.url = ""

    @property
    def place(self) -> str:
        return self.url.removeprefix("http://").removesuffix("/v1")


@contextmanager
def serving(*acts: Act, models: Sequence[str] = ("tiny",), port: int = 0) -> Iterator[FakeServer]:
    """The server, at its `url`, until the block ends; at any free port unless one is given."""
    fake = FakeServer(*acts, models=models)
    server = _Server(("127.0.0.1", port), Request)
    server.fake = fake
    fake.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    with running(server):
        yield fake


def says(*deltas: str, ended: str = "stop") -> Act:
    """A reply in these deltas."""

    def act(request: Request) -> None:
        request.begin()
        for text in deltas:
            request.delta(text)
        request.end(ended)

    return act


def streams(*lines: str) -> Act:
    """A stream of these lines as they are, to its proper end; a delta is made by `piece`."""

    def act(request: Request) -> None:
        request.begin()
        for line in lines:
            request.write(f"{line}\n\n")
        request.wfile.write(b"0\r\n\r\n")

    return act


def piece(text: str, **more: object) -> str:
    """A line with some text of a reply, and no word on whether it ends."""
    return "data: " + json.dumps({"choices": [{"delta": {"content": text}, **more}]})


def sends(body: str, kind: str = "application/json") -> Act:
    """A success with this body, in place of a stream."""

    def act(request: Request) -> None:
        content = body.encode()
        request.send_response(200)
        for name, value in {"connection": "close", "content-type": kind, "content-length": str(len(content))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)

    return act


def refuses(status: int, message: str = "no", **headers: str) -> Act:
    return lambda request: request.refuse(status, message, **headers)


def hangs(until: Event, *deltas: str) -> Act:
    """Says this much, and then nothing until released."""

    def act(request: Request) -> None:
        request.begin()
        for text in deltas:
            request.delta(text)
        until.wait(30)
        request.end()

    return act


def breaks_off(*deltas: str, chunked: bool = True) -> Act:
    """Hangs up in the middle of its reply."""

    def act(request: Request) -> None:
        request.begin(chunked)
        for text in deltas:
            request.delta(text)
        request.close_connection = True
        request.connection.shutdown(2)

    return act


def hangs_up(request: Request) -> None:
    """Says nothing at all, and closes the connection."""
    request.close_connection = True
    request.connection.shutdown(2)


def talks_nonsense(request: Request) -> None:
    """Streams what is not JSON."""
    request.begin()
    request.event("{not json")
    request.end()


def reports_an_error(request: Request) -> None:
    """Breaks the stream with an error in it, as a server does that fails after its headers are gone."""
    request.begin()
    request.delta("The bridge")
    request.event(json.dumps({"error": {"message": "out of memory, " + str(request.headers.get("authorization"))}}))
    request.end()
