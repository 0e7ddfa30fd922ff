"""The plan of an invented nation as columns: one entry a unit, depth first, so that a subtree is a slice. Pure.

As the map has stood since 1 July 2025: provinces, communes directly under them, no districts; the counts of provinces,
cities and communes are facts (Resolution 202/2025/QH15 and those of the Standing Committee that followed), every name
is invented, so that no figure can be taken for that of a place. The plan puts this map back to the day on which its
records begin, so that years can be compared; a few cells a year are merged, so that years still stand on trees of
their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from chithi.org.demo import words
from chithi.org.demo.plan import CLINIC, OFFICE, OWN, PART, SCHOOL, VILLAGE
from chithi.org.demo.streams import Stream, spread
from chithi.org.kinds import UnitKind

NATION_BEGAN = date(2021, 1, 1)


@dataclass(frozen=True)
class NationSize:
    """How large an invented nation is. `units` are those open at the end, `communes` all of them together.

    Under each province stand four committees of offices, each with `offices` organisations of `office_cells` cells and
    `own_cells` that are organisation and cell at once. In each of `merged_in` every province merges `merged` cells.
    """

    provinces: int = 34
    cities: int = 6
    communes: int = 3321
    units: int = 265_000
    offices: int = 25
    office_cells: int = 5
    own_cells: int = 10
    merged: int = 8
    merged_in: tuple[int, ...] = (2023, 2024, 2025)


class PlannedMerger(NamedTuple):
    """A cell ends on a day and is carried on by another; both by their place in the plan."""

    cell: int
    heir: int
    on: date


@dataclass
class NationPlan:
    """One entry a unit in each list. `parent` is a place in the plan, -1 for the top; `sorts` say what a cell is.

    `links` pair the places of villages and of their own cells.
    """

    size: NationSize
    codes: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    kinds: list[UnitKind] = field(default_factory=list)
    cells: list[bool] = field(default_factory=list)
    grassroots: list[bool] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    short_names: list[str] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    sorts: list[str] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    mergers: list[PlannedMerger] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.codes)

    def add(
        self, parent: int, code: str, kind: UnitKind, name: str, short: str, order: int, *, sort: str = "", base: bool
    ) -> int:
        """A unit; one with a `sort` is a cell, `base` says whether it is a grassroots organisation. Its place."""
        self.codes.append(code)
        self.parents.append(parent)
        self.kinds.append(kind)
        self.cells.append(bool(sort))
        self.grassroots.append(base)
        self.names.append(name)
        self.short_names.append(short)
        self.orders.append(order)
        self.sorts.append(sort)
        return len(self.codes) - 1

    def first(self, kind: UnitKind, sort: str = "") -> int:
        """The place of the first unit of a kind, and sort where it is a cell."""
        return next(at for at, found in enumerate(self.kinds) if found == kind and self.sorts[at] == sort)


def plan_nation(size: NationSize, seed: int) -> NationPlan:
    """The whole tree; a size that cannot be laid out so is refused (ValueError)."""
    plan = NationPlan(size)
    plan.add(-1, "TW", UnitKind.CENTRE, "Ban Chấp hành Trung ương", "Trung ương", 0, base=False)
    stream = Stream(seed, "org.nation", "TW")
    above = 1 + size.provinces * _fixed(size)
    names = words.place_names(stream, words.COMMUNE_FIRST, words.COMMUNE_SECOND, size.provinces)
    communes = [2 + more for more in spread(size.communes - 2 * size.provinces, _weights(stream, size.provinces))]
    merged = size.provinces * size.merged * len(size.merged_in)
    inside = spread(size.units + merged - above - size.communes, _weights(stream, size.communes))
    if min(inside) < 8:
        raise ValueError(f"{size.units} units leave {min(inside)} for a commune, less than the eight it needs")
    left = iter(inside)
    for number, (name, count) in enumerate(zip(names, communes, strict=True), start=1):
        _Province(plan, seed, number, name, city=number <= size.cities).build([next(left) for _ in range(count)])
    return plan


def _weights(stream: Stream, count: int) -> list[int]:
    return [stream.between(70, 130) for _ in range(count)]


def _fixed(size: NationSize) -> int:
    """Units of a province besides its communes and what stands in them."""
    return 1 + len(BLOCS) * (1 + size.offices * (1 + size.office_cells) + size.own_cells) + len(MASS)


BLOCS = ("các cơ quan Đảng", "Ủy ban nhân dân", "Quân sự", "Công an")
MASS = ("Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Đoàn Thanh niên", "Liên đoàn Lao động")
OFFICES = ("Sở", "Ban", "Văn phòng", "Trung tâm", "Bệnh viện", "Trường Trung học phổ thông", "Công ty Cổ phần")
OWN_CELLS = ("Quỹ tín dụng", "Chi cục", "Trạm", "Hội nghề nghiệp", "Ban Quản lý dự án")
OFFICE_SORTS = (
    ("Cơ quan Đảng", OFFICE), ("Trạm Y tế", CLINIC), ("Ủy ban nhân dân", OFFICE), ("Trường Tiểu học", SCHOOL),
    ("Trường Trung học cơ sở", SCHOOL), ("Trường Mầm non", SCHOOL), ("Công an", OFFICE), ("Quân sự", OFFICE),
)  # fmt: skip
MORE_SORTS = ("Hợp tác xã", "Công ty Cổ phần", "Trường Mầm non", "Doanh nghiệp tư nhân", "Chợ", "Trạm Bảo vệ rừng")
PAIRS = tuple(f"{first} {second}" for first in words.VILLAGE_FIRST for second in words.VILLAGE_SECOND)
STEPS = tuple(step for step in range(31, 180) if step % 2 and step % 3 and step % 5)


def _other_names(stream: Stream) -> Iterator[str]:
    """Names of two words, every one of them once before any comes again, in an order of their own."""
    at, step = stream.below(len(PAIRS)), stream.pick(STEPS)
    while True:
        yield PAIRS[at % len(PAIRS)]
        at += step


class _Province:
    """Plans one province: committees of offices, mass organisations, then communes."""

    def __init__(self, plan: NationPlan, seed: int, number: int, name: str, *, city: bool) -> None:
        self.plan, self.seed, self.city = plan, seed, city
        self.name = f"{'thành phố' if city else 'tỉnh'} {name}"
        self.code = f"T{number:02d}"
        self.stream = Stream(seed, "org.nation", self.code)
        short = self.name[:1].upper() + self.name[1:]
        self.at = plan.add(0, self.code, UnitKind.PROVINCE, f"Đảng bộ {self.name}", short, number, base=False)

    def build(self, inside: list[int]) -> None:
        """`inside` says for each commune how many units stand below it."""
        names = _other_names(self.stream)
        for order, bloc in enumerate(BLOCS, start=1):
            self._bloc(order, bloc, names)
        for order, mass in enumerate(MASS, start=1):
            name = f"{mass} {self.name}"
            code = f"{self.code}-D{order}"
            self.plan.add(self.at, code, UnitKind.MASS_ORGANISATION, name, mass, 900 + order, base=False)
        # names of their own within a province: three syllables where two would not do
        called = words.place_names(self.stream, words.COMMUNE_FIRST, words.COMMUNE_SECOND, min(len(inside), 252))
        called += [f"{name} Thượng" for name in called[: len(inside) - len(called)]]
        clinics = []
        for number, (name, count) in enumerate(zip(called, inside, strict=True), start=1):
            sort = "phường" if self.stream.chance(60 if self.city else 14) else "xã"
            clinics.append(
                _commune(self.plan, self.seed, self.at, f"{self.code}-{number:03d}", f"{sort} {name}", count)
            )
        self._merge(clinics)

    def _bloc(self, order: int, bloc: str, names: Iterator[str]) -> None:
        plan, size = self.plan, self.plan.size
        code, name = f"{self.code}-K{order}", f"{bloc} {self.name}"
        at = plan.add(self.at, code, UnitKind.BLOC, f"Đảng bộ {name}", bloc[:1].upper() + bloc[1:], order, base=False)
        for number in range(1, size.offices + 1):
            office = f"{OFFICES[number % len(OFFICES)]} {next(names)}"
            inner = f"{code}-{number:02d}"
            above = plan.add(at, inner, UnitKind.GRASSROOTS, f"Đảng bộ {office}", office, number, base=True)
            for part in range(1, size.office_cells + 1):
                cell = f"Chi bộ {words.OFFICE_PARTS[part % len(words.OFFICE_PARTS)]}"
                full = f"{cell}, {office}"
                plan.add(above, f"{inner}-{part:02d}", UnitKind.CELL, full, cell, part, sort=PART, base=False)
        for number in range(size.offices + 1, size.offices + size.own_cells + 1):
            own = f"Chi bộ {OWN_CELLS[number % len(OWN_CELLS)]} {next(names)}"
            plan.add(at, f"{code}-{number:02d}", UnitKind.GRASSROOTS, own, own, number, sort=OWN, base=True)

    def _merge(self, clinics: list[tuple[int, int]]) -> None:
        """Cells of health stations that go over to those of the communes' offices, some each year."""
        size, chosen = self.plan.size, iter(self.stream.shuffled(clinics))
        for of_year in size.merged_in:
            for _ in range(size.merged):
                cell, heir = next(chosen)
                on = date(of_year, 2, 1) + timedelta(days=self.stream.below(300))
                self.plan.mergers.append(PlannedMerger(cell, heir, on))


