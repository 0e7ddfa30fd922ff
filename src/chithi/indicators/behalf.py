"""Who entered or confirmed something for a unit that is not their own: the journal says so, pages read it here.

The fact `from_unit` of a deed's entry is the doer's own unit; it stands there only where the doer holds no role in the
unit the deed was for (`Viewer.acting_from`).
"""

from __future__ import annotations

from collections.abc import Collection

from chithi.core.periods import Period
from chithi.db.models import Guarded
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.models import Confirmation, Figure
from chithi.indicators.stated import confirmation_of
from chithi.journal.models import Entry
from chithi.org.models import UnitState


def entered_from(viewer: Viewer, figure_ids: Collection[int]) -> dict[int, str]:
    """The name of the unit from which each of these figures was entered on behalf of its own. One or two queries."""
    return _from(viewer, Figure, figure_ids, "indicators.stated")


def confirmed_from(viewer: Viewer, unit_id: int, period: Period) -> str:
    """The name of the unit from which a period was confirmed on behalf; "" where the unit did so itself or nobody."""
    found = confirmation_of(viewer, unit_id, period)
    return _from(viewer, Confirmation, [found.pk], "indicators.period_confirmed").get(found.pk, "") if found else ""


def _from(viewer: Viewer, model: type[Guarded], ids: Collection[int], verb: str) -> dict[int, str]:
    if not ids:
        return {}
    entries = Entry.objects.visible_to(viewer.reach(Capability.READ)).filter(
        about_kind=model._meta.label_lower, about_id__in=list(ids), verb=verb
    )
    told = [(entry.about_id or 0, entry.facts.get("from_unit")) for entry in entries]
    found = {about: unit for about, unit in told if isinstance(unit, int)}
    if not found:
        return {}
    states = UnitState.objects.everywhere(because="a unit is told the name of the unit that entered on its behalf")
    names = dict(states.filter(unit_id__in=set(found.values())).order_by("since").values_list("unit_id", "name"))
    return {about: names[unit] for about, unit in found.items() if unit in names}
