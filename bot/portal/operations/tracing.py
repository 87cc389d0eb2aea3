"""Spans of requests and of the stages of answers, for OpenTelemetry."""

import logging
import os
from collections.abc import MutableMapping
from dataclasses import dataclass
from time import time_ns
from typing import TYPE_CHECKING, Any

from fastapi.telemetry import TelemetryConfig

from bot.answer import Answer
from bot.portal.operations.current_request import served_now
from bot.portal.path import path_below
from index.question import Question

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer, TracerProvider

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
"""Variables of which one says where spans go. OpenTelemetry's SDK reads these and its others itself."""
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Requests that come every few seconds and have no span."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tracing:
    """Makes spans.

    Attributes:
        tracer: OpenTelemetry's, for answers.
        provider: For requests; None in an application that traces its requests itself.
        with_questions: Whether spans hold what is asked.
    """

    tracer: "Tracer"
    provider: "TracerProvider | None"
    with_questions: bool

    def answer(self, question: Question, answer: Answer) -> None:
        """Makes the span of an answer that has just ended, with one of each stage, within the request's."""
        from opentelemetry.trace import set_span_in_context

        begun = time_ns() - _nanoseconds(answer.trace.timings_ms.get("total", 0.0))
        served = served_now()
        attributes: dict[str, str | int] = {
            "byline.status": answer.status,
            "byline.answerer": answer.answerer,
            "byline.articles": len(answer.citations),
            "byline.generation": answer.generation or "",
            "byline.request_id": served.request_id if served else "",
        }
        attributes |= {"byline.question": question.text} if self.with_questions else {}
        span = self.tracer.start_span("answer", attributes=attributes, start_time=begun)
        within = set_span_in_context(span)
        for stage in getattr(answer.trace.timings_ms, "stages", ()):
            part = self.tracer.start_span(stage.name, within, start_time=begun + _nanoseconds(stage.start))
            part.end(begun + _nanoseconds(stage.end))
        span.end()


def tracing_of(with_questions: bool) -> Tracing | None:
    """How spans are made; None if OpenTelemetry's environment variables name no place for them.

    In an application that traces already, the spans of answers join the application's.
    """
    from opentelemetry.trace import ProxyTracerProvider, get_tracer_provider

    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    host = get_tracer_provider()
    if not isinstance(host, ProxyTracerProvider):
        return Tracing(host.get_tracer("byline"), None, with_questions)
    own = _provider(with_questions) if any(map(os.environ.get, ENDPOINTS)) else None
    return Tracing(own.get_tracer("byline"), own, with_questions) if own else None


def telemetry_of(tracing: Tracing | None) -> TelemetryConfig:
    """FastAPI's own spans of requests where they are wanted, and nothing else of what it can send."""
    provider = tracing.provider if tracing else None
    config: TelemetryConfig = {"metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
    if provider is None:
        return {**config, "tracing": False}
    return {**config, "tracer_provider": provider, "exclude": _is_probe}


def _is_probe(scope: MutableMapping[str, Any]) -> bool:
    return path_below(scope) in PROBES


def _provider(with_questions: bool) -> "TracerProvider | None":
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        logger.warning("%s is set, but no spans are sent; to send them: pip install 'byline[otel]'", ENDPOINTS[-1])
        return None

    class WithoutQuery(SpanProcessor):
        """Empties what may hold a question."""

        def on_start(self, span: Span, parent_context: object = None) -> None:
            if "url.query" in (span.attributes or {}):
                span.set_attribute("url.query", "")

    resource = Resource.create()
    if str(resource.attributes["service.name"]).startswith("unknown_service"):
        resource = resource.merge(Resource({"service.name": "byline"}))
    provider = TracerProvider(resource=resource)
    if not with_questions:
        provider.add_span_processor(WithoutQuery())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def _nanoseconds(milliseconds: float) -> int:
    return int(milliseconds * 1e6)
