"""Which pages of the demo are measured, and as whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import URLPattern, get_resolver, reverse

from chithi.access.models import User
from chithi.access.viewers import viewer_for
from chithi.calls.queries import calls_of
from chithi.core.periods import Period, quarter
from chithi.directives.queries import Filter, narrowed
from chithi.duties.kinds import ListState
from chithi.duties.queries import lists
from chithi.org.kinds import UnitKind
from chithi.org.places import tree_on
from chithi.org.queries import cards

AGENCY, CLERK, LEADER, SECRETARY, ADMINISTRATOR = "tuyengiao", "vanphong", "lanhdao", "bithu", "quantri"


@dataclass(frozen=True)
class Page:
    """One page as somebody sees it."""

    name: str
    who: str
    address: str


@dataclass(frozen=True)
class Places:
    """Units on the way from the top of the demo down to the cell of its secretary, by id; `names` says what they are:
    province, district, commune and cell, or nation, province, commune and cell."""

    province: int
    district: int
    commune: int
    cell: int
    names: tuple[str, str, str, str] = ("province", "district", "commune", "cell")
    directive: int | None = None
    duties: int | None = None
    call: int | None = None


def places_of(today: date) -> Places:
    """Where the demo's accounts are at home."""
    home = {
        name: viewer_for(User.objects.get(username=name), today).home_unit_id for name in (AGENCY, CLERK, SECRETARY)
    }
    tree = tree_on(today)
    cell = int(home[SECRETARY] or 0)
    above = int(tree.shape.unit_ids[tree.shape.parent[tree.position(cell)]])
    top, middle = int(home[AGENCY] or 0), int(home[CLERK] or 0)
    agency = viewer_for(User.objects.get(username=AGENCY), today)
    directive = narrowed(agency, Filter()).order_by("pk").values_list("pk", flat=True).first()
    duties = next((line.id for line in lists(agency, page=1, size=50)[0] if line.state is ListState.IN_FORCE), None)
    call = next((one.pk for one in calls_of(agency, 1)[0] if one.sent_on), None)
    if cards(agency, [top], today)[top].kind == UnitKind.CENTRE:
        names = ("nation", "province", "commune", "cell")
        return Places(top, middle, above, cell, names, directive, duties, call)
    return Places(top, middle, above, cell, directive=directive, duties=duties, call=call)


def pages(where: Places, period: Period) -> Iterator[Page]:
    """Each page as somebody sees it who often does."""
    yield from _units(where, period)
    yield from _numbers(where, period)
    yield from _work(where)
    yield from _api(where, period)
    for name in _administration():
        yield Page(f"administration: {name}", ADMINISTRATOR, reverse(name))
    below = f"{reverse('units')}?deep=1"
    yield Page(f"administration: all units of the {where.names[0]}", ADMINISTRATOR, below)


def _units(where: Places, period: Period) -> Iterator[Page]:
    code, (top, middle, base, cell) = period.code, where.names
    for who in (AGENCY, CLERK, LEADER, SECRETARY):
        yield Page("tree", who, reverse("home"))
    for name, unit in ((top, where.province), (middle, where.district), (base, where.commune)):
        yield Page(f"branch of the {name}", AGENCY, reverse("branch", args=[unit]))
    for name, unit, who in (
        (top, where.province, AGENCY),
        (middle, where.district, LEADER),
        (middle, where.district, CLERK),
        (base, where.commune, CLERK),
        (cell, where.cell, SECRETARY),
    ):
        yield Page(f"unit page of the {name}", who, f"{reverse('unit', args=[unit])}?ky={code}")
    shorter = quarter(period.year, 1)
    yield Page(
        f"unit page of the {top}, a quarter", AGENCY, f"{reverse('unit', args=[where.province])}?ky={shorter.code}"
    )
    for name, unit, who in ((top, where.province, AGENCY), (middle, where.district, CLERK)):
        yield Page(f"who has reported, {name}", who, f"{reverse('reported', args=[unit])}?ky={code}")
        yield Page(f"side by side, {name}", who, f"{reverse('side_by_side', args=[unit])}?ky={code}")
    yield Page(f"neighbours of the {base}", CLERK, reverse("siblings", args=[where.commune]))
    for words in ("chi bo thon", "cb truong", "nguyen", "xa quang tri zzz", "thai an"):
        yield Page(f"search “{words}”", AGENCY, f"{reverse('search')}?q={words.replace(' ', '+')}")


