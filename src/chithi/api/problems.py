"""Dresses every refusal as `application/problem+json` (RFC 9457), with the same status as the pages give it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from chithi.api.shapes import Shape
from chithi.api.wording import title, words
from chithi.core.errors import Refused, Stale, status_of
from chithi.db.races import came_second, once_more

logger = logging.getLogger("chithi.api")

MEDIA = "application/problem+json"
REFUSALS = frozenset({400, 401, 403, 404, 409, 422})
STATUS = {
    "api.not_signed_in": 401,
    "api.no_csrf": 403,
    "api.no_such_address": 404,
    "api.no_such_method": 405,
    "api.invalid": 422,
    "indicators.key_taken": 409,
    "api.broken": 500,
}


class Problem(Shape):
    """Why a request was refused. Nothing was changed."""

    type: str = Field(examples=["urn:chithi:org.no_unit"])
    """A name for this kind of problem: `urn:chithi:` and the code."""
    title: str
    """Two or three words about the status, in the caller's language."""
    status: int
    """The HTTP status once more."""
    detail: str
    """What happened and what to do, in the caller's language (Accept-Language: vi or en)."""
    code: str
    """The stable code of the refusal (docs/reference/errors.md)."""
    facts: dict[str, Any]
    """Named values of the refusal: ids, numbers as strings, days as YYYY-MM-DD."""
    field: str | None
    """The field of the request that it is about, where there is one."""


def answers(shape: Any, *statuses: int) -> dict[Any, Any]:
    """What an operation may answer: `shape` with these statuses (200), and a problem with any refusal's."""
    return {**dict.fromkeys(statuses or (200,), shape), REFUSALS: Problem}


def dress(problem: Refused) -> HttpResponse:
    """A refusal as an answer."""
    language = translation.get_language() or "vi"
    status = STATUS.get(problem.code) or status_of(problem)
    body = {
        "type": f"urn:chithi:{problem.code}",
        "title": title(status, language),
        "status": status,
        "detail": words(problem.code, problem.facts, language),
        "code": problem.code,
        "facts": {name: _value(value) for name, value in problem.facts.items()},
        "field": problem.field,
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _value(value: Any) -> Any:
    """Facts as JSON; decimals and days as strings, texts cut."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {str(name): _value(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return str(value)[:300]


def of_validation(problem: ValidationError) -> Refused:
    """What pydantic found, by field and kind; its own English sentences stay inside, for programmers."""
    found = [{"field": _field(error["loc"]), "kind": error["type"], "about": error["msg"]} for error in problem.errors]
    fields = list(dict.fromkeys(item["field"] for item in found))
    first = fields[0] if fields else None
    return Refused("api.invalid", field=first, fields=", ".join(fields)[:300], errors=found[:20])


def _field(where: tuple[Any, ...]) -> str:
    """("body", "said", "value") is the field `value`; the parameter's own name is of no use to a caller."""
    inner = [str(part) for part in where[1:]]
    if where and where[0] == "body" and len(inner) > 1:
        inner = inner[1:]
    return ".".join(inner)[:100] or str(where[0] if where else "body")


def register(api: NinjaAPI) -> None:
    """Give the API its one handler: whatever goes wrong in an operation leaves as a problem."""
    for kind in (Exception, Refused, ValidationError, HttpError, AuthenticationError, Http404):
        api.add_exception_handler(kind, _handled)


def _handled(request: HttpRequest, problem: Any) -> HttpResponse:
    """Of two at once the second is asked once more, and answers as if it had come later (`chithi.db.races`)."""
    if came_second(problem):
        if not hasattr(request, "asked_again"):
            request.asked_again = True  # type: ignore[attr-defined]  # an attribute of our own: once, not for ever
            return once_more(request)
        problem = Stale("db.taken")
    refused = refusal_of(problem)
    if refused.code == "api.broken":
        logger.error("%s %s failed", request.method, request.path, exc_info=problem)
    return dress(refused)


def refusal_of(problem: BaseException) -> Refused:
    """The refusal that an exception amounts to."""
    if isinstance(problem, Refused):
        return problem
    if isinstance(problem, ValidationError):
        return of_validation(problem)
    if isinstance(problem, SuspiciousOperation) or isinstance(problem.__cause__, SuspiciousOperation):
        return Refused("api.too_large")
    if isinstance(problem, Http404):
        return Refused("api.no_such_address")
    if isinstance(problem, MultiPartParserError):
        return Refused("api.unreadable_body")
    if isinstance(problem, HttpError):
        return Refused({401: "api.not_signed_in", 403: "api.no_csrf"}.get(problem.status_code, "api.unreadable_body"))
    return Refused("api.broken")
