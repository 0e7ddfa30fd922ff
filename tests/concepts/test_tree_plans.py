"""A reorganisation as a plan: tried, applied whole or not at all, undone by new events that keep every day's tree."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.access.actions import grant
from chithi.access.roles import Role
from chithi.core.errors import Absent, Refused
from chithi.core.periods import parse
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Figure
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.journal.models import Entry
from chithi.org import succession
from chithi.org.actions import NewUnit, open_unit, rename
from chithi.org.kinds import PlanState, UnitKind
from chithi.org.models import Closing, Edition, Membership, Reorganisation, TreeEvent, Unit, UnitState, valid_on
from chithi.org.places import build_edition, remembering, tree_on
from chithi.org.plan_words import HEADS
from chithi.org.plans import apply, draft, preview
from chithi.org.undoing import undo, why_not_undo
from tests.concepts.test_totals import say
from tests.worlds import World, add_members

DAY, LATER = date(2026, 7, 1), date(2026, 9, 15)
_WHY = "a test looks at the tree"
handed: list[tuple[str, int, int]] = []


def over(closed: int, heir: int, _on: date) -> None:
    handed.append(("over", closed, heir))


def back(heir: int, unit: int, _on: date) -> None:
    handed.append(("back", heir, unit))


def row(what: str, codes: str = "", **cells: str) -> list[str]:
    filled = {"what": what, "codes": codes, **cells}
    return [filled.get(column, "") for column in HEADS]


SHEET = [
    [languages[0][0] for languages in HEADS.values()],
    row("thành lập", "X1", name="Đảng bộ xã Mới", short_name="Xã Mới", kind="đảng bộ cơ sở", parent_code="T"),
    row("sáp nhập", "A1; A2", heir_code="X1"),
    row("chuyển", "B11", parent_code="X1"),
    row("chuyển", "B1", parent_code="T"),
    row("đổi tên", "X1", name="Đảng bộ xã Hòa Mới"),
    row("đổi tên", "B11", name="Chi bộ thôn Bình Mới"),
    row("bỏ cấp", kind="đảng bộ huyện"),
]


def drafted(world: World, rows: list[list[str]] = SHEET, who: str = "an", unit: str = "T") -> int:
    how = {"title": "Sắp xếp đơn vị", "on": DAY, "document": "76-NQ/TU"}
    return draft(by=world.viewer(who), unit_id=world.unit(unit), rows=rows, **how).pk  # type: ignore[arg-type]


def lived_in(world: World) -> None:
    """Members and figures on both sides of what is to come."""
    for code, count in (("A11", 3), ("A12", 2), ("A21", 4), ("B11", 5)):
        add_members(world.units[code], count)
    for code, value in (("A1", 7), ("A2", 5), ("B1", 4)):
        say(world, "chau", code, value)
    for period in ("2025", "2026-Q2", "2026-Q3", "2026"):
        rebuild(period_row(parse(period)))


def tree(day: date) -> dict[str, tuple[str, bool]]:
    """Unit code -> (code above it, whether it is there) on a day."""
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    shape = build_edition(day)
    over = [codes[int(shape.unit_ids[p])] if p >= 0 else "" for p in shape.parent]
    return {
        codes[int(unit)]: (parent, bool(here))
        for unit, parent, here in zip(shape.unit_ids, over, shape.present, strict=True)
    }


def everything() -> dict[str, int]:
    models = (Unit, UnitState, TreeEvent, Closing, Membership, Figure, Entry)
    return {model.__name__: model.objects.everywhere(because=_WHY).count() for model in models}


def test_a_plan_is_applied_and_two_changes_of_one_unit_become_one_state(world: World) -> None:
    lived_in(world)
    apply(by=world.viewer("an"), plan_id=drafted(world))
    after = tree(DAY)
    assert after["X1"] == ("T", True)
    assert {code: after[code] for code in ("A1", "A2", "A", "B")} == {
        "A1": ("X1", False), "A2": ("X1", False), "A": ("T", False), "B": ("T", False),
    }  # fmt: skip
    assert {after[code] for code in ("A11", "A12", "A21", "B11")} == {("X1", True)}
    b11 = world.unit("B11")
    states = list(UnitState.objects.everywhere(because=_WHY).filter(unit_id=b11).order_by("since"))
    assert [(s.since, s.until, s.name) for s in states] == [
        (date(2010, 1, 1), DAY, "Chi bộ thôn Bình"),
        (DAY, None, "Chi bộ thôn Bình Mới"),
    ]
    events = TreeEvent.objects.everywhere(because=_WHY).filter(unit_id=b11).order_by("pk")
    assert list(events.values_list("kind", "document")) == [("move", "76-NQ/TU"), ("rename", "76-NQ/TU")]
    drain_all()
    x1 = Unit.objects.everywhere(because=_WHY).get(code="X1").pk
    assert lines(world.viewer("chau"), x1, parse("2026")).line("org.members_on_duty").numerator.computed.value == 14
    assert tree(date(2026, 6, 30))["A1"] == ("A", True)
    assert verify().ok


def test_a_preview_tells_what_applying_does_and_changes_nothing(world: World) -> None:
    lived_in(world)
    drain_all()
    plan = drafted(world)
    before, editions = everything(), set(Edition.objects.values_list("token", flat=True))
    seen = preview(by=world.viewer("an"), plan_id=plan)
    assert everything() == before
    assert editions <= set(Edition.objects.values_list("token", flat=True))
    assert seen.problems == ()
    assert (seen.opened, seen.closed) == (("X1",), ("A1", "A2", "A", "B"))
    assert seen.moved == ("A11", "A12", "A21", "B11", "B1")
    assert seen.changed == ("X1", "B11")
    assert (seen.people, seen.figures, seen.roles, seen.recounted) == (14, 2, 2, 2)
    apply(by=world.viewer("an"), plan_id=plan)
    assert everything()["TreeEvent"] == before["TreeEvent"] + 1 + 4 + 5 + 2


def test_every_problem_of_a_plan_is_named_and_nothing_happens(world: World) -> None:
    rows = [
        *SHEET[:3],
        row("chuyển", "Z9", parent_code="X1"),
        row("thành lập", "B1", name="Đảng bộ xã Bình", kind="đảng bộ cơ sở", parent_code="T"),
        row("chuyển", "T", parent_code="A11"),
        row("kết thúc", "A11", heir_code="A1"),
        row("chuyển đảng viên", "A11", parent_code="A12", people="Không Có"),
        row("đổi loại", "A21", is_cell="có"),
    ]
    plan = drafted(world, rows)
    before = everything()
    problems = preview(by=world.viewer("an"), plan_id=plan).problems
    assert [(p.row, p.column, p.code) for p in problems] == [
        (4, "codes", "plan.no_unit"),
        (5, "codes", "org.code_taken"),
        (6, "parent_code", "org.cyclic_move"),
        (7, "parent_code", "org.parent_not_open"),
        (8, "people", "plan.no_member"),
        (9, "", "plan.no_change"),
    ]
    assert all(p.said("vi").startswith(f"Dòng {p.row}") for p in problems)
    with pytest.raises(Refused) as refused:
        apply(by=world.viewer("an"), plan_id=plan)
    assert (refused.value.code, refused.value.facts["count"]) == ("org.plan_has_problems", 6)
    assert everything() == before


def test_a_unit_that_could_not_be_opened_is_the_only_problem_of_the_rows_that_need_it(world: World) -> None:
    rows = [SHEET[0], [*SHEET[1]], *SHEET[2:4]]
    rows[1][list(HEADS).index("parent_code")] = "Z9"
    problems = preview(by=world.viewer("an"), plan_id=drafted(world, rows)).problems
    assert [(p.row, p.code) for p in problems] == [(2, "plan.no_unit")]


def test_a_plan_reaches_no_further_than_its_unit_and_its_doer(world: World) -> None:
    grant(by=None, user=world.users["dung"], role=Role.ADMINISTRATOR, unit_id=world.unit("A"), since=date(2020, 1, 1))
    within = drafted(world, [SHEET[0], row("sáp nhập", "A1", heir_code="A2")], "dung", "A")
    outside = drafted(world, [SHEET[0], row("chuyển", "B11", parent_code="A1")], "an", "A")
    assert [p.code for p in preview(by=world.viewer("an"), plan_id=outside).problems] == ["plan.no_unit"]
    with pytest.raises(Absent):
        apply(by=world.viewer("dung"), plan_id=drafted(world))
    with pytest.raises(Absent):
        drafted(world, who="dung")
    apply(by=world.viewer("dung"), plan_id=within)
    assert tree(DAY)["A11"] == ("A2", True)


def test_a_plan_is_applied_once(world: World) -> None:
    plan = drafted(world)
    apply(by=world.viewer("an"), plan_id=plan)
    with pytest.raises(Refused) as refused:
        apply(by=world.viewer("an"), plan_id=plan)
    assert refused.value.code == "org.plan_not_draft"


def test_named_members_of_a_split_cell_go_to_their_part_and_the_rest_counts_at_the_heir(world: World) -> None:
    people = add_members(world.units["A11"], 4)
    rebuild(period_row(parse("2026")))
    rows = [
        SHEET[0],
        row("thành lập", "C1", name="Chi bộ Một", kind="chi bộ", parent_code="A1"),
        row("thành lập", "C2", name="Chi bộ Hai", kind="chi bộ", parent_code="A1"),
        row("chuyển đảng viên", "A11", parent_code="C2", people=f"{people[0].name}; {people[2].name}"),
        row("chia tách", "A11", heir_code="C1"),
    ]
    plan = drafted(world, rows)
    apply(by=world.viewer("an"), plan_id=plan)
    drain_all()

    def counted(code: str, day: str = "2026") -> int:
        unit = Unit.objects.everywhere(because=_WHY).get(code=code).pk
        drain_all()
        return lines(world.viewer("chau"), unit, parse(day)).line("org.members_on_duty").numerator.computed.value

    assert [counted(code) for code in ("C1", "C2", "A1")] == [2, 2, 4]
    undo(by=world.viewer("an"), plan_id=plan, on=LATER)
    assert [counted(code) for code in ("A11", "A1")] == [4, 4]
    assert [counted(code, "2026-Q3") for code in ("C2", "A1")] == [0, 4]
    assert verify().ok


@pytest.mark.parametrize("on", [DAY, LATER])
def test_an_undone_plan_gives_the_tree_back_from_its_day_on_and_keeps_the_days_between(world: World, on: date) -> None:
    lived_in(world)
    old = tree(date(2026, 6, 30))
    plan = drafted(world)
    apply(by=world.viewer("an"), plan_id=plan)
    between = tree(LATER)
    undo(by=world.viewer("an"), plan_id=plan, on=on, document="80-NQ/TU")
    drain_all()
    now = tree(date(2026, 11, 21))
    assert now.pop("X1") == ("T", False)
    assert now == old
    if on == LATER:
        assert tree(date(2026, 9, 14)) == between
    b11 = UnitState.objects.everywhere(because=_WHY).get(valid_on(LATER), unit_id=world.unit("B11"))
    assert b11.name == "Chi bộ thôn Bình"
    assert Reorganisation.objects.everywhere(because=_WHY).get(pk=plan).state == PlanState.UNDONE
    for period, value in (("2025", 14), ("2026", 14)):
        found = lines(world.viewer("chau"), world.unit("T"), parse(period))
        assert found.line("org.members_on_duty").numerator.computed.value == value
    assert lines(world.viewer("chau"), world.unit("A"), parse("2026")).line("org.members_on_duty").chosen.value == 9
    assert world.viewer("minh").roles
    assert verify().ok


def test_an_undoing_names_everything_that_was_built_on_the_plan(world: World) -> None:
    lived_in(world)
    plan = drafted(world)
    apply(by=world.viewer("an"), plan_id=plan)
    x1 = Unit.objects.everywhere(because=_WHY).get(code="X1").pk
    say(world, "chau", "B1", 6, period=parse("2026-Q3"))
    world.units["X1"] = Unit.objects.everywhere(because=_WHY).get(pk=x1)
    say(world, "chau", "X1", 6, period=parse("2026-Q3"))
    cell = NewUnit("X11", "Chi bộ Mới", "Mới", UnitKind.CELL, is_cell=True)
    open_unit(by=world.viewer("an"), new=cell, parent_id=x1, on=LATER)
    rename(by=world.viewer("an"), unit_id=world.unit("B11"), name="Chi bộ Khác", short_name="", on=LATER)
    reasons = why_not_undo(by=world.viewer("an"), plan_id=plan, on=date(2026, 10, 1))
    assert [(p.code, p.facts["said"]) for p in reasons] == [
        ("undo.changed_since", "B11"),
        ("undo.came_under", "X11"),
        ("undo.records", "X1"),
    ]
    before = everything()
    with pytest.raises(Refused) as refused:
        undo(by=world.viewer("an"), plan_id=plan, on=date(2026, 10, 1))
    assert (refused.value.code, refused.value.facts["count"]) == ("org.built_on_since", 3)
    assert everything() == before


def test_only_an_applied_plan_is_undone_and_not_before_its_day(world: World) -> None:
    plan = drafted(world)
    codes = []
    for on in (DAY, date(2026, 6, 30), DAY, DAY):
        try:
            undo(by=world.viewer("an"), plan_id=plan, on=on)
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
        if len(codes) == 1:
            apply(by=world.viewer("an"), plan_id=plan)
    assert codes == ["org.plan_not_applied", "org.before_last_change", "", "org.plan_not_applied"]


def test_open_work_goes_over_with_a_plan_and_comes_back_with_its_undoing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed.clear()
    monkeypatch.setattr(succession, "HEIR_TAKES_OVER", (f"{__name__}.over",))
    monkeypatch.setattr(succession, "HEIR_GIVES_BACK", (f"{__name__}.back",))
    plan = drafted(world)
    preview(by=world.viewer("an"), plan_id=plan)
    handed.clear()
    apply(by=world.viewer("an"), plan_id=plan)
    x1, ids = Unit.objects.everywhere(because=_WHY).get(code="X1").pk, world.unit
    assert handed == [
        ("over", ids("A1"), x1), ("over", ids("A2"), x1), ("over", ids("A"), ids("T")), ("over", ids("B"), ids("T")),
    ]  # fmt: skip
    handed.clear()
    undo(by=world.viewer("an"), plan_id=plan, on=LATER)
    assert ("back", x1, ids("A1")) in handed
    assert handed[-1] == ("over", x1, ids("T"))


def test_a_tree_that_was_only_tried_is_not_remembered_by_the_request_that_tried_it(world: World) -> None:
    plan = drafted(world)
    before = tree_on(LATER)
    with remembering():
        preview(by=world.viewer("an"), plan_id=plan)
        after = tree_on(LATER)
        assert (after.id, after.shape.unit_ids.tolist()) == (before.id, before.shape.unit_ids.tolist())
