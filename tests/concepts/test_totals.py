"""The drainer carries figures up the tree; a rebuild gives the same bytes; missing is not zero."""

from __future__ import annotations

import pytest
from django.db.models import Q

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.freshness.models import Mark
from chithi.indicators.actions import Saying, Slot, adopt, confirm_period, enter, withdraw
from chithi.indicators.catalogue_sync import sync_catalogue
from chithi.indicators.drain import drain, drain_all, rebuild
from chithi.indicators.kinds import Covers
from chithi.indicators.meanings import meanings
from chithi.indicators.models import Adoption, Figure, IndicatorDefinition, Measure, Totals
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import contributions, lines
from chithi.indicators.stated import live_entered
from chithi.journal.models import Entry
from chithi.org.kinds import Expected
from tests.worlds import World, add_members

YEAR = parse("2025")


def measure(code: str) -> int:
    return Measure.objects.get(code=code).pk


def say(world: World, who: str, unit: str, value: int, code: str = "study.classes", **more: object) -> Figure:
    slot = Slot(world.unit(unit), measure(code), more.pop("period", YEAR), covers=more.pop("covers", Covers.OWN))  # type: ignore[arg-type]
    return enter(by=world.viewer(who), slot=slot, saying=Saying(value, **more), seen=None)  # type: ignore[arg-type]


def line(world: World, who: str, unit: str, code: str, period=YEAR):  # type: ignore[no-untyped-def]
    drain_all()
    return lines(world.viewer(who), world.unit(unit), period).line(code)


def test_a_figure_nobody_stated_is_missing_and_a_stated_zero_is_zero(world: World) -> None:
    assert line(world, "chau", "T", "study.classes").chosen.missing
    say(world, "minh", "A1", 0)
    chosen = line(world, "chau", "T", "study.classes").chosen
    assert (chosen.value, chosen.spoke, chosen.expected) == (0, 1, 3)


def test_figures_add_up_the_tree_and_say_who_spoke(world: World) -> None:
    say(world, "minh", "A1", 7)
    say(world, "chau", "A2", 5)
    say(world, "chau", "B1", 4)
    assert line(world, "chau", "T", "study.classes").chosen.value == 16
    district = line(world, "dung", "A", "study.classes").chosen
    assert (district.value, district.spoke, district.expected) == (12, 2, 2)


def test_a_subtree_statement_stands_beside_the_total_and_never_adds_to_it(world: World) -> None:
    say(world, "minh", "A1", 7)
    say(world, "chau", "T", 731, covers=Covers.SUBTREE)
    found = line(world, "chau", "T", "study.classes")
    assert found.chosen.value == 7
    assert found.chosen.difference == 724
    assert found.numerator.statement is not None


def test_an_adopted_statement_fills_in_for_the_silent_and_shrinks_when_they_speak(world: World) -> None:
    say(world, "minh", "A1", 7)
    statement = say(world, "chau", "T", 20, covers=Covers.SUBTREE)
    adopt(by=world.viewer("chau"), figure_id=statement.pk)
    found = line(world, "chau", "T", "study.classes")
    assert (found.chosen.value, found.numerator.computed.balance) == (20, 13)
    say(world, "chau", "A2", 6)
    found = line(world, "chau", "T", "study.classes")
    assert (found.chosen.value, found.numerator.computed.balance) == (20, 7)
    say(world, "chau", "B1", 3)
    found = line(world, "chau", "T", "study.classes")
    assert (found.chosen.value, found.numerator.computed.balance) == (16, 0)


def test_a_year_of_a_flow_is_added_up_from_its_quarters_and_says_when_one_is_lacking(world: World) -> None:
    for quarter in (1, 2, 3):
        say(world, "lan", "A11", 10, period=parse(f"2025-Q{quarter}"))
        say(world, "minh", "A1", 10, period=parse(f"2025-Q{quarter}"))
    partial = line(world, "lan", "A11", "study.classes").chosen
    assert (partial.value, partial.bound, partial.spoke) == (30, "at_least", 0)
    above = line(world, "minh", "A1", "study.classes").chosen
    assert (above.value, above.bound, above.spoke) == (60, "at_least", 0)
    for who, unit in (("lan", "A11"), ("minh", "A1")):
        say(world, who, unit, 10, period=parse("2025-Q4"))
    whole = line(world, "minh", "A1", "study.classes").chosen
    assert (whole.value, whole.bound, whole.spoke) == (80, "", 1)


