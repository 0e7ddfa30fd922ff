"""Doing something to a unit from its page: the form makes a small plan, tries it and leads to what it would do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chithi.core.errors import Absent, Refused
from chithi.db.viewer import Capability, Viewer
from chithi.org.plan_drafts import Head, Unfit, draft_act
from chithi.org.plan_queries import shared_top
from chithi.org.plan_rows import Problem
from chithi.org.queries import UnitCard, below, in_reach
from chithi.org.unit_queries import kinds_below, parent_of, unit_to_change
from chithi.web.manage import units_forms as forms
from chithi.web.manage.desk import tried
from chithi.web.manage.units import ACTS, acts_for
from chithi.web.middleware import ViewerRequest
from chithi.web.show.plans import worded
from chithi.web.templatetags.chithi_format import language
from chithi.web.whole import whole

FORMS: dict[str, type[forms.ActForm]] = {
    "lap": forms.OpenForm,
    "doi-ten": forms.RenameForm,
    "chuyen": forms.MoveForm,
    "doi-loai": forms.KindForm,
    "sap-nhap": forms.MergeForm,
    "chia-tach": forms.SplitForm,
    "ket-thuc": forms.CloseForm,
    "bo-cap": forms.AbolishForm,
}
TEMPLATES = {"sap-nhap": "manage/unit_merge.html", "chia-tach": "manage/unit_split.html"}
MOST_PARTS = 9


@require_http_methods(["GET", "HEAD", "POST"])
def unit_act(request: ViewerRequest, unit: int, act: str) -> HttpResponse:
    """One act: asked for, drafted as a plan and tried; what would happen is shown before it is done."""
    viewer = request.viewer
    viewer.require_anywhere(Capability.TREE)
    card = unit_to_change(viewer, unit, viewer.today)
    parent_id = parent_of(viewer, unit)
    if act not in FORMS or act not in acts_for(card, parent_id):
        raise Absent("org.no_act", act=act)
    form = _form(request, act, card, parent_id)
    if request.method == "POST":
        made = _drafted(form, viewer)
        if made is not None:
            return redirect("plan_preview", made)
    context = {
        "title": str(dict(ACTS)[act]),
        "lead": f"{card.name} ({card.code})",
        "up": {"text": card.name, "href": reverse("unit_manage", args=[unit])},
        "form": form,
        "send_href": request.get_full_path(),
        "send_text": _("Xem trước"),
        "send_note": _what_follows(act),
        "more_href": _more(request, act),
    }
    return render(request, TEMPLATES.get(act, "manage/form.html"), context, status=400 if form.errors else 200)


def _form(request: ViewerRequest, act: str, card: UnitCard, parent_id: int | None) -> forms.ActForm:
    viewer, today = request.viewer, request.viewer.today
    parent = (
        unit_to_change(viewer, parent_id, today) if parent_id and in_reach(viewer, parent_id, Capability.TREE) else None
    )
    more: dict[str, Any] = {}
    if act == "sap-nhap":
        more["beside"] = (
            [u for u in below(viewer, parent.id, today) if u.id != card.id][: forms.MOST_BESIDE] if parent else []
        )
    elif act == "chia-tach":
        more["parts"] = min(max(whole(request.GET.get("phan")) or 2, 2), MOST_PARTS)
        more["children"] = below(viewer, card.id, today)[: forms.MOST_BESIDE]
    elif act == "bo-cap":
        more["below"] = kinds_below(viewer, card.id, today)
    first: dict[str, Any] = {"on": today}
    if act == "doi-ten":
        first |= {"name": card.name, "short_name": card.short_name}
    if act == "ket-thuc" and parent is not None:
        first["heir"] = parent.code
    if act == "doi-loai":
        first["way"] = "grassroots_cell" if card.is_grassroots and card.is_cell else card.kind
    return FORMS[act](request.POST or None, viewer=viewer, unit=card, above=parent, initial=first, **more)


def _drafted(form: forms.ActForm, viewer: Viewer) -> int | None:
    """The plan's id, or None where the form then says what is wrong."""

    def do() -> int:
        said = form.cleaned_data
        try:
            top = shared_top(viewer, [form.unit.id, *form.about()], said["on"])
        except Absent as problem:
            raise Refused("org.outside_kept_tree") from problem
        head = Head(form.title()[:200], said["on"], said["document"])
        return draft_act(by=viewer, unit_id=top, head=head, rows=form.steps())[0].pk

    try:
        return tried(form, do)
    except Unfit as unfit:
        for problem in unfit.problems:
            field = form.field_of(problem)
            said = Problem(problem.code, 0, "", worded(problem).facts).said(language())
            form.add_error(field if field in form.fields else None, said)
        return None


def _what_follows(act: str) -> str:
    if act in ("ket-thuc", "sap-nhap", "chia-tach", "bo-cap"):
        return _("Chưa làm gì cả: trang sau cho biết ai kế thừa, tiếp nhận những gì, vai trò nào hết.")
    return _("Chưa làm gì cả: trang sau cho biết điều gì sẽ xảy ra.")


def _more(request: ViewerRequest, act: str) -> str:
    parts = min(max(whole(request.GET.get("phan")) or 2, 2), MOST_PARTS)
    return f"?phan={parts + 1}" if act == "chia-tach" and parts < MOST_PARTS else ""
