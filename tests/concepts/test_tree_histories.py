"""Whatever happens to the tree, in whatever order: every person and figure counts exactly once, on every day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, event, given, note, settings
from hypothesis import strategies as st

from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.freshness.models import Mark
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Figure, Measure, PeriodRow, Totals
from chithi.indicators.own import open_book
from chithi.indicators.period_rows import period_row
from chithi.indicators.placed import Asked, placed
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.org.actions import (
    NewUnit,
    Part,
    abolish_level,
    change_kind,
    close,
    merge,
    move,
    open_unit,
    rename,
    split,
)
from chithi.org.kinds import StepKind, UnitKind
from chithi.org.models import Closing, Reorganisation, TreeEvent, Unit, UnitState
from chithi.org.places import build_edition, tree_on
from chithi.org.plan_rows import Step
from chithi.org.plans import apply, draft_steps, preview, steps_of
from chithi.org.undoing import undo
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack
from chithi.rollup.totals import Cell
from tests.worlds import BEGAN, World, add_members

_WHY = "a test looks at the whole tree"
FIRST = date(2026, 1, 1)
BEFORE, PERIODS = parse("2025"), ("2025", "2026-Q2", "2026")
CELLS = (("A11", 3), ("A12", 2), ("A21", 4), ("B11", 5))
PEOPLE = sum(count for _, count in CELLS)
KINDS = (UnitKind.DISTRICT, UnitKind.GRASSROOTS, UnitKind.CELL)

NUMBER = st.integers(0, 40)
ACT = st.tuples(
    st.sampled_from(
        [
            "open",
            "close",
            "rename",
            "move",
            "merge",
            "split",
            "change_kind",
            "abolish",
            "plan",
            "undo",
            "again",
            "say",
            "drain",
        ]
    ),
    st.integers(0, 25),
    NUMBER,
    NUMBER,
    NUMBER,
)


class Historian:
    """Does what was drawn, as far as the rules let it. The day never goes back, but an act may look ahead."""

    def __init__(self, world: World) -> None:
        self.world, self.day, self.opened, self.done = world, FIRST, 0, 0

    @property
    def by(self) -> Viewer:
        return self.world.viewer("an")

    def unit(self, number: int) -> int:
        ids = list(Unit.objects.everywhere(because=_WHY).order_by("pk").values_list("pk", flat=True))
        return ids[number % len(ids)]

    def code(self, number: int) -> str:
        return Unit.objects.everywhere(because=_WHY).get(pk=self.unit(number)).code

    def new(self, kind: UnitKind) -> NewUnit:
        self.opened += 1
        cell, grassroots = kind is UnitKind.CELL, kind is UnitKind.GRASSROOTS
        return NewUnit(f"N{self.opened}", f"Đơn vị {self.opened}", "", kind, cell, grassroots)

    def act(self, what: str, days: int, a: int, b: int, c: int) -> None:
        self.day += timedelta(days=days // 2)
        try:
            getattr(self, f"do_{what}")(a, b, c)
        except Refused as refused:
            note(f"{what} {a} {b} {c} on {self.day}: {refused.code}")
        else:
            note(f"{what} {a} {b} {c} on {self.day}")
            event(f"{what} done")
            self.done += 1

    def do_open(self, a: int, b: int, _c: int) -> None:
        open_unit(by=self.by, new=self.new(KINDS[b % 3]), parent_id=self.unit(a), on=self.day)

    def do_close(self, a: int, b: int, _c: int) -> None:
        close(by=self.by, unit_id=self.unit(a), heir_id=self.unit(b), on=self.day)

    def do_rename(self, a: int, b: int, _c: int) -> None:
        rename(by=self.by, unit_id=self.unit(a), name=f"Tên {b}", short_name="", on=self.day)

    def do_move(self, a: int, b: int, c: int) -> None:
        move(by=self.by, unit_id=self.unit(a), parent_id=self.unit(b), on=self.day + timedelta(days=c))

    def do_merge(self, a: int, b: int, c: int) -> None:
        merge(by=self.by, unit_ids=[self.unit(a), self.unit(b)], heir_id=self.unit(c), on=self.day)

    def do_split(self, a: int, b: int, _c: int) -> None:
        unit = self.unit(a)
        children = list(
            UnitState.objects.everywhere(because=_WHY)
            .filter(parent_id=unit, until__isnull=True)
            .order_by("pk")
            .values_list("unit_id", flat=True)
        )
        parts = [Part(self.new(KINDS[b % 3]), tuple(children[:1])), Part(self.new(KINDS[b % 3]), tuple(children[1:2]))]
        split(by=self.by, unit_id=unit, parts=parts, heir_code=parts[b % 2].new.code, on=self.day)

    def do_change_kind(self, a: int, b: int, c: int) -> None:
        how = {"kind": KINDS[b % 3], "is_cell": bool(c & 1), "is_grassroots": bool(c & 2)}
        change_kind(by=self.by, unit_id=self.unit(a), on=self.day, **how)  # type: ignore[arg-type]

    def do_abolish(self, a: int, b: int, _c: int) -> None:
        abolish_level(by=self.by, under_id=self.unit(a), kind=KINDS[b % 3], on=self.day)

    def do_plan(self, a: int, b: int, c: int) -> None:
        """A commune is opened, units are merged into it, another moves there twice, members go over."""
        new = self.new(UnitKind.GRASSROOTS)
        one, other, third = self.code(a), self.code(b), self.code(c)
        steps = [
            Step(2, StepKind.OPEN, (new.code,), new.name, kind=UnitKind.GRASSROOTS, parent_code=self.code(c // 3)),
            Step(3, StepKind.MERGE, tuple(dict.fromkeys((one, other))), heir_code=new.code),
        ]
        if c % 2:
            steps.append(Step(4, StepKind.MOVE, (third,), parent_code="T"))
            steps.append(Step(5, StepKind.MOVE, (third,), parent_code=new.code))
        if c % 3 == 0:
            steps.append(Step(6, StepKind.RENAME, (third,), name="Tên mới"))
        if c % 5 == 0:
            steps.append(Step(7, StepKind.TRANSFER, ("A11",), parent_code="B11", people=("*",)))
        plan = draft_steps(by=self.by, unit_id=self.world.unit("T"), title="", on=self.day, steps=steps)
        seen = preview(by=self.by, plan_id=plan.pk)
        if not seen.problems:
            apply(by=self.by, plan_id=plan.pk)
            return
        apply(by=self.by, plan_id=plan.pk)
        raise AssertionError("a plan with problems was applied")

    def do_undo(self, a: int, _b: int, c: int) -> None:
        plans = list(Reorganisation.objects.everywhere(because=_WHY).filter(state="applied").order_by("pk"))
        if plans:
            plan = plans[a % len(plans)]
            undo(by=self.by, plan_id=plan.pk, on=plan.on if c % 4 == 0 else max(self.day, plan.on))

    def do_again(self, a: int, b: int, _c: int) -> None:
        """What was undone is planned once more, with the same codes, on the same day or a later one."""
        plans = list(Reorganisation.objects.everywhere(because=_WHY).filter(state="undone").order_by("pk"))
        if plans:
            old = plans[a % len(plans)]
            on = old.on if b % 2 else max(self.day, old.on)
            plan = draft_steps(by=self.by, unit_id=old.unit_id, title="", on=on, steps=steps_of(old))
            apply(by=self.by, plan_id=plan.pk)

    def do_say(self, a: int, b: int, _c: int) -> None:
        code = ("study.classes", "study.members")[b % 2]
        slot = Slot(self.unit(a), Measure.objects.get(code=code).pk, parse(PERIODS[b % len(PERIODS)]))
        enter(by=self.world.viewer("chau"), slot=slot, saying=Saying(b), seen=None)

    def do_drain(self, _a: int, _b: int, _c: int) -> None:
        drain_all()


def check_trees(world: World) -> None:
    """On every day of a change and on its eve: one root, everybody there, nobody left under a closed unit."""
    days = set(UnitState.objects.everywhere(because=_WHY).values_list("since", flat=True))
    days |= set(Closing.objects.everywhere(because=_WHY).values_list("since", flat=True))
    eves = {day - timedelta(days=1) for day in days} - {BEGAN - timedelta(days=1)}
    for day in sorted(days | eves):
        shape = build_edition(day)
        opened = Unit.objects.everywhere(because=_WHY).filter(opened_on__lte=day).count()
        assert len(shape) == opened
        assert len(shape.roots) == 1
        assert not (shape.present & (shape.parent >= 0) & ~shape.present[shape.parent]).any()
        assert tree_on(day).shape.to_bytes() == shape.to_bytes()


def check_people(world: World) -> None:
    """At every period's end each member counts once at the root."""
    for code in PERIODS:
        found = lines(world.viewer("chau"), world.unit("T"), parse(code), codes=["org.members_on_duty"], trend=0)
        assert found.lines[0].numerator.computed.value == PEOPLE


