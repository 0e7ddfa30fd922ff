"""The places that the rail and the phone's bar offer: one list, in groups, each with who may go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chithi.core.periods import Period
from chithi.db.viewer import Capability, Viewer
from chithi.web.keys import letter_of
from chithi.web.manage import sections

UNITS, LEADING, FIGURES = _("Tổ chức"), _("Chỉ đạo"), _("Số liệu")
"""Headings of the groups; a place without one stands by itself."""


@dataclass(frozen=True)
class Where:
    """A place: its route, with the unit (and the period) that one looks at where the route asks for them.

    `needs`: a capability that must be held somewhere; None where having the unit is enough. `icon` marks what the
    phone's bar may hold.
    """

    route: str
    text: str | Promise
    under: str | Promise = ""
    icon: str = ""
    of_unit: bool = False
    of_period: bool = False
    needs: Capability | None = None


PLACES = (
    Where("work", _("Việc của tôi"), icon="check"),
    Where("home", _("Cây đơn vị"), UNITS, icon="network"),
    Where("groups", _("Nhóm đơn vị"), UNITS, needs=Capability.READ),
    Where("directives", _("Văn bản chỉ đạo"), LEADING, needs=Capability.READ),
    Where("tasks", _("Nhiệm vụ"), LEADING, needs=Capability.READ),
    Where("calls", _("Yêu cầu báo cáo"), LEADING, needs=Capability.READ),
    Where("routine", _("Lịch công tác"), LEADING, needs=Capability.READ),
    Where("duties", _("Nghĩa vụ"), LEADING, needs=Capability.READ),
    Where("shortcomings", _("Hạn chế, khuyết điểm"), LEADING, needs=Capability.READ),
    Where("unit", pgettext_lazy("menu", "Chỉ tiêu"), FIGURES, icon="list-checks", of_unit=True),
    Where("entry", _("Ghi số"), FIGURES, "notebook-pen", of_unit=True, of_period=True, needs=Capability.ENTER),
    Where("documents", _("Đọc báo cáo"), FIGURES, needs=Capability.READ),
    Where("report", _("Báo cáo"), FIGURES, of_unit=True, of_period=True, needs=Capability.REPORT),
    Where("manage", _("Quản trị")),
)


def offered(request: HttpRequest, viewer: Viewer, unit_id: int, period: Period) -> list[dict[str, Any]]:
    """What the viewer may open, in order, as components/rail.html takes it; where they are is marked."""
    found = [(place, _href(place, unit_id, period)) for place in PLACES if _may(place, viewer, unit_id)]
    here = request.path
    if here.startswith("/so/") and unit_id:
        here = reverse("unit", args=[unit_id])
    best = max((href for _place, href in found if _leads(href, here)), key=len, default="")
    return [
        {
            "text": str(place.text),
            "under": str(place.under),
            "href": href,
            "icon": place.icon,
            "letter": letter_of(place.route),
            "current": href == best,
            "count": 0,
        }
        for place, href in found
    ]


def _may(place: Where, viewer: Viewer, unit_id: int) -> bool:
    if place.route == "manage":
        return bool(sections.offered(viewer))
    return (bool(unit_id) or not place.of_unit) and (place.needs is None or viewer.may_anywhere(place.needs))


def _href(place: Where, unit_id: int, period: Period) -> str:
    args = [unit_id] * place.of_unit + [period.code] * place.of_period
    return reverse(place.route, args=args)


def _leads(href: str, here: str) -> bool:
    """Whether the page lies under this place; the first page holds only itself."""
    return here == href if href == reverse("home") else here.startswith(href)
