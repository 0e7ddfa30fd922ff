"""Reports: making one, listing those made, what one printed, its files by code; the templates to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from django.http import FileResponse, HttpResponse
from ninja import Path, Router, Status
from pydantic import StringConstraints

from chithi.api.authentication import ApiRequest
from chithi.api.problems import answers
from chithi.api.shapes import Asked, Exact, Id, PageQuery, PeriodCode, Shape, StrictId, as_written, exact
from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.indicators.queries import unit_in_reach
from chithi.indicators.stated import looked_at
from chithi.registry.kinds import DocumentKind
from chithi.registry.queries import issued_of
from chithi.reporting.actions import make_report
from chithi.reporting.excel import MEDIA_TYPE
from chithi.reporting.excel_files import alone, annex_now
from chithi.reporting.own_templates.queries import templates_for
from chithi.reporting.pdf import pdf_of
from chithi.reporting.queries import report_by_code, reports_of

if TYPE_CHECKING:
    from chithi.registry.models import Issued as IssuedRow
    from chithi.reporting.models import Report as ReportRow

router = Router()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Code = Annotated[str, StringConstraints(min_length=1, max_length=40), Path(description="As printed, any case.")]


class Wanted(Asked):
    """Which report to make."""

    period: PeriodCode
    """The period it reports on."""
    template: StrictId | None = None
    """Id of the office's own template it is written with; none is the prescribed form."""


class Report(Shape):
    """A report that was made."""

    code: str
    """The code printed on it; the same figures give the same code."""
    unit_id: int
    """The unit."""
    period: str
    """The period."""
    dated: date
    """The date it bears."""
    at: datetime
    """When it was made."""
    file: str
    """The address of its Word file."""
    kind: str
    """The kind of document: report."""
    number: str | None
    """Number and symbol as printed where it has been issued and not withdrawn, such as “Số 27-BC/ĐU”."""
    issued_on: date | None
    """The day of issue."""


class Reports(Shape):
    """One page of reports, newest first."""

    items: list[Report]
    """The reports of this page."""
    page: int
    """Number of this page."""
    more: bool
    """Whether another page follows."""


class Template(Shape):
    """A template a unit's report may be written with."""

    id: int
    """Its id."""
    name: str
    """Its name."""
    unit_id: int
    """Whose it is: the unit itself or one above it."""
    newest: int
    """Number of the version in use."""


class Templates(Shape):
    """Templates, the unit's own first."""

    items: list[Template]
    """The templates."""


class Printed(Shape):
    """One line as it was printed."""

    indicator: str
    """Code of the indicator."""
    name: str
    """Its name as printed."""
    value: Exact | None
    """The value."""
    value_max: Exact | None
    """The upper end of a range."""
    bound: str
    """Empty, at_least, at_most or about."""
    total: Exact | None
    """The base."""
    percent: Exact | None
    """The share."""
    spoke: int | None
    """How many of the expected units had spoken."""
    expected: int | None
    """How many were to speak."""
    before: Exact | None
    """The value of the same period of the year before."""


class ReportLines(Report):
    """A report with what it printed."""

    lines: list[Printed]
    """Its lines."""


@router.get("/units/{unit_id}/reports", response=answers(Reports))
def reports(request: ApiRequest, unit_id: Id, paging: PageQuery) -> Reports:
    """Reports made of a unit, newest first."""
    unit_in_reach(request.auth, unit_id)
    start = (paging.page - 1) * paging.size
    rows = reports_of(request.auth, unit_id, start + paging.size + 1)[start:]
    shown = rows[: paging.size]
    known = _numbers(request.auth, shown)
    items = [Report(**_about(row, known.get(row.code))) for row in shown]
    return Reports(items=items, page=paging.page, more=len(rows) > paging.size)