def stored() -> dict[tuple[int, int], bytes]:
    rows = Totals.objects.everywhere(because=_WHY).values_list("period_id", "unit_id", "packed")
    return {(period, unit): bytes(packed) for period, unit, packed in rows}


def check_figures(world: World) -> None:
    """Stated figures add up at the root as if there were no tree, and keep every digit on any other day's tree."""
    book, root_id, by_cells = open_book(), world.unit("T"), Measure.objects.get(code="study.members")
    said = Figure.objects.everywhere(because=_WHY).filter(state="live", measure_id=by_cells.pk)
    key, now, totals = (by_cells.pk, 0), tree_on(date(2027, 12, 31)), stored()
    for row in PeriodRow.objects.filter(code__in=PERIODS):
        root = unpack(totals[row.pk, root_id])
        of_period = said.filter(period=row)
        then = set(tree_on(row.last).shape.unit_ids.tolist())
        by_unit = dict(of_period.values_list("unit_id", "value"))
        assert root.cell(key_of(*key)).value == sum(value for unit, value in by_unit.items() if unit in then)
    row, shape = period_row(BEFORE), now.shape
    inner = shape.inner.tolist()
    units = [*shape.unit_ids[inner].tolist(), *shape.unit_ids[shape.children_of(shape.inner)].tolist()]
    asked = [Asked(row, tree_on(BEFORE.last), int(unit)) for unit in units]
    counts = dict(zip(units, placed(book, asked, now), strict=True))
    before = unpack(totals[row.pk, root_id])
    for column, count in counts[root_id].items():
        assert [getattr(count, name) for name in Cell._fields] == list(before.cell(key_of(*column)))
    mine = dict(said.filter(period=row).values_list("unit_id", "value"))
    for at in inner:
        unit, below = int(shape.unit_ids[at]), shape.unit_ids[shape.children(at)].tolist()
        assert counts[unit][key].value == mine.get(unit, 0) + sum(counts[child][key].value for child in below)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACT, min_size=4, max_size=12))
