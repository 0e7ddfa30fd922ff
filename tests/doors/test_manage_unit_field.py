"""Choosing a unit in a form: by code, by a name only one bears, within the reach of what is being done."""

from __future__ import annotations

import pytest

from chithi.db.viewer import Capability
from chithi.web.manage.unit_field import UnitField, UnitForm
from tests.doors.test_pages import signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db


class Asked(UnitForm):
    unit = UnitField()


class Entered(UnitForm):
    unit = UnitField(may=Capability.ENTER, required=False)


def chosen(world: World, who: str, typed: str, kind: type[UnitForm] = Asked) -> int | str:
    form = kind({"unit": typed}, viewer=world.viewer(who))
    return form.cleaned_data["unit"] if form.is_valid() else str(form.errors["unit"][0])


@pytest.mark.parametrize("typed", ["A11", "a11", " A11 ", "Chi bộ thôn Hòa Một", "chi bo thon hoa mot"])
def test_a_code_or_a_name_that_only_one_unit_bears_is_enough(world: World, typed: str) -> None:
    assert chosen(world, "chau", typed) == world.unit("A11")


def test_a_number_is_never_taken_for_the_row_of_a_unit(world: World) -> None:
    assert isinstance(chosen(world, "chau", str(world.unit("A11"))), str)


def test_of_several_units_of_one_name_the_code_is_asked(world: World) -> None:
    said = str(chosen(world, "chau", "chi bộ thôn"))
    assert "A11" in said
    assert "mã" in said


@pytest.mark.parametrize("typed", ["A12", "zzz", "%", "\x00", "9" * 30, "x" * 500])
def test_what_lies_outside_the_reach_looks_like_what_is_not_there(world: World, typed: str) -> None:
    assert isinstance(chosen(world, "lan", typed), str)
    assert chosen(world, "lan", "A11") == world.unit("A11")


@pytest.mark.parametrize("typed", ["A1", "a1", "A", "hoa", "hoa mot", "chi bo thon hoa", "Hòa Mộ"])
def test_what_merely_comes_near_the_only_unit_in_reach_chooses_nothing(world: World, typed: str) -> None:
    said = chosen(world, "lan", typed)
    assert isinstance(said, str)
    assert "An Một" not in said, "the unit above is not hers to read"


def test_what_comes_near_is_named(world: World) -> None:
    assert "Hòa Một (A11)" in str(chosen(world, "lan", "hoa"))


def test_reading_a_unit_is_not_enough_to_choose_it_for_more(world: World) -> None:
    assert chosen(world, "dung", "A1") == world.unit("A1")
    assert "phạm vi" in str(chosen(world, "dung", "A1", Entered))
    assert chosen(world, "minh", "A1", Entered) == world.unit("A1")


def test_a_field_left_empty_is_none_where_it_may_be(world: World) -> None:
    assert chosen(world, "minh", " ", Entered) is None
    assert isinstance(chosen(world, "minh", " "), str)


def test_suggestions_name_units_in_reach_with_what_stands_above(world: World) -> None:
    asked = {"o": "parent", "parent": "hoa"}
    page = signed_in(world, "minh").get("/quan-tri/goi-y/don-vi/", asked).content.decode()
    assert page.count("data-unit-code") == 2
    assert "Đảng bộ xã An Một · A11" in page
    page = signed_in(world, "lan").get("/quan-tri/goi-y/don-vi/", asked).content.decode()
    assert page.count("data-unit-code") == 1
    assert "An Một" not in page, "the unit above is not hers to read"


@pytest.mark.parametrize("query", ["", "?o=", "?o=unit", "?o=unit&unit=%00", "?o=unit&unit=" + "x" * 3000])
def test_odd_questions_for_suggestions_are_answered_with_nothing(world: World, query: str) -> None:
    answer = signed_in(world, "minh").get(f"/quan-tri/goi-y/don-vi/{query}")
    assert answer.status_code == 200
    assert "data-unit-code" not in answer.content.decode()
