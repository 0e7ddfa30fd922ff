"""The annex as a workbook: of a report that is made and kept, or of a unit as its figures stand."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse
from django.views.decorators.http import require_POST, require_safe

from chithi.core.periods import parse
from chithi.indicators.stated import looked_at
from chithi.org.queries import one_unit
from chithi.reporting.excel import MEDIA_TYPE
from chithi.reporting.excel_files import annex_now, make_annex
from chithi.web.middleware import ViewerRequest
from chithi.web.whole import whole


@require_POST
def report_annex(request: ViewerRequest, unit: int, period: str) -> FileResponse:
    """Make the report, keep it under its code, and hand over its annex; `nhom` are the groups beside it."""
    asked = looked_at(parse(period), request.viewer.today)
    groups = [number for text in request.POST.getlist("nhom")[:50] if (number := whole(text)) is not None]
    made, file = make_annex(by=request.viewer, unit_id=unit, period=asked, groups=groups)
    return workbook(file, f"phu-luc-{made.code}")


@require_safe
def unit_annex(request: ViewerRequest, unit: int, period: str) -> FileResponse:
    """What a unit and the units below it have given in a period."""
    asked = looked_at(parse(period), request.viewer.today)
    code = one_unit(request.viewer, unit, asked.last).code
    return workbook(annex_now(request.viewer, unit, asked), f"so-lieu-{code}-{asked.code}".replace("..", "_"))


def workbook(file: IO[bytes], name: str) -> FileResponse:
    """A workbook to be kept; the answer closes the file."""
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=MEDIA_TYPE)
