"""What waits in the units below somebody's own, as counts that each open their list: for those who lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.core.due import Said
from chithi.core.periods import year
from chithi.db.viewer import Capability, Viewer
from chithi.following.kinds import State
from chithi.indicators.completeness import Level as Rows
from chithi.indicators.completeness import State as Told
from chithi.indicators.completeness import columns, completeness
from chithi.indicators.meanings import meanings
from chithi.org.held import units_held
from chithi.org.places import reach_tree
from chithi.tasks.queries import Wanted, found

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
            return [*_silent(viewer, unit_id, today), *_brought(viewer, unit_id, today)]
    return []


def _brought(viewer: Viewer, unit_id: int, today: date) -> list[Below]:
    """How many tasks were brought before the unit because they are overdue for long, and still are. Two queries."""
    count = found(viewer, Wanted(told=unit_id, state=State.OVERDUE), today).count()
    if not count:
        return []
    words = Said(
        f"{count} nhiệm vụ cấp dưới quá hạn lâu, đã báo lên đơn vị",
        f"{count} long overdue task{'s' * (count > 1)} below, brought before the unit",
    )
    asks = (("bao_len", str(unit_id)), ("trang_thai", State.OVERDUE.value))
    return [Below(unit_id, words, "tasks", (), asks, Said("Xem việc nào", "See which"))]


def _silent(viewer: Viewer, unit_id: int, today: date) -> list[Below]:
    """How many units have not spoken for the newest period that is over."""
    periods = [one for one in columns(year(today.year), viewer) if one.last < today]
    asked = meanings([FIRST_ASKED], period=periods[-1]) if periods else []
    if not asked:
        return []
    newest = periods[-1]
    told = completeness(viewer, unit_id, (newest,), asked[0], Rows.BELOW, most=0).whole.cells[0]
    if told.state not in (Told.PART, Told.NONE) or not told.expected:
        return []
    count = told.expected - told.spoke
    words = Said(
        _SILENT.vi.format(count=count, period=newest.label("vi")),
        _SILENT.en.format(count=count, period=newest.label("en")),
    )
    asks = (("ky", newest.code), ("chi-tieu", FIRST_ASKED))
    return [Below(unit_id, words, "reported", (unit_id,), asks, _WHO)]
