"""An indicator about one directive counts who carries out that one, a share of all where all are asked; it opens."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.directives.actions import draft, enter
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.freshness.models import Mark
from chithi.indicators.catalogue_sync import sync_catalogue
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Indicator, Measure
from chithi.indicators.of_directives import count_directive, of_directive
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.trace import records
from chithi.indicators.verify import verify
from chithi.org.actions import NewUnit, merge, open_unit
from chithi.org.kinds import UnitKind
from chithi.web.show.trace import sentence_of
from tests.worlds import World

PERIOD = parse("2025")


def issued(world: World, code: str, who: str, above: Directive | None = None, **fields: object) -> Directive:
    written = Written(
        **{"kind": "plan", "summary": "Kế hoạch", "sign": f"1-{code}", "dated": date(2025, 3, 1)} | fields
    )  # type: ignore[arg-type]
    made = enter(by=world.viewer(who), unit_id=world.unit(code), written=written)
    if above is not None:
        link(by=world.viewer(who), directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    return made


def asking(world: World, sign: str, code: str = "T", **fields: object) -> Directive:
    said = {"kind": "directive", "expects": ("grassroots", "cells"), "dated": date(2025, 1, 5), "sign": sign}
    return issued(world, code, "chau", **said | fields)


def counted(world: World, code: str) -> tuple[int | None, int | None]:
    line = lines(world.viewer("chau"), world.unit("T"), PERIOD).line(code)
    return line.chosen.value, line.chosen.total


def test_each_directive_is_counted_for_itself_and_its_count_opens_the_units(world: World) -> None:
    first, second = asking(world, "01-CT"), asking(world, "02-CT")
    rebuild(period_row(PERIOD))
    for one in (first, second):
        found = count_directive(by=world.viewer("an"), directive_id=one.pk)
        assert [made.expected for made in found] == ["grassroots", "cells"]
    issued(world, "A1", "minh", first)
    issued(world, "A11", "lan", second)
    drain_all()
    assert counted(world, f"directives.grassroots.{first.pk}") == (1, 3)
    assert counted(world, f"directives.cells.{first.pk}") == (None, None), "nobody said anything about it"
    assert counted(world, f"directives.grassroots.{second.pk}") == (None, None)
    assert counted(world, f"directives.cells.{second.pk}") == (1, 4)
    measure = Measure.objects.get(code=f"directives.grassroots.{first.pk}")
    assert records(world.viewer("minh"), measure.pk, world.unit("A1"), PERIOD).total == 1
    assert not verify().differences


def test_what_the_register_counts_is_not_said_to_be_missing_from_anybody(world: World) -> None:
    one = asking(world, "01-CT")
    count_directive(by=world.viewer("an"), directive_id=one.pk)
    issued(world, "A1", "minh", one)
    rebuild(period_row(PERIOD))
    line = lines(world.viewer("chau"), world.unit("T"), PERIOD).line(f"directives.grassroots.{one.pk}")
    assert (line.chosen.value, line.chosen.total, line.chosen.expected) == (1, 3, 0)
    with translation.override("vi"):
        assert "đã có số" not in sentence_of(line, PERIOD, "Tỉnh")


def test_what_is_counted_of_one_directive_follows_the_shipped_measure(world: World) -> None:
    one = asking(world, "01-CT")
    count_directive(by=world.viewer("an"), directive_id=one.pk)
    mine = Measure.objects.filter(code=f"directives.cells.{one.pk}")
    mine.update(expected="cells", name_vi="Tên đặt ở đây")
    drain_all()
    sync_catalogue()
    assert (mine.get().expected, mine.get().name_vi) == ("nobody", "Tên đặt ở đây")
    marks = Mark.objects.everywhere(because="test")
    assert list(marks.values_list("measure_id", flat=True)) == [mine.get().pk]


def test_a_directive_that_not_all_are_asked_by_is_counted_without_a_share(world: World) -> None:
    of_a = asking(world, "03-CT", code="A")
    count_directive(by=world.viewer("an"), directive_id=of_a.pk)
    issued(world, "A1", "minh", of_a)
    rebuild(period_row(PERIOD))
    assert counted(world, f"directives.grassroots.{of_a.pk}")[0] == 1
    kinds = set(Measure.objects.filter(code__endswith=f".{of_a.pk}").values_list("expected", flat=True))
    assert kinds == {"nobody"}


def test_whoever_may_define_makes_them_once_and_nobody_else(world: World) -> None:
    one = asking(world, "04-CT")
    with pytest.raises(Refused, match=r"access\.not_everywhere"):
        count_directive(by=world.viewer("minh"), directive_id=one.pk)
    twice = [count_directive(by=world.viewer("an"), directive_id=one.pk) for _ in range(2)]
    assert twice[0] == twice[1] == of_directive(one.pk)
    assert Indicator.objects.filter(code__endswith=f".{one.pk}").count() == 2
    silent = asking(world, "05-CT", expects=("districts",))
    with pytest.raises(Refused, match=r"indicators\.directive_asks_nobody"):
        count_directive(by=world.viewer("an"), directive_id=silent.pk)
    begun = draft(by=world.viewer("chau"), unit_id=world.unit("T"), written=Written("plan", "Dự thảo"))
    with pytest.raises(Refused):
        count_directive(by=world.viewer("chau"), directive_id=begun.pk)


@pytest.mark.parametrize("into_new", [True, False])
def test_what_a_closed_unit_issued_counts_for_the_one_made_out_of_it(world: World, into_new: bool) -> None:
    top = asking(world, "06-CT")
    rebuild(period_row(PERIOD))
    count_directive(by=world.viewer("an"), directive_id=top.pk)
    issued(world, "A12", "hoa", top)
    on, heir = date(2025, 9, 1), world.unit("A11")
    if into_new:
        new = NewUnit("A13", "Chi bộ thôn Hòa", "Hòa", UnitKind.CELL, is_cell=True)
        heir = open_unit(by=world.viewer("an"), new=new, parent_id=world.unit("A1"), on=on).pk
    merge(by=world.viewer("an"), unit_ids=[world.unit("A12")], heir_id=heir, on=on, document="1-QĐ")
    drain_all()
    assert counted(world, f"directives.cells.{top.pk}")[0] == (1 if into_new else None)
    assert counted(world, "directives.cells")[0] == (1 if into_new else None)
