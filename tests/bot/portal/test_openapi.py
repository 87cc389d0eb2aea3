"""The API against its own description: whatever a generator makes of it, the replies are as described."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from bot.create import create_bot
from bot.portal.site import build_site
from bot.settings import Settings
from index.question import Question

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]


@pytest.fixture(scope="module")
def described(sample: Path) -> Any:
    where = Settings(index=sample)
    archive = create_bot(where)
    archive.answer(Question("ferry"))  # the models are loaded before anything is timed
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", build_site(archive, settings=where))


OPERATIONS = ["ask", "search", "article", "archive", "status"]


@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, mode) for name in OPERATIONS for mode in GenerationMode if (name, mode.is_negative) != ("status", True)],
)  # nothing can be wrong in a request that takes nothing
def test_every_reply_to_generated_requests_matches_the_schema(described: Any, name: str, mode: GenerationMode) -> None:
    operations = {found.ok().definition.raw["operationId"]: found.ok() for found in described.get_all_operations()}
    assert set(operations) >= set(OPERATIONS)

    @settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operations[name].as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    check()
