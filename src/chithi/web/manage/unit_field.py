"""Choosing a unit in a form: its code, or its name as one types, with suggestions where the page has script.

In a form:

    class MoveForm(UnitForm):
        parent = UnitField(label=gettext_lazy("Đơn vị cấp trên"), may=Capability.TREE)

    form = MoveForm(request.POST or None, viewer=request.viewer, initial={"parent": card.code})
    form.cleaned_data["parent"]  # the unit's id, or None where the field is not required and was left empty

What was typed must be a code, or the name that only one open unit in reach bears. Anything else, such as the beginning
of a code or a word of a name, chooses nothing: the field names the units that come near.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org.finding import find
from chithi.org.queries import UnitCard, cards, in_reach, one_unit, places, unit_by_code
from chithi.text.vietnamese import fold
from chithi.web.middleware import ViewerRequest

LONGEST = 120
OFFERED = 8
LOOKED_AT = 40
"""Units looked at for a name: those called exactly so come first, and two of them settle that it is not one."""


class UnitInput(forms.TextInput):
    """The control: a text field that asks for suggestions while one types (htmx) and stays one without script."""

    template_name = "components/unit_input.html"
    may = Capability.READ

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggest"] = f"{reverse('unit_suggest')}?o={name}&quyen={self.may.value}"
        return context


class UnitField(forms.CharField):
    """A unit within the reach of a capability; cleans to the unit's id (None where left empty)."""

    widget = UnitInput

    def __init__(self, *, may: Capability = Capability.READ, **options: Any) -> None:
        super().__init__(max_length=LONGEST, **options)
        self.may = self.widget.may = may
        self.viewer: Viewer | None = None

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        assert self.viewer is not None, "say who chooses: UnitForm(viewer=…)"  # noqa: S101 -- a programmer's mistake
        unit_id = _meant(self.viewer, typed, self.may)
        if not in_reach(self.viewer, unit_id, self.may):
            raise forms.ValidationError(_("Đơn vị này nằm ngoài phạm vi được giao cho việc đang làm."))
        return unit_id


class UnitForm(forms.Form):
    """A form with units to choose: its fields are told who chooses."""

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.viewer = viewer


def _meant(viewer: Viewer, typed: str, may: Capability) -> int:
    """The unit of this code, else the only open one that is called so; what merely comes near chooses nothing."""
    unit_id = _coded(viewer, typed)
    if unit_id is not None:
        return unit_id
    found = _open_units(viewer, typed, may, LOOKED_AT)
    named = [unit for unit in found if fold(typed).strip() in (fold(unit.name), fold(unit.short_name))]
    if len(named) == 1:
        return named[0].id
    if not found:
        raise forms.ValidationError(_("Không có đơn vị nào mang mã hoặc tên này trong phạm vi được xem."))
    words = _("Có nhiều đơn vị mang tên này, như %(units)s. Hãy ghi mã của một đơn vị.")
    if not named:
        words = _("Không có đơn vị nào mang đúng mã hoặc tên này. Gần giống: %(units)s. Hãy ghi mã của một đơn vị.")
    shown = ", ".join(f"{unit.short_name} ({unit.code})" for unit in (named or found)[:4])
    raise forms.ValidationError(words, params={"units": shown})


def _open_units(viewer: Viewer, typed: str, may: Capability, most: int = OFFERED + 1) -> list[UnitCard]:
    """Units that answer within the reach of a capability and have not closed, at most `most`, best first."""
    ids = [unit.id for unit in find(viewer, typed, most, may)]
    known = cards(viewer, ids, viewer.today)
    return [known[unit_id] for unit_id in ids if unit_id in known and known[unit_id].closed_on is None]


def _coded(viewer: Viewer, typed: str) -> int | None:
    """The unit of this code; digits that are merely a row's id choose nothing."""
    try:
        unit = one_unit(viewer, unit_by_code(viewer, typed), viewer.today)
    except Absent:
        return None
    return unit.id if unit.code.lower() == typed.lower() else None


@require_safe
def unit_suggest(request: ViewerRequest) -> HttpResponse:
    """A few open units whose name or code holds what is being typed in the field named by `o`."""
    typed = request.GET.get(request.GET.get("o", ""), "").strip()[:LONGEST]
    may = request.GET.get("quyen", "")
    found = _open_units(request.viewer, typed, Capability(may) if may in set(Capability) else Capability.READ)
    above = places(request.viewer, [unit.id for unit in found], request.viewer.today)
    context = {"asked": typed, "units": [_offer(unit, above) for unit in found[:OFFERED]], "said": _said(len(found))}
    return render(request, "components/unit_offers.html", context)


def _offer(unit: UnitCard, above: dict[int, str]) -> dict[str, str]:
    return {"code": unit.code, "name": unit.short_name, "above": above.get(unit.id, "")}


def _said(count: int) -> str:
    if count > OFFERED:
        return _("Còn nữa; hãy gõ thêm để thu hẹp.")
    return ngettext("%(count)s đơn vị", "%(count)s đơn vị", count) % {"count": count}
