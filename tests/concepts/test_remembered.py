"""What an answer remembers: only while it reads, only for the reach it asked with, never beyond its end."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from chithi.core.errors import Absent
from chithi.core.periods import parse
from chithi.db.remembered import afresh, forget, is_reading, is_remembered, reading, remembered
from chithi.db.viewer import Capability
from chithi.indicators.meanings import every_measure, meanings
from chithi.indicators.models import IndicatorDefinition, PeriodRow
from chithi.indicators.period_rows import codes_within, know, period_row, row_of, rows_of
from chithi.indicators.stated import confirmed_at
from chithi.org.models import UnitState
from chithi.org.queries import cards, in_reach, one_unit, way_up
from chithi.web.middleware import ViewerMiddleware
from tests.worlds import TODAY, World

BECAUSE = "the test looks at everything"


def test_a_question_is_asked_once_within_reading_and_each_time_elsewhere() -> None:
    asked: list[str] = []

    def read() -> int:
        asked.append("x")
        return len(asked)

    assert [remembered("x", read), remembered("x", read)] == [1, 2]
    with reading():
        assert not is_remembered("x")
        assert [remembered("x", read), remembered("x", read), remembered("y", read)] == [3, 3, 4]
        assert is_remembered("x")
        with afresh():
            assert not is_reading()
            assert remembered("x", read) == 5
        assert remembered("x", read) == 3
        forget()
        assert remembered("x", read) == 6
    assert remembered("x", read) == 7


def test_what_was_remembered_ends_with_the_block_even_where_it_breaks() -> None:
    with pytest.raises(ZeroDivisionError), reading():
        remembered("x", lambda: 1 // 0)
    assert not is_reading()
    with reading():
        assert not is_remembered("x")


def test_another_thread_remembers_nothing_of_this_one() -> None:
    seen: list[bool] = []
    with reading():
        remembered("x", int)
        thread = Thread(target=lambda: seen.append(is_reading() or is_remembered("x")))
        thread.start()
        thread.join()
    assert seen == [False]


@pytest.mark.parametrize(("method", "reads"), [("GET", True), ("HEAD", True), ("POST", False), ("DELETE", False)])
def test_only_a_request_that_reads_remembers(method: str, reads: bool) -> None:
    seen: list[bool] = []

    def answer(_request: object) -> HttpResponse:
        seen.append(is_reading())
        return HttpResponse()

    ViewerMiddleware(answer)(RequestFactory().generic(method, "/"))
    assert (seen, is_reading()) == ([reads], False)


def test_nobody_is_shown_what_another_reach_was_asked_for(world: World) -> None:
    wide, narrow = world.viewer("minh"), world.viewer("lan")
    a11, a12 = world.unit("A11"), world.unit("A12")
    with reading():
        assert set(cards(wide, [a11, a12], TODAY)) == {a11, a12}
        assert in_reach(wide, a12)
        assert set(cards(narrow, [a11, a12], TODAY)) == {a11}
        assert not in_reach(narrow, a12)
        with pytest.raises(Absent):
            one_unit(narrow, a12, TODAY)
        assert [unit.id for unit in way_up(narrow, a11, TODAY)] == [a11]
        assert not in_reach(narrow, a12, Capability.ENTER)


def test_a_capability_that_reaches_less_is_asked_for_itself(world: World) -> None:
    viewer = world.viewer("chau")
    with reading():
        assert in_reach(viewer, world.unit("A11"))
        assert in_reach(viewer, world.unit("A11"), Capability.ENTER) is viewer.may_anywhere(Capability.ENTER)
        assert not in_reach(viewer, world.unit("A11"), Capability.SYSTEM)


@pytest.mark.parametrize("odd", [0, -1, 2**63, 10**30], ids=str)
def test_an_absurd_number_is_no_units(world: World, odd: int) -> None:
    viewer = world.viewer("chau")
    with reading():
        assert not in_reach(viewer, odd)
        assert cards(viewer, [odd], TODAY) == {}
        with pytest.raises(Absent):
            one_unit(viewer, odd, TODAY)


def test_units_are_read_once_with_those_above_them(world: World) -> None:
    viewer = world.viewer("minh")
    with reading():
        assert one_unit(viewer, world.unit("A11"), TODAY).code == "A11"
        with CaptureQueriesContext(connection) as counted:
            way = way_up(viewer, world.unit("A11"), TODAY)
            assert in_reach(viewer, world.unit("A1"))
        assert [unit.code for unit in way] == ["A1", "A11"]
        assert not [query for query in counted if '"org_unit' in query["sql"]]


def test_a_card_says_what_the_unit_was_on_the_day_asked_about(world: World) -> None:
    viewer, unit = world.viewer("minh"), world.unit("A11")
    state = UnitState.objects.everywhere(because=BECAUSE).get(unit_id=unit)
    state.until = TODAY
    state.save()
    name = "Chi bộ tên mới"
    same = {column: getattr(state, column) for column in ("unit_id", "parent_id", "kind", "is_cell", "is_grassroots")}
    UnitState.objects.create(**same, since=TODAY, name=name, short_name=name, folded=name.lower(), order=1)
    with reading():
        assert one_unit(viewer, unit, TODAY).name == "Chi bộ tên mới"
        assert one_unit(viewer, unit, parse("2025").last).name == state.name
        assert one_unit(viewer, unit, parse("1990").last).name == state.name


def test_periods_are_read_together_and_made_once(world: World) -> None:
    year, quarter, before = parse("2025"), parse("2025-Q1"), parse("2024")
    period_row(quarter)
    with reading():
        with CaptureQueriesContext(connection) as counted:
            know([year, quarter, before], within=[year])
            assert set(rows_of([year, quarter, before])) == {"2025-Q1"}
            assert row_of(before) is None
        assert len(counted) == 1
        made = period_row(year)
        assert period_row(year) is made
        assert set(codes_within(made).values()) == {"2025", "2025-Q1"}
        assert confirmed_at(world.viewer("lan"), world.unit("A11"), before) is None
    assert set(PeriodRow.objects.filter(code__in=["2025", "2024"]).values_list("code", flat=True)) == {"2025"}
    assert set(codes_within(period_row(year)).values()) == {"2025", "2025-Q1"}


def test_a_few_indicators_are_the_same_whether_all_were_read_before_or_not(world: World) -> None:
    codes = ["study.classes", "org.members_on_duty"]
    with reading():
        few = meanings(codes, ever=True)
    with reading():
        assert len(meanings(ever=True)) > len(few)
        with CaptureQueriesContext(connection) as counted:
            again = meanings(codes, ever=True)
        assert len(counted) == 0
        assert len(every_measure()) > len(few)
    assert [meaning.code for meaning in few] == [meaning.code for meaning in again]
    assert [meaning.formula for meaning in few] == [meaning.formula for meaning in again]
    assert set(codes) == {meaning.code for meaning in few}


def test_the_next_page_shows_what_was_changed_after_this_one(world: World, client: Client) -> None:
    client.force_login(world.users["minh"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"/don-vi/{world.unit('A11')}/?ky=2025"
    first = client.get(address).content.decode()
    UnitState.objects.everywhere(because=BECAUSE).filter(unit_id=world.unit("A11")).update(name="Chi bộ vừa đổi tên")
    named = IndicatorDefinition.objects.filter(name_vi__in=[m.name("vi") for m in meanings()]).order_by("pk")[0]
    IndicatorDefinition.objects.filter(pk=named.pk).update(name_vi="Chỉ tiêu vừa đổi tên")
    second = client.get(address).content.decode()
    for words in ("Chi bộ vừa đổi tên", "Chỉ tiêu vừa đổi tên"):
        assert words not in first
        assert words in second