def test_how_firmly_a_unit_spoke_is_kept_for_the_unit_and_said_to_be_about_above(world: World) -> None:
    slot = Slot(world.unit("A11"), measure("study.classes"), YEAR)
    for saying, shown in (
        (Saying(50, bound="about"), ("about", None)),
        (Saying(50, bound="at_most"), ("at_most", None)),
        (Saying(5, value_max=70), ("", 70)),
    ):
        live = live_entered(world.viewer("lan"), world.unit("A11"), YEAR).get((measure("study.classes"), 0))
        enter(by=world.viewer("lan"), slot=slot, saying=saying, seen=live.pk if live else None)
        own = line(world, "lan", "A11", "study.classes").chosen
        assert (own.bound, own.value_max) == shown
        assert line(world, "minh", "A1", "study.classes").chosen.bound == "about"


def test_a_total_is_at_least_as_much_as_its_parts_where_none_of_them_says_anything_else(world: World) -> None:
    for who, unit, saying in (("lan", "A11", Saying(50, bound="at_least")), ("hoa", "A12", Saying(7))):
        slot = Slot(world.unit(unit), measure("study.classes"), YEAR)
        enter(by=world.viewer(who), slot=slot, saying=saying, seen=None)
    above = line(world, "minh", "A1", "study.classes").chosen
    assert (above.value, above.bound) == (57, "at_least")
    say(world, "minh", "A1", 3, bound="at_most")
    assert line(world, "minh", "A1", "study.classes").chosen.bound == "about"


def test_one_absurd_figure_is_refused_and_stops_nobody(world: World) -> None:
    with pytest.raises(Refused) as refused:
        say(world, "minh", "A1", 10**15 + 1)
    assert refused.value.code == "numbers.too_large"


def test_a_count_of_people_is_not_added_up_over_time(world: World) -> None:
    for quarter in (1, 2, 3, 4):
        say(world, "minh", "A1", 10, code="study.members", period=parse(f"2025-Q{quarter}"))
    assert line(world, "minh", "A1", "study.members").chosen.missing


def test_records_count_before_they_are_confirmed_but_have_not_spoken(world: World) -> None:
    add_members(world.units["A11"], 4)
    add_members(world.units["A12"], 3)
    rebuild(period_row(YEAR))
    chosen = line(world, "minh", "A1", "org.members_on_duty").chosen
    assert (chosen.value, chosen.spoke, chosen.expected) == (7, 0, 2)
    confirm_period(by=world.viewer("lan"), unit_id=world.unit("A11"), period=YEAR)
    chosen = line(world, "minh", "A1", "org.members_on_duty").chosen
    assert (chosen.value, chosen.spoke, chosen.expected) == (7, 1, 2)


def test_a_denominator_that_nobody_counted_gives_no_share(world: World) -> None:
    say(world, "minh", "A1", 3, code="pledge.officials")
    chosen = line(world, "minh", "A1", "pledge.officials").chosen
    assert (chosen.value, chosen.percent) == (3, None)


def test_two_clerks_on_one_figure_do_not_overwrite_each_other(world: World) -> None:
    first = say(world, "minh", "A1", 7)
    slot = Slot(world.unit("A1"), measure("study.classes"), YEAR)
    with pytest.raises(Stale):
        enter(by=world.viewer("chau"), slot=slot, saying=Saying(8), seen=None)
    second = enter(by=world.viewer("chau"), slot=slot, saying=Saying(8), seen=first.pk, why="đếm lại")
    assert second.replaces_id == first.pk
    assert line(world, "minh", "A1", "study.classes").chosen.value == 8


def test_a_withdrawn_figure_is_missing_again_and_stays_readable(world: World) -> None:
    figure = say(world, "minh", "A1", 7)
    withdraw(by=world.viewer("minh"), figure_id=figure.pk, seen_version=1, why="nhầm kỳ")
    assert line(world, "minh", "A1", "study.classes").chosen.missing
    assert Figure.objects.everywhere(because="a test").get(pk=figure.pk).value == 7


def test_nobody_states_a_figure_outside_their_reach(world: World) -> None:
    with pytest.raises(Absent):
        say(world, "hoa", "A11", 1)
    say(world, "lan", "A11", 1)


def test_a_period_that_has_not_begun_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        say(world, "minh", "A1", 1, period=parse("2027"))
    assert refused.value.code == "indicators.period_ahead"


def test_draining_leaves_the_same_bytes_as_a_rebuild(world: World) -> None:
    add_members(world.units["B11"], 2)
    row = period_row(YEAR)
    rebuild(row)
    for n, (who, unit) in enumerate([("minh", "A1"), ("chau", "A2"), ("chau", "B1")]):
        say(world, who, unit, n + 1)
        drain()
    drained = _stored()
    rebuild(row)
    assert _stored() == drained
    assert not Mark.objects.everywhere(because="a test").exists()


def _stored() -> dict[int, bytes]:
    rows = Totals.objects.everywhere(because="a test").order_by("unit_id")
    return {unit: bytes(packed) for unit, packed in rows.values_list("unit_id", "packed")}


