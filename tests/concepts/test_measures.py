"""Counts and the lists behind them cannot part, whatever people joined, left, were exempted or held posts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chithi.core.periods import parse
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Measure, Member, Totals
from chithi.indicators.own import open_book, own_columns
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.registry import RECORDED
from chithi.indicators.sides import leaf_counts
from chithi.indicators.trace import records
from chithi.indicators.verify import verify
from chithi.org.kinds import LinkKind, UnitKind
from chithi.org.models import Exemption, Membership, Person, Post, Unit, UnitLink
from chithi.org.places import tree_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import pack, unpack
from tests.worlds import World, add_members, add_unit

PERIOD = parse("2025")
CELLS = ("A11", "A12", "A21", "B11")
DAYS = st.dates(date(2023, 1, 1), date(2026, 6, 30))
STAY = st.tuples(st.sampled_from(CELLS), DAYS, st.integers(1, 900) | st.none())
PERSON = st.fixed_dictionaries(
    {
        "memberships": st.lists(STAY, max_size=3),
        "exemptions": st.lists(STAY, max_size=2),
        "posts": st.lists(STAY, max_size=2),
    }
)


def lived(world: World, lives: list[dict[str, list[tuple[str, date, int | None]]]]) -> None:
    """Write the drawn lives into the database."""
    for number, life in enumerate(lives):
        person = Person(name=f"Người {number}", folded=f"nguoi {number}")
        person.save()
        for kind, model, extra in (
            ("memberships", Membership, {}),
            ("exemptions", Exemption, {}),
            ("posts", Post, {"title": "Bí thư", "is_key_leader": True}),
        ):
            for code, since, days in life[kind]:
                until = None if days is None else since + timedelta(days=days)
                model.objects.create(person=person, unit=world.units[code], since=since, until=until, **extra)


def holds(stay: tuple[str, date, int | None], day: date) -> bool:
    _, since, days = stay
    return since <= day and (days is None or since + timedelta(days=days) > day)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(PERSON, max_size=6))
def test_every_count_equals_its_list_and_every_person_counts_once(world: World, lives: list) -> None:  # type: ignore[type-arg]
    for model in (Exemption, Membership, Post):
        model.objects.everywhere(because="each example begins anew").delete()
    lived(world, lives)
    day = PERIOD.last
    expected = Counter()
    for life in lives:
        stays = [s for s in life["memberships"] if holds(s, day)]
        if stays and not any(holds(s, day) for s in life["exemptions"]):
            expected[min(enumerate(stays), key=lambda s: (s[1][1], s[0]))[1][0]] += 1
    row, tree, book = period_row(PERIOD), tree_on(day), open_book()
    units = {code: world.unit(code) for code in CELLS}
    counts = leaf_counts(book, row, tree, list(units.values()))
    viewer = world.viewer("minh")
    for code, unit_id in units.items():
        on_duty = counts[unit_id][Measure.objects.get(code="org.members_on_duty").pk, 0].value
        assert on_duty == expected[code]
    for declared in RECORDED:
        measure = Measure.objects.get(code=declared.code)
        for code in ("A11", "A12"):
            found = records(viewer, measure.pk, units[code], PERIOD)
            assert found.total == len(found.shown) == counts[units[code]][measure.pk, 0].value
            parts = [
                records(viewer, measure.pk, units[code], PERIOD, member_id=member.pk).total
                for member in Member.objects.filter(breakdown=measure.breakdown_id or 0)
            ]
            assert not parts or sum(parts) == found.total


def test_a_village_counts_as_having_a_cell_from_the_day_of_the_link(world: World) -> None:
    village = add_unit("A1V", world.units["A1"], UnitKind.VILLAGE, "Thôn Hòa Một")
    UnitLink.objects.create(unit=village, other=world.units["A11"], kind=LinkKind.VILLAGE_CELL, since=date(2024, 3, 1))
    for code, expected in (("2023", 0), ("2024", 1)):
        rebuild(period_row(parse(code)))
        line = lines(world.viewer("minh"), world.unit("A1"), parse(code)).line("unit.village_cell")
        assert (line.chosen.value, line.chosen.total) == (expected if expected else 0, 1) or line.chosen.missing


def test_a_measure_sums_to_the_same_over_the_whole_tree(world: World) -> None:
    for code in CELLS:
        add_members(world.units[code], 3)
    row = period_row(PERIOD)
    tree = tree_on(PERIOD.last)
    column = own_columns(open_book(), row, tree, None)[key_of(5)]
    assert int(column.values.sum()) == 12


def test_verify_finds_nothing_in_a_sound_database(world: World) -> None:
    add_members(world.units["A11"], 3)
    rebuild(period_row(PERIOD))
    found = verify()
    assert found.ok
    assert found.totals > 0
    assert found.counts > 0


def test_verify_names_a_total_that_was_tampered_with_and_rebuilds_it(world: World) -> None:
    add_members(world.units["A11"], 3)
    rebuild(period_row(PERIOD))
    stored = Totals.objects.everywhere(because="a test").get(unit_id=world.unit("A"))
    row = unpack(bytes(stored.packed))
    row.cells[0, 0] += 1
    stored.packed = pack(row)
    stored.save()
    found = verify()
    assert [d.check for d in found.differences] == ["total"]
    assert found.differences[0].where.startswith("A 2025 measure")
    verify(rebuild_totals=True)
    assert verify().ok


def test_verify_names_damaged_bytes(world: World) -> None:
    rebuild(period_row(PERIOD))
    Totals.objects.everywhere(because="a test").filter(unit_id=world.unit("A")).update(packed=b"rubbish")
    assert "rollup.damaged" in verify().differences[0].stored


def test_a_change_of_the_tree_in_the_past_of_a_period_recounts_it(world: World) -> None:
    from chithi.org.actions import move

    add_members(world.units["B11"], 4)
    rebuild(period_row(PERIOD))
    move(by=world.viewer("an"), unit_id=world.unit("B1"), parent_id=world.unit("A"), on=date(2025, 9, 1))
    drain_all()
    members = lines(world.viewer("dung"), world.unit("A"), PERIOD).line("org.members_on_duty")
    assert members.chosen.value == 4
    assert verify().ok


def test_a_merge_across_districts_takes_the_work_along_and_recounts_both(world: World) -> None:
    from chithi.org.actions import merge

    add_members(world.units["A21"], 4)
    add_members(world.units["B11"], 2)
    rebuild(period_row(PERIOD))
    merge(by=world.viewer("an"), unit_ids=[world.unit("A2")], heir_id=world.unit("B1"), on=date(2025, 9, 1))
    drain_all()
    members = [lines(world.viewer("chau"), world.unit(u), PERIOD).line("org.members_on_duty") for u in ("A", "B")]
    assert [line.numerator.computed.value for line in members] == [0, 6]
    assert verify().ok


@pytest.mark.parametrize("code", ["A", "A1", "A11"])
def test_nobody_is_put_below_themselves(world: World, code: str) -> None:
    from chithi.core.errors import Refused
    from chithi.org.actions import move

    with pytest.raises(Refused) as refused:
        move(by=world.viewer("an"), unit_id=world.unit("A"), parent_id=world.unit(code), on=date(2026, 9, 1))
    assert refused.value.code == "org.cyclic_move"
    assert Unit.objects.everywhere(because="a test").count() == 10