def _numbers(where: Places, period: Period) -> Iterator[Page]:
    code, (top, middle, base, cell) = period.code, where.names
    for name, unit, who in (
        (top, where.province, AGENCY),
        (middle, where.district, CLERK),
        (base, where.commune, CLERK),
        (cell, where.cell, SECRETARY),
    ):
        yield Page(f"trace, members on duty, {name}", who, reverse("trace", args=[1, unit, code]))
        yield Page(f"trace, share who studied, {name}", who, reverse("trace", args=[21, unit, code]))
    yield Page("entry grid of a commune", CLERK, reverse("entry", args=[where.commune, code]))
    yield Page("entry grid of a cell", SECRETARY, reverse("entry", args=[where.cell, code]))
    yield Page("documents", AGENCY, reverse("documents"))
    yield Page(f"report of the {top}", AGENCY, reverse("report", args=[where.province, code]))
    yield Page(f"report of the {middle}", CLERK, reverse("report", args=[where.district, code]))


def _work(where: Places) -> Iterator[Page]:
    """What is to be done: by whom, under which documents; the demo's units answer the first directive."""
    for who in (AGENCY, CLERK, LEADER, SECRETARY):
        yield Page("my work", who, reverse("work"))
    yield Page("notices", CLERK, reverse("notices"))
    for who in (AGENCY, CLERK):
        yield Page("tasks", who, reverse("tasks"))
        yield Page("tasks at a glance", who, reverse("tasks_overview"))
        yield Page("tasks of a month", who, reverse("tasks_calendar"))
        yield Page("directives", who, reverse("directives"))
        yield Page("directives, searched", who, f"{reverse('directives')}?q=ke+hoach")
        for directive in (where.directive,) if where.directive else ():
            yield Page("a directive", who, reverse("directive", args=[directive]))
            yield Page("its cascade", who, reverse("cascade", args=[directive]))
            yield Page("its tasks below", who, reverse("plan_below", args=[directive]))
            yield Page("its files", who, reverse("dossiers", args=[directive]))
        for duties in (where.duties,) if where.duties else ():
            yield Page("duties, counted", who, reverse("duty_matrix", args=[duties]))
        yield Page("requests", who, reverse("calls"))
        for call in (where.call,) if where.call else ():
            yield Page("a request", who, reverse("call", args=[call]))
    yield Page("work calendar", CLERK, reverse("routine"))


def _api(where: Places, period: Period) -> Iterator[Page]:
    top, middle = where.names[:2]
    for name, unit, who in ((top, where.province, AGENCY), (middle, where.district, CLERK)):
        yield Page(f"api: units below the {name}", who, f"/api/units/{unit}/below")
        yield Page(f"api: numbers of the {name}", who, f"/api/units/{unit}/numbers/{period.code}")
        yield Page(f"api: a share of the {name}", who, f"/api/numbers/21/{unit}/{period.code}")
    yield Page("api: units", AGENCY, "/api/units?q=chi+bo+thon")


def _administration() -> list[str]:
    """The pages under quan-tri/ that stand alone."""
    found = []
    for pattern in get_resolver().url_patterns:
        for one in getattr(pattern, "url_patterns", [pattern]):
            route = str(one.pattern) if isinstance(one, URLPattern) else ""
            if route.startswith("quan-tri/") and "<" not in route and one.name:
                found.append(one.name)
    return found
