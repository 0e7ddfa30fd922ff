"""The journal: who did what, filtered, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chithi.access.queries import account_id, account_names
from chithi.core.errors import Absent
from chithi.core.kept import kept
from chithi.db.reach import Reach
from chithi.db.viewer import Capability
from chithi.journal.queries import COUNTED, Asked, Deed, deeds, every_deed
from chithi.journal.words import TOPICS, topic_word
from chithi.org.queries import UnitCard, cards, reach_below
from chithi.sheets.writing import Column, Table, separated, write_workbook
from chithi.web.manage.days import DayField
from chithi.web.manage.desk import PAGE, blame, listing, nothing, pager
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.deeds import telling
from chithi.web.templatetags.chithi_format import day, language
from chithi.web.whole import page_number

MOST_EXPORTED = 100_000


class JournalFilter(UnitForm):
    """Which deeds to list; every field may stay empty."""

    unit = UnitField(required=False, may=Capability.JOURNAL, label=gettext_lazy("Đơn vị và cấp dưới"))
    topic = forms.ChoiceField(required=False, label=gettext_lazy("Về việc"))
    by = forms.CharField(max_length=60, required=False, label=gettext_lazy("Tên đăng nhập"))
    since = DayField(required=False, label=gettext_lazy("Từ ngày"))
    until = DayField(required=False, label=gettext_lazy("Đến ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ChoiceField)  # noqa: S101 -- for the type checker: it is declared so above
        topic.choices = [("", _("tất cả")), *((code, topic_word(code, language())) for code in TOPICS)]


@dataclass(frozen=True)
class Question:
    """What was asked, understood: where, and which deeds. `reach` is None where a field is wrong."""

    form: JournalFilter
    reach: Reach | None
    asked: Asked = field(default_factory=Asked)


@require_safe
def journal(request: ViewerRequest) -> HttpResponse:
    """Deeds of the units in reach, newest first."""
    question = _understood(request)
    page = page_number(request.GET.get("trang"))
    found, total = ([], 0) if question.reach is None else deeds(question.reach, question.asked, page=page, size=PAGE)
    context = {
        "title": _("Nhật ký"),
        "lead": _("Ai đã làm gì, khi nào. Dòng nhật ký không sửa và không xóa được."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "filter": question.form,
        "actions": _files(request) if found else [],
        "listing": listing(
            _("Nhật ký"),
            [_("Việc"), _("Đơn vị"), _("Người làm"), _("Lúc")],
            _rows(request, found),
            pager=pager(request, page, total),
            **nothing(request, _("Chưa có việc nào trong phạm vi được xem. Ai làm gì thì ghi ở đây.")),
        ),
        "notes": [_("Có hơn %(count)s việc; hãy lọc thêm để thu hẹp.") % {"count": f"{COUNTED:n}"}]
        if total > COUNTED
        else [],
    }
    return render(request, "manage/list.html", context, status=400 if question.form.errors else 200)


def _understood(request: ViewerRequest) -> Question:
    viewer = request.viewer
    viewer.require_anywhere(Capability.JOURNAL)
    form = JournalFilter(request.GET, viewer=viewer)
    reach = viewer.reach(Capability.JOURNAL)
    if not form.is_valid():
        return Question(form, None)
    given = form.cleaned_data
    try:
        if given["unit"]:
            reach = reach_below(viewer, given["unit"], Capability.JOURNAL)
        by_id = account_id(given["by"]) if given["by"] else None
        if given["by"] and by_id is None:
            raise Absent("access.no_account", field="by", username=given["by"])
    except Absent as problem:
        problem.field = problem.field or "unit"
        blame(form, problem)
        return Question(form, None)
    return Question(form, reach, Asked(given["topic"], by_id, given["since"], given["until"]))


def _rows(request: ViewerRequest, found: list[Deed]) -> list[dict[str, Any]]:
    units = cards(request.viewer, {deed.unit_id for deed in found}, request.viewer.today)
    names = account_names(deed.by_id for deed in found)
    tell = telling(request.viewer, found)
    rows = []
    for deed in found:
        unit = units.get(deed.unit_id)
        line = tell(deed)
        rows.append(
            {
                "text": line.text,
                "href": line.href,
                "note": line.account,
                "cells": [
                    {
                        "text": unit.short_name if unit else "–",
                        "href": reverse("unit", args=[deed.unit_id]) if unit else "",
                    },
                    {"text": _who(deed, names)},
                    {"text": _when(deed)},
                ],
            }
        )
    return rows


def _files(request: ViewerRequest) -> list[dict[str, Any]]:
    query = request.GET.urlencode(safe="@:=")
    return [
        {"text": text, "href": f"{reverse('journal_file', args=[ending])}?{query}", "main": False}
        for text, ending in ((_("Tải Excel"), "xlsx"), (_("Tải CSV"), "csv"))
    ]


@require_safe
def journal_file(request: ViewerRequest, ending: str) -> HttpResponseBase:
    """The same deeds as a workbook or as separated values, newest first, `MOST_EXPORTED` at most."""
    question = _understood(request)
    if ending not in ("xlsx", "csv"):
        raise Http404
    if question.reach is None:
        return redirect(f"{reverse('journal')}?{request.GET.urlencode(safe='@:=')}")
    columns = (
        Column(_("Lúc"), 18),
        Column(_("Việc"), 44),
        Column(_("Mã đơn vị"), 16),
        Column(_("Đơn vị"), 34),
        Column(_("Người làm"), 24),
        Column(_("Tài khoản"), 28),
    )
    table = Table(
        _("Nhật ký"), columns, _written(request, every_deed(question.reach, question.asked, most=MOST_EXPORTED))
    )
    name = f"chithi-nhat-ky-{request.viewer.today:%Y-%m-%d}.{ending}"
    if ending == "csv":
        answer = StreamingHttpResponse(separated(table, language()), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    made = kept(lambda target: write_workbook(target, [table]))  # closed by the answer when it has been sent
    return FileResponse(made, as_attachment=True, filename=name)


def _written(request: ViewerRequest, found: Iterator[Deed]) -> Iterator[tuple[str, ...]]:
    """Rows of the file, names looked up a thousand deeds at a time."""
    while some := list(islice(found, 1000)):
        units = cards(request.viewer, {deed.unit_id for deed in some}, request.viewer.today)
        names = account_names(deed.by_id for deed in some)
        tell = telling(request.viewer, some)
        for deed in some:
            unit = units.get(deed.unit_id)
            place = (unit.code, unit.name) if unit else ("", "")
            line = tell(deed)
            yield (_when(deed), line.text, *place, _who(deed, names), line.account)


def _unit_cell(unit: UnitCard | None) -> dict[str, str]:
    return {"text": unit.short_name, "href": reverse("unit", args=[unit.id])} if unit else {"text": "–", "href": ""}


def _who(deed: Deed, names: dict[int, str]) -> str:
    return _("máy tự làm") if deed.by_id is None else names.get(deed.by_id, f"#{deed.by_id}")


def _when(deed: Deed) -> str:
    at = localtime(deed.at)
    return f"{day(at.date())} {at:%H:%M}"
