"""The plan of an invented tree: its units over time, which cell is whose village's, which cells were split. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from chithi.org.demo import words
from chithi.org.demo.sizes import BEGAN, DistrictSize, TreeSize
from chithi.org.demo.streams import Stream, dealt
from chithi.org.kinds import TreeEventKind, UnitKind

VILLAGE, JOINT, OFFICE, SCHOOL, CLINIC, PART, OWN = "village", "joint", "office", "school", "clinic", "part", "own"
WEIGHTS = {VILLAGE: 13, JOINT: 16, OFFICE: 27, SCHOOL: 23, CLINIC: 7, PART: 16, OWN: 20}
"""How many members a cell has, against other cells; a joint cell of several villages counts each of them."""

IN_2012 = (date(2012, 2, 6), date(2012, 12, 10))
IN_2013 = (date(2013, 1, 7), date(2013, 5, 10))


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


@dataclass
class TreePlan:
    """Units by code in the order of their opening up the tree (parents first)."""

    size: TreeSize
    units: dict[str, PlannedUnit] = field(default_factory=dict)
    splits: dict[str, Split] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
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


def plan_tree(size: TreeSize, seed: int) -> TreePlan:
    """The whole tree of a size."""
    plan = TreePlan(size)
    plan.add(PlannedUnit(size.code, None, UnitKind.PROVINCE, f"Đảng bộ {size.name}", _capital(size.name), 0))
    for at, district in enumerate(size.districts, start=1):
        _District(plan, district, at, seed).build()
    return plan


@dataclass(frozen=True)
class _Share:
    """What one commune gets of its district: villages, and how its cells come about."""

    villages: int
    first: int
    groups: tuple[int, ...]
    renewed: int
    moved: int
    lasting: int


class _District:
    """Plans one district: communes first, then committees of offices, then grassroots cells."""

    def __init__(self, plan: TreePlan, size: DistrictSize, order: int, seed: int) -> None:
        self.plan, self.size, self.order, self.seed = plan, size, order, seed
        self.code = plan.code_of(size)
        self.stream = Stream(seed, "org.tree", self.code)

    def build(self) -> None:
        size, plan = self.size, self.plan
        name = size.name if size.kind == UnitKind.BLOC else _capital(size.name)
        plan.add(PlannedUnit(self.code, plan.size.code, size.kind, f"Đảng bộ {size.name}", name, self.order))
        names = iter(words.place_names(self.stream, words.VILLAGE_FIRST, words.VILLAGE_SECOND, size.villages))
        communes = words.place_names(self.stream, words.COMMUNE_FIRST, words.COMMUNE_SECOND, size.communes)
        for at, share in enumerate(self._shares()):
            _Commune(self, f"{self.code}-{at + 1:02d}", at + 1, self._commune(at, communes[at]), share).build(names)
        bloc = size.kind == UnitKind.BLOC
        offices = words.BLOC_COMMITTEES if bloc else words.COMMITTEES
        for at, cells in enumerate(dealt(size.office_cells, size.offices)):
            self._office(size.communes + at + 1, self._local(offices[at]), cells)
        own_cells = words.BLOC_CELLS if bloc else words.GRASSROOTS_CELLS
        for at in range(size.grassroots_cells):
            self._own_cell(size.communes + size.offices + at + 1, self._local(own_cells[at]))

    def _shares(self) -> list[_Share]:
        """Everything dealt out evenly, beginning somewhere else each time; village counts vary around the mean."""
        size, count, stream = self.size, self.size.communes, self.stream
        if count == 0:
            return []
        starts = [stream.below(count) for _ in range(4)]
        villages = dealt(size.villages, count, starts[0])
        for _ in range(2 * count if size.villages > 12 * count else 0):
            giver, taker = stream.below(count), stream.below(count)
            if villages[giver] > 12 and villages[taker] < 19 and giver != taker:
                villages[giver], villages[taker] = villages[giver] - 1, villages[taker] + 1
        first = dealt(size.first_villages, count, starts[1])
        groups: list[list[int]] = [[] for _ in range(count)]
        for at, members in enumerate(dealt(size.villages_2012, size.split_2012) if size.split_2012 else []):
            groups[(starts[2] + at) % count].append(members)
        renewed = dealt(size.renewed_2013, count, starts[3])
        lasting, moved = dealt(size.lasting_joint, count, starts[1]), dealt(size.moved_2013, count, starts[1])
        return [
            _Share(villages[at], first[at], tuple(groups[at]), renewed[at], moved[at], lasting[at])
            for at in range(count)
        ]

    def _commune(self, at: int, name: str) -> str:
        if self.size.name.startswith("thành phố"):
            return f"phường {name}"
        return f"thị trấn {self.size.name.removeprefix('huyện ')}" if at == 0 else f"xã {name}"

    def _local(self, office: str) -> str:
        if self.size.name.startswith("thành phố"):
            return office.replace("Huyện ủy", "Thành ủy").replace("huyện", "thành phố")
        return office

    def _office(self, number: int, name: str, cells: int) -> None:
        code = f"{self.code}-{number:02d}"
        self.plan.add(
            PlannedUnit(
                code,
                self.code,
                UnitKind.GRASSROOTS,
                f"Đảng bộ {name}",
                _capital(name),
                number,
                is_grassroots=True,
            )
        )
        for at in range(cells):
            part = words.OFFICE_PARTS[at]
            self.plan.add(_cell(code, at + 1, f"Chi bộ {part}, {name}", f"Chi bộ {part}", PART))

    def _own_cell(self, number: int, name: str) -> None:
        self.plan.add(
            PlannedUnit(
                f"{self.code}-{number:02d}",
                self.code,
                UnitKind.GRASSROOTS,
                f"Chi bộ {name}",
                _capital(name),
                number,
                is_cell=True,
                is_grassroots=True,
                cell_sort=OWN,
                weight=WEIGHTS[OWN],
            )
        )


class _Commune:
    """Plans one commune: its villages, the cells of its offices, joint cells and what became of them."""

    def __init__(self, district: _District, code: str, number: int, name: str, share: _Share) -> None:
        self.plan, self.share, self.name, self.code = district.plan, share, name, code
        self.number, self.parent, self.next_cell = number, district.code, 0
        self.stream = Stream(district.seed, "org.tree", code)

    def build(self, names: Iterator[str]) -> None:
        self.plan.add(
            PlannedUnit(
                self.code,
                self.parent,
                UnitKind.GRASSROOTS,
                f"Đảng bộ {self.name}",
                _capital(self.name),
                self.number,
                is_grassroots=True,
            )
        )
        villages = [self._village(at, next(names)) for at in range(self.share.villages)]
        office = self._new(f"Chi bộ Cơ quan {self.name}", "Chi bộ Cơ quan", OFFICE)
        self._new(f"Chi bộ Trường học {self.name}", "Chi bộ Trường học", SCHOOL)
        waiting = iter(villages)
        for _ in range(self.share.first):
            self._village_cell(next(waiting), BEGAN)
        for group in self.share.groups:
            self._split([next(waiting) for _ in range(group)], self.stream.day(*IN_2012))
        for _ in range(self.share.renewed):
            self._split([next(waiting)], self.stream.day(*IN_2013), beside=villages[-1:])
        moving = [next(waiting) for _ in range(self.share.moved)]
        self._lasting(moving, list(waiting), office)

    def _village(self, at: int, name: str) -> PlannedUnit:
        code = f"{self.code}-T{at + 1:02d}"
        full = f"Thôn {name}"
        return self.plan.add(PlannedUnit(code, self.code, UnitKind.VILLAGE, full, full, 100 + at))

    def _new(self, name: str, short: str, sort: str, opened: date = BEGAN, villages: int = 1) -> PlannedUnit:
        self.next_cell += 1
        unit = _cell(self.code, self.next_cell, name, short, sort)
        unit.opened, unit.weight = opened, WEIGHTS[sort] * villages if opened == BEGAN else 0
        if opened != BEGAN:
            unit.document = self._document()
        return self.plan.add(unit)

    def _village_cell(self, village: PlannedUnit, opened: date) -> PlannedUnit:
        name = village.name.removeprefix("Thôn ")
        cell = self._new(f"Chi bộ thôn {name}", f"Chi bộ {name}", VILLAGE, opened)
        self.plan.links.append(Link(village.code, cell.code, opened))
        return cell

    def _joint(self, villages: list[PlannedUnit]) -> PlannedUnit:
        named = [village.name.removeprefix("Thôn ") for village in villages[:3]]
        both = " - ".join(named)
        return self._new(f"Chi bộ liên thôn {both}", f"Chi bộ {both}", JOINT, villages=max(1, len(villages)))

    def _split(self, villages: list[PlannedUnit], on: date, beside: Sequence[PlannedUnit] = ()) -> None:
        """A joint cell gives way to a cell for each of its villages; the first of them is its heir.

        Villages `beside` them shared the joint cell too and get none of their own.
        """
        joint = self._joint([*villages, *beside])
        cells = tuple(self._village_cell(village, on).code for village in villages)
        self._end(joint, cells[0], on, TreeEventKind.CLOSE)
        self.plan.splits[joint.code] = Split(joint.code, on, cells)

    def _lasting(self, moving: list[PlannedUnit], left: list[PlannedUnit], office: PlannedUnit) -> None:
        """Joint cells that stay; a village cell is split off one while a health station's cell is merged."""
        if len(moving) > self.share.lasting:
            raise ValueError(f"{self.code}: more villages leave joint cells than there are")
        for at in range(self.share.lasting):
            joint = self._joint(moving[at : at + 1] + left[at :: self.share.lasting])
            joint.weight = WEIGHTS[JOINT]
            if at >= len(moving):
                continue
            on = self.stream.day(*IN_2013)
            cell = self._village_cell(moving[at], on)
            self.plan.splits[joint.code] = Split(joint.code, on, (joint.code, cell.code))
            clinic = self._new(f"Chi bộ Trạm Y tế {self.name}", "Chi bộ Trạm Y tế", CLINIC)
            self._end(clinic, office.code, on, TreeEventKind.MERGE)
            self.plan.splits[clinic.code] = Split(clinic.code, on, (office.code,))

    def _end(self, unit: PlannedUnit, heir: str, on: date, how: TreeEventKind) -> None:
        unit.closed, unit.heir, unit.ending, unit.document = on, heir, how, self._document()

    def _document(self) -> str:
        return f"Quyết định số {self.stream.between(101, 989)}-QĐ/HU"


def _cell(parent: str, number: int, name: str, short: str, sort: str) -> PlannedUnit:
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
