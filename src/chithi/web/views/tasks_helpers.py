"""Naming who helps with a task: units by code, posts and people by their words, offered as one types.

Parts stand between semicolons: "CB-02" is a unit; "Bí thư – Nguyễn Văn A" a post, "Nguyễn Văn A" a person of the unit
whose task it is; with a code behind it, "Nguyễn Văn A (CB-02)", of that unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chithi.core.errors import Absent
from chithi.db.viewer import Viewer
from chithi.org.finding import find_people
from chithi.org.queries import UnitCard, cards, find_units, unit_by_code
from chithi.tasks.heading import directs, require_directing
from chithi.tasks.helping import HelperLine, Helping
from chithi.tasks.queries import owners_in
from chithi.tasks.rules import MOST_HELPERS
from chithi.text.vietnamese import fold
from chithi.web.manage.unit_field import UnitInput
from chithi.web.middleware import ViewerRequest
from chithi.web.whole import whole

OFFERED = 4
LONGEST = 120
_OF_UNIT = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")
_BETWEEN = re.compile(r"[;\r\n]+")


class HelpersInput(UnitInput):
    """The control of a unit, for several parts: an offer takes the place of the last one."""

    def __init__(self, unit_id: int = 0) -> None:
        super().__init__(attrs={"data-several": ""})
        self.unit_id = unit_id

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggest"] = f"{reverse('task_helpers')}?don_vi={self.unit_id}&o={name}"
        return context


class HelpersField(forms.CharField):
    """Who helps; cleans to `Helping`. The form says whose task it is and who chooses (`begin`)."""

    widget = HelpersInput

    def __init__(self) -> None:
        super().__init__(
            max_length=2000, required=False, label=gettext_lazy("Cùng phối hợp"),
            help_text=gettext_lazy("Mã đơn vị, chức vụ hoặc họ tên; cách nhau bằng dấu chấm phẩy. Gõ để được gợi ý."),
        )  # fmt: skip
        self.viewer: Viewer | None = None
        self.unit_id = 0

    def begin(self, viewer: Viewer, unit_id: int) -> None:
        """Say who chooses, and whose task it is."""
        self.viewer, self.unit_id, self.widget.unit_id = viewer, unit_id, unit_id

    def clean(self, value: Any) -> Helping:
        viewer = self.viewer
        assert viewer is not None, "say who chooses: begin()"  # noqa: S101 -- a programmer's mistake
        parts = self._parts(super().clean(value), viewer)
        return Helping.of(_meant(viewer, part[:LONGEST], self.unit_id) for part in parts)

    def _parts(self, typed: str, viewer: Viewer) -> list[str]:
        """Codes may stand between commas too, since a comma stands in many titles of posts."""
        parts: list[str] = []
        for part in _BETWEEN.split(typed):
            several = [one.strip() for one in part.split(",")]
            parts += several if all(_unit(viewer, one) for one in several if one) else [part.strip()]
        return [part for part in dict.fromkeys(parts) if part][: MOST_HELPERS + 1]


def _meant(viewer: Viewer, part: str, unit_id: int) -> str:
    """Whom one part names: "u5" a unit, "p12" a post, "m34" a person."""
    if unit := _unit(viewer, part):
        return f"u{unit}"
    within = _OF_UNIT.match(part)
    words, home = (within[1], _unit(viewer, within[2].strip())) if within else (part, unit_id)
    known = owners_in(viewer, home, viewer.today) if home else []
    asked = fold(words).strip()
    exact = [choice for choice, said in known if fold(said) == asked]
    near = exact or [choice for choice, said in known if asked in (fold(one) for one in said.split(" – "))]
    if len(near) == 1:
        return near[0]
    if near:
        said = _("Có nhiều người như vậy: %(who)s. Hãy ghi cả chức vụ.")
    else:
        said = _("Không tìm thấy đơn vị, chức vụ hay người này trong phạm vi được xem: %(who)s")
    raise forms.ValidationError(said, params={"who": part[:60]})


def _names(viewer: Viewer, part: str, unit_id: int) -> bool:
    """Whether a part names somebody as it stands."""
    try:
        return bool(_meant(viewer, part, unit_id))
    except forms.ValidationError:
        return False


def _unit(viewer: Viewer, code: str) -> int:
    """The unit of a code in reach; 0 for none."""
    try:
        return unit_by_code(viewer, code[:60]) if code else 0
    except Absent:
        return 0


def typed_helpers(helping: Iterable[HelperLine], known: Mapping[int, UnitCard]) -> str:
    """Who helps now, as the field takes it again; whoever lies out of reach is not named."""
    parts = []
    for one in helping:
        unit = known.get(one.unit_id)
        if unit is not None and one.is_unit:
            parts.append(unit.code)
        elif unit is not None and one.name:
            words = f"{one.post} – {one.name}" if one.post else one.name
            parts.append(f"{words} ({unit.code})")
    return "; ".join(parts)


@require_safe
def task_helpers(request: ViewerRequest) -> HttpResponse:
    """Units, posts and people that answer to the last part of what is being typed in the field named by `o`."""
    viewer, unit_id = request.viewer, whole(request.GET.get("don_vi")) or 0
    require_directing(viewer)
    if not directs(viewer, unit_id):
        raise Absent("org.no_unit", unit=unit_id)
    field = request.GET.get("o", "helpers")
    typed = _BETWEEN.split(request.GET.get(field, "")[:2000])[-1].strip()[:LONGEST]
    offers = _offers(viewer, typed, unit_id) if fold(typed).strip() else []
    said = (
        _("Không có ai hay đơn vị nào như vậy.") if typed and not offers and not _names(viewer, typed, unit_id) else ""
    )
    return render(request, "components/unit_offers.html", {"asked": typed, "units": offers, "said": said})


def _offers(viewer: Viewer, typed: str, unit_id: int) -> list[dict[str, str]]:
    """Of the unit itself first, then units, then people elsewhere."""
    words, found = fold(typed), find_people(viewer, typed, OFFERED + 1)
    known = cards(viewer, {unit_id, *(one.unit_ids[0] for one in found if one.unit_ids)}, viewer.today)
    own, home = owners_in(viewer, unit_id, viewer.today), known[unit_id]
    near = [said for _choice, said in own if words in fold(said)][:OFFERED]
    offers = [
        {"code": f"{said} ({home.code})", "name": said, "above": home.short_name, "sign": home.code} for said in near
    ]
    offers += [
        {"code": unit.code, "name": unit.short_name, "above": _("đơn vị")}
        for unit in find_units(viewer, typed, OFFERED)
        if unit.id != unit_id and unit.closed_on is None
    ]
    for one in found:
        unit = known.get(one.unit_ids[0]) if one.unit_ids else None
        if unit is not None and unit.id != unit_id:
            above = f"{one.title}, {unit.short_name}" if one.title else unit.short_name
            offers.append({"code": f"{one.name} ({unit.code})", "name": one.name, "above": above, "sign": unit.code})
    return offers
