"""Who below a unit would be given a task: the units of a kind or those named, and the post that leads each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from chithi.core.errors import Absent
from chithi.db.among import among
from chithi.db.viewer import Viewer
from chithi.org.kinds import Expected, UnitKind
from chithi.org.models import Post, UnitState, valid_on
from chithi.org.places import reach_tree
from chithi.tasks.plan_rules import leads
from chithi.text.vietnamese import fold

NEXT = "next"
KINDS: dict[str, Q] = {
    NEXT: Q(),
    Expected.GRASSROOTS.value: Q(is_grassroots=True),
    Expected.CELLS.value: Q(is_cell=True),
    Expected.DISTRICTS.value: Q(kind=UnitKind.DISTRICT.value),
    Expected.MASS_ORGANISATIONS.value: Q(kind=UnitKind.MASS_ORGANISATION.value),
}
"""To whom: `NEXT` all directly below, else all below of a kind."""
_WHY = "who leads units below one that the doer enters for"


@dataclass(frozen=True)
class To:
    """To whom: all of a kind (`KINDS`), or these `units` where any are named."""

    kind: str = ""
    units: tuple[int, ...] = ()


def units_below(viewer: Viewer, unit_id: int, to: To) -> list[int]:
    """Units open today that stand below one, in the order of the tree. `Absent` where one named does not."""
    tree = reach_tree(viewer.today)
    at = tree.find(unit_id)
    if at is None or (not to.units and to.kind not in KINDS):
        return []
    shape = tree.shape
    low, high = at + 1, int(shape.hi[at])
    if not to.units and to.kind == NEXT:
        places = [int(one) for one in shape.children(at)]
    else:
        asked: Collection[int] = to.units
        if not asked:
            states = UnitState.objects.visible_to(tree.reach_of([unit_id])).filter(valid_on(viewer.today))
            asked = list(states.filter(KINDS[to.kind]).values_list("unit_id", flat=True))
        places = sorted(place for place in tree.find_all(asked).values() if low <= place < high)
        if to.units and len(places) < len(set(to.units)):
            raise Absent("org.no_unit", field="units")
    return [int(shape.unit_ids[place]) for place in places if shape.present[place]]


def heads_of(viewer: Viewer, units: Collection[int]) -> dict[int, int]:
    """Of these units, the post that leads each today: the head, else whoever is secretary (`plan_rules.leads`)."""
    posts = Post.objects.everywhere(because=_WHY).filter(valid_on(viewer.today), unit_id__in=among(units))
    found: dict[int, int] = {}
    rows: Iterable[tuple[int, int, bool, str]] = posts.order_by("-is_head", "pk").values_list(
        "unit_id", "pk", "is_head", "title"
    )
    for unit, post, is_head, title in rows:
        if leads(is_head, fold(title)):
            found.setdefault(unit, post)
    return found
