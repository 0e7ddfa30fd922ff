"""`chithi bench search-names`: finding units and people while somebody types, in a tree as large as the nation.

The database is the one the settings name and must hold no units; the invented nation is rolled back at the end. The
rival is what such searches usually are: one statement that looks at every name with LIKE, inside the same reach. It
brings back ids alone, without ranking or names; the ids must be the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid5

from django.db import connection, transaction

from chithi.bench.measured import Case, Measured, best_of, peak_mib, versions_of
from chithi.core.errors import Refused
from chithi.db.pouring import pour
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.org.demo import NationSize, build_nation
from chithi.org.finding import find, find_people
from chithi.org.models import Membership, Person, Unit
from chithi.org.places import Tree, forget_since, reach_tree
from chithi.org.spelling import respell_people
from chithi.org.spelling_rules import words_of
from chithi.text.vietnamese import fold

TODAY, BEGAN, SEED = date(2026, 11, 22), date(2021, 1, 1), 2016
MOST, RUNS = 51, 5
LIKE = "LIKE over all names"
ROOT = UUID("6d1f8f0e-0000-4000-8000-000000000000")
_WHY = "the bench looks whether the database is empty"

FAMILY = ("Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Quàng")
MIDDLE = ("Văn", "Văn", "Thị", "Thị", "Đức", "Minh", "Quang", "Hữu", "Ngọc", "Thanh")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hoa", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Phúc", "Quý", "Sơn")


NATION, SMALL = (NationSize(), 41_350), (NationSize(2, 1, 6, 300, 2, 2, 2, 1), 500)
"""The invented nation and how many people there are besides."""
UNITS = ("thon khe tram", "yen xa", "xa yen khe", "zzz", "chi bo")
PEOPLE = ("nguyen van an", "an quang lo", "quang")


def run(small: bool) -> Measured:
    """Three readers: of the nation, of one province, of one cell."""
    if Unit.objects.everywhere(because=_WHY).exists():
        raise Refused("bench.not_empty")
    versions, missing = versions_of(("django",))
    measured = Measured("search-names", versions | {"database": connection.vendor}, left_out=missing)
    with transaction.atomic():
        size, people = SMALL if small else NATION
        built = build_nation(size, SEED)
        count = len(built.plan)
        respell_people(_store_people(people, [built.id_of(at) for at, cell in enumerate(built.plan.cells) if cell]))
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        tree = reach_tree(TODAY)
        for who, viewer in _readers(tree):
            measured.cases += [_units(who, viewer, asked, f"{count:,} units") for asked in UNITS]
            measured.cases += [_people(who, viewer, asked, f"{people:,} people") for asked in PEOPLE]
        transaction.set_rollback(True)
    forget_since(date.min)
    return measured


def _store_people(count: int, cells: list[int]) -> range:
    def called(number: int) -> str:
        family, middle, given = number % len(FAMILY), number // 3 % len(MIDDLE), number // 11 % len(GIVEN)
        return f"{FAMILY[family]} {MIDDLE[middle]} {GIVEN[given]}"

    names = [called(number) for number in range(count)]
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
    return ids


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
