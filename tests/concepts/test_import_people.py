"""People come in by a sheet: tried first, then all or nothing, and the same sheet twice changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.errors import Absent
from chithi.core.periods import parse
from chithi.imports import actions
from chithi.imports.kinds import ImportKind
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.journal.models import Entry
from chithi.org import people
from chithi.org.models import Employment, Exemption, Membership, Person
from chithi.org.people import NewPerson
from chithi.org.spelling import amiss
from chithi.sheets.writing import Cell
from tests.concepts.import_desk import BECAUSE, again, applied, brought, counts, exported, said, sheet, words
from tests.worker import on_sheets
from tests.worlds import BEGAN, TODAY, World, add_members

pytestmark = pytest.mark.django_db
PEOPLE = ImportKind.PEOPLE
DAY = date(2025, 3, 1)


def sen(**more: Cell) -> dict[str, Cell]:
    return {"name": "Vũ Thị Sen", "birth_year": 1990, "cell": "A11", "since": DAY, **more}


def quy(**more: Cell) -> dict[str, Cell]:
    return {"name": "Đỗ Quý", "cell": "a12", "since": DAY, "probationary": "x", **more}


def how_many() -> tuple[int, ...]:
    """Rows of every table of people."""
    tables = (Person, Membership, Exemption, Employment)
    return tuple(model.objects.everywhere(because=BECAUSE).count() for model in tables)


def test_people_of_a_sheet_are_counted_up_the_tree(world: World) -> None:
    period = parse("2025")
    rebuild(period_row(period))
    minh = world.viewer("minh")
    data = sheet(
        PEOPLE,
        sen(exempt_since=DAY, exempt_reason="tuổi cao"),
        quy(),
        {"name": "Lê Na", "agency": "A1", "employment": "công chức", "employed_since": DAY},
    )
    batch = applied(minh, PEOPLE, world.unit("A1"), data)
    assert (batch.state, counts(batch)) == ("applied", (3, 0, 0))
    assert how_many() == (3, 2, 1, 1)
    drain_all()
    assert verify().ok
    line = lines(world.viewer("chau"), world.unit("T"), period, codes=["org.members_on_duty"]).lines[0]
    assert line.numerator.computed.value == 1, "one of the two members is exempt"
    assert amiss() == ([], []) or amiss()[1] == [], "and each is found by name"


def test_the_same_sheet_twice_changes_nothing(world: World) -> None:
    minh = world.viewer("minh")
    data = sheet(PEOPLE, sen(exempt_since=DAY), quy(agency="A1", employment="cán bộ", employed_since=DAY))
    applied(minh, PEOPLE, world.unit("A1"), data)
    before = how_many()
    batch = applied(minh, PEOPLE, world.unit("A1"), data)
    assert (counts(batch), how_many()) == ((0, 0, 2), before)


def test_a_sheet_is_not_brought_back_by_what_happened_since(world: World) -> None:
    minh = world.viewer("minh")
    data = sheet(PEOPLE, sen())
    applied(minh, PEOPLE, world.unit("A1"), data)
    row = Membership.objects.everywhere(because=BECAUSE).get()
    people.leave(by=minh, membership_id=row.pk, seen_version=row.version, on=date(2026, 1, 1))
    assert counts(brought(minh, PEOPLE, world.unit("A1"), data)) == (0, 0, 1)


def test_what_was_exported_comes_back_unchanged(world: World) -> None:
    minh = world.viewer("minh")
    add_members(world.units["A11"], 3)
    data = sheet(
        PEOPLE,
        sen(exempt_since=DAY, exempt_until=date(2030, 1, 1), exempt_reason="=ốm"),
        quy(agency="A1", employment="viên chức", employed_since=DAY),
        {"name": "Lê Na", "birth_year": 1980, "agency": "A1", "employment": "cán bộ", "employed_since": DAY},
        {"name": "Lê Na", "birth_year": 1980, "agency": "A1", "employment": "cán bộ", "employed_since": BEGAN},
    )
    applied(minh, PEOPLE, world.unit("A1"), data)
    before = how_many()
    for ending, language in (("xlsx", "vi"), ("csv", "vi"), ("csv", "en"), ("xlsx", "en")):
        file = exported(minh, PEOPLE, world.unit("A1"), TODAY, ending, language)
        batch = actions.bring(by=minh, kind=PEOPLE, unit_id=world.unit("A1"), filename=f"a.{ending}", data=file)
        on_sheets()
        batch = again(batch)
        assert (said(batch), batch.state) == ([], "checked")
        assert counts(batch) == (0, 0, 7)
        assert batch.alike == []
    assert how_many() == before


def test_every_problem_is_named_by_row_and_column(world: World) -> None:
    data = sheet(
        PEOPLE,
        sen(cell="A21"),
        sen(cell="KHONG-CO"),
        sen(since="31/02/2024", birth_year="bảy mươi", cell="A22"),
        sen(since=None),
        sen(name=None),
        sen(cell=None, since=None),
        sen(cell="A1"),
        sen(birth_year=1700),
        sen(since=date(2009, 1, 1)),
        sen(probationary="chắc vậy"),
        sen(exempt_since=date(2024, 1, 1)),
        sen(agency="A1"),
        sen(key="abc"),
    )
    batch = brought(world.viewer("minh"), PEOPLE, world.unit("A1"), data)
    assert batch.state == "refused"
    assert said(batch) == [
        (2, "cell", "imports.no_unit"),
        (3, "cell", "imports.no_unit"),
        (4, "cell", "imports.no_unit"),
        (4, "birth_year", "imports.bad_year"),
        (4, "since", "imports.no_such_day"),
        (5, "since", "imports.needed_with"),
        (6, "name", "imports.missing"),
        (7, "cell", "imports.no_home"),
        (8, "cell", "org.not_a_cell"),
        (9, "birth_year", "org.bad_birth_year"),
        (10, "since", "org.not_open_then"),
        (11, "probationary", "imports.bad_flag"),
        (12, "exempt_since", "org.not_a_member_then"),
        (13, "employment", "imports.needed_with"),
        (13, "employed_since", "imports.needed_with"),
        (14, "key", "imports.bad_key"),
    ]
    assert batch.problem_count == 16
    assert how_many() == (0, 0, 0, 0), "all or nothing"
    for language in ("vi", "en"):
        assert not [text for text in words(batch, language) if "…" in text or "imports." in text]


def test_a_unit_out_of_reach_is_told_as_one_that_is_not_there(world: World) -> None:
    batch = brought(world.viewer("minh"), PEOPLE, world.unit("A1"), sheet(PEOPLE, sen(cell="A21"), sen(cell="ZZZ")))
    there, nowhere = words(batch)
    assert there.replace("A21", "…") == nowhere.replace("ZZZ", "…")


def test_nobody_imports_into_a_unit_they_do_not_keep(world: World) -> None:
    for name, unit in (("lan", "A12"), ("hoa", "A11"), ("dung", "A"), ("chau", "T")):
        with pytest.raises(Absent):
            actions.bring(
                by=world.viewer(name), kind=PEOPLE, unit_id=world.unit(unit), filename="a.xlsx", data=sheet(PEOPLE)
            )
    with pytest.raises(Absent):
        actions.bring(
            by=world.viewer("minh"),
            kind=ImportKind.UNITS,
            unit_id=world.unit("A1"),
            filename="a.xlsx",
            data=sheet(ImportKind.UNITS),
        )


def test_people_who_look_alike_are_pointed_out_and_still_come_in(world: World) -> None:
    minh = world.viewer("minh")
    applied(minh, PEOPLE, world.unit("A1"), sheet(PEOPLE, sen()))
    data = sheet(PEOPLE, sen(), sen(since=date(2025, 6, 1)), sen(birth_year=None, since=date(2025, 7, 1)))
    batch = applied(minh, PEOPLE, world.unit("A1"), data)
    assert counts(batch) == (2, 0, 1)
    assert [row for row, _, _ in batch.alike] == [3, 4]


def test_the_same_person_twice_in_a_sheet_is_a_problem(world: World) -> None:
    batch = brought(world.viewer("minh"), PEOPLE, world.unit("A1"), sheet(PEOPLE, sen(), sen(name="VŨ THỊ SEN ")))
    assert said(batch) == [(3, "name", "imports.twice")]


def test_another_day_for_somebody_on_record_is_a_problem(world: World) -> None:
    minh = world.viewer("minh")
    applied(minh, PEOPLE, world.unit("A1"), sheet(PEOPLE, sen()))
    batch = brought(minh, PEOPLE, world.unit("A1"), sheet(PEOPLE, sen(since=date(2024, 3, 1))))
    assert said(batch) == [(2, "since", "imports.other_day")]
    assert "01/03/2025" in words(batch)[0]


def test_a_row_adds_to_somebody_on_record(world: World) -> None:
    minh = world.viewer("minh")
    applied(minh, PEOPLE, world.unit("A1"), sheet(PEOPLE, sen(exempt_since=DAY), quy()))
    more = sheet(
        PEOPLE,
        sen(exempt_since=DAY, exempt_until=date(2025, 9, 1)),
        quy(probationary=None, agency="A1", employment="cán bộ", employed_since=DAY),
    )
    batch = applied(minh, PEOPLE, world.unit("A1"), more)
    assert (counts(batch), how_many()) == ((0, 2, 0), (2, 2, 1, 1))
    assert Exemption.objects.everywhere(because=BECAUSE).get().until == date(2025, 9, 1)
    assert not Membership.objects.everywhere(because=BECAUSE).filter(probationary=True).exists()


def test_somebody_who_works_there_becomes_a_member_without_being_written_down_twice(world: World) -> None:
    minh = world.viewer("minh")
    job: dict[str, Cell] = {"agency": "A1", "employment": "cán bộ", "employed_since": DAY}
    applied(minh, PEOPLE, world.unit("A1"), sheet(PEOPLE, {"name": "Lê Na", **job}))
    batch = applied(
        minh, PEOPLE, world.unit("A1"), sheet(PEOPLE, {"name": "Lê Na", "cell": "A11", "since": DAY, **job})
    )
    assert (counts(batch), how_many()) == ((0, 1, 0), (1, 1, 0, 1))


def test_an_identity_from_beyond_reach_is_not_found(world: World) -> None:
    (stranger,) = add_members(world.units["A21"], 1)
    row = {"name": stranger.name, "cell": "A11", "since": DAY, "key": str(stranger.key)}
    batch = brought(world.viewer("minh"), PEOPLE, world.unit("A1"), sheet(PEOPLE, row))
    assert said(batch) == [(2, "key", "imports.no_person")]


def test_who_belongs_to_another_cell_is_not_drawn_over_by_a_sheet(world: World) -> None:
    (person,) = add_members(world.units["A12"], 1)
    row = {"name": person.name, "cell": "A11", "since": DAY, "key": str(person.key)}
    batch = brought(world.viewer("minh"), PEOPLE, world.unit("A1"), sheet(PEOPLE, row))
    assert said(batch) == [(2, "cell", "imports.somewhere_else")]


def test_a_reach_lost_between_check_and_deed_stops_the_import(world: World) -> None:
    minh = world.viewer("minh")
    batch = brought(minh, PEOPLE, world.unit("A1"), sheet(PEOPLE, sen()))
    actions.apply(by=minh, import_id=batch.pk, seen_version=batch.version)
    world.users["minh"].is_active = False
    world.users["minh"].save()
    on_sheets()
    assert (again(batch).state, how_many()) == ("refused", (0, 0, 0, 0))


def test_what_changed_between_check_and_deed_stops_the_import(world: World) -> None:
    minh = world.viewer("minh")
    batch = brought(minh, PEOPLE, world.unit("A1"), sheet(PEOPLE, sen()))
    actions.apply(by=minh, import_id=batch.pk, seen_version=batch.version)
    people.join(by=minh, person=NewPerson("Vũ Thị Sen", 1990), unit_id=world.unit("A11"), since=BEGAN)
    on_sheets()
    assert said(again(batch))[0][2] == "imports.changed_meanwhile"
    assert how_many()[0] == 1


def test_an_import_leaves_one_line_in_the_journal_without_names(world: World) -> None:
    applied(world.viewer("minh"), PEOPLE, world.unit("A1"), sheet(PEOPLE, sen(), quy()))
    entries = Entry.objects.everywhere(because=BECAUSE).filter(verb__startswith="imports.").order_by("pk")
    assert [entry.verb for entry in entries] == ["imports.brought", "imports.asked_for", "imports.applied"]
    last = entries[2]
    assert last.facts == {"kind": "people", "new": 2, "changed": 0, "unchanged": 0}
    assert (last.unit_id, last.by_id) == (world.unit("A1"), world.users["minh"].pk)
