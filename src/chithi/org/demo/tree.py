"""The plan of an invented tree, district by district. Pure."""

from __future__ import annotations

from chithi.org.demo import words
from chithi.org.demo.beside import add_beside
from chithi.org.demo.communes import Commune, Share
from chithi.org.demo.plan import OWN, PART, WEIGHTS, PlannedUnit, TreePlan, capital, cell_under
from chithi.org.demo.sizes import DistrictSize, TreeSize
from chithi.org.demo.streams import Stream, dealt
from chithi.org.kinds import UnitKind


def plan_tree(size: TreeSize, seed: int) -> TreePlan:
    """The whole tree of a size."""
    plan = TreePlan(size)
    plan.add(PlannedUnit(size.code, None, UnitKind.PROVINCE, f"Đảng bộ {size.name}", capital(size.name), 0))
    for at, district in enumerate(size.districts, start=1):
        _District(plan, district, at, seed).build()
    add_beside(plan)
    return plan


class _District:
    """Plans one district: communes first, then committees of offices, then grassroots cells."""

    def __init__(self, plan: TreePlan, size: DistrictSize, order: int, seed: int) -> None:
        self.plan, self.size, self.order, self.seed = plan, size, order, seed
        self.code = plan.code_of(size)
        self.stream = Stream(seed, "org.tree", self.code)

    def build(self) -> None:
        size, plan = self.size, self.plan
        name = size.name if size.kind == UnitKind.BLOC else capital(size.name)
        plan.add(PlannedUnit(self.code, plan.size.code, size.kind, f"Đảng bộ {size.name}", name, self.order))
        names = iter(words.place_names(self.stream, words.VILLAGE_FIRST, words.VILLAGE_SECOND, size.villages))
        communes = words.place_names(self.stream, words.COMMUNE_FIRST, words.COMMUNE_SECOND, size.communes)
        for at, share in enumerate(self._shares()):
            Commune(plan, self.seed, self.code, at + 1, self._commune(at, communes[at]), share).build(names)
        committees, own_cells = self._known()
        shares = dealt(size.office_cells, size.offices)
        for at, office in enumerate(self._names(*committees, size.offices)):
            self._office(size.communes + at + 1, self._local(office), shares[at])
        for at, cell in enumerate(self._names(*own_cells, size.grassroots_cells)):
            self._own_cell(size.communes + size.offices + at + 1, self._local(cell))

    def _known(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], tuple[tuple[str, ...], tuple[str, ...]]]:
        """Committees, then cells that are grassroots organisations: names known, and sorts to name more after."""
        if self.size.kind == UnitKind.BLOC:
            return (words.BLOC_COMMITTEES, words.MORE_BLOC_COMMITTEES), (words.BLOC_CELLS, words.MORE_BLOC_CELLS)
        return (words.COMMITTEES, words.MORE_COMMITTEES), (words.GRASSROOTS_CELLS, words.MORE_CELLS)

    def _names(self, known: tuple[str, ...], more: tuple[str, ...], count: int) -> list[str]:
        """So many names of offices: those known, then sorts of office in turn with an invented name each."""
        stream = Stream(self.seed, "org.offices", f"{self.code}/{more[0]}/{count}")
        lacking = max(0, count - len(known))
        invented = words.place_names(stream, words.COMMUNE_FIRST, words.COMMUNE_SECOND, lacking)
        return [*known[:count], *(f"{more[at % len(more)]} {name}" for at, name in enumerate(invented))]

    def _shares(self) -> list[Share]:
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
            Share(villages[at], first[at], tuple(groups[at]), renewed[at], moved[at], lasting[at])
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
                capital(name),
                number,
                is_grassroots=True,
            )
        )
        for at in range(cells):
            part = words.OFFICE_PARTS[at]
            self.plan.add(cell_under(code, at + 1, f"Chi bộ {part}, {name}", f"Chi bộ {part}", PART))

    def _own_cell(self, number: int, name: str) -> None:
        self.plan.add(
            PlannedUnit(
                f"{self.code}-{number:02d}",
                self.code,
                UnitKind.GRASSROOTS,
                f"Chi bộ {name}",
                capital(name),
                number,
                is_cell=True,
                is_grassroots=True,
                cell_sort=OWN,
                weight=WEIGHTS[OWN],
            )
        )