@router.post("/units/{unit_id}/reports", response=answers(ReportLines, 201))
def make(request: ApiRequest, unit_id: Id, said: Wanted) -> Status[ReportLines]:
    """Make the Word report of a unit and period. From unchanged figures it is the same report with the same code."""
    period = looked_at(parse(said.period), request.auth.today)
    made = make_report(by=request.auth, unit_id=unit_id, period=period, template_id=said.template)
    return Status(201, _printed(request.auth, made))


@router.get("/units/{unit_id}/templates", response=answers(Templates))
def templates(request: ApiRequest, unit_id: Id) -> Templates:
    """What a unit's report may be written with beside the prescribed form."""
    return Templates(items=[Template.model_validate(card) for card in templates_for(request.auth, unit_id)])


@router.get(
    "/units/{unit_id}/annex",
    response=answers(None),
    openapi_extra={
        "responses": {
            200: {
                "description": "The workbook.",
                "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def annex(request: ApiRequest, unit_id: Id, period: PeriodCode) -> FileResponse:
    """The annex of a unit and period as a workbook: the form, the units below by indicator, what it all means.

    As figures stand now. It bears the code of the newest report of the unit and period where that printed the same.
    """
    asked = looked_at(parse(period), request.auth.today)
    name = f"phu-luc-{unit_id}-{asked.code}.xlsx".replace("..", "_")
    with alone(request.auth, unit_id, asked):
        file = annex_now(request.auth, unit_id, asked)
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)


@router.get("/reports/{code}", response=answers(ReportLines))
def report(request: ApiRequest, code: Code) -> ReportLines:
    """A made report by the code on paper: what it printed."""
    return _printed(request.auth, report_by_code(request.auth, code))


@router.get(
    "/reports/{code}/file",
    response=answers(None),
    openapi_extra={
        "responses": {
            200: {
                "description": "The Word file.",
                "content": {WORD: {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def report_file(request: ApiRequest, code: Code) -> HttpResponse:
    """The Word file of a made report, byte for byte as it was made."""
    found = report_by_code(request.auth, code)
    answer = HttpResponse(bytes(found.file), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="bao-cao-{found.code}.docx"'
    return answer


@router.get(
    "/reports/{code}/pdf",
    response=answers(None),
    openapi_extra={
        "responses": {
            200: {
                "description": "The PDF.",
                "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def report_pdf(request: ApiRequest, code: Code) -> HttpResponse:
    """A made report as PDF, made of its Word file once and kept; takes seconds the first time, needs LibreOffice."""
    found = report_by_code(request.auth, code)
    answer = HttpResponse(pdf_of(request.auth, found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="bao-cao-{found.code}.pdf"'
    return answer


def _numbers(viewer: Viewer, rows: Sequence[ReportRow]) -> dict[str, IssuedRow]:
    """Which of the reports have gone out, by code. One query."""
    found = issued_of(viewer, [row.code for row in rows])
    return {row.source: row for row in found if row.kind == DocumentKind.REPORT}


def _about(row: ReportRow, issued: IssuedRow | None) -> dict[str, Any]:
    return {
        "code": row.code,
        "unit_id": row.unit_id,
        "period": row.period_code,
        "dated": row.dated,
        "at": row.at,
        "file": f"/api/reports/{row.code}/file",
        "kind": DocumentKind.REPORT.value,
        "number": issued.sign if issued else None,
        "issued_on": issued.dated if issued else None,
    }


def _printed(viewer: Viewer, row: ReportRow) -> ReportLines:
    known = _numbers(viewer, [row])
    return ReportLines(**_about(row, known.get(row.code)), lines=[_line(line) for line in row.lines])


def _line(line: dict[str, Any]) -> Printed:
    def number(name: str) -> Decimal | None:
        return None if line[name] is None else Decimal(line[name])

    return Printed(
        indicator=line["indicator"],
        name=line["name"],
        value=exact(number("value")),
        value_max=exact(number("value_max")),
        bound=line["bound"],
        total=exact(number("total")),
        percent=as_written(number("percent")),
        spoke=line["spoke"],
        expected=line["expected"],
        before=exact(number("before")),
    )
