"""The API object: its authentication, its parts, its description, its answers to what it does not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any, NoReturn

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, re_path
from django.utils import translation
from django.utils.cache import patch_vary_headers
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser

from chithi.api import directives, documents, figures, indicators, me, numbers, reports, tasks, units
from chithi.api.authentication import Session, Token
from chithi.api.problems import MEDIA, REFUSALS, dress, register
from chithi.core.errors import Refused

ABOUT = """
Units, indicators, numbers with their trace, documents taken in, reports, directives and tasks, within reach.

A number is a string of plain digits ("98.1"), never a float. What lies outside the reach looks exactly like what does
not exist (404). A refusal is `application/problem+json`; its `code` is stable. Send `Authorization: Bearer TOKEN`, or
the session cookie of the pages with `X-CSRFToken` for anything but reading.
""".strip()


class JsonBody(Parser):
    """JSON whose numbers with a decimal point stay exact, so that no float is ever made of a figure."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(request.body, parse_float=Decimal, parse_constant=_no_constant)
        return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


class Api(NinjaAPI):
    """Ninja's API with problems for every answer that is not a success, 404 and 405 included."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        last = re_path(r"^.*$", no_such_address, name="no-such-address")
        return [_dressed(pattern) for pattern in (*super()._get_urls(), last)]

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    _told: OpenAPISchema | None = None

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description; made once, because the code does not change while it runs."""
        if self._told is None:
            self._told = self._tell(**options)
        return self._told

    def _tell(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                _describe(operation)
        return schema


def _describe(operation: dict[str, Any]) -> None:
    """Refusals are problems; the summary is the first line of the docstring."""
    for status in REFUSALS:
        content = operation["responses"][status]["content"]
        content[MEDIA] = content.pop("application/json")
    first, _, rest = operation.get("description", "").partition("\n")
    operation["summary"] = first.rstrip(".")
    operation["description"] = rest.strip() or first


def _dressed(pattern: Any) -> Any:
    """A route in the caller's language, whose 404 and 405 are problems too."""
    view: Callable[..., HttpResponseBase] = pattern.callback

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = _answered(view, request, *args, **kwargs)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        return response

    pattern.callback = answer
    return pattern


def _answered(
    view: Callable[..., HttpResponseBase], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    try:
        response = view(request, *args, **kwargs)
    except Http404:
        return dress(Refused("api.no_such_address"))
    if response.status_code != 405:
        return response
    refused = dress(Refused("api.no_such_method", method=request.method))
    refused["Allow"] = response["Allow"]
    return refused


def no_such_address(request: HttpRequest) -> HttpResponse:
    """Everything under /api/ that is no operation."""
    return dress(Refused("api.no_such_address"))


no_such_address.csrf_exempt = True  # type: ignore[attr-defined]  # it changes nothing


api = Api(
    title="chithi",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    docs_url=None,
    auth=[Token(), Session()],
    parser=JsonBody(),
)
register(api)
for part in (me, units, indicators, numbers, figures, documents, reports, directives, tasks):
    api.add_router("", part.router, tags=[part.__name__.rpartition(".")[2]])
urls = api.urls
