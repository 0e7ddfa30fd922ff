"""The annex as a workbook: of a report that is made and kept, or of a unit as its figures stand."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse
from django.views.decorators.http import require_POST, require_safe

from chithi.core.periods import parse
from chithi.indicators.stated import looked_at
from chithi.org.queries import one_unit
from chithi.reporting.excel import MEDIA_TYPE
from chithi.reporting.excel_files import alone, annex_now, annex_of
from chithi.web.middleware import ViewerRequest
from chithi.web.views.reports import as_asked


@require_POST
def report_annex(request: ViewerRequest, unit: int, period: str) -> FileResponse:
    """Make the report, keep it under its code, and hand over its annex; the form is that of `report_make`."""
    with alone(request.viewer, unit, parse(period)):  # asked first: nothing is kept where it must be asked for again
        made = as_asked(request, unit, period)
        return workbook(annex_of(request.viewer, made), f"phu-luc-{made.code}")


@require_safe
def unit_annex(request: ViewerRequest, unit: int, period: str) -> FileResponse:
    """What a unit and the units below it have given in a period."""
    asked = looked_at(parse(period), request.viewer.today)
    code = one_unit(request.viewer, unit, asked.last).code
    with alone(request.viewer, unit, asked):
        file = annex_now(request.viewer, unit, asked)
    return workbook(file, f"so-lieu-{code}-{asked.code}".replace("..", "_"))


def workbook(file: IO[bytes], name: str) -> FileResponse:
    """A workbook to be kept; the answer closes the file."""
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=MEDIA_TYPE)
