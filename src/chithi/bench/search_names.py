"""`chithi bench search-names`: finding units and people while somebody types, in a tree as large as the nation.

The database is the one the settings name and must hold no units; the invented nation is rolled back at the end. The
rival is what such searches usually are: one statement that looks at every name with LIKE, inside the same reach. It
brings back ids alone, without ranking or names; the ids must be the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from types import MappingProxyType
from uuid import UUID, uuid5

from django.db import connection, transaction

from chithi.bench.measured import Case, Measured, best_of, peak_mib, versions_of
from chithi.core.errors import Refused
from chithi.db.pouring import pour
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.finding import find, find_people
from chithi.org.kinds import UnitKind
from chithi.org.models import Membership, Person, Unit, UnitState
from chithi.org.places import Tree, forget_since, reach_tree
from chithi.org.spelling import respell_all
from chithi.org.spelling_rules import words_of
from chithi.text.vietnamese import fold

TODAY, BEGAN = date(2026, 11, 22), date(2011, 1, 1)
MOST, RUNS = 51, 5
LIKE = "LIKE over all names"
ROOT = UUID("6d1f8f0e-0000-4000-8000-000000000000")
_WHY = "the bench looks whether the database is empty"

FIRST = (
    "An",
    "Bình",
    "Châu",
    "Dương",
    "Đông",
    "Giang",
    "Hà",
    "Hòa",
    "Khánh",
    "Lạc",
    "Minh",
    "Nam",
    "Phú",
    "Quý",
    "Sơn",
)
SECOND = ("Thành", "Thịnh", "Thạch", "Hưng", "Lộc", "Long", "Tân", "Trung", "Vĩnh", "Xuân", "Yên", "Ấp", "Đức", "Lâm")
FAMILY = ("Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Quàng")
MIDDLE = ("Văn", "Văn", "Thị", "Thị", "Đức", "Minh", "Quang", "Hữu", "Ngọc", "Thanh")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hoa", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Phúc", "Quý", "Sơn")


@dataclass(frozen=True)
class Size:
    """How many of each below one of the level above, and how many people there are."""

    provinces: int
    districts: int
    communes: int
    cells: int
    people: int


NATION, SMALL = Size(34, 20, 12, 31, 41_350), Size(2, 3, 4, 10, 500)
UNITS = ("thon 7 phu", "yen hoa", "xa hoa yen", "zzz", "chi bo")
PEOPLE = ("nguyen van an", "an quang lo", "quang")


def run(small: bool) -> Measured:
    """Three readers: of the nation, of one province, of one cell."""
    if Unit.objects.everywhere(because=_WHY).exists():
        raise Refused("bench.not_empty")
    versions, missing = versions_of(("django",))
    measured = Measured("search-names", versions | {"database": connection.vendor}, left_out=missing)
    with transaction.atomic():
        size = SMALL if small else NATION
        count = _build(size)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        tree = reach_tree(TODAY)
        for who, viewer in _readers(tree):
            measured.cases += [_units(who, viewer, asked, f"{count:,} units") for asked in UNITS]
            measured.cases += [_people(who, viewer, asked, f"{size.people:,} people") for asked in PEOPLE]
        transaction.set_rollback(True)
    forget_since(date.min)
    return measured


def _build(size: Size) -> int:
    """The nation: names from short lists, so that many are alike; returns how many units there are."""
    levels = (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.GRASSROOTS, UnitKind.CELL)
    heads = ("Đảng bộ tỉnh", "Đảng bộ huyện", "Đảng bộ xã", "Chi bộ thôn")
    counts = (size.provinces, size.districts, size.communes, size.cells)
    rows: list[tuple[int, int | None, UnitKind, str]] = [(1, None, UnitKind.CENTRE, "Ban Chấp hành Trung ương")]
    above = [1]
    names = [f"{first} {second}" for first, second in product(FIRST, SECOND)]
    for level, (kind, head, many) in enumerate(zip(levels, heads, counts, strict=True)):
        below = []
        for parent in above:
            for number in range(many):
                at = len(rows) + 1
                name = names[(at * 7 + level) % len(names)]
                told = f"{head} {number + 1} {name}" if kind is UnitKind.CELL else f"{head} {name}"
                rows.append((at, parent, kind, told))
                below.append(at)
        above = below
    pour(Unit, ("code", "opened_on", "key"), ((f"N{at:06}", BEGAN, uuid5(ROOT, f"u{at}")) for at, *_ in rows))
    first = Unit.objects.everywhere(because=_WHY).order_by("pk").values_list("pk", flat=True)[0] - 1
    pour(
        UnitState,
        ("unit_id", "since", "parent_id", "kind", "is_cell", "is_grassroots", "name", "short_name", "folded", "key"),
        (_state(first, *row) for row in rows),
    )
    _store_people(size, [first + at for at in above])
    forget_since(BEGAN)
    respell_all()
    return len(rows)


def _state(first: int, at: int, parent: int | None, kind: UnitKind, name: str) -> tuple[object, ...]:
    above = None if parent is None else first + parent
    flags = (kind is UnitKind.CELL, kind is UnitKind.GRASSROOTS)
    return first + at, BEGAN, above, kind.value, *flags, name, name, fold(name), uuid5(ROOT, f"s{at}")


def _store_people(size: Size, cells: list[int]) -> None:
    def called(number: int) -> str:
        family, middle, given = number % len(FAMILY), number // 3 % len(MIDDLE), number // 11 % len(GIVEN)
        return f"{FAMILY[family]} {MIDDLE[middle]} {GIVEN[given]}"

    names = [called(number) for number in range(size.people)]
    ids = pour(
        Person,
        ("name", "folded", "key"),
        ((name, fold(name), uuid5(ROOT, f"p{number}")) for number, name in enumerate(names)),
    )
    pour(
        Membership,
        ("person_id", "unit_id", "since", "key"),
        ((pk, cells[at // 13 % len(cells)], BEGAN, uuid5(ROOT, f"m{at}")) for at, pk in enumerate(ids)),
    )


def _readers(tree: Tree) -> Iterator[tuple[str, Viewer]]:
    """Somebody who reads everything, somebody of the first province, somebody of its first cell."""
    shape = tree.shape
    province = 1
    cell = province
    while int(shape.child_count[cell]):
        cell += 1
    for who, at in (("nation", 0), ("province", province), ("cell", cell)):
        reach = Reach.of(tree.id, len(shape.unit_ids), [(at, int(shape.hi[at]))])
        held = dict.fromkeys((Capability.READ, Capability.PEOPLE), reach)
        yield who, Viewer(user_id=None, name=who, today=TODAY, reaches=MappingProxyType(held))


def _units(who: str, viewer: Viewer, asked: str, size: str) -> Case:
    seconds, found = best_of(RUNS, lambda: find(viewer, asked, MOST))
    rival, ids = best_of(RUNS, lambda: _like("org_unitstate", "unit_id", viewer.reach(Capability.READ), asked))
    return _case(f"units, {who}: {asked}", size, seconds, rival, {one.id for one in found}, ids)


def _people(who: str, viewer: Viewer, asked: str, size: str) -> Case:
    seconds, found = best_of(RUNS, lambda: find_people(viewer, asked, MOST))
    rival, ids = best_of(RUNS, lambda: _like("org_person", "id", viewer.reach(Capability.PEOPLE), asked))
    return _case(f"people, {who}: {asked}", size, seconds, rival, {one.id for one in found}, ids)


def _case(name: str, size: str, seconds: float, rival: float, found: set[int], ids: set[int]) -> Case:
    """Ours are the rival's, all of them where they fit on a page."""
    if not found <= ids or (len(ids) < MOST and found != ids) or (len(ids) >= MOST and len(found) < MOST):
        raise AssertionError(f"{name}: {len(found)} found, {len(ids)} by the rival")
    told = f"{len(found)} of {len(ids)}, the same"
    return Case(name, size, seconds, {LIKE: rival}, None, peak_mib(lambda: None), told)


def _like(table: str, column: str, reach: Reach, asked: str) -> set[int]:
    """Ids whose name holds a word that begins with each of the words asked, inside the reach."""
    where = " AND ".join("' ' || t.folded LIKE %s" for _ in words_of(asked))
    values: list[str | int] = [f"% {word}%" for word in words_of(asked)]
    if not reach.is_everything:
        (lo, hi), *_ = reach.intervals
        inside = "SELECT unit_id FROM org_place WHERE edition_id = %s AND lo >= %s AND lo < %s"
        if table == "org_person":
            inside = f"SELECT person_id FROM org_membership WHERE unit_id IN ({inside})"  # noqa: S608 -- our own tables
        where += f" AND t.{column} IN ({inside})"
        values += [reach.edition_id, lo, hi]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t.{column} FROM {table} t WHERE {where}", values)  # noqa: S608 -- our own tables
        return {row[0] for row in cursor.fetchall()}
