"""How large an invented tree is: data that the demo's sizes are made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.org.kinds import UnitKind

BEGAN = date(2010, 1, 1)
"""Units that always were begin on this day; the first records too."""

COUNTED_ON = date(2012, 12, 31)
"""The day on which the leaders of a district are exactly as many as its size says."""

ENDS = date(2026, 9, 30)
"""The last day of which anything is recorded."""


@dataclass(frozen=True)
class DistrictSize:
    """A district or bloc in numbers.

    Grassroots organisations: `communes` and `offices` are committees with cells below them, `grassroots_cells` are
    both grassroots organisation and cell. `villages` stand below the communes; `first_villages` of them have a cell
    of their own from the beginning. In 2012 `split_2012` joint cells are split into `villages_2012` village cells; in
    2013 `renewed_2013` joint cells give way to one village cell each, and `moved_2013` village cells are split off
    the `lasting_joint` ones while as many health-station cells are merged: the count of cells stays what it was at
    the end of 2012. `key_members` and `key_others` are the key leaders on `COUNTED_ON`, `more_leaders_2013` those
    added the year after; `leaders` of them hold posts of the district itself.
    """

    code: str
    name: str
    kind: UnitKind
    communes: int
    offices: int
    office_cells: int
    grassroots_cells: int
    members: int
    key_members: int
    key_others: int
    leaders: int = 4
    villages: int = 0
    first_villages: int = 0
    split_2012: int = 0
    villages_2012: int = 0
    renewed_2013: int = 0
    moved_2013: int = 0
    lasting_joint: int = 0
    more_leaders_2013: int = 0

    @property
    def grassroots(self) -> int:
        return self.communes + self.offices + self.grassroots_cells

    @property
    def village_cells(self) -> int:
        """Villages with a cell of their own after the changes of 2012 and 2013."""
        return self.first_villages + self.villages_2012 + self.renewed_2013 + self.moved_2013

    @property
    def cells(self) -> int:
        """Cells at the end of 2012 and ever after, those that are grassroots organisations among them."""
        in_communes = 2 * self.communes + self.lasting_joint + self.village_cells
        return in_communes + self.office_cells + self.grassroots_cells


@dataclass(frozen=True)
class TreeSize:
    """A province with its districts; the first one is where the accounts of the demo are at home.

    `on_duty` lists days, in order, with how many members are then on duty in the whole province to the last one; who
    joins or leaves so that it comes out is decided by `chithi.org.demo.balance`. Empty: it comes out as it does.
    """

    code: str
    name: str
    districts: tuple[DistrictSize, ...]
    on_duty: tuple[tuple[date, int], ...] = ()

    @property
    def grassroots(self) -> int:
        return sum(district.grassroots for district in self.districts)

    @property
    def cells(self) -> int:
        """As `DistrictSize.cells`, in the whole province."""
        return sum(district.cells for district in self.districts)
