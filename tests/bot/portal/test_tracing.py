"""What a collector of OpenTelemetry gets, sent to one on this machine."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.bot import Bot
from bot.portal.hosting import mount
from bot.settings import Settings
from tests.bot.archive_bot import archive_bot
from tests.bot.fakes import BRIDGE, FERRY, ScriptedBot
from tests.bot.portal.sites import client_of, site_with
from tests.index.building import build
from tests.local_server import Quiet, running

ASK = {"question": "When did engineers reopen the harbour bridge?"}
WITHIN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@dataclass
class Collector:
    """Where spans arrive."""

    address: str
    bodies: list[bytes] = field(default_factory=list)
    service: str = ""

    def spans(self, site: FastAPI) -> dict[str, Span]:
        """What a site has sent, by name, once it has sent all."""
        site.state.portal.tracing.provider.shutdown()
        found = {}
        for body in self.bodies:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                self.service = attributes(resource.resource)["service.name"]
                found |= {span.name: span for scope in resource.scope_spans for span in scope.spans}
        return found


def attributes(of: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in of.attributes}


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    class Collecting(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            collector.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    class Server(Quiet, HTTPServer):
        pass

    server = Server(("127.0.0.1", 0), Collecting)
    collector = Collector(f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
    with running(server):
        yield collector


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    build(tmp_path, [BRIDGE, FERRY])
    return archive_bot(tmp_path)


def test_a_request_an_answer_and_its_stages_are_spans_within_each_other(
    tmp_path: Path, bot: Bot, collector: Collector
) -> None:
    site = site_with(tmp_path, bot, open=True)
    client_of(site).post("/api/v1/ask", json=ASK, headers={"traceparent": WITHIN, "x-request-id": "from-nginx-1"})
    spans = collector.spans(site)
    request, answer, stage = spans["POST /api/v1/ask"], spans["answer"], spans["retrieve"]
    assert (request.trace_id.hex(), request.parent_span_id.hex()) == tuple(WITHIN.split("-")[1:3])
    assert (answer.parent_span_id, stage.parent_span_id) == (request.span_id, answer.span_id)
    assert attributes(request)["http.response.status_code"] == 200
    assert attributes(answer)["byline.status"] == "answered"
    assert attributes(answer)["byline.request_id"] == "from-nginx-1"
    assert answer.start_time_unix_nano <= stage.start_time_unix_nano < stage.end_time_unix_nano
    assert stage.end_time_unix_nano <= answer.end_time_unix_nano
    assert collector.service == "byline"


@pytest.mark.parametrize("allowed", [False, True])
def test_spans_hold_questions_only_where_logs_may(
    tmp_path: Path, bot: Bot, collector: Collector, allowed: bool
) -> None:
    site = site_with(tmp_path, bot, open=True, log_questions=allowed)
    client = client_of(site)
    client.post("/api/v1/ask", json=ASK)
    client.get("/api/v1/search", params={"q": "harbour"})
    spans = collector.spans(site)
    assert "GET /api/v1/search" in spans
    assert (b"engineers" in b"".join(collector.bodies), b"harbour" in b"".join(collector.bodies)) == (allowed, allowed)


def test_probes_have_no_spans(tmp_path: Path, collector: Collector) -> None:
    site = site_with(tmp_path, ScriptedBot(), open=True)
    client = client_of(site)
    for probe in ("/healthz", "/readyz", "/metrics"):
        client.get(probe)
    assert not collector.spans(site)


def test_nothing_is_traced_where_no_collector_is_named_or_it_is_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert site_with(tmp_path, open=True).state.portal.tracing is None
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    assert site_with(tmp_path, open=True).state.portal.tracing is None


def test_without_the_extra_a_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    assert site_with(tmp_path, open=True).state.portal.tracing is None
    assert "pip install 'byline[otel]'" in caplog.text


def test_answers_join_the_traces_of_a_host_that_traces_its_requests(
    tmp_path: Path, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    host = FastAPI(telemetry={"tracer_provider": provider, "operation_spans": False, "metrics": False, "logs": False})
    mount(host, "/news", bot=bot, settings=Settings(index=tmp_path, open=True), signed_in=lambda _: "ada")
    client_of(host).post("/news/api/v1/ask", json=ASK)
    spans = {span.name.rpartition(" ")[0] or span.name: span for span in kept.get_finished_spans()}
    assert set(spans) >= {"POST", "answer", "retrieve", "choose"}
    assert spans["answer"].parent == spans["POST"].context
