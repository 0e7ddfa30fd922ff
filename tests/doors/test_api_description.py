"""The API is what it says it is: OpenAPI 3.1, kept in docs/reference, and invented requests conform to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chithi.access.sign_in import new_api_token
from chithi.api.door import api
from chithi.api.problems import MEDIA, REFUSALS
from chithi.api.reference import made
from tests.leaks.planted import Planted, standing

pytestmark = pytest.mark.django_db

KEPT = Path(__file__).resolve().parents[2] / "docs" / "reference"
TOLD: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
OPERATIONS = [(path, method) for path, methods in TOLD["paths"].items() for method in methods]
EXAMPLES = 8
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]


@pytest.fixture(scope="module")
def planted_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Planted]:
    """The planted world, built once for these tests."""
    with standing(django_db_blocker, "A1") as planted:
        yield planted


@pytest.fixture
def planted(planted_world: Planted, db: None) -> Planted:
    """What a test changes is undone."""
    return planted_world


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Answering through WSGI must not close the connection that the test's own transaction stands on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("name", ["openapi.json", "api.md", "api-operations.md"])
def test_the_kept_description_is_that_of_the_code(name: str) -> None:
    """Callers depend on every line: read the difference."""
    assert (KEPT / name).read_text(encoding="utf-8") == made()[name], "python -m chithi.api.reference docs/reference"


def test_it_speaks_openapi_3_1_to_everybody(client: Any) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.json() == TOLD
    assert TOLD["openapi"].startswith("3.1")


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_operation_is_described_and_declares_its_refusals(path: str, method: str) -> None:
    told = TOLD["paths"][path][method]
    assert told["summary"]
    assert told["security"] == [{"Token": []}, {"Session": []}]
    for status in REFUSALS:
        assert list(told["responses"][str(status)]["content"]) == [MEDIA]


def test_every_field_has_a_description_and_no_figure_is_a_float() -> None:
    for name, shape in TOLD["components"]["schemas"].items():
        for field, told in shape.get("properties", {}).items():
            assert told.get("description") or "$ref" in told, f"{name}.{field}"
            assert '"number"' not in json.dumps(told), f"{name}.{field} would be a float"


def _invented(planted: Planted, path: str, method: str) -> Any:
    """A strategy of requests for one operation; half of them about a unit that is there."""
    schema = schemathesis.openapi.from_dict(TOLD)
    return schema[path][method.upper()].as_strategy()


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_invented_requests_are_answered_as_described(planted: Planted, path: str, method: str) -> None:
    from chithi.web.wsgi import application

    token = new_api_token(planted.world.users["minh"], label="invented", valid_for=timedelta(days=1))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=_invented(planted, path, method))
    def conforms(case: Any) -> None:
        for name in ("unit_id", "document_id", "span_id", "question_id"):
            if name in case.path_parameters and case.path_parameters[name] % 2:
                things = planted.things["A1"]
                there = {"unit_id": things.unit, "document_id": things.document, "span_id": things.open_span}
                case.path_parameters[name] = there.get(name, things.question)
        if "period" in case.path_parameters and len(case.path_parameters["period"]) % 2:
            case.path_parameters["period"] = "2024"
        case.operation.app = application
        with transaction.atomic():
            answer = case.call(headers={"Authorization": f"Bearer {token}"}, app=application)
            case.validate_response(answer, checks=CHECKS)
            transaction.set_rollback(True)

    conforms()
