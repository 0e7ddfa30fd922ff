"""Finding units and people as one types: what is found, in which order, and by whom it is not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chithi.access.actions import grant, open_account
from chithi.access.roles import Role
from chithi.db.viewer import Viewer
from chithi.org import spelling
from chithi.org.actions import NewUnit, merge, open_unit, rename
from chithi.org.finding import find, find_people
from chithi.org.kinds import UnitKind
from chithi.org.models import Membership, Person, Post
from chithi.org.people import NewPerson, NewPost, correct, join, take_post
from chithi.org.queries import find_units
from chithi.org.spellings import UnitSpelling
from chithi.text.vietnamese import fold
from tests.worlds import BEGAN, World

pytestmark = pytest.mark.django_db


def codes(world: World, viewer: Viewer, asked: str) -> list[str]:
    by_id = {unit.pk: code for code, unit in world.units.items()}
    return [by_id.get(found.id, "new") for found in find(viewer, asked, 51)]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("an mot", "A1"), ("AN MỘT", "A1"), ("ấn một", "A1"), ("xa an h", "A2"), ("mot an", "A1"), ("b11", "B11"),
        ("dbxah", "A2"), ("ĐUXAH", "A2"), ("du xa an hai", "A2"), ("HU An", "A"), ("TU", "T"), ("cb thôn quý", "A21"),
        ("x. Bình Một", "B1"), ("hoà hai", "A12"),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_what_people_type(world: World, asked: str, first: str) -> None:
    assert codes(world, world.viewer("an"), asked)[:1] == [first]


def test_nothing_is_found_of_words_that_no_name_holds_or_of_the_middle_of_one(world: World) -> None:
    by = world.viewer("an")
    for asked in ("zzz", "huyen chi", "inh", "", "   ", "%", "_", "\x00", "' OR 1=1 --", "an " * 200):
        assert codes(world, by, asked) == [], asked


def test_what_is_called_so_comes_before_what_begins_so_and_that_before_all_words(world: World) -> None:
    by = world.viewer("an")
    for code, name in (("Q1", "Chi bộ Hòa"), ("Q2", "Chi bộ thôn Quý Hòa Bộ Chi")):
        open_unit(by=by, new=NewUnit(code, name, name, UnitKind.CELL), parent_id=world.unit("B1"), on=date(2020, 1, 1))
    by = world.viewer("an")
    found = [unit.name for unit in find_units(by, "Chi bộ Hòa")]
    assert found[0] == "Chi bộ Hòa"
    assert set(found[1:]) == {"Chi bộ thôn Hòa Một", "Chi bộ thôn Hòa Hai", "Chi bộ thôn Quý Hòa Bộ Chi"}


def test_equals_stand_in_the_order_of_the_tree(world: World) -> None:
    assert codes(world, world.viewer("an"), "dang bo") == ["T", "A", "A1", "A2", "B", "B1"]
    assert codes(world, world.viewer("dung"), "dang bo") == ["A", "A1", "A2"]


def test_an_old_name_is_found_and_told_with_its_days_after_present_ones(world: World) -> None:
    by = world.viewer("an")
    rename(by=by, unit_id=world.unit("A2"), name="Đảng bộ xã Sông Mới", short_name="Sông Mới", on=date(2024, 7, 1))
    by = world.viewer("an")
    first, *_ = find(by, "an hai", 5)
    assert first.id == world.unit("A2")
    assert first.old is not None
    assert (first.old.name, first.old.since, first.old.until) == ("Đảng bộ xã An Hai", BEGAN, date(2024, 7, 1))
    assert codes(world, by, "dang bo xa an") == ["A1", "A2"]
    assert find(by, "song moi", 5)[0].old is None


def test_a_name_that_is_laid_down_for_later_is_found_and_said_to_be_another(world: World) -> None:
    by = world.viewer("an")
    rename(by=by, unit_id=world.unit("A2"), name="Đảng bộ xã Mai Sau", short_name="Mai Sau", on=date(2027, 1, 1))
    found = find(world.viewer("an"), "mai sau", 5)[0]
    assert found.old is not None
    assert (found.old.since, found.old.until) == (date(2027, 1, 1), None)
    assert find(world.viewer("an"), "an hai", 5)[0].old is None


def test_what_has_closed_comes_after_what_is_open(world: World) -> None:
    merge(by=world.viewer("an"), unit_ids=[world.unit("A1")], heir_id=world.unit("A2"), on=date(2025, 1, 1))
    assert codes(world, world.viewer("an"), "dang bo xa an") == ["A2", "A1"]
    assert find_units(world.viewer("an"), "an mot")[0].closed_on == date(2025, 1, 1)


def test_nobody_finds_a_unit_outside_their_reach(world: World) -> None:
    assert codes(world, world.viewer("lan"), "hoa") == ["A11"]
    assert codes(world, world.viewer("minh"), "an hai") == []
    assert codes(world, world.viewer("dung"), "binh") == []
    assert codes(world, world.viewer("dung"), "B1") == []


def test_both_ways_to_the_strings_give_the_same_answers_in_the_same_order(world: World) -> None:
    """Whoever reads everything goes along the index, whoever reads a part through the part; here the part is all."""
    from dataclasses import replace
    from types import MappingProxyType

    from chithi.db.reach import Reach

    for name in ("Nguyễn Văn Ánh", "Trần Ánh Văn", "Lê Hòa"):
        person(name, world, "A12")
    whole = world.viewer("an")
    parts = {
        may: Reach(reach.edition_id, reach.intervals, reach.size + 1) if not reach.is_empty else reach
        for may, reach in whole.reaches.items()
    }
    part = replace(whole, reaches=MappingProxyType(parts))
    for asked in ("an", "an mot", "mot an", "hoa", "dang bo", "dbx", "B11", "HU An", "cb thon", "zzz", "chi", "mot xa"):
        assert find(whole, asked, 51) == find(part, asked, 51), asked
    for asked in ("anh", "van anh", "anh van", "hoa le", "ng", "zzz"):
        assert [f.id for f in find_people(whole, asked, 51)] == [f.id for f in find_people(part, asked, 51)], asked


def person(name: str, world: World, code: str, born: int | None = None) -> Person:
    by = world.viewer("an")
    made = join(by=by, person=NewPerson(name, born), unit_id=world.unit(code), since=date(2020, 1, 1))
    return Person.objects.everywhere(because="a test").get(pk=made.person_id)


def names(world: World, who: str, asked: str) -> list[str]:
    return [found.name for found in find_people(world.viewer(who), asked, 51)]


def test_a_person_is_found_by_parts_of_the_name_in_any_order(world: World) -> None:
    person("Nguyễn Văn Ánh", world, "A11", 1980)
    person("Trần Ánh Văn", world, "A12")
    assert names(world, "minh", "ánh") == ["Nguyễn Văn Ánh", "Trần Ánh Văn"]
    assert names(world, "minh", "van anh") == ["Nguyễn Văn Ánh", "Trần Ánh Văn"]
    assert names(world, "minh", "anh ng") == ["Nguyễn Văn Ánh"]
    assert names(world, "minh", "nguyen van anh") == ["Nguyễn Văn Ánh"]
    assert names(world, "minh", "anh binh") == []


def test_namesakes_are_told_apart_by_year_unit_and_post(world: World) -> None:
    first = person("Lê Thị Hoa", world, "A11", 1970)
    person("Lê Thị Hoa", world, "A12", 1971)
    by = world.viewer("an")
    take_post(by=by, person=first.pk, unit_id=world.unit("A11"), post=NewPost("Bí thư"), since=date(2021, 1, 1))
    found = find_people(world.viewer("minh"), "le thi hoa", 9)
    assert [(f.birth_year, f.title, f.unit_ids) for f in found] == [
        (1970, "Bí thư", (world.unit("A11"),)),
        (1971, "", (world.unit("A12"),)),
    ]


def test_people_are_found_only_by_those_who_keep_or_see_their_records(world: World) -> None:
    person("Phạm Quốc Dũng", world, "A12")
    for who in ("hoa", "minh", "an"):
        assert names(world, who, "quoc dung") == ["Phạm Quốc Dũng"], who
    for who in ("lan", "dung", "chau"):
        assert names(world, who, "quoc dung") == [], who


def test_asking_for_somebody_outside_costs_the_same_queries_as_asking_for_nobody(world: World) -> None:
    person("Phạm Quốc Dũng", world, "B11")
    by = world.viewer("lan")
    costs = []
    for asked in ("pham quoc dung", "khong he co"):
        with CaptureQueriesContext(connection) as counted:
            assert find_people(by, asked, 9) == []
            assert find(by, asked, 9) == []
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_a_corrected_name_is_found_and_the_former_one_no_longer(world: World) -> None:
    known = person("Vũ Thị Lnh", world, "A11")
    correct(by=world.viewer("an"), person_id=known.pk, seen_version=known.version, name="Vũ Thị Lành", birth_year=None)
    assert names(world, "lan", "lanh") == ["Vũ Thị Lành"]
    assert names(world, "lan", "lnh") == []


def test_the_strings_are_those_of_the_names_after_every_act_and_a_difference_is_named(world: World) -> None:
    by = world.viewer("an")
    merge(by=by, unit_ids=[world.unit("B1")], heir_id=world.unit("A2"), on=date(2025, 1, 1))
    person("Đỗ Văn Tám", world, "A21")
    assert spelling.amiss() == ([], [])
    rows = UnitSpelling.objects.everywhere(because="a test").filter(unit_id=world.unit("A1"))
    rows.filter(text="mot").delete()
    stranger = Person.objects.create(name="Ai Đó", folded=fold("Ai Đó"))
    assert spelling.amiss() == ([world.unit("A1")], [stranger.pk])
    before = UnitSpelling.objects.everywhere(because="a test").count()
    spelling.respell_all()
    assert spelling.amiss() == ([], [])
    assert UnitSpelling.objects.everywhere(because="a test").count() == before + 1


def test_an_installation_from_before_is_noticed(world: World) -> None:
    assert not spelling.never_spelt()
    UnitSpelling.objects.everywhere(because="a test").delete()
    assert spelling.never_spelt()


def test_more_than_one_page_is_cut_and_the_best_stay(world: World) -> None:
    for number in range(9):
        someone = Person.objects.create(name=f"Nguyễn Văn Số {number}", folded="")
        Membership.objects.create(person=someone, unit=world.units["A11"], since=BEGAN)
        Post.objects.create(person=someone, unit=world.units["A11"], title="Phó bí thư", since=BEGAN)
    spelling.respell_all()
    assert len(find_people(world.viewer("lan"), "nguyen", 5)) == 5
    assert names(world, "lan", "so 7") == ["Nguyễn Văn Số 7"]


def test_a_clerk_with_two_places_finds_what_lies_in_both(world: World) -> None:
    user = open_account(username="hai-noi", name="Hai Nơi")
    for code in ("A11", "B11"):
        grant(by=None, user=user, role=Role.SECRETARY, unit_id=world.unit(code), since=BEGAN)
    world.users["hai-noi"] = user
    assert codes(world, world.viewer("hai-noi"), "chi bo") == ["A11", "B11"]
