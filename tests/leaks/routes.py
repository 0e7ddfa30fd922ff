"""Every route of the product, with how to ask it about a unit, what it needs and what it then answers.

`test_matrix.py` walks the URL patterns: a route or method without a row here fails, and so does a row without a route.
A row says which capability over the unit lets somebody in (`needs`), what they are then answered (`inside`), and what
everybody else is (`outside`: 404, as if it did not exist). Rows without a unit need nothing but a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.leaks.manage_routes import MANAGE
from tests.leaks.picture_routes import PICTURES
from tests.leaks.planted import TEXT_PERIOD, Things, new_key
from tests.leaks.row import Row, api, at
from tests.leaks.work_routes import WORK

P = TEXT_PERIOD.code
CLASSES = 20
"""The indicator and measure of study classes have lasting ids; the former is 20."""


def _figure(things: Things) -> dict[str, Any]:
    return {"unit_id": things.unit, "measure_id": things.figure.measure_id, "period": "2025-Q1", "value": "3"}


def _pasted(things: Things) -> dict[str, Any]:
    return {"unit_id": things.unit, "period": "2025", "text": "Đã mở 5 lớp."}


def _file(things: Things) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"file": SimpleUploadedFile("a.txt", "Đã mở 5 lớp.".encode()), "unit_id": things.unit, "period": "2025"}


def _typed(things: Things) -> dict[str, Any]:
    return {"cach": "dan", "title": "Thử", "text": "Đã mở 5 lớp.", "unit": things.code, "period": "2025"}


def _wrong(things: Things) -> dict[str, Any]:
    return {"username": "nobody", "password": "wrong"}


def _source(things: Things) -> dict[str, Any]:
    return {"first": "entered"}


def _version(version: int) -> Callable[[Things], dict[str, Any]]:
    return lambda things: {"version": version}


def _corrected(things: Things) -> dict[str, Any]:
    return {
        "version": 1,
        "indicator": "pledge.members",
        "value": "99",
        "period": "2025",
        "covers": "own",
        "role": "level",
    }


ROUTES: dict[str, Row] = MANAGE | PICTURES | WORK | {
    # Pages
    "GET home": Row("GET", at("/")),
    "POST undo": Row("POST", at("/hoan-tac/"), inside=400, form=lambda _things: {"key": "of-somebody-else"}),
    "GET branch": Row("GET", at("/nhanh/{unit}/"), "read"),
    "GET siblings": Row("GET", at("/canh/{unit}/"), "read"),
    "GET unit": Row("GET", at("/don-vi/{unit}/?ky={P}"), "read"),
    "GET search": Row("GET", at("/tim/?q=dang")),
    "GET trace": Row("GET", at("/so/20/{unit}/{P}/"), "read"),
    "POST adopt": Row("POST", at("/so/{statement}/nhan-bu/"), "confirm", inside=302),
    "POST adopt_end": Row("POST", at("/so/{adopted}/thoi-nhan-bu/"), "confirm", inside=302),
    "POST source": Row("POST", at("/don-vi/{unit}/nguon/{members}/"), "confirm", inside=302, form=_source),
    "GET gallery": Row("GET", at("/mau/"), "tree", outside=403),
    "GET gallery_page": Row("GET", at("/mau/unit/"), "tree", outside=403),
    "GET code_lookup": Row("GET", at("/ma/")),
    "GET code": Row("GET", at("/ma/{report}"), "read"),
    "GET documents": Row("GET", at("/van-ban/")),
    "POST documents": Row("POST", at("/van-ban/?cach=dan"), "enter", inside=302, outside=400, form=_typed),
    "GET document": Row("GET", at("/van-ban/{document}/"), "read"),
    "POST span_confirm": Row("POST", at("/van-ban/so/{open_span}/xac-nhan/"), "confirm", inside=302, form=_version(1)),
    "POST span_reject": Row("POST", at("/van-ban/so/{open_span}/bo/"), "confirm", inside=302, form=_version(1)),
    "POST span_reopen": Row("POST", at("/van-ban/so/{done_span}/xem-lai/"), "confirm", inside=302, form=_version(2)),
    "GET span_correct": Row("GET", at("/van-ban/so/{open_span}/sua/"), "confirm"),
    "POST span_correct": Row("POST", at("/van-ban/so/{open_span}/sua/"), "confirm", inside=302, form=_corrected),
    "POST question_settle": Row("POST", at("/van-ban/hoi/{question}/"), "confirm", inside=302),
    "GET entry": Row("GET", at("/nhap/{unit}/{P}/"), "enter"),
    "POST entry": Row("POST", at("/nhap/{unit}/2021/"), "enter", inside=302, form=lambda t: {"value-22": "3"}),
    "POST period_confirm": Row("POST", at("/nhap/{unit}/{P}/xac-nhan/"), "confirm", inside=302),
    "GET report": Row("GET", at("/bao-cao/{unit}/{P}/"), "report"),
    "POST report_make": Row("POST", at("/bao-cao/{unit}/{P}/word/"), "report"),
    "GET unit_annex": Row("GET", at("/don-vi/{unit}/so-lieu/{P}/"), "read"),
    "POST report_annex": Row("POST", at("/bao-cao/{unit}/{P}/excel/"), "report"),
    "GET report_file": Row("GET", at("/bao-cao/tep/{report}.docx"), "read"),
    "GET report_pdf": Row("GET", at("/bao-cao/tep/{report}.pdf"), "read"),
    "GET sign_in": Row("GET", at("/vao/"), visitor=200),
    "POST sign_in": Row("POST", at("/vao/"), inside=401, visitor=401, form=_wrong),
    "POST sign_out": Row("POST", at("/ra/"), inside=302),
    "POST set_language": Row("POST", at("/ngon-ngu/"), inside=302, form=lambda t: {"language": "en"}),
    "GET organisation_begin": Row("GET", at("/vao/co-quan/"), inside=404, visitor=404),
    "GET organisation_back": Row("GET", at("/vao/co-quan/ve/"), inside=404, visitor=404),
    "GET healthz": Row("GET", at("/healthz"), visitor=200),
    "GET manual": Row("GET", at("/huong-dan/"), inside=302),
    "GET manual_page": Row("GET", at("/huong-dan/khong-co.html"), inside=404, visitor=404),
    # The API
    "GET /api/openapi.json": api("GET", at("/api/openapi.json"), visitor=200),
    "GET /api/": api("GET", at("/api/"), inside=404, visitor=404),
    "GET /api/{anything}": api("GET", at("/api/nowhere"), inside=404, visitor=404),
    "GET /api/me": api("GET", at("/api/me")),
    "GET /api/units": api("GET", at("/api/units?q=dang")),
    "GET /api/units/{unit_id}": api("GET", at("/api/units/{unit}"), needs="read"),
    "GET /api/units/{unit_id}/below": api("GET", at("/api/units/{unit}/below"), needs="read"),
    "GET /api/indicators": api("GET", at("/api/indicators")),
    "GET /api/indicators/{indicator_id}": api("GET", at("/api/indicators/20")),
    "GET /api/units/{unit_id}/numbers/{period}": api("GET", at("/api/units/{unit}/numbers/{P}"), needs="read"),
    "GET /api/numbers/{indicator_id}/{unit_id}/{period}": api("GET", at("/api/numbers/20/{unit}/{P}"), needs="read"),
    "GET /api/records/{measure_id}/{unit_id}/{period}": api(
        "GET", at("/api/records/{members}/{unit}/{P}"), needs="records"
    ),
    "GET /api/figures/{key}": api("GET", at("/api/figures/{key}"), needs="read"),
    "PUT /api/figures/{key}": api(
        "PUT", lambda t: f"/api/figures/{new_key()}", needs="enter", inside=201, body=_figure
    ),
    "POST /api/adoptions/{figure_id}": api(
        "POST", at("/api/adoptions/{statement}"), needs="confirm", inside=204
    ),
    "DELETE /api/adoptions/{figure_id}": api(
        "DELETE", at("/api/adoptions/{adopted}"), needs="confirm", inside=204
    ),
    "PUT /api/units/{unit_id}/sources/{measure_id}": api(
        "PUT", at("/api/units/{unit}/sources/20"), needs="confirm", inside=204, body=_source
    ),
    "POST /api/figures/{key}/withdraw": api(
        "POST", at("/api/figures/{key}/withdraw"), needs="enter", body=lambda t: {"version": t.figure.version}
    ),
    "GET /api/documents": api("GET", at("/api/documents")),
    "POST /api/documents": api("POST", at("/api/documents"), needs="enter", inside=201, body=_pasted),
    "POST /api/documents/file": api("POST", at("/api/documents/file"), needs="enter", inside=201, form=_file),
    "GET /api/documents/{document_id}": api("GET", at("/api/documents/{document}"), needs="read"),
    "POST /api/spans/{span_id}/confirm": api(
        "POST", at("/api/spans/{open_span}/confirm"), needs="confirm", body=_version(1)
    ),
    "POST /api/spans/{span_id}/reject": api(
        "POST", at("/api/spans/{open_span}/reject"), needs="confirm", body=_version(1)
    ),
    "POST /api/spans/{span_id}/reopen": api(
        "POST", at("/api/spans/{done_span}/reopen"), needs="confirm", body=_version(2)
    ),
    "POST /api/questions/{question_id}/settle": api(
        "POST", at("/api/questions/{question}/settle"), needs="confirm", inside=204
    ),
    "GET /api/units/{unit_id}/reports": api("GET", at("/api/units/{unit}/reports"), needs="read"),
    "POST /api/units/{unit_id}/reports": api(
        "POST", at("/api/units/{unit}/reports"), needs="report", inside=201, body=lambda t: {"period": P}
    ),
    "GET /api/units/{unit_id}/annex": api("GET", at("/api/units/{unit}/annex?period={P}"), needs="read"),
    "GET /api/reports/{code}": api("GET", at("/api/reports/{report}"), needs="read"),
    "GET /api/units/{unit_id}/templates": api("GET", at("/api/units/{unit}/templates"), needs="report"),
    "GET /api/reports/{code}/pdf": api("GET", at("/api/reports/{report}/pdf"), needs="read"),
    "GET /api/reports/{code}/file": api("GET", at("/api/reports/{report}/file"), needs="read"),
}  # fmt: skip


def routes_in_the_code() -> Iterator[str]:
    """Every method of every route: for pages by name (what the view itself lets through), for the API by operation."""
    from chithi.api.door import api as door

    for path, methods in door.get_openapi_schema()["paths"].items():
        yield from (f"{method.upper()} {path}" for method in methods)
    yield from ("GET /api/", "GET /api/openapi.json", "GET /api/{anything}")
    for prefix, pattern in _patterns(get_resolver(), ""):
        if not prefix.startswith("api/"):
            yield from (f"{method} {pattern.name}" for method in _methods(pattern))


def api_patterns() -> set[str]:
    """The addresses of the API as patterns, to hold them to what OpenAPI tells."""
    found = (prefix for prefix, _ in _patterns(get_resolver(), "") if prefix.startswith("api/"))
    return {"/" + prefix.replace("<", "{").replace(">", "}") for prefix in found}


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, here)
        else:
            yield here, pattern


def _methods(pattern: URLPattern) -> list[str]:
    """The methods a page takes, as its `require_…` decorator holds them."""
    for cell in getattr(pattern.callback, "__closure__", None) or ():
        held = cell.cell_contents
        if isinstance(held, list | tuple | set) and held and all(isinstance(m, str) and m.isupper() for m in held):
            return sorted(set(held) - {"HEAD"})
    return ["GET"]
