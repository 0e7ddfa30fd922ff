"""Posts come in by a sheet: who is meant is found by name, year and cell, or by the identity an export wrote."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.imports.kinds import ImportKind
from chithi.indicators.drain import drain_all
from chithi.indicators.verify import verify
from chithi.org.models import Membership, Person, Post
from chithi.sheets.writing import Cell
from tests.concepts.import_desk import BECAUSE, applied, brought, counts, exported, said, sheet
from tests.worlds import BEGAN, TODAY, World, add_members

pytestmark = pytest.mark.django_db
POSTS = ImportKind.POSTS
DAY = date(2025, 3, 1)


def held(name: str = "Đảng viên A11 0", unit: str = "A1", **more: Cell) -> dict[str, Cell]:
    return {"name": name, "unit": unit, "title": "Bí thư đảng ủy", "since": DAY, "is_head": "x", **more}


@pytest.fixture
def staffed(world: World) -> World:
    for code, count in (("A11", 2), ("A12", 1), ("A21", 1)):
        add_members(world.units[code], count)
    return world


def posts() -> list[Post]:
    return list(Post.objects.everywhere(because=BECAUSE).order_by("pk"))


def test_posts_are_taken_and_end(staffed: World) -> None:
    minh = staffed.viewer("minh")
    batch = applied(minh, POSTS, staffed.unit("A1"), sheet(POSTS, held(is_key_leader="x"), held(title="Ủy viên")))
    assert counts(batch) == (2, 0, 0)
    assert [(p.title, p.is_key_leader, p.is_head, p.since, p.until) for p in posts()] == [
        ("Bí thư đảng ủy", True, True, DAY, None),
        ("Ủy viên", False, True, DAY, None),
    ]
    again = sheet(POSTS, held(is_key_leader="x", until=date(2026, 1, 1)), held(title="Ủy viên"))
    assert counts(applied(minh, POSTS, staffed.unit("A1"), again)) == (0, 1, 1)
    assert posts()[0].until == date(2026, 1, 1)
    assert counts(applied(minh, POSTS, staffed.unit("A1"), again)) == (0, 0, 2)
    drain_all()
    assert verify().ok


def test_what_was_exported_comes_back_unchanged(staffed: World) -> None:
    minh = staffed.viewer("minh")
    applied(minh, POSTS, staffed.unit("A1"), sheet(POSTS, held(is_key_leader="x"), held("Đảng viên A12 0")))
    for ending, language in (("xlsx", "vi"), ("csv", "en")):
        file = exported(minh, POSTS, staffed.unit("A1"), TODAY, ending, language)
        batch = brought(minh, POSTS, staffed.unit("A1"), file, f"a.{ending}")
        assert (said(batch), counts(batch)) == ([], (0, 0, 2))


def test_every_problem_is_named_by_row_and_column(staffed: World) -> None:
    twin = Person.objects.create(name="Đảng viên A11 1", folded="dang vien a11 1")
    Membership.objects.create(person=twin, unit=staffed.units["A12"], since=BEGAN)
    Post.objects.create(person=twin, unit=staffed.units["A1"], title="Cũ", since=DAY)
    data = sheet(
        POSTS,
        held("Ai Đó"),
        held("Đảng viên A21 0"),
        held("Đảng viên A11 1"),
        held("Đảng viên A11 1", home="A12"),
        held("Đảng viên A11 1", home="A21"),
        held(unit="A2"),
        held(since=date(2009, 1, 1)),
        held(until=date(2025, 3, 1)),
        held(title=None),
        held("Đảng viên A11 1", home="A12", title="Cũ", is_head="x"),
        held("Đảng viên A11 1", home="A12", title="Cũ", since=TODAY),
        held(title="Khác"),
        held(title="khác"),
    )
    assert said(brought(staffed.viewer("minh"), POSTS, staffed.unit("A1"), data)) == [
        (2, "name", "imports.no_person"),
        (3, "name", "imports.no_person"),
        (4, "name", "imports.several_people"),
        (6, "home", "imports.no_unit"),
        (7, "unit", "imports.no_unit"),
        (8, "since", "org.not_open_then"),
        (9, "until", "org.ends_before_beginning"),
        (10, "title", "imports.missing"),
        (11, "is_head", "imports.other_value"),
        (12, "since", "org.overlaps"),
        (14, "", "imports.twice"),
    ]
    assert len(posts()) == 1


def test_nothing_begins_for_somebody_who_was_forgotten(staffed: World) -> None:
    minh, people = staffed.viewer("minh"), Person.objects.everywhere(because=BECAUSE)
    someone = people.get(name="Đảng viên A11 0")
    people.filter(pk=someone.pk).update(name="Người 1a2b3c4d", forgotten_on=DAY)
    who = {"name": "Người 1a2b3c4d", "key": str(someone.key)}
    cell = sheet(ImportKind.PEOPLE, {**who, "cell": "A12", "since": DAY})
    for kind, data in ((POSTS, sheet(POSTS, held(**who))), (ImportKind.PEOPLE, cell)):
        Membership.objects.everywhere(because=BECAUSE).filter(person_id=someone.pk).update(until=DAY)
        batch = brought(minh, kind, staffed.unit("A1"), data)
        assert said(batch) == [(2, "name", "org.person_forgotten")]
