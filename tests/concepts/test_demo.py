"""The demo of a district of real size: its counts by the measures themselves, its figures, its totals, its accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from pytest_django.plugin import DjangoDbBlocker

from chithi.access.models import User
from chithi.access.roles import Role
from chithi.access.sign_in import OneTimeCodeBackend
from chithi.access.viewers import viewer_for
from chithi.core.periods import as_of, parse
from chithi.demo import DemoSummary, build_demo, one_time_logins
from chithi.demo.sizes import HA_LAM, KHUONG_SON
from chithi.directives.demo import leading
from chithi.dossiers.completeness import Dossiers
from chithi.dossiers.kinds import Part
from chithi.dossiers.models import Seat, Section
from chithi.freshness.models import Mark
from chithi.indicators.drain import rebuild
from chithi.indicators.kinds import FigureRole
from chithi.indicators.models import Adoption, Figure, Measure, Member, PeriodRow, Totals
from chithi.indicators.own import stored_rows
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.registry import BY_CODE
from chithi.org.kinds import UnitKind
from chithi.org.models import Employment, Membership, Person, Post, Unit, UnitState, valid_on
from chithi.org.queries import leaders
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack

BECAUSE = "a test looks at the whole demo"
TODAY = date(2026, 11, 21)
END_OF_2011, END_OF_2012, MAY_2013 = date(2011, 12, 31), date(2012, 12, 31), date(2013, 5, 15)
BIG, ROOT = "HL-KS", "HL"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoSummary]:
    """Built once for this file and rolled back after it; counted as of two days besides the demo's own periods."""
    with django_db_blocker.unblock(), transaction.atomic():
        summary = build_demo("district", 2016, lambda _line: None)
        for day in (MAY_2013, TODAY):
            rebuild(period_row(as_of(day)))
        connection.check_constraints()  # once for all, not again after every test
        yield summary
        transaction.set_rollback(True)
        _ids.cache_clear()


@cache
def _ids() -> dict[str, int]:
    return dict(Unit.objects.everywhere(because=BECAUSE).values_list("code", "pk"))


def counted(measure: str, unit: str, day: date, member: str = "") -> int:
    """The computed total of a recorded measure for a unit as of a day: a year's end, or one counted specially."""
    code = str(day.year) if (day.month, day.day) == (12, 31) else as_of(day).code
    member_id = Member.objects.get(code=member).pk if member else 0
    totals = Totals.objects.everywhere(because=BECAUSE).get(
        unit_id=_ids()[unit], period=PeriodRow.objects.get(code=code)
    )
    return unpack(bytes(totals.packed)).cell(key_of(Measure.objects.get(code=measure).pk, member_id)).value


def figures() -> dict[tuple[str, str, str], int]:
    """Live own counts by (unit code, period code, measure code), without the parts of breakdowns."""
    codes = {number: code for code, number in _ids().items()}
    measures = dict(Measure.objects.values_list("pk", "code"))
    periods = dict(PeriodRow.objects.values_list("pk", "code"))
    rows = Figure.objects.everywhere(because=BECAUSE).filter(covers="own", role=FigureRole.LEVEL, member=None)
    return {
        (codes[unit], periods[period], measures[measure]): value
        for unit, period, measure, value in rows.values_list("unit_id", "period_id", "measure_id", "value")
    }


@pytest.mark.parametrize("day", [END_OF_2012, MAY_2013, date(2019, 12, 31), date(2025, 12, 31), TODAY])
def test_the_district_has_43_grassroots_organisations_and_251_cells_ever_since_2012(
    demo: DemoSummary, day: date
) -> None:
    assert counted("org.grassroots", BIG, day) == 43
    assert counted("org.cells", BIG, day) == 251


def test_no_day_after_2012_has_more_or_fewer_cells(demo: DemoSummary) -> None:
    units = Unit.objects.everywhere(because=BECAUSE)
    days = set(units.filter(opened_on__gt=END_OF_2012).values_list("opened_on", flat=True))
    days |= set(units.filter(closed_on__gt=END_OF_2012).values_list("closed_on", flat=True))
    big = [number for code, number in _ids().items() if code.startswith(f"{BIG}-")]
    cells = BY_CODE["org.cells"].rows
    assert len(days) > 10
    assert {cells(day, day).everywhere(because=BECAUSE).filter(unit_id__in=big).count() for day in days} == {251}


