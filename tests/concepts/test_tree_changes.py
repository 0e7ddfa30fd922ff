"""Every event of the tree, alone: split, merge of many, abolition of a level, change of kind, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.errors import Absent, Refused
from chithi.core.periods import parse
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.org import succession
from chithi.org.actions import NewUnit, Part, abolish_level, change_kind, close, merge, move, open_unit, rename, split
from chithi.org.kinds import TreeEventKind, UnitKind
from chithi.org.models import Closing, TreeEvent, Unit, UnitState, valid_on
from chithi.org.places import tree_on
from tests.worlds import World, add_members

DAY = date(2026, 3, 1)
YEAR = parse("2026")
_WHY = "a test looks at the tree"
handed: list[tuple[int, int, date]] = []


def take_over(closed_unit_id: int, heir_id: int, on: date) -> None:
    """Stands in for a concept with open work."""
    handed.append((closed_unit_id, heir_id, on))


def commune(code: str) -> NewUnit:
    return NewUnit(code, f"Đảng bộ xã {code}", f"Xã {code}", UnitKind.GRASSROOTS, is_grassroots=True)


def parent_of(unit_id: int, day: date = DAY) -> int | None:
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id=unit_id)
    return states.values_list("parent_id", flat=True).first()


def members(world: World, unit: int, who: str = "chau") -> int:
    drain_all()
    return lines(world.viewer(who), unit, YEAR).line("org.members_on_duty").numerator.computed.value


def refusal(act: object, **how: object) -> str:
    with pytest.raises(Refused) as refused:
        act(**how)  # type: ignore[operator]
    return refused.value.code


def test_a_unit_splits_into_parts_that_take_what_is_named_and_leave_the_rest_to_the_heir(world: World) -> None:
    add_members(world.units["A11"], 3)
    add_members(world.units["A12"], 2)
    rebuild(period_row(YEAR))
    made = split(
        by=world.viewer("an"),
        unit_id=world.unit("A1"),
        parts=[Part(commune("A7"), (world.unit("A12"),)), Part(commune("A8"))],
        heir_code="A8",
        on=DAY,
        document="12-QĐ/TU",
    )
    assert parent_of(world.unit("A12")) == made["A7"].pk
    assert parent_of(world.unit("A11")) == made["A8"].pk
    closed = Unit.objects.everywhere(because=_WHY).get(pk=world.unit("A1"))
    assert (closed.closed_on, closed.heir_id) == (DAY, made["A8"].pk)
    assert TreeEvent.objects.everywhere(because=_WHY).get(unit_id=closed.pk).kind == TreeEventKind.SPLIT
    assert [members(world, made[code].pk) for code in ("A7", "A8")] == [2, 3]
    assert verify().ok


def test_a_split_names_only_children_of_its_own_and_an_heir_among_its_parts(world: World) -> None:
    by, unit = world.viewer("an"), world.unit("A1")
    strange = [Part(commune("A7"), (world.unit("B11"),))]
    assert refusal(split, by=by, unit_id=unit, parts=strange, heir_code="A7", on=DAY) == "org.no_unit"
    assert refusal(split, by=by, unit_id=unit, parts=[Part(commune("A7"))], heir_code="A9", on=DAY) == "org.no_unit"
    assert Unit.objects.everywhere(because=_WHY).filter(code="A7").count() == 0


def test_a_level_is_abolished_its_communes_go_up_and_its_bodies_leave_their_work_above(world: World) -> None:
    add_members(world.units["A11"], 3)
    add_members(world.units["B11"], 4)
    rebuild(period_row(YEAR))
    closed = abolish_level(by=world.viewer("an"), under_id=world.unit("T"), kind=UnitKind.DISTRICT, on=DAY)
    assert sorted(closed) == sorted([world.unit("A"), world.unit("B")])
    assert {parent_of(world.unit(code)) for code in ("A1", "A2", "B1")} == {world.unit("T")}
    heirs = dict(Closing.objects.everywhere(because=_WHY).values_list("unit_id", "heir_id"))
    assert heirs == dict.fromkeys(closed, world.unit("T"))
    assert members(world, world.unit("T")) == 7
    assert verify().ok


def test_an_abolished_level_may_name_other_heirs_and_other_places(world: World) -> None:
    a, b, a2 = world.unit("A"), world.unit("B"), world.unit("A2")
    abolish_level(
        by=world.viewer("an"),
        under_id=world.unit("T"),
        kind=UnitKind.DISTRICT,
        on=DAY,
        heirs={b: world.unit("B1")},
        children_to={a2: world.unit("B1")},
    )
    assert parent_of(a2) == world.unit("B1")
    assert parent_of(world.unit("B1")) == world.unit("T")
    tree = tree_on(DAY)
    assert int(tree.shape.unit_ids[tree.shape.parent[tree.position(b)]]) == world.unit("B1")
    assert int(tree.shape.unit_ids[tree.shape.parent[tree.position(a)]]) == world.unit("T")


def test_a_level_that_is_not_there_cannot_be_abolished(world: World) -> None:
    how = {"by": world.viewer("an"), "under_id": world.unit("T"), "kind": UnitKind.BLOC, "on": DAY}
    assert refusal(abolish_level, **how) == "org.nothing_to_merge"


def test_a_unit_and_one_above_it_close_together_into_one_further_below(world: World) -> None:
    heir = world.unit("A11")
    merge(by=world.viewer("an"), unit_ids=[world.unit("A"), world.unit("A1")], heir_id=heir, on=DAY)
    assert parent_of(heir) == world.unit("T")
    assert {parent_of(world.unit(code)) for code in ("A12", "A2")} == {heir}
    states = UnitState.objects.everywhere(because=_WHY).filter(unit_id=heir)
    assert [s.since for s in states.order_by("since")] == [date(2010, 1, 1), DAY]


def test_a_change_of_kind_changes_what_counts_from_its_day_on(world: World) -> None:
    how = {"kind": UnitKind.GRASSROOTS, "is_cell": True, "is_grassroots": True}
    change_kind(by=world.viewer("an"), unit_id=world.unit("A21"), on=date(2026, 2, 1), **how)  # type: ignore[arg-type]

    def grassroots(period: str) -> tuple[int, int]:
        rebuild(period_row(parse(period)))
        found = lines(world.viewer("chau"), world.unit("A"), parse(period))
        return tuple(found.line(f"org.{what}").numerator.computed.value for what in ("grassroots", "cells"))  # type: ignore[return-value]

    assert grassroots("2025") == (2, 3)
    assert grassroots("2026") == (3, 3)


def test_an_administrator_of_a_district_merges_several_of_its_communes(world: World) -> None:
    from chithi.access.actions import grant
    from chithi.access.roles import Role

    grant(by=None, user=world.users["dung"], role=Role.ADMINISTRATOR, unit_id=world.unit("A"), since=date(2020, 1, 1))
    by = world.viewer("dung")
    outside = {"unit_ids": [world.unit("A1")], "heir_id": world.unit("B1")}
    with pytest.raises(Absent):
        merge(by=by, on=DAY, **outside)  # type: ignore[arg-type]
    heir = open_unit(by=by, new=commune("A3"), parent_id=world.unit("A"), on=DAY)
    merge(by=world.viewer("dung"), unit_ids=[world.unit("A1"), world.unit("A2")], heir_id=heir.pk, on=DAY)
    assert {parent_of(world.unit(code)) for code in ("A11", "A12", "A21")} == {heir.pk}


def test_two_changes_laid_down_for_later_days_cannot_make_a_ring(world: World) -> None:
    by = world.viewer("an")
    move(by=by, unit_id=world.unit("A"), parent_id=world.unit("B1"), on=date(2026, 12, 1))
    how = {"by": world.viewer("an"), "unit_id": world.unit("B"), "parent_id": world.unit("A1")}
    assert refusal(move, **how, on=date(2026, 11, 25)) == "org.cyclic_move"


def test_nothing_is_put_under_a_unit_whose_end_is_laid_down(world: World) -> None:
    close(by=world.viewer("an"), unit_id=world.unit("A1"), heir_id=world.unit("A2"), on=date(2026, 12, 1))
    how = {"by": world.viewer("an"), "unit_id": world.unit("B11"), "parent_id": world.unit("A1")}
    assert refusal(move, **how, on=date(2026, 11, 25)) == "org.parent_not_open"


def test_a_unit_does_not_close_before_somebody_who_is_to_come_under_it(world: World) -> None:
    move(by=world.viewer("an"), unit_id=world.unit("B11"), parent_id=world.unit("A1"), on=date(2026, 12, 1))
    how = {"by": world.viewer("an"), "unit_id": world.unit("A1"), "heir_id": world.unit("A2")}
    assert refusal(close, **how, on=date(2026, 11, 25)) == "org.before_last_change"


def test_a_second_act_on_the_same_day_is_refused(world: World) -> None:
    how = {"by": world.viewer("an"), "unit_id": world.unit("A1"), "name": "Đảng bộ xã Mới", "short_name": "Mới"}
    rename(on=DAY, **how)  # type: ignore[arg-type]
    assert refusal(rename, on=DAY, **how) == "org.before_last_change"


def test_open_work_of_a_closed_unit_goes_to_its_heir(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    handed.clear()
    monkeypatch.setattr(succession, "HEIR_TAKES_OVER", (f"{__name__}.take_over",))
    merge(by=world.viewer("an"), unit_ids=[world.unit("A1")], heir_id=world.unit("A2"), on=DAY)
    assert handed == [(world.unit("A1"), world.unit("A2"), DAY)]


def test_a_role_in_a_closed_unit_ends_with_it_and_the_heir_reads_its_records(world: World) -> None:
    assert world.viewer("minh").roles
    merge(by=world.viewer("an"), unit_ids=[world.unit("A1")], heir_id=world.unit("A2"), on=DAY)
    assert not world.viewer("minh").roles
    tree = tree_on(date(2026, 11, 21))
    assert tree.reach_of([world.unit("A2")]).covers(tree.position(world.unit("A1")))
