"""Writing units, people and posts out: as a workbook or as separated values, streamed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chithi.core.errors import Absent, Refused
from chithi.core.kept import kept
from chithi.db.viewer import Capability
from chithi.imports.exports import export as rows_of
from chithi.imports.kinds import NEEDS
from chithi.org.queries import cards, in_reach, one_unit, unit_by_code
from chithi.sheets.writing import Table, separated, write_workbook
from chithi.web.manage.desk import tried
from chithi.web.manage.imports_forms import ADDRESSES, ExportForm, kind_at, open_kinds
from chithi.web.middleware import ViewerRequest
from chithi.web.templatetags.chithi_format import language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(tables: Sequence[Table], name: str, ending: str) -> HttpResponseBase:
    """A file to be kept. A workbook is finished on disk first, separated values are sent as they are read."""
    if ending == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            separated(tables[0], language()), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    made = kept(lambda target: write_workbook(target, tables))  # closed by the answer when it has been sent
    return FileResponse(made, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


@require_http_methods(["GET", "POST"])
def export(request: ViewerRequest) -> HttpResponse:
    """Choose what is written out; the file has an address of its own."""
    viewer = request.viewer
    kinds = open_kinds(viewer)
    if not kinds:
        viewer.require_anywhere(Capability.PEOPLE)
    if request.method == "POST":
        form = ExportForm(request.POST, viewer=viewer)
        asked = tried(form, lambda: _address(request, form))
        if asked is not None:
            return redirect(asked)
    else:
        home = cards(viewer, [viewer.home_unit_id or 0], viewer.today)
        code = next((card.code for card in home.values()), "")
        begin = {"kind": ADDRESSES[kinds[0]], "unit": code, "day": viewer.today, "ending": "xlsx"}
        form = ExportForm(viewer=viewer, initial=begin)
    context = {
        "title": _("Xuất ra tệp"),
        "lead": _("Tệp có cùng các cột như mẫu nhập; nhập lại nguyên như vậy thì không thay đổi gì."),
        "up": {"text": _("Nhập, xuất bằng bảng tính"), "href": reverse("imports")},
        "form": form,
        "send_href": reverse("export"),
        "send_text": _("Tải tệp về"),
    }
    return render(request, "manage/form.html", context, status=400 if form.errors else 200)


def _address(request: ViewerRequest, form: ExportForm) -> str:
    """Where the file is; `Absent` about the field where the unit is out of reach for this kind."""
    said = form.cleaned_data
    kind = kind_at(said["kind"])
    viewer = request.viewer
    if kind is None or not in_reach(viewer, said["unit"], NEEDS[kind]):
        raise Absent("org.no_unit", field="unit", unit=said["unit"])
    code = one_unit(viewer, said["unit"], viewer.today).code
    query = {"don-vi": code, "ngay": said["day"].isoformat()}
    return f"{reverse('export_file', args=[said['kind'], said['ending']])}?{urlencode(query)}"


@require_safe
def export_file(request: ViewerRequest, kind: str, ending: str) -> HttpResponseBase:
    """Units, people or posts of a unit and what is below it on a day (`?don-vi=CODE&ngay=2026-11-22`)."""
    viewer = request.viewer
    what = kind_at(kind)
    if what is None or ending not in ("xlsx", "csv"):
        raise Absent("imports.no_import")
    viewer.require_anywhere(NEEDS[what])
    unit_id = unit_by_code(viewer, request.GET.get("don-vi", "")[:40])
    try:
        day = date.fromisoformat(request.GET["ngay"]) if request.GET.get("ngay") else viewer.today
    except ValueError as problem:
        raise Refused("imports.bad_date", said=request.GET.get("ngay", "")[:60]) from problem
    table = rows_of(viewer, what, unit_id, day, language())
    return attached([table], f"{kind}-{day.isoformat()}", ending)
