"""Units as whoever keeps the tree sees them: lists below a unit, and one with its whole history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chithi.access.queries import account_names
from chithi.db.viewer import Capability, Viewer
from chithi.org.queries import UnitCard
from chithi.org.unit_queries import CLOSED, OPEN, UnitStory, Wanted, story, tops, unit_to_change, units_below
from chithi.web.manage.desk import PAGE, listing, nothing, pager
from chithi.web.manage.plans_forms import DayInput
from chithi.web.manage.unit_field import UnitField, UnitForm
from chithi.web.middleware import ViewerRequest
from chithi.web.show.kinds import kind_word
from chithi.web.show.plans import event_word, kind_choices, kind_name
from chithi.web.templatetags.chithi_format import day, number
from chithi.web.whole import page_number


class UnitFilter(UnitForm):
    """Which units to list."""

    top = UnitField(may=Capability.TREE, required=False, label=gettext_lazy("Trong đơn vị"))
    name = forms.CharField(required=False, max_length=200, label=gettext_lazy("Tên có"))
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Loại đơn vị"))
    state = forms.ChoiceField(required=False, label=gettext_lazy("Tình trạng"))
    deep = forms.ChoiceField(required=False, label=gettext_lazy("Cấp"))
    on = forms.DateField(required=False, widget=DayInput(), label=gettext_lazy("Vào ngày"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {
            "kind": [("", _("tất cả")), *((kind.value, said) for kind, said in kind_choices().items())],
            "state": [(OPEN, _("đang hoạt động")), (CLOSED, _("đã kết thúc"))],
            "deep": [("", _("ngay bên dưới")), ("1", _("mọi cấp bên dưới"))],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker: they are declared so above
            field.choices = choices


@require_safe
def unit_list(request: ViewerRequest) -> HttpResponse:
    """Units below one whose tree the viewer keeps."""
    viewer, page = request.viewer, page_number(request.GET.get("trang"))
    viewer.require_anywhere(Capability.TREE)
    highest = tops(viewer)
    asked = request.GET.copy()
    if not asked.get("top") and highest:
        asked["top"] = highest[0].code
    form = UnitFilter(asked, viewer=viewer)
    wanted = _wanted(form, viewer, highest)
    found, total = units_below(viewer, wanted, page=page, size=PAGE) if wanted else ([], 0)
    above = unit_to_change(viewer, wanted.top, viewer.today) if wanted else None
    context = {
        "title": _("Đơn vị"),
        "lead": _("Thành lập, đổi tên, chuyển, chia tách, sáp nhập, kết thúc từng đơn vị; xem lịch sử."),
        "up": {"text": _("Quản trị"), "href": reverse("manage")},
        "filter": form,
        "actions": _list_actions(above),
        "listing": listing(
            _("Đơn vị trong %(unit)s") % {"unit": above.name} if above else _("Đơn vị"),
            [
                _("Đơn vị"),
                _("Loại"),
                {"text": _("Bên dưới"), "href": "", "sorted": "", "figure": True, "hint": ""},
                _("Tình trạng"),
            ],
            [_listed(one, request.GET) for one in found],
            pager=pager(request, page, total),
            **nothing(
                request,
                _("Bên dưới chưa có đơn vị nào. Thành lập từng đơn vị, hoặc nhập cả cây từ bảng tính."),
                reverse("unit_act", args=[above.id, "lap"]) if above else "",
                _("Thành lập đơn vị") if above else "",
            ),
        ),
    }
    return render(request, "manage/list.html", context, status=400 if form.errors else 200)


def _wanted(form: UnitFilter, viewer: Viewer, highest: list[UnitCard]) -> Wanted | None:
    if not form.is_valid() or not highest:
        return None
    said = form.cleaned_data
    return Wanted(
        top=said["top"] or highest[0].id,
        day=said["on"] or viewer.today,
        deep=bool(said["deep"]),
        state=said["state"] or OPEN,
        kind=said["kind"],
        name=said["name"],
    )


def _list_actions(above: UnitCard | None) -> list[dict[str, Any]]:
    if above is None:
        return []
    return [
        {"text": above.name, "href": reverse("unit_manage", args=[above.id]), "main": False},
        {"text": _("Thành lập đơn vị"), "href": reverse("unit_act", args=[above.id, "lap"]), "main": True},
    ]


def _listed(unit: UnitCard, asked: QueryDict) -> dict[str, Any]:
    below = QueryDict(mutable=True)
    below["top"] = unit.code
    if asked.get("on"):
        below["on"] = str(asked.get("on"))
    count: dict[str, Any] = {"text": number(unit.child_count), "amount": True}
    if unit.child_count:
        count["href"] = f"{reverse('units')}?{below.urlencode()}"
    return {
        "text": unit.name,
        "note": unit.code,
        "href": reverse("unit_manage", args=[unit.id]),
        "cells": [{"text": kind_word(unit)}, count, _state(unit)],
    }


def _state(unit: UnitCard) -> dict[str, Any]:
    if unit.closed_on is None:
        return {"status": "good", "word": _("Đang hoạt động")}
    return {"status": "paused", "word": _("Kết thúc từ %(day)s") % {"day": day(unit.closed_on)}}


ACTS: tuple[tuple[str, object], ...] = (
    ("lap", gettext_lazy("Thành lập đơn vị bên dưới")),
    ("doi-ten", gettext_lazy("Đổi tên")),
    ("chuyen", gettext_lazy("Chuyển sang cấp trên khác")),
    ("doi-loai", gettext_lazy("Đổi loại")),
    ("sap-nhap", gettext_lazy("Sáp nhập")),
    ("chia-tach", gettext_lazy("Chia tách")),
    ("ket-thuc", gettext_lazy("Kết thúc hoạt động")),
    ("bo-cap", gettext_lazy("Bỏ một cấp bên dưới")),
)
"""What may be done to a unit: the word in the address, the words on the page."""
NOT_THE_HIGHEST = frozenset({"chuyen", "sap-nhap", "chia-tach", "ket-thuc"})
NOT_A_LEAF = frozenset({"bo-cap"})


def acts_for(unit: UnitCard, parent_id: int | None) -> list[str]:
    """The acts that make sense for a unit; none for one that is closed."""
    if unit.closed_on is not None:
        return []
    left_out = (NOT_THE_HIGHEST if parent_id is None else frozenset()) | (
        frozenset() if unit.child_count else NOT_A_LEAF
    )
    return [act for act, _said in ACTS if act not in left_out]


@require_safe
def unit_manage(request: ViewerRequest, unit: int) -> HttpResponse:
    """A unit: what it is, what may be done, everything that happened to it."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.TREE)
    found = story(viewer, unit)
    last = found.stages[-1] if found.stages else None
    words = dict(ACTS)
    context = {
        "unit": {"name": found.unit.name, "code": found.unit.code, **_state(found.unit), "facts": _facts(found)},
        "up": {"text": _("Đơn vị"), "href": reverse("units")},
        "acts": [
            {"text": str(words[act]), "href": reverse("unit_act", args=[unit, act])}
            for act in acts_for(found.unit, last.parent_id if last else None)
        ],
        "ways": _ways(viewer, found),
        "stages": _stages(found),
        "deeds": _deeds(found),
        "took_over": _took_over(found),
    }
    return render(request, "manage/unit.html", context)