def test_a_grassroots_cell_counts_as_a_cell_and_as_a_grassroots_organisation(demo: DemoSummary) -> None:
    both = UnitState.objects.everywhere(because=BECAUSE).filter(
        valid_on(TODAY), is_cell=True, is_grassroots=True, parent_id=_ids()[BIG]
    )
    assert both.count() == KHUONG_SON.grassroots_cells > 0


def test_villages_with_a_cell_of_their_own_grow_from_36_to_145_of_231(demo: DemoSummary) -> None:
    assert counted("org.villages", BIG, END_OF_2011) == counted("org.villages", BIG, MAY_2013) == 231
    assert counted("org.villages_with_cell", BIG, END_OF_2011) == 36
    assert counted("org.villages_with_cell", BIG, MAY_2013) == 145 == counted("org.villages_with_cell", BIG, TODAY)


def test_820_key_leaders_at_the_end_of_2012_of_whom_110_are_not_members(demo: DemoSummary) -> None:
    assert counted("org.key_leaders", BIG, END_OF_2012) == 820
    assert counted("org.key_leaders", BIG, END_OF_2012, "member") == 710
    assert counted("org.key_leaders", BIG, END_OF_2012, "other") == 110
    assert counted("org.key_leaders", BIG, date(2013, 12, 31)) == 832


def test_a_leader_with_two_posts_is_one_leader(demo: DemoSummary) -> None:
    held = Post.objects.everywhere(because=BECAUSE).filter(valid_on(END_OF_2012), is_key_leader=True)
    assert held.count() > counted("org.key_leaders", ROOT, END_OF_2012) == held.values("person_id").distinct().count()


def test_about_four_thousand_members_some_of_them_exempt(demo: DemoSummary) -> None:
    big = [number for code, number in _ids().items() if code.startswith(f"{BIG}-")]
    held = Membership.objects.everywhere(because=BECAUSE).filter(valid_on(END_OF_2012), unit_id__in=big)
    members, on_duty = held.values("person_id").distinct().count(), counted("org.members_on_duty", BIG, END_OF_2012)
    assert 3900 <= members <= 4100
    assert 20 <= members - on_duty <= 300


def test_people_in_two_organisations_are_few_and_counted_once(demo: DemoSummary) -> None:
    held = Membership.objects.everywhere(because=BECAUSE).filter(valid_on(TODAY))
    by_person = Counter(held.values_list("person_id", flat=True))
    assert max(by_person.values()) == 2
    assert 5 <= sum(1 for count in by_person.values() if count == 2) <= 60
    assert held.filter(probationary=True).exists()
    assert counted("org.members_on_duty", ROOT, TODAY) < len(by_person)


def test_every_open_cell_has_one_head(demo: DemoSummary) -> None:
    for day in (END_OF_2012, TODAY):
        cells = set(BY_CODE["org.cells"].rows(day, day).everywhere(because=BECAUSE).values_list("unit_id", flat=True))
        posts = Post.objects.everywhere(because=BECAUSE).filter(valid_on(day), is_head=True)
        heads = Counter(posts.values_list("unit_id", flat=True))
        assert {heads[cell] for cell in cells} == {1}


def test_closed_cells_name_an_heir_and_leave_no_member_behind(demo: DemoSummary) -> None:
    closed = list(Unit.objects.everywhere(because=BECAUSE).filter(closed_on__isnull=False))
    assert len(closed) == KHUONG_SON.split_2012 + KHUONG_SON.renewed_2013 + KHUONG_SON.moved_2013
    assert all(unit.heir_id for unit in closed)
    for unit in closed:
        held = Membership.objects.everywhere(because=BECAUSE).filter(unit=unit)
        assert held.exists()
        assert not held.exclude(until__lte=unit.closed_on).exists()


def test_the_other_districts_are_small_and_one_is_a_bloc(demo: DemoSummary) -> None:
    states = UnitState.objects.everywhere(because=BECAUSE).filter(valid_on(TODAY), parent_id=_ids()[ROOT])
    assert Counter(states.values_list("kind", flat=True)) == {UnitKind.DISTRICT: 7, UnitKind.BLOC: 1}
    for district in HA_LAM.districts[1:]:
        code = f"{ROOT}-{district.code}"
        assert 3 <= counted("org.grassroots", code, TODAY) <= 6
        assert counted("org.cells", code, TODAY) == district.cells
        assert 5 <= counted("org.members_on_duty", code, TODAY) / district.cells <= 15


