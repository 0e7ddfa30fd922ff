"""Units that issued a document of their own are counted, roll up and open to exactly as many units."""

from __future__ import annotations

from datetime import date

from chithi.core.periods import parse
from chithi.directives.actions import enter, withdraw
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.indicators.actions import confirm_period
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Measure
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.trace import records
from tests.worlds import TODAY, World

PERIOD = parse("2025")
CODES = ("directives.grassroots", "directives.cells")


def issued(world: World, code: str, who: str, above: Directive | None = None, **fields: object) -> Directive:
    written = Written(
        **{"kind": "plan", "summary": "Kế hoạch", "sign": f"1-{code}", "dated": date(2025, 3, 1)} | fields
    )  # type: ignore[arg-type]
    made = enter(by=world.viewer(who), unit_id=world.unit(code), written=written)
    if above is not None:
        link(by=world.viewer(who), directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    return made


def asking(world: World, **fields: object) -> Directive:
    return issued(
        world, "T", "chau", kind="directive", expects=("grassroots", "cells"), dated=date(2025, 1, 5), **fields
    )


def counted(world: World, code: str, unit: str = "T") -> tuple[int | None, int | None]:
    """Value and base of an indicator, as the province's agency reads it."""
    line = lines(world.viewer("chau"), world.unit(unit), PERIOD).line(code)
    return line.chosen.value, line.chosen.total


def test_who_issued_their_own_is_counted_and_every_count_opens_its_units(world: World) -> None:
    top = asking(world)
    plan = issued(world, "A1", "minh", top)
    issued(world, "A11", "lan", plan)
    rebuild(period_row(PERIOD))
    assert counted(world, "directives.grassroots") == (1, 3)
    assert counted(world, "directives.cells") == (1, 4)
    for code in CODES:
        measure = Measure.objects.get(code=code)
        below = ("A1", "A11", "A12")
        found = [records(world.viewer("minh"), measure.pk, world.unit(unit), PERIOD).total for unit in below]
        assert sum(found) == 1


def test_units_that_nobody_asked_say_nothing(world: World) -> None:
    top = asking(world, due_on=None)
    Directive.objects.everywhere(because="test").filter(pk=top.pk).update(expects="grassroots")
    confirm_period(by=world.viewer("lan"), unit_id=world.unit("A11"), period=PERIOD)
    rebuild(period_row(PERIOD))
    line = lines(world.viewer("lan"), world.unit("A11"), PERIOD).line("directives.cells")
    assert line.chosen.missing


def test_a_withdrawn_document_leaves_the_count_once_the_mark_is_worked_off(world: World) -> None:
    top = asking(world)
    plan = issued(world, "A1", "minh", top)
    rebuild(period_row(PERIOD))
    later = parse("2026")
    rebuild(period_row(later))
    withdraw(by=world.viewer("minh"), directive_id=plan.pk, seen_version=plan.version, on=TODAY, why="")
    drain_all()
    assert counted(world, "directives.grassroots") == (1, 3), "in 2025 it still stood"
    line = lines(world.viewer("chau"), world.unit("T"), later).line("directives.grassroots")
    assert not line.chosen.value
