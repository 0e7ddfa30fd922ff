"""Planning one invented commune: its villages, the cells of its offices, joint cells and what became of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chithi.org.demo.plan import (
    CLINIC,
    JOINT,
    OFFICE,
    SCHOOL,
    VILLAGE,
    WEIGHTS,
    Link,
    PlannedUnit,
    Split,
    TreePlan,
    capital,
    cell_under,
)
from chithi.org.demo.sizes import BEGAN
from chithi.org.demo.streams import Stream
from chithi.org.kinds import TreeEventKind, UnitKind

IN_2012 = (date(2012, 2, 6), date(2012, 12, 10))
IN_2013 = (date(2013, 1, 7), date(2013, 5, 10))


@dataclass(frozen=True)
class Share:
    """What one commune gets of its district: villages, and how its cells come about."""

    villages: int
    first: int
    groups: tuple[int, ...]
    renewed: int
    moved: int
    lasting: int


class Commune:
    """Plans the commune that is the `number`-th organisation of the district with the code `parent`."""

    def __init__(self, plan: TreePlan, seed: int, parent: str, number: int, name: str, share: Share) -> None:
        self.plan, self.share, self.name = plan, share, name
        self.parent, self.number, self.code = parent, number, f"{parent}-{number:02d}"
        self.next_cell = 0
        self.stream = Stream(seed, "org.tree", self.code)

    def build(self, names: Iterator[str]) -> None:
        self.plan.add(
            PlannedUnit(
                self.code,
                self.parent,
                UnitKind.GRASSROOTS,
                f"Đảng bộ {self.name}",
                capital(self.name),
                self.number,
                is_grassroots=True,
            )
        )
        villages = [self._village(at, next(names)) for at in range(self.share.villages)]
        office = self._new(f"Chi bộ Cơ quan {self.name}", "Chi bộ Cơ quan", OFFICE)
        self._new(f"Chi bộ Trường học {self.name}", "Chi bộ Trường học", SCHOOL)
        in_turn = self.stream.shuffled(villages)
        waiting = iter(in_turn)
        for _ in range(self.share.first):
            self._village_cell(next(waiting), BEGAN)
        for group in self.share.groups:
            self._split([next(waiting) for _ in range(group)], self.stream.day(*IN_2012))
        for _ in range(self.share.renewed):
            self._split([next(waiting)], self.stream.day(*IN_2013), beside=in_turn[-1:])
        moving = [next(waiting) for _ in range(self.share.moved)]
        self._lasting(moving, list(waiting), office)

    def _village(self, at: int, name: str) -> PlannedUnit:
        code = f"{self.code}-T{at + 1:02d}"
        full = f"Thôn {name}"
        return self.plan.add(PlannedUnit(code, self.code, UnitKind.VILLAGE, full, full, 100 + at))

    def _new(self, name: str, short: str, sort: str, opened: date = BEGAN, villages: int = 1) -> PlannedUnit:
        self.next_cell += 1
        unit = cell_under(self.code, self.next_cell, name, short, sort)
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
