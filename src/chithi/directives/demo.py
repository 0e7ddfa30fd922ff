"""Invented documents: a directive of the province, plans at three levels below it, some late, some never issued.

Shares are data: in a province of 848 grassroots organisations 799 have a plan (94,2%), of its cells three in four.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from chithi.db.pouring import pour
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Descent, Directive, DirectiveLink, SoughtWords
from chithi.directives.search_rules import place_of, sought_in
from chithi.org.demo.streams import Stream, key
from chithi.org.models import Unit, UnitState, valid_on
from chithi.org.places import Tree, tree_on
from chithi.registry.kinds import NAMES, DocumentKind

DATED, DUE = date(2025, 1, 10), date(2025, 3, 31)
GRASSROOTS_IN_10000, CELLS_IN_10000 = 9_422, 7_460
"""Of ten thousand grassroots organisations, and of cells, so many have a plan."""
_AT = datetime(2025, 1, 10, 2, tzinfo=UTC)
_WHY = "the demo fills an empty database"
_TOPIC = "chuyên đề năm 2025 “Gần dân, sát việc, nói đi đôi với làm”"
_SYMBOLS = {"province": "TU", "district": "HU", "bloc": "ĐUK", "cell": "CB"}
_LATE_IN_100 = 4


@dataclass(frozen=True)
class _Unit:
    """A unit of the province as the plan of the demo needs it."""

    id: int
    code: str
    kind: str
    is_cell: bool
    is_grassroots: bool


@dataclass
class _Papers:
    """Documents in the order they are issued; `above` is the number of the one that each carries out."""

    units: list[_Unit] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    above: list[int | None] = field(default_factory=list)
    of_unit: dict[int, int] = field(default_factory=dict)

    def add(self, unit: _Unit, dated: date, above: int | None) -> None:
        self.of_unit[unit.id] = len(self.units)
        self.units.append(unit)
        self.dates.append(dated)
        self.above.append(above)


def build(root_id: int, seed: int) -> int:
    """Store the directive of a province with the plans below it; how many documents there are."""
    tree = tree_on(DUE)
    rows = UnitState.objects.everywhere(because=_WHY).filter(valid_on(DUE)).order_by("unit_id")
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    columns = rows.values_list("unit_id", "kind", "is_cell", "is_grassroots")
    units = {pk: _Unit(pk, codes[pk], kind, cell, base) for pk, kind, cell, base in columns}
    papers = _papers(tree, units, root_id, seed)
    _store(papers, seed)
    return len(papers.units)


def leading() -> Directive:
    """The directive of the province that everything else carries out."""
    return Directive.objects.everywhere(because=_WHY).exclude(due_on=None).order_by("pk")[0]


def _papers(tree: Tree, units: dict[int, _Unit], root_id: int, seed: int) -> _Papers:
    papers = _Papers()
    papers.add(units[root_id], DATED, None)
    at = tree.position(root_id)
    for child in tree.shape.children(at):
        unit = units.get(int(tree.shape.unit_ids[child]))
        if unit is not None and unit.kind in ("district", "bloc"):
            papers.add(unit, Stream(seed, "directives", unit.code).day(date(2025, 1, 15), date(2025, 2, 10)), 0)
    base = [unit for unit in units.values() if unit.is_grassroots]
    wanted = _share(len(base), GRASSROOTS_IN_10000)
    chosen = sorted(Stream(seed, "directives.grassroots", "").some(base, wanted), key=lambda unit: unit.code)
    for unit in chosen:
        papers.add(unit, _day(seed, unit, papers.dates[_above(tree, papers, unit)]), _above(tree, papers, unit))
    _cells(tree, papers, units, seed)
    return papers


def _cells(tree: Tree, papers: _Papers, units: dict[int, _Unit], seed: int) -> None:
    """Cells below grassroots organisations with a plan; those that are one themselves have theirs already."""
    cells = [unit for unit in units.values() if unit.is_cell]
    have = sum(unit.id in papers.of_unit for unit in cells)
    free = [unit for unit in cells if unit.id not in papers.of_unit]
    may = [unit for unit in free if papers.units[_above(tree, papers, unit)].is_grassroots]
    wanted = min(max(_share(len(cells), CELLS_IN_10000) - have, 0), len(may))
    chosen = Stream(seed, "directives.cells", "").some(may, wanted)
    for unit in sorted(chosen, key=lambda unit: unit.code):
        above = _above(tree, papers, unit)
        papers.add(unit, _day(seed, unit, papers.dates[above]), above)


def _share(count: int, in_10000: int) -> int:
    return (count * in_10000 + 5_000) // 10_000


def _above(tree: Tree, papers: _Papers, unit: _Unit) -> int:
    """The document of the nearest unit above that issued one."""
    for at in tree.shape.ancestors(tree.position(unit.id)):
        found = papers.of_unit.get(int(tree.shape.unit_ids[at]))
        if found is not None:
            return found
    return 0


def _day(seed: int, unit: _Unit, after: date) -> date:
    """A day in time for most, some weeks late for a few; never before the document above."""
    stream = Stream(seed, "directives", unit.code)
    if stream.chance(_LATE_IN_100):
        return max(after, DUE) + timedelta(days=stream.between(1, 60))
    return stream.day(after, max(after, DUE))


def _kind(papers: _Papers, at: int) -> DocumentKind:
    return DocumentKind.PLAN if at else DocumentKind.DIRECTIVE


def _sign(papers: _Papers, at: int, seed: int) -> str:
    unit = papers.units[at]
    symbol = _SYMBOLS["cell"] if unit.is_cell else _SYMBOLS.get(unit.kind, "ĐU")
    number = Stream(seed, "directives.number", unit.code).between(2, 40)
    return f"{number:02d}-{NAMES[_kind(papers, at)][1]}/{symbol}"


def _store(papers: _Papers, seed: int) -> None:
    count = range(len(papers.units))
    signs = [_sign(papers, at, seed) for at in count]
    about = [f"Về thực hiện {_TOPIC}", *[f"Thực hiện Chỉ thị {signs[0]} về {_TOPIC}"] * (len(papers.units) - 1)]
    names = ("key", "unit_id", "kind", "is_draft", "sign", "dated", "summary", "due_on", "expects", "to_all")
    ids = pour(
        Directive,
        names,
        (
            (
                key(seed, "directive", papers.units[at].code),
                papers.units[at].id,
                _kind(papers, at).value,
                False,
                signs[at],
                papers.dates[at],
                about[at],
                DUE if at == 0 else None,
                "grassroots,cells" if at == 0 else "",
                True,
            )
            for at in count
        ),
        at=_AT,
    )
    _store_ties(papers, ids, seed)
    pour(
        SoughtWords,
        ("key", "unit_id", "directive_id", "newest", "to_all", "folded"),
        (
            (
                key(seed, "directive.words", papers.units[at].code),
                papers.units[at].id,
                ids[at],
                place_of(papers.dates[at], ids[at]),
                True,
                sought_in(signs[at], "", about[at], ""),
            )
            for at in count
        ),
    )


def _store_ties(papers: _Papers, ids: Sequence[int], seed: int) -> None:
    """Each plan carries out the one above it, and stands below all above that."""
    below = [(at, above) for at, above in enumerate(papers.above) if above is not None]
    pour(
        DirectiveLink,
        ("key", "unit_id", "source_id", "target_id", "kind"),
        (
            (key(seed, "directive.link", u.code), u.id, ids[at], ids[above], LinkKind.IMPLEMENTS.value)
            for at, above in below
            for u in (papers.units[at],)
        ),
    )
    pour(
        Descent,
        ("key", "unit_id", "directive_id", "root_id", "since"),
        (
            (
                key(seed, "directive.descent", papers.units[at].code, papers.units[root].code),
                papers.units[at].id,
                ids[at],
                ids[root],
                papers.dates[at],
            )
            for at, _above_it in below
            for root in _all_above(papers, at)
        ),
    )


def _all_above(papers: _Papers, at: int) -> list[int]:
    found: list[int] = []
    above = papers.above[at]
    while above is not None:
        found.append(above)
        above = papers.above[above]
    return found