def _facts(found: UnitStory) -> list[dict[str, str]]:
    unit, last = found.unit, found.stages[-1] if found.stages else None
    facts = [
        {"name": _("Mã đơn vị"), "text": unit.code, "href": ""},
        {"name": _("Loại"), "text": kind_word(unit), "href": ""},
        {"name": _("Thành lập"), "text": day(found.opened_on), "href": ""},
    ]
    above = found.known.get(last.parent_id) if last and last.parent_id else None
    if above is not None and unit.closed_on is None:
        facts.append({"name": _("Cấp trên"), "text": above.name, "href": reverse("unit_manage", args=[above.id])})
    heir = found.known.get(unit.heir_id) if unit.heir_id else None
    if heir is not None:
        facts.append({"name": _("Đơn vị kế thừa"), "text": heir.name, "href": reverse("unit_manage", args=[heir.id])})
    facts.append({"name": _("Đảng viên"), "text": number(found.members), "href": ""})
    facts.append({"name": _("Chức vụ"), "text": number(found.posts), "href": ""})
    below = f"{reverse('units')}?top={unit.code}" if unit.child_count else ""
    facts.append({"name": _("Đơn vị ngay bên dưới"), "text": number(unit.child_count), "href": below})
    return facts


def _ways(viewer: Viewer, found: UnitStory) -> list[dict[str, str]]:
    ways = [{"text": _("Xem số liệu của đơn vị"), "href": reverse("unit", args=[found.unit.id])}]
    if viewer.may_anywhere(Capability.JOURNAL):
        ways.append({"text": _("Xem nhật ký"), "href": f"{reverse('journal')}?unit={found.unit.code}"})
    return ways


def _stages(found: UnitStory) -> dict[str, Any]:
    rows = []
    for stage in reversed(found.stages):
        above = found.known.get(stage.parent_id) if stage.parent_id else None
        until = day(stage.until) if stage.until else _("nay")
        kind = kind_name(stage.kind, is_cell=stage.is_cell, is_grassroots=stage.is_grassroots)
        rows.append(
            {
                "text": stage.name,
                "cells": [
                    {"text": kind},
                    {"text": above.name if above else "–"},
                    {"text": _("%(since)s – %(until)s") % {"since": day(stage.since), "until": until}},
                ],
            }
        )
    heads: list[str | dict[str, Any]] = [_("Tên"), _("Loại"), _("Cấp trên"), _("Từ – đến")]
    return listing(_("Qua các thời kỳ"), heads, rows, none=_("Chưa hoạt động ngày nào."))


def _deeds(found: UnitStory) -> dict[str, Any]:
    names = account_names(deed.by_id for deed in found.deeds)
    rows: list[dict[str, Any]] = [
        {
            "text": event_word(deed.kind),
            "cells": [
                {"text": day(deed.on)},
                {"text": deed.document or "–"},
                {"text": names.get(deed.by_id or 0, "–")},
                {"text": _("Xem phương án"), "href": reverse("plan", args=[deed.plan_id])}
                if deed.plan_id
                else {"text": "–"},
            ],
        }
        for deed in reversed(found.deeds)
    ]
    heads: list[str | dict[str, Any]] = [_("Việc"), _("Từ ngày"), _("Văn bản"), _("Người ghi"), _("Phương án")]
    return listing(_("Lịch sử"), heads, rows, none=_("Chưa có thay đổi nào; đổi tên, chuyển, sáp nhập sẽ ghi ở đây."))


def _took_over(found: UnitStory) -> dict[str, Any]:
    rows = [
        {
            "text": found.known[one].name,
            "note": found.known[one].code,
            "href": reverse("unit_manage", args=[one]),
            "cells": [{"text": day(since)}],
        }
        for one, since in found.took_over
        if one in found.known
    ]
    return listing(_("Kế thừa của"), [_("Đơn vị"), _("Từ ngày")], rows, none="")
