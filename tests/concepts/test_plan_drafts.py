"""A draft of a plan: kept with its mistakes, mended row by row, given up; what a trial tells of it."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.org import plan_drafts as drafts
from chithi.org.kinds import PlanState, StepKind, TreeEventKind
from chithi.org.models import Reorganisation, Unit
from chithi.org.plan_cells import sheet_of
from chithi.org.plan_drafts import Head, Unfit
from chithi.org.plan_queries import done_by, heirs_of, one_plan, plan_rows, plans, shared_top
from chithi.org.plan_rows import Step, Unread, read_rows
from chithi.org.plans import apply, preview
from tests.concepts.test_tree_plans import DAY, SHEET, everything, lived_in, row
from tests.worlds import World

pytestmark = pytest.mark.django_db
HEAD = Head("Sắp xếp xã", DAY, "76-NQ/TU")
BROKEN = [SHEET[0], row("biến mất", "A1"), row("sáp nhập", "A1", heir_code="A2")]


def kept(world: World, rows: list[list[str]] = SHEET) -> tuple[int, int]:
    plan, _ = drafts.draft_sheet(by=world.viewer("an"), unit_id=world.unit("T"), head=HEAD, rows=rows)
    return plan.pk, plan.version


def test_a_row_that_is_not_understood_is_kept_as_typed_and_named_until_it_is_mended(world: World) -> None:
    an = world.viewer("an")
    plan, problems = drafts.draft_sheet(by=an, unit_id=world.unit("T"), head=HEAD, rows=BROKEN)
    assert [(p.row, p.column, p.code) for p in problems] == [(2, "what", "plan.unknown_what")]
    rows = plan_rows(an, plan.pk)
    assert isinstance(rows[0], Unread)
    assert rows[0].cells["what"] == "biến mất"
    assert sheet_of(rows)[1][0] == "biến mất"
    assert [(p.row, p.code) for p in preview(by=an, plan_id=plan.pk).problems] == [(2, "plan.unknown_what")]
    with pytest.raises(Refused) as refused:
        apply(by=an, plan_id=plan.pk)
    assert refused.value.code == "org.plan_has_problems"
    cells = {"what": "đổi tên", "codes": "A2", "name": "Đảng bộ xã An Hòa"}
    mended = drafts.put_row(by=an, plan_id=plan.pk, seen_version=plan.version, row=2, cells=cells)
    assert preview(by=an, plan_id=plan.pk).problems == ()
    apply(by=an, plan_id=plan.pk, seen_version=mended.version)
    assert one_plan(world.viewer("an"), plan.pk).state == PlanState.APPLIED


def test_rows_are_added_changed_and_taken_out_and_numbered_as_in_the_sheet(world: World) -> None:
    an = world.viewer("an")
    pk, version = kept(world, SHEET[:3])
    move = {"what": "chuyển", "codes": "B11", "parent_code": "X1"}
    version = drafts.add_row(by=an, plan_id=pk, seen_version=version, cells=move, after=2).version
    version = drafts.add_row(by=an, plan_id=pk, seen_version=version, cells={**move, "codes": "B1"}).version
    assert [(r.row, r.what) for r in plan_rows(an, pk) if isinstance(r, Step)] == [
        (2, StepKind.OPEN), (3, StepKind.MOVE), (4, StepKind.MERGE), (5, StepKind.MOVE),
    ]  # fmt: skip
    version = drafts.drop_row(by=an, plan_id=pk, seen_version=version, row=3).version
    assert [r.row for r in plan_rows(an, pk)] == [2, 3, 4]
    assert read_rows(sheet_of(plan_rows(an, pk), "en")).rows == tuple(plan_rows(an, pk))
    for number in (1, 5, 10**12):
        with pytest.raises(Absent):
            drafts.drop_row(by=an, plan_id=pk, seen_version=version, row=number)
    with pytest.raises(Unfit) as unfit:
        drafts.add_row(by=an, plan_id=pk, seen_version=version, cells={"what": "chuyển", "codes": "B11"})
    assert [(p.column, p.code) for p in unfit.value.problems] == [("parent_code", "plan.missing")]


def test_a_draft_that_somebody_else_mended_is_not_overwritten_applied_or_given_up(world: World) -> None:
    an = world.viewer("an")
    pk, seen = kept(world)
    drafts.put_head(by=an, plan_id=pk, seen_version=seen, head=Head("Khác", DAY))
    for act in (
        lambda: drafts.drop_row(by=an, plan_id=pk, seen_version=seen, row=2),
        lambda: drafts.put_head(by=an, plan_id=pk, seen_version=seen, head=HEAD),
        lambda: drafts.replace_rows(by=an, plan_id=pk, seen_version=seen, rows=SHEET),
        lambda: apply(by=an, plan_id=pk, seen_version=seen),
        lambda: drafts.cancel(by=an, plan_id=pk, seen_version=seen),
    ):
        with pytest.raises(Stale):
            act()


def test_a_draft_given_up_stays_to_be_looked_at_and_is_changed_no_more(world: World) -> None:
    an = world.viewer("an")
    pk, seen = kept(world)
    version = drafts.cancel(by=an, plan_id=pk, seen_version=seen).version
    assert [(p.id, p.state, p.rows) for p in plans(an)[0]] == [(pk, PlanState.CANCELLED, 7)]
    for act in (
        lambda: drafts.drop_row(by=an, plan_id=pk, seen_version=version, row=2),
        lambda: apply(by=an, plan_id=pk),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "org.plan_not_draft"


def test_a_sheet_without_rows_a_plan_without_title_and_a_bad_day_keep_nothing(world: World) -> None:
    an, before = world.viewer("an"), Reorganisation.objects.everywhere(because="a test counts").count()
    with pytest.raises(Unfit):
        drafts.draft_sheet(by=an, unit_id=world.unit("T"), head=HEAD, rows=[["Màu", "Mùi"]])
    for head, code in ((Head(" ", DAY), "org.no_title_of_plan"), (Head("x", date(1900, 1, 1)), "org.bad_day")):
        with pytest.raises(Refused) as refused:
            drafts.draft_sheet(by=an, unit_id=world.unit("T"), head=head, rows=SHEET)
        assert refused.value.code == code
    assert Reorganisation.objects.everywhere(because="a test counts").count() == before


def test_an_act_is_a_small_plan_kept_only_where_it_can_be_done(world: World) -> None:
    an, before = world.viewer("an"), everything()
    wrong = [Step(0, StepKind.MOVE, ("A",), parent_code="A11")]
    with pytest.raises(Unfit) as unfit:
        drafts.draft_act(by=an, unit_id=world.unit("T"), head=HEAD, rows=wrong)
    assert [p.code for p in unfit.value.problems] == ["org.cyclic_move"]
    assert not plans(an)[0]
    right = [Step(0, StepKind.MOVE, ("A11",), parent_code="B1")]
    plan, seen = drafts.draft_act(by=an, unit_id=shared_top(an, [world.unit("A11"), world.unit("B1")], DAY),
                                  head=HEAD, rows=right)  # fmt: skip
    assert (plan.unit_id, seen.moved) == (world.unit("T"), ("A11",))
    assert {name: n for name, n in everything().items() if name != "Entry"} == {
        name: n for name, n in before.items() if name != "Entry"
    }


def test_a_trial_tells_each_change_with_what_was_and_what_becomes_and_who_takes_over(world: World) -> None:
    lived_in(world)
    an = world.viewer("an")
    pk, _ = kept(world)
    seen = preview(by=an, plan_id=pk)
    told = {(h.kind, h.code): h for h in seen.happenings}
    opened = told[TreeEventKind.OPEN, "X1"]
    assert (opened.before, opened.name) == (None, "Đảng bộ xã Hòa Mới")
    ended = told[TreeEventKind.MERGE, "A1"]
    assert ended.heir is not None
    assert (ended.heir.code, ended.heir.name, ended.after) == ("X1", "Đảng bộ xã Hòa Mới", None)
    assert dict(ended.records) == {"access.rolegrant": 1, "indicators.figure": 1}
    moved = told[TreeEventKind.MOVE, "B11"]
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before.parent, moved.after.parent and moved.after.parent.code) == (
        moved.before.parent, "X1",
    )  # fmt: skip
    assert moved.before.parent is not None
    assert moved.before.parent.code == "B1"
    assert set(seen.closing) == {world.unit(code) for code in ("A1", "A2", "A", "B")}
    apply(by=an, plan_id=pk)
    again = world.viewer("an")
    assert [(h.kind, h.code) for h in done_by(again, pk)] == [(h.kind, h.code) for h in seen.happenings]
    x1 = Unit.objects.everywhere(because="a test looks").get(code="X1").pk
    assert heirs_of(again, pk) == {
        world.unit("A1"): x1, world.unit("A2"): x1, world.unit("A"): world.unit("T"),
        world.unit("B"): world.unit("T"),
    }  # fmt: skip


def test_a_plan_out_of_reach_is_not_there(world: World) -> None:
    pk, seen = kept(world)
    for name in ("minh", "chau", "lan"):
        by = world.viewer(name)
        assert plans(by) == ([], 0)
        with pytest.raises(Absent):
            one_plan(by, pk)
        with pytest.raises(Absent):
            drafts.cancel(by=by, plan_id=pk, seen_version=seen)
    with pytest.raises(Absent):
        one_plan(world.viewer("an"), 10**30)


def test_a_ring_that_a_row_before_made_possible_is_found_in_its_own_row(world: World) -> None:
    an = world.viewer("an")
    rows = [
        SHEET[0],
        row("chuyển", "A21", parent_code="A1"),
        row("chuyển", "A", parent_code="B"),
        row("chuyển", "B", parent_code="A1"),
    ]
    problems = preview(by=an, plan_id=kept(world, rows)[0]).problems
    assert [(p.row, p.code) for p in problems] == [(4, "org.cyclic_move")]


def test_a_row_that_fails_halfway_leaves_nothing_behind_for_the_rows_after_it(world: World) -> None:
    an = world.viewer("an")
    rows = [SHEET[0], row("kết thúc", "A11; T", heir_code="A12"), row("đổi tên", "A11", name="Chi bộ thôn Hòa")]
    problems = preview(by=an, plan_id=kept(world, rows)[0]).problems
    assert [(p.row, p.code) for p in problems] == [(2, "org.root_cannot_close")]