def test_40_of_43_organisations_spoke_for_2025(demo: DemoSummary) -> None:
    viewer = viewer_for(User.objects.get(username="vanphong"), TODAY)
    found = lines(viewer, _ids()[BIG], parse("2025"), codes=["study.classes", "pledge.members"])
    assert [(line.chosen.spoke, line.chosen.expected) for line in found.lines] == [(40, 43), (40, 43)]
    assert not found.recomputing


def test_nothing_was_entered_for_the_years_that_reports_will_speak_of(demo: DemoSummary) -> None:
    early = PeriodRow.objects.filter(code__in=["2011", "2012", "2013"])
    assert early.count() == 3
    assert not Figure.objects.everywhere(because=BECAUSE).filter(period__in=early).exists()
    assert Totals.objects.everywhere(because=BECAUSE).filter(period__in=early).exists()


PARTS = (
    ("study.online", "study.online_invited"),
    ("issue.settled", "issue.registered"),
    ("comment.answered", "comment.received"),
    ("pledge.officials", "study.officials"),
    ("study.officials", "org.officials_outside"),
    ("rating.leaders_member", "rating.leaders_member_rated"),
    ("rating.leaders_other", "rating.leaders_other_rated"),
    ("standard.units_passing", "standard.units"),
    ("standard.units_late", "standard.units"),
    ("inspect.base", "inspect.base_planned"),
)


def test_no_part_is_larger_than_what_it_is_part_of(demo: DemoSummary) -> None:
    said = figures()
    looked_at = 0
    for (unit, period, measure), value in said.items():
        for part, whole in PARTS:
            if measure == part:
                looked_at += 1
                assert 0 <= value <= said[unit, period, whole], (unit, period, measure)
    assert looked_at > 5000


def test_entered_figures_stay_within_the_records_of_the_unit(demo: DemoSummary) -> None:
    said = figures()
    communes = [code for code in _ids() if code.startswith(f"{BIG}-") and code.count("-") == 2]
    bases = {"study.members": "org.members_on_duty", "pledge.members": "org.members_on_duty"}
    bases |= {"meeting.quality": "org.cells", "plan.cells": "org.cells", "pledge.leaders": "org.key_leaders"}
    below = {row.parent_id for row in UnitState.objects.everywhere(because=BECAUSE).filter(valid_on(TODAY))}
    looked_at = 0
    for code in communes:
        for measure, base in bases.items():
            value = said.get((code, "2024", measure))
            if value is not None and _ids()[code] in below:
                looked_at += 1
                assert value <= counted(base, code, date(2024, 12, 31)), (code, measure)
    assert looked_at > 100


def test_the_quarters_of_2025_add_up_to_the_year(demo: DemoSummary) -> None:
    said = figures()
    split = {(unit, measure) for unit, period, measure in said if period == "2025-Q1"}
    assert len(split) > 1000
    for unit, measure in split:
        quarters = [said[unit, f"2025-Q{index}", measure] for index in (1, 2, 3, 4)]
        assert sum(quarters) == said[unit, "2025", measure], (unit, measure)


def test_one_statement_is_taken_on_as_a_balance_and_another_stands_beside_its_total(demo: DemoSummary) -> None:
    viewer = viewer_for(User.objects.get(username="tuyengiao"), TODAY)
    assert Adoption.objects.everywhere(because=BECAUSE).count() == 1
    adopted = lines(viewer, _ids()[BIG], parse("2024"), codes=["study.classes"]).lines[0]
    assert (adopted.numerator.computed.balance, adopted.chosen.difference) == (6, 0)
    beside = lines(viewer, _ids()[ROOT], parse("2025"), codes=["study.classes"]).lines[0]
    assert (beside.numerator.computed.balance, beside.chosen.difference) == (0, 4)


def test_bounds_examples_and_targets_occur(demo: DemoSummary) -> None:
    rows = Figure.objects.everywhere(because=BECAUSE)
    assert rows.filter(bound="at_least").exists()
    assert rows.filter(covers="part", value_max__isnull=False).exclude(about="").exists()
    assert rows.filter(role=FigureRole.TARGET, value__isnull=True, stated_share=98).exists()


def test_stored_totals_equal_a_rebuild_and_no_mark_is_left(demo: DemoSummary) -> None:
    assert not Mark.objects.everywhere(because=BECAUSE).exists()
    for code in ("2012", "2025", "2026-Q3"):
        row = PeriodRow.objects.get(code=code)
        before = stored_rows(row, _ids().values())
        assert rebuild(row) == len(before) > 50
        assert stored_rows(row, _ids().values()) == before


