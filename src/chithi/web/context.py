"""The frame around every page behind the log-in: where one is, which period, what one may open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from chithi.core.errors import Refused
from chithi.core.periods import Period
from chithi.db.viewer import Viewer
from chithi.org.queries import one_unit, way_up
from chithi.web import places, tour, undo
from chithi.web.chosen import offered, period_of, unit_of
from chithi.web.keys import EVERYWHERE, shown
from chithi.web.show.roles import role_word
from chithi.web.templatetags.chithi_format import language
from chithi.web.views.manual import manual_href

FOOT = ("check", "notebook-pen", "network", "list-checks")
"""The phone's bar, by their icons: what to do, writing figures, the units; more of them where there is room."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` for base.html; None on pages without a person."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"frame": None, "viewer": None, "manual_href": manual_href(None)}
    try:
        period = period_of(request)  # type: ignore[arg-type]
    except Refused:
        period = period_of_session(request)
    unit_id = getattr(request, "unit_id", None) or unit_of(request)  # type: ignore[arg-type]
    drawn = _frame(request, viewer, period, unit_id)
    toast = SimpleLazyObject(lambda: undo.shown(request))  # asked, and so used up, by a whole page only
    return {"viewer": viewer, "frame": drawn, "toast": toast, "manual_href": manual_href(viewer)}


def period_of_session(request: HttpRequest) -> Period:
    """The period to show in the frame where the address asks for one that cannot be shown."""
    from django.http import QueryDict

    request.GET = QueryDict()
    return period_of(request)  # type: ignore[arg-type]


def _frame(request: HttpRequest, viewer: Viewer, period: Period, unit_id: int) -> dict[str, Any]:
    nav = places.offered(request, viewer, unit_id, period)
    return {
        "home_href": reverse("home"),
        "search": {"href": reverse("search"), "text": request.GET.get("q", "")[:100]},
        "crumbs": _crumbs(viewer, unit_id, period),
        "period": _period(request, viewer, period),
        "work": None,
        "bell": {"href": reverse("notices"), "count": _unread(request)},
        "user": {
            "name": viewer.name,
            "post": _post(viewer),
            "logout_href": reverse("sign_out"),
            "own_href": reverse("my_account"),
            "tour_href": reverse("tour"),
        },
        "nav": nav,
        "foot": sorted((one for one in nav if one["icon"] in FOOT), key=lambda one: FOOT.index(one["icon"]))[:3],
        "keys": shown(EVERYWHERE),
        "tour": tour.shown(request, viewer, unit_id, period),
        "language": {"href": reverse("set_language"), "next": request.get_full_path()},
    }


def _unread(request: HttpRequest) -> int:
    """How many notices were not looked at; it came with the account, so it costs no query."""
    return int(getattr(request.user, "unread", 0))


def _post(viewer: Viewer) -> str:
    if not viewer.roles or viewer.home_unit_id is None:
        return _("Chưa được giao vai trò")
    unit = one_unit(viewer, viewer.home_unit_id, viewer.today)
    role = viewer.roles[0][0]
    return f"{role_word(role, viewer.role_names.get(role))} · {unit.short_name}"


def _crumbs(viewer: Viewer, unit_id: int, period: Period) -> list[dict[str, Any]]:
    if not unit_id:
        return []
    try:
        way = way_up(viewer, unit_id, period.last) or []
    except Refused:
        return []
    return [
        {
            "text": unit.short_name,
            "href": reverse("unit", args=[unit.id]),
            "current": unit.id == unit_id,
            "siblings": [],
            "siblings_href": reverse("siblings", args=[unit.id]),
        }
        for unit in way
    ]


def _period(request: HttpRequest, viewer: Viewer, period: Period) -> dict[str, Any]:
    words = {
        "year": _("Năm"),
        "half": _("6 tháng"),
        "quarter": _("Quý"),
        "month": _("Tháng"),
        "cutoff": _("Chốt số 15/12–14/12"),
        "range": _("Khoảng ngày"),
    }
    return {
        "text": period.label(language()),
        "groups": [
            {
                "text": words[group],
                "choices": [
                    {
                        "text": p.short_label(language()),
                        "href": _with_period(request, p),
                        "current": p == period,
                        "note": "",
                    }
                    for p in periods
                ],
            }
            for group, periods in offered(viewer.today, period)
            if periods
        ],
    }


def _with_period(request: HttpRequest, period: Period) -> str:
    """The same page for another period: in the path where the page's address holds it, else in the query."""
    match = request.resolver_match
    if match and "period" in match.kwargs and match.view_name in ("entry", "report", "trace"):
        return reverse(match.view_name, kwargs={**match.kwargs, "period": period.code})
    query = request.GET.copy()
    query["ky"] = period.code
    path = request.path if request.method == "GET" else reverse("home")
    return f"{path}?{query.urlencode(safe='@:=')}"
