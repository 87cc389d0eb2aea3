"""Numbers for Prometheus: of one site, kept in its process."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.answer import Answer
from index.storage.manifest import Manifest

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
PLACES = ("/api/v1/ask", "/api/v1/search", "/api/v1/archive", "/api/v1/status", "/api/v1/articles", "/v1", "/mcp",
          "/gradio_api/queue", "/gradio_api/run", "/sign-in", "/metrics", "/healthz", "/readyz")  # fmt: skip
"""What requests are counted under, so that the number of series is bounded; the rest is "page"."""


class Meters:
    """What is counted."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self.requests = Counter(
            "byline_requests", "Requests by place and status.", ("place", "method", "status"), registry=registry
        )
        self.seconds = Histogram(
            "byline_request_seconds", "Time to the end of a reply.", ("place",), buckets=SECONDS, registry=registry
        )
        self.answers = Counter("byline_answers", "Answers by status.", ("status",), registry=registry)
        self.repeated = Counter("byline_answers_repeated", "Answers that were kept from before.", registry=registry)
        self.refused = Counter("byline_questions_refused", "Questions that no one had room for.", registry=registry)
        self.stages = Histogram(
            "byline_stage_seconds", "Stages of answers.", ("stage",), buckets=SECONDS, registry=registry
        )
        self.llm_failures = Counter(
            "byline_llm_failures", "Answers that a language model should have written.", registry=registry
        )

    def watch(self, name: str, description: str, value: Callable[[], float]) -> None:
        """Adds a number that is looked up whenever it is asked for."""
        Gauge(name, description, registry=self.registry).set_function(value)

    def count_request(self, path: str, method: str, status: int, seconds: float) -> None:
        """Counts a request that has ended."""
        place = place_of(path)
        method = method if method in {"GET", "HEAD", "POST", "OPTIONS", "DELETE", "PUT", "PATCH"} else "other"
        self.requests.labels(place, method, str(status)).inc()
        self.seconds.labels(place).observe(seconds)

    def count_answer(self, answer: Answer, llm_expected: bool) -> None:
        """Counts an answer."""
        self.answers.labels(answer.status).inc()
        for stage, milliseconds in answer.trace.timings_ms.items():
            self.stages.labels(stage).observe(milliseconds / 1000)
        if llm_expected and answer.citations and answer.answerer != "llm" and answer.count is None:
            self.llm_failures.inc()

    def text(self) -> tuple[bytes, Mapping[str, str]]:
        """All of it as Prometheus reads it, with its headers."""
        return generate_latest(self.registry), {"Content-Type": CONTENT_TYPE_LATEST}


def place_of(path: str) -> str:
    """Where a request went, as one of few names."""
    return next((place for place in PLACES if path == place or path.startswith(f"{place}/")), "page")


def age_of(manifest: Manifest) -> float:
    """Seconds since the index was built."""
    return (datetime.now(UTC) - datetime.fromisoformat(manifest.created)).total_seconds()
