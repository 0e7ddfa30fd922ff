"""What an invented tree consists of, before anything is stored: units over time, splits of cells, links. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from chithi.org.demo.sizes import BEGAN, DistrictSize, TreeSize
from chithi.org.kinds import GroupKind, LinkKind, TreeEventKind, UnitKind

VILLAGE, JOINT, OFFICE, SCHOOL, CLINIC, PART, OWN = "village", "joint", "office", "school", "clinic", "part", "own"
WEIGHTS = {VILLAGE: 13, JOINT: 16, OFFICE: 27, SCHOOL: 23, CLINIC: 7, PART: 16, OWN: 20}
"""How many members a cell has, against other cells; a joint cell of several villages counts each of them."""


@dataclass
class PlannedUnit:
    """A unit as it will be stored. `cell_sort` and `weight` say what a cell is and how full; they are not stored."""

    code: str
    parent: str | None
    kind: UnitKind
    name: str
    short_name: str
    order: int
    opened: date = BEGAN
    is_cell: bool = False
    is_grassroots: bool = False
    cell_sort: str = ""
    weight: int = 0
    closed: date | None = None
    heir: str | None = None
    ending: TreeEventKind | None = None
    document: str = ""


@dataclass(frozen=True)
class Split:
    """On a day the members of a cell go over to other cells, in turn; the cell itself may be among them."""

    cell: str
    on: date
    into: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A village has this cell of its own from a day on."""

    village: str
    cell: str
    since: date


@dataclass(frozen=True)
class Tie:
    """A tie of another kind than a village's, by codes, from a day on."""

    kind: LinkKind
    unit: str
    other: str
    since: date = BEGAN


@dataclass(frozen=True)
class PlannedGroup:
    """A named group that the province owns, and the codes of its members."""

    name: str
    kind: GroupKind
    note: str
    members: tuple[str, ...]
    since: date = BEGAN


@dataclass
class TreePlan:
    """Units by code in the order of their opening up the tree (parents first)."""

    size: TreeSize
    units: dict[str, PlannedUnit] = field(default_factory=dict)
    splits: dict[str, Split] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    groups: list[PlannedGroup] = field(default_factory=list)
    _below: dict[str, list[PlannedUnit]] = field(default_factory=dict)

    def add(self, unit: PlannedUnit) -> PlannedUnit:
        if unit.code in self.units:
            raise ValueError(f"two units with the code {unit.code}")
        self.units[unit.code] = unit
        self._below.setdefault(unit.parent or "", []).append(unit)
        return unit

    def below(self, code: str, kind: UnitKind | None = None) -> list[PlannedUnit]:
        """Units directly below, in order; of one kind, or all."""
        return [unit for unit in self._below.get(code, []) if kind is None or unit.kind == kind]

    def cells_of(self, grassroots: PlannedUnit) -> list[PlannedUnit]:
        """The cells of a grassroots organisation: those below it, or itself."""
        return [grassroots] if grassroots.is_cell else self.below(grassroots.code, UnitKind.CELL)

    def code_of(self, district: DistrictSize) -> str:
        return f"{self.size.code}-{district.code}"


def cell_under(parent: str, number: int, name: str, short: str, sort: str) -> PlannedUnit:
    """A cell of a committee, open from the beginning."""
    return PlannedUnit(
        f"{parent}-{number:02d}",
        parent,
        UnitKind.CELL,
        name,
        short,
        number,
        is_cell=True,
        cell_sort=sort,
        weight=WEIGHTS[sort],
    )


def capital(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[:1].upper() + text[1:]
