"""Last year's cells on today's tree: earlier figures are placed on the later tree, and lose nothing on the way."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from chithi.core.periods import parse
from chithi.indicators.actions import adopt
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.kinds import Covers
from chithi.indicators.models import Totals
from chithi.indicators.own import open_book
from chithi.indicators.period_rows import period_row
from chithi.indicators.placed import differs, placed_counts
from chithi.indicators.queries import contributions, lines
from chithi.indicators.trace import trace
from chithi.org.actions import NewUnit, merge, move, open_unit
from chithi.org.kinds import UnitKind
from chithi.org.models import Unit
from chithi.org.places import tree_on
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack
from chithi.rollup.totals import Cell
from tests.concepts.test_totals import say
from tests.worlds import World, add_members

DAY, NOW = date(2026, 7, 1), date(2026, 11, 21)
_WHY = "a test looks at the tree"
EARLIER, LATER = parse("2025"), parse("2026")


def merged_world(world: World) -> int:
    """Figures of 2025 and 2026, a statement adopted in 2025, then A1 and A2 become one; a cell of B goes along."""
    for code, count in (("A11", 3), ("A12", 2), ("A21", 4), ("B11", 5)):
        add_members(world.units[code], count)
    for code, value in (("A1", 7), ("A2", 5), ("B1", 4)):
        say(world, "chau", code, value, period=EARLIER)
        say(world, "chau", code, value + 1, period=LATER)
    say(world, "minh", "A1", 30, code="pledge.members", period=EARLIER)
    statement = say(world, "chau", "B", 50, code="pledge.members", covers=Covers.SUBTREE, period=EARLIER)
    adopt(by=world.viewer("chau"), figure_id=statement.pk)
    for period in (EARLIER, LATER):
        rebuild(period_row(period))
    heir = open_unit(
        by=world.viewer("an"),
        new=NewUnit("A3", "Đảng bộ xã An Mới", "An Mới", UnitKind.GRASSROOTS, is_grassroots=True),
        parent_id=world.unit("A"),
        on=DAY,
    )
    merge(by=world.viewer("an"), unit_ids=[world.unit("A1"), world.unit("A2")], heir_id=heir.pk, on=DAY)
    move(by=world.viewer("an"), unit_id=world.unit("B11"), parent_id=heir.pk, on=DAY)
    drain_all()
    return heir.pk


def test_a_new_commune_is_compared_with_what_its_predecessors_did_a_year_before(world: World) -> None:
    heir = merged_world(world)
    found = lines(world.viewer("chau"), heir, LATER)
    classes, members = found.line("study.classes"), found.line("org.members_on_duty")
    assert classes.before is not None
    assert members.before is not None
    assert (classes.chosen.value, classes.before.value) == (14, 12)
    assert (classes.before.spoke, classes.before.expected) == (2, 2)
    assert (members.chosen.value, members.before.value) == (14, 14)
    assert dict(classes.trend)["2025"] == 12


def test_a_placed_number_opens_to_units_that_add_up_to_it(world: World) -> None:
    heir = merged_world(world)
    opened = lines(world.viewer("chau"), heir, EARLIER).line("study.classes")
    assert opened.chosen.value == 12
    below = contributions(world.viewer("chau"), heir, EARLIER, opened.meaning)
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    given = {codes[c.unit_id]: (c.present, c.numerator.value) for c in below if c.numerator.given}
    assert given == {"A1": (False, 7), "A2": (False, 5)}
    seen = trace(world.viewer("chau"), opened.meaning.indicator.pk, heir, EARLIER)
    assert seen.line.chosen.value == 12


def test_a_unit_that_lost_a_cell_is_compared_without_it(world: World) -> None:
    merged_world(world)
    members = lines(world.viewer("chau"), world.unit("B"), LATER).line("org.members_on_duty")
    assert members.before is not None
    assert (members.chosen.missing, members.before.missing) == (True, True)
    classes = lines(world.viewer("chau"), world.unit("B"), LATER).line("study.classes")
    assert classes.before is not None
    assert classes.before.value == 4


def test_placed_counts_at_the_root_are_the_earlier_total_and_children_add_up(world: World) -> None:
    merged_world(world)
    row, now, book = period_row(EARLIER), tree_on(NOW), open_book()
    stored = Totals.objects.everywhere(because=_WHY).get(period=row, unit_id=world.unit("T"))
    total = unpack(bytes(stored.packed))
    shape = now.shape
    root = placed_counts(book, row, now, world.unit("T"))
    for key, count in root.items():
        assert [getattr(count, name) for name in Cell._fields] == list(total.cell(key_of(*key)))
    for at in shape.inner.tolist():
        whole = placed_counts(book, row, now, int(shape.unit_ids[at]))
        below = [placed_counts(book, row, now, int(shape.unit_ids[c])) for c in shape.children(at).tolist()]
        for key, count in whole.items():
            assert count.value >= sum(b[key].value for b in below)
    pledged = next(m.id for m in book.measures.values() if m.code == "pledge.members")
    count = placed_counts(book, row, now, world.unit("B"))[pledged, 0]
    assert differs(world.unit("B"), tree_on(EARLIER.last), now)
    assert (count.value, count.balance, root[pledged, 0].value) == (50, 50, 80)


def test_an_opened_or_renamed_cell_alone_makes_no_difference(world: World) -> None:
    cell = NewUnit("A13", "Chi bộ Ba", "Ba", UnitKind.CELL, is_cell=True)
    open_unit(by=world.viewer("an"), new=cell, parent_id=world.unit("A1"), on=DAY)
    then, now = tree_on(EARLIER.last), tree_on(NOW)
    assert then.id != now.id
    assert not any(differs(world.unit(code), then, now) for code in ("T", "A", "A1", "A2", "B"))
    move(by=world.viewer("an"), unit_id=world.unit("A12"), parent_id=world.unit("A2"), on=DAY)
    now = tree_on(NOW)
    assert [differs(world.unit(code), then, now) for code in ("T", "A", "A1", "A2", "B")] == [False] * 2 + [
        True
    ] * 2 + [False]


def test_a_page_of_a_unit_that_kept_its_own_costs_no_more_queries_than_before(world: World) -> None:
    def cost(code: str) -> int:
        viewer, unit = world.viewer("chau"), world.unit(code)
        lines(viewer, unit, LATER)
        with CaptureQueriesContext(connection) as counted:
            lines(viewer, unit, LATER)
        return len(counted)

    for code in ("A1", "A2", "B1"):
        say(world, "chau", code, 3, period=EARLIER)
        say(world, "chau", code, 3, period=LATER)
    drain_all()
    before = [cost(code) for code in ("T", "B")]
    move(by=world.viewer("an"), unit_id=world.unit("A12"), parent_id=world.unit("A2"), on=DAY)
    drain_all()
    assert [cost(code) for code in ("T", "B")] == before
