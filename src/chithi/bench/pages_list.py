"""Which pages of the demo are measured, and as whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import URLPattern, get_resolver, reverse

from chithi.access.models import User
from chithi.access.viewers import viewer_for
from chithi.core.periods import Period
from chithi.org.places import tree_on

AGENCY, CLERK, LEADER, SECRETARY, ADMINISTRATOR = "tuyengiao", "vanphong", "lanhdao", "bithu", "quantri"


@dataclass(frozen=True)
class Page:
    """One page as somebody sees it."""

    name: str
    who: str
    address: str


@dataclass(frozen=True)
class Places:
    """Units on the way from the province down to the cell of the demo's secretary, by id."""

    province: int
    district: int
    commune: int
    cell: int


def places_of(today: date) -> Places:
    """Where the demo's accounts are at home."""
    home = {
        name: viewer_for(User.objects.get(username=name), today).home_unit_id for name in (AGENCY, CLERK, SECRETARY)
    }
    tree = tree_on(today)
    cell = int(home[SECRETARY] or 0)
    above = int(tree.shape.unit_ids[tree.shape.parent[tree.position(cell)]])
    return Places(int(home[AGENCY] or 0), int(home[CLERK] or 0), above, cell)


def pages(where: Places, period: Period) -> Iterator[Page]:
    code = period.code
    for who in (AGENCY, CLERK, LEADER, SECRETARY):
        yield Page("tree", who, reverse("home"))
    for name, unit in (("province", where.province), ("district", where.district), ("commune", where.commune)):
        yield Page(f"branch of the {name}", AGENCY, reverse("branch", args=[unit]))
    for name, unit, who in (
        ("province", where.province, AGENCY),
        ("district", where.district, LEADER),
        ("district", where.district, CLERK),
        ("commune", where.commune, CLERK),
        ("cell", where.cell, SECRETARY),
    ):
        yield Page(f"unit page of the {name}", who, f"{reverse('unit', args=[unit])}?ky={code}")
    for words in ("chi bo thon", "cb truong", "nguyen"):
        yield Page(f"search “{words}”", AGENCY, f"{reverse('search')}?q={words.replace(' ', '+')}")
    for name, unit, who in (
        ("province", where.province, AGENCY),
        ("district", where.district, CLERK),
        ("commune", where.commune, CLERK),
        ("cell", where.cell, SECRETARY),
    ):
        yield Page(f"trace, members on duty, {name}", who, reverse("trace", args=[1, unit, code]))
        yield Page(f"trace, share who studied, {name}", who, reverse("trace", args=[21, unit, code]))
    yield Page("entry grid of a commune", CLERK, reverse("entry", args=[where.commune, code]))
    yield Page("entry grid of a cell", SECRETARY, reverse("entry", args=[where.cell, code]))
    yield Page("documents", AGENCY, reverse("documents"))
    yield Page("report of the province", AGENCY, reverse("report", args=[where.province, code]))
    yield Page("report of the district", CLERK, reverse("report", args=[where.district, code]))
    for name in _administration():
        yield Page(f"administration: {name}", ADMINISTRATOR, reverse(name))


def _administration() -> list[str]:
    """The pages under quan-tri/ that stand alone."""
    found = []
    for pattern in get_resolver().url_patterns:
        for one in getattr(pattern, "url_patterns", [pattern]):
            route = str(one.pattern) if isinstance(one, URLPattern) else ""
            if route.startswith("quan-tri/") and "<" not in route and one.name:
                found.append(one.name)
    return found