def test_the_units_below_give_exactly_what_the_total_says(world: World) -> None:
    say(world, "minh", "A1", 7)
    say(world, "chau", "B1", 4)
    meaning = meanings(["study.classes"])[0]
    total = line(world, "chau", "T", "study.classes")
    parts = contributions(world.viewer("chau"), world.unit("T"), YEAR, meaning)
    assert sum(p.numerator.value for p in parts) == total.numerator.computed.value
    assert sum(p.numerator.spoke for p in parts) == total.numerator.computed.spoke


def test_a_page_says_that_numbers_are_being_recomputed_while_a_mark_lies_below(world: World) -> None:
    lines(world.viewer("chau"), world.unit("T"), YEAR)
    say(world, "minh", "A1", 7)
    assert lines(world.viewer("chau"), world.unit("T"), YEAR).recomputing
    assert not lines(world.viewer("chau"), world.unit("B"), YEAR).recomputing
    drain_all()
    assert not lines(world.viewer("chau"), world.unit("T"), YEAR).recomputing


def test_a_measure_new_to_the_catalogue_is_counted_into_the_totals_that_stand(world: World) -> None:
    add_members(world.units["A11"], 3)
    duty = measure("org.members_on_duty")
    IndicatorDefinition.objects.filter(Q(numerator_id=duty) | Q(denominator_id=duty)).delete()
    Measure.objects.filter(pk=duty)._raw_delete("default")  # past Django's collector, which asks guarded tables
    rebuild(period_row(YEAR))
    sync_catalogue()
    assert line(world, "chau", "T", "org.members_on_duty").chosen.value == 3


def test_a_measure_that_the_catalogue_counts_otherwise_is_counted_anew_by_the_worker(world: World) -> None:
    marks, duty = Mark.objects.everywhere(because="test"), measure("org.members_on_duty")
    Measure.objects.filter(pk=duty).update(expected=Expected.NOBODY.value)
    rebuild(period_row(YEAR))
    sync_catalogue()
    assert list(marks.values_list("measure_id", "whole")) == [(duty, True)]
    drain_all()
    assert line(world, "chau", "T", "org.members_on_duty").chosen.expected == 4
    sync_catalogue()
    assert not marks.exists(), "nothing changed"


def test_last_year_is_the_whole_subtree_whoever_looked_before(world: World) -> None:
    for code, count in (("A11", 2), ("A21", 5)):
        add_members(world.units[code], count)
    first = line(world, "chau", "A", "org.members_on_duty").before
    lines(world.viewer("lan"), world.unit("A11"), parse("2024"))
    after_a_cell_looked = line(world, "chau", "A", "org.members_on_duty").before
    lines(world.viewer("chau"), world.unit("A"), parse("2024"))
    after_all = line(world, "chau", "A", "org.members_on_duty").before
    assert first is not None
    assert first.value == 7
    assert first == after_a_cell_looked == after_all


def test_replacing_an_adopted_statement_ends_the_adoption_and_says_so(world: World) -> None:
    say(world, "minh", "A1", 7)
    old = say(world, "chau", "T", 20, covers=Covers.SUBTREE)
    adopt(by=world.viewer("chau"), figure_id=old.pk)
    slot = Slot(world.unit("T"), measure("study.classes"), YEAR, covers=Covers.SUBTREE)
    enter(by=world.viewer("chau"), slot=slot, saying=Saying(25), seen=old.pk)
    assert line(world, "chau", "T", "study.classes").chosen.value == 7
    kept = Adoption.objects.everywhere(because="a test").get(figure_id=old.pk)
    assert kept.ended_at is not None
    verbs = Entry.objects.everywhere(because="a test").values_list("verb", flat=True)
    assert "indicators.adoption_ended" in set(verbs)


def test_only_one_statement_of_a_slot_is_adopted(world: World) -> None:
    say(world, "minh", "A1", 7)
    one = say(world, "chau", "T", 20, covers=Covers.SUBTREE)
    adopt(by=world.viewer("chau"), figure_id=one.pk)
    with pytest.raises(Refused):
        adopt(by=world.viewer("chau"), figure_id=one.pk)


def test_a_column_that_cannot_be_added_up_stops_no_other(world: World, caplog: pytest.LogCaptureFixture) -> None:
    rebuild(period_row(YEAR))
    for who, unit in (("minh", "A1"), ("chau", "A2")):
        say(world, who, unit, 5, code="award.collectives")
        figure = say(world, who, unit, 5, code="result.money")
        Figure.objects.everywhere(because="as a figure from before the limit").filter(pk=figure.pk).update(value=2**62)
    found = line(world, "chau", "T", "award.collectives").chosen
    assert found.value == 10
    assert line(world, "chau", "T", "result.money").chosen.missing
    assert "too large to add up" in caplog.text