def _commune(plan: NationPlan, seed: int, above: int, code: str, name: str, count: int) -> tuple[int, int]:
    """One commune with `count` units below it; the places of its health station's cell and of its office's."""
    stream = Stream(seed, "org.nation", code)
    short = name[:1].upper() + name[1:]
    at = plan.add(above, code, UnitKind.GRASSROOTS, f"Đảng bộ {name}", short, 10 + int(code[-3:]), base=True)
    names, cells = _other_names(stream), 0
    villages = max(2, count * 3 // 8)
    without = villages // 9
    told = [next(names) for _ in range(villages)]
    lead = "Tổ dân phố" if name.startswith("phường") else "Thôn"
    places = []
    for number, one in enumerate(told, start=1):
        called = f"{lead} {one}"
        where = f"{code}-T{number:02d}"
        places.append(plan.add(at, where, UnitKind.VILLAGE, called, called, 100 + number, base=False))

    def cell(called: str, sort: str, inside: int = at) -> int:
        nonlocal cells
        cells += 1
        number = f"{code}-{cells:02d}"
        return plan.add(inside, number, UnitKind.CELL, called, called.partition(",")[0], cells, sort=sort, base=False)

    for place, one in zip(places[without:], told[without:], strict=True):
        plan.links.append((place, cell(f"Chi bộ {lead.lower()} {one}", VILLAGE)))
    for pair in range(0, without, 2):
        cell(f"Chi bộ liên {lead.lower()} {' - '.join(told[pair : min(pair + 2, without)])}", VILLAGE)
    left = count - villages - cells
    offices = [cell(f"Chi bộ {one} {name}", sort) for one, sort in OFFICE_SORTS[:left]]
    left -= len(offices)
    inside = at
    if left > 12:
        committee = f"Đảng bộ bộ phận Doanh nghiệp {name}"
        inside = plan.add(at, f"{code}-B1", UnitKind.SUB_COMMITTEE, committee, "Đảng bộ bộ phận", 99, base=False)
        left -= 1
    for number in range(left):
        cell(f"Chi bộ {MORE_SORTS[number % len(MORE_SORTS)]} {next(names)}", PART, inside)
    return offices[1], offices[0]
