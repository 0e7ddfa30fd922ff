"""What waits in the units below somebody's own, as counts that each open their list: for those who lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.core.due import Said
from chithi.core.periods import year
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.completeness import Level as Rows
from chithi.indicators.completeness import State, columns, completeness
from chithi.indicators.meanings import meanings
from chithi.org.held import units_held
from chithi.org.places import reach_tree

FIRST_ASKED = "org.members_on_duty"
"""Every cell confirms its members, so this tells best who has spoken at all (as the page that the count opens)."""
_SILENT = Said(
    "{count} đơn vị chưa xác nhận số liệu: {period}",
    "{count} units have not confirmed their figures: {period}",
)
_WHO = Said("Xem đơn vị nào", "See which")


@dataclass(frozen=True)
class Below:
    """So much waits below one unit; `query` is what the address of `route` asks for."""

    unit_id: int
    what: Said
    route: str
    args: tuple[int | str, ...]
    query: tuple[tuple[str, str], ...]
    act: Said


def waits_below(viewer: Viewer, today: date) -> list[Below]:
    """For the first unit held that has others below it. About fifteen queries, none where there is no such unit."""
    tree = reach_tree(today)
    for unit_id in units_held(viewer, Capability.READ):
        at = tree.find(unit_id)
        if at is not None and int(tree.shape.child_count[at]):
            return _silent(viewer, unit_id, today)
    return []


def _silent(viewer: Viewer, unit_id: int, today: date) -> list[Below]:
    """How many units have not spoken for the newest period that is over."""
    periods = [one for one in columns(year(today.year), viewer) if one.last < today]
    asked = meanings([FIRST_ASKED], period=periods[-1]) if periods else []
    if not asked:
        return []
    newest = periods[-1]
    told = completeness(viewer, unit_id, (newest,), asked[0], Rows.BELOW, most=0).whole.cells[0]
    if told.state not in (State.PART, State.NONE) or not told.expected:
        return []
    count = told.expected - told.spoke
    words = Said(
        _SILENT.vi.format(count=count, period=newest.label("vi")),
        _SILENT.en.format(count=count, period=newest.label("en")),
    )
    asks = (("ky", newest.code), ("chi-tieu", FIRST_ASKED))
    return [Below(unit_id, words, "reported", (unit_id,), asks, _WHO)]