def test_the_total_of_the_province_is_what_its_organisations_entered(demo: DemoSummary) -> None:
    said = figures()
    entered = sum(value for (_, period, measure), value in said.items() if (period, measure) == ("2023", "media.items"))
    viewer = viewer_for(User.objects.get(username="tuyengiao"), TODAY)
    line = lines(viewer, _ids()[ROOT], parse("2023"), codes=["media.items"]).lines[0]
    measure = Measure.objects.get(code="media.items")
    summed = Figure.objects.everywhere(because=BECAUSE).filter(measure=measure, period__code="2023")
    assert line.chosen.value == entered == summed.aggregate(total=Sum("value"))["total"]


def test_five_accounts_one_for_each_role_open_once_by_their_codes(demo: DemoSummary) -> None:
    logins = one_time_logins()
    assert [(name, role) for name, role, _, _ in logins] == [
        ("bithu", Role.SECRETARY),
        ("vanphong", Role.CLERK),
        ("tuyengiao", Role.AGENCY),
        ("lanhdao", Role.LEADER),
        ("quantri", Role.ADMINISTRATOR),
    ]
    for name, _, unit, code in logins:
        user = OneTimeCodeBackend().authenticate(None, name, code)
        assert user is not None
        home = viewer_for(user, TODAY).home_unit_id
        assert UnitState.objects.everywhere(because=BECAUSE).get(valid_on(TODAY), unit_id=home).name == unit
        assert OneTimeCodeBackend().authenticate(None, name, code) is None


def test_the_secretary_of_the_demo_leads_the_cell_of_the_account(demo: DemoSummary) -> None:
    viewer = viewer_for(User.objects.get(username="bithu"), TODAY)
    assert viewer.home_unit_id is not None
    assert (viewer.name, "Bí thư chi bộ") in leaders(viewer, viewer.home_unit_id, TODAY)


def test_the_summary_counts_what_is_there(demo: DemoSummary) -> None:
    assert demo.units == len(_ids()) == 761
    assert demo.people == Person.objects.everywhere(because=BECAUSE).count()
    assert demo.memberships == Membership.objects.everywhere(because=BECAUSE).count()
    assert demo.figures == Figure.objects.everywhere(because=BECAUSE).count()


def test_registers_of_officials_are_kept_in_the_first_district_members_and_not(demo: DemoSummary) -> None:
    every, outside = (counted("org.officials", ROOT, TODAY, member) for member in ("", "other"))
    assert 0 < outside < every
    assert counted("org.officials_not_members", ROOT, TODAY) == outside
    assert counted("org.officials", BIG, TODAY) == every
    rows = Employment.objects.everywhere(because=BECAUSE).filter(valid_on(TODAY))
    assert rows.values("person_id").distinct().count() == every


def test_who_is_exempt_left_the_members_on_duty(demo: DemoSummary) -> None:
    members = Membership.objects.everywhere(because=BECAUSE).filter(valid_on(TODAY)).values("person_id").distinct()
    on_duty, exempt = counted("org.members_on_duty", ROOT, TODAY), counted("org.members_exempt", ROOT, TODAY)
    assert exempt > 0
    assert on_duty + exempt == members.count()


def test_files_on_the_directive_are_whole_partial_and_empty(demo: DemoSummary) -> None:
    agency = viewer_for(User.objects.get(username="tuyengiao"), TODAY)
    found = Dossiers(agency, leading(), _ids()[ROOT])
    whole = found.whole()
    there = Counter(len(found.there(one.unit_id)) for one in found.units())
    assert 50 < whole.complete < whole.lacking
    assert there[0] > 0
    assert sum(there[count] for count in range(1, len(found.entries))) > whole.asked // 3
    assert all(whole.complete <= count < whole.asked for _entry, count in found.each())


def test_every_helper_section_has_one_head_and_nearly_all_have_others_beside(demo: DemoSummary) -> None:
    sections = set(Section.objects.everywhere(because=BECAUSE).values_list("pk", flat=True))
    seats = Seat.objects.everywhere(because=BECAUSE).filter(valid_on(TODAY))
    heads = Counter(seats.filter(part=Part.HEAD).values_list("section_id", flat=True))
    assert heads == Counter(dict.fromkeys(sections, 1))
    beside = set(seats.exclude(part=Part.HEAD).values_list("section_id", flat=True))
    assert len(sections) // 20 < len(sections - beside) < len(sections) // 5