def test_no_history_loses_or_doubles_anybody_or_any_figure(
    world: World,
    acts: list[tuple[str, int, int, int, int]],
) -> None:
    with transaction.atomic():
        for code, count in CELLS:
            add_members(world.units[code], count)
        for code in PERIODS:
            rebuild(period_row(parse(code)))
        frozen = {k: v for k, v in stored().items() if k[0] == period_row(BEFORE).pk}
        said = 0
        historian = Historian(world)
        for act in acts:
            said += act[0] == "say"
            historian.act(*act)
        drain_all()
        assert not Mark.objects.everywhere(because=_WHY).exists()
        check_trees(world)
        check_people(world)
        drained = stored()
        if not said:
            assert {k: v for k, v in drained.items() if k[0] == period_row(BEFORE).pk} == frozen
        for row in PeriodRow.objects.all():
            rebuild(row)
        assert stored() == drained
        assert verify().ok
        check_figures(world)
        check_reach(world)
        transaction.set_rollback(True)


def check_reach(world: World) -> None:
    """Whoever reaches an heir today reaches what closed into it; every closing has exactly one heir and an event."""
    today = tree_on(date(2026, 11, 21))
    closings = Closing.objects.everywhere(because=_WHY).filter(since__lte=date(2026, 11, 21), until__isnull=True)
    for closing in closings:
        assert today.reach_of([closing.heir_id]).covers(today.position(closing.unit_id))
    events = dict(TreeEvent.objects.everywhere(because=_WHY).values_list("pk", "unit_id"))
    assert all(events[c.event_id] == c.unit_id for c in closings if c.event_id)
