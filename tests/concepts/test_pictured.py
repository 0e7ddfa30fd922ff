"""What pictures show: trends with gaps and targets, bars, who has reported in which period, units side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chithi.charts.description import Trend
from chithi.core.errors import Absent
from chithi.core.periods import Kind, parse
from chithi.indicators.actions import Saying, Slot, confirm_period, enter
from chithi.indicators.completeness import Level, State, columns, completeness
from chithi.indicators.drain import drain_all
from chithi.indicators.kinds import Covers
from chithi.indicators.meanings import Meaning, meanings
from chithi.indicators.models import IndicatorDefinition, Measure, PeriodRow
from chithi.indicators.queries import contributions, lines, sequence
from chithi.indicators.side_by_side import histories
from chithi.org.queries import cards
from chithi.reporting.pictured import bars_of, trend_of
from tests.worlds import World, add_members, build_world

pytestmark = pytest.mark.django_db
CLASSES, STUDIED = "study.classes", "study.members"


@pytest.fixture
def world(db: None) -> World:
    """Classes of two communes: A1 in 2021, 2022, 2024, 2025 (none in 2023), A2 in 2025 alone; members for shares."""
    found = build_world()
    for code, count in (("A11", 6), ("A12", 4), ("A21", 5)):
        add_members(found.units[code], count)
    for year, value in (("2021", 3), ("2022", 4), ("2024", 6), ("2025", 7)):
        say(found, "A1", CLASSES, value, year)
        say(found, "A1", STUDIED, value, year)
    say(found, "A2", CLASSES, 5, "2025")
    say(found, "A2", STUDIED, 5, "2025")
    drain_all()
    return found


def say(
    world: World, code: str, measure: str, value: int, period: str, covers: Covers = Covers.OWN, **more: object
) -> None:
    slot = Slot(world.unit(code), Measure.objects.get(code=measure).pk, parse(period), covers=covers)
    enter(by=world.viewer("chau"), slot=slot, saying=Saying(value, **more), seen=None)  # type: ignore[arg-type]


def meaning(code: str) -> Meaning:
    return meanings([code])[0]


def drawn(world: World, unit: str, code: str, period: str = "2025") -> Trend | None:
    asked = parse(period)
    line = lines(world.viewer("chau"), world.unit(unit), asked, codes=[code], trend=24).line(code)
    return trend_of(line, asked, lambda at: f"/{at.code}/")


def test_a_trend_begins_with_the_first_number_and_keeps_the_gap(world: World) -> None:
    found = drawn(world, "A1", CLASSES)
    assert found is not None
    assert [(p.label, p.value, p.href) for p in found.points] == [
        ("2021", Decimal(3), "/2021/"),
        ("2022", Decimal(4), "/2022/"),
        ("2023", None, "/2023/"),
        ("2024", Decimal(6), "/2024/"),
        ("2025", Decimal(7), "/2025/"),
    ]
    assert found.points[2].why == "Năm 2023: chưa có số"
    assert found.said == "Năm 2025: 7; tăng 1 so với năm 2024; 1 kỳ chưa có số."


def test_a_trend_of_shares_holds_its_target_and_says_how_far_it_is(world: World) -> None:
    IndicatorDefinition.objects.filter(indicator_id=meaning(STUDIED).indicator.pk).update(target=9500)
    found = drawn(world, "A1", STUDIED)
    assert found is not None
    assert found.aim is not None
    assert (found.aim.value, found.aim.text) == (Decimal(95), "mục tiêu 95%")
    assert found.said == (
        "Năm 2025: 70,0%; tăng 10 điểm so với năm 2024; còn thiếu 25 điểm so với mục tiêu 95%; 1 kỳ chưa có số."
    )
    assert "7/10 đảng viên" in found.points[-1].why


def test_one_number_makes_no_trend(world: World) -> None:
    assert drawn(world, "A2", CLASSES) is None


def test_a_lower_bound_is_marked(world: World) -> None:
    say(world, "A2", CLASSES, 2, "2024", bound="at_least")
    drain_all()
    found = drawn(world, "A2", CLASSES)
    assert found is not None
    assert [(point.sign, point.text) for point in found.points] == [("≥", "2"), ("", "5")]


def test_states_as_of_a_day_follow_those_that_were_used(world: World) -> None:
    for day in ("=2024-12-31", "=2025-06-30"):
        say(world, "A1", CLASSES, 4, day)
    drain_all()
    assert [p.code for p in sequence(parse("=2025-06-30"), 24)] == ["=2024-12-31", "=2025-06-30"]
    assert [p.code for p in sequence(parse("=2024-12-31"), 24)] == ["=2024-12-31"]
    found = drawn(world, "A1", CLASSES, "=2025-06-30")
    assert found is not None
    assert [point.value for point in found.points] == [Decimal(4), Decimal(4)]


def test_a_monthly_trend_holds_no_month_of_last_year_that_does_not_belong_to_it(world: World) -> None:
    for month in ("2024-06", "2025-05", "2025-06"):
        say(world, "A1", CLASSES, 1, month)
    drain_all()
    asked = parse("2025-06")
    line = lines(world.viewer("chau"), world.unit("A1"), asked, codes=[CLASSES], trend=3).line(CLASSES)
    assert [code for code, _chosen in line.history] == ["2024-06", "2025-04", "2025-05", "2025-06"]
    found = trend_of(line, asked, lambda at: at.code)
    assert found is not None
    assert [point.href for point in found.points][-2:] == ["2025-05", "2025-06"]


def test_bars_are_sorted_and_who_is_silent_is_named_not_drawn(world: World) -> None:
    chau, period = world.viewer("chau"), parse("2025")
    say(world, "B1", CLASSES, 9, "2025")
    drain_all()
    parts = contributions(chau, world.unit("A"), period, meaning(CLASSES))
    named = cards(chau, [part.unit_id for part in parts], period.last)
    found = bars_of(parts, named, meaning(CLASSES), lambda unit: f"/{unit}/")
    assert found is not None
    assert [(bar.name, bar.value) for bar in found.bars.bars] == [
        ("Đảng bộ xã An Một", Decimal(7)),
        ("Đảng bộ xã An Hai", Decimal(5)),
    ]
    assert found.bars.said == "Cao nhất: Đảng bộ xã An Một (7); thấp nhất: Đảng bộ xã An Hai (5)."
    worst = bars_of(parts, named, meaning(CLASSES), lambda unit: "", worst_first=True)
    assert worst is not None
    assert [bar.name for bar in worst.bars.bars] == ["Đảng bộ xã An Hai", "Đảng bộ xã An Một"]
    earlier = contributions(chau, world.unit("A"), parse("2024"), meaning(CLASSES))
    assert bars_of(earlier, named, meaning(CLASSES), lambda unit: "") is None


def test_who_is_silent_among_three_is_said(world: World) -> None:
    chau, period = world.viewer("chau"), parse("2025")
    IndicatorDefinition.objects.filter(indicator_id=meaning(STUDIED).indicator.pk).update(target=9500)
    parts = contributions(chau, world.unit("A"), period, meaning(STUDIED))
    silent = contributions(chau, world.unit("T"), period, meaning(STUDIED))
    both = [*parts, next(part for part in silent if part.unit_id == world.unit("B"))]
    named = cards(chau, [part.unit_id for part in both], period.last)
    found = bars_of(both, named, meaning(STUDIED), lambda unit: "")
    assert found is not None
    assert [card.short_name for card in found.silent] == ["Đảng bộ huyện Bình"]
    assert found.bars.said.endswith("1 trên 2 đơn vị chưa đạt mục tiêu 95%. 1 đơn vị chưa có số.")
    assert [bar.short for bar in found.bars.bars] == [False, True]


def confirm(world: World, who: str, code: str, period: str) -> None:
    confirm_period(by=world.viewer(who), unit_id=world.unit(code), period=parse(period))


def test_completeness_tells_units_by_their_totals_and_cells_by_themselves(world: World) -> None:
    confirm(world, "lan", "A11", "2025-05")
    confirm(world, "lan", "A11", "2025-06")
    confirm(world, "hoa", "A12", "2025-06")
    drain_all()
    chau, members = world.viewer("chau"), meaning("org.members_on_duty")
    months = columns(parse("2025-06"), chau)
    assert [p.kind for p in months] == [Kind.MONTH] * 12
    found = completeness(chau, world.unit("A1"), months, members, Level.BELOW)
    assert [p.code for p in found.periods] == ["2025-05", "2025-06"]
    assert [(told.state, told.spoke, told.expected) for told in found.whole.cells] == [
        (State.PART, 1, 2),
        (State.WHOLE, 2, 2),
    ]
    by_unit = {row.unit_id: [told.state for told in row.cells] for row in found.rows}
    assert by_unit == {
        world.unit("A11"): [State.WHOLE, State.WHOLE],
        world.unit("A12"): [State.NONE, State.WHOLE],
    }


def test_completeness_at_every_level_and_of_those_who_lack_something(world: World) -> None:
    confirm(world, "lan", "A11", "2025-06")
    confirm(world, "hoa", "A12", "2025-06")
    drain_all()
    chau, members = world.viewer("chau"), meaning("org.members_on_duty")
    months = (parse("2025-06"),)

    def units(level: Level, **more: bool) -> list[int]:
        return [row.unit_id for row in completeness(chau, world.unit("T"), months, members, level, **more).rows]

    assert units(Level.BELOW) == [world.unit(code) for code in ("A", "B")]
    assert units(Level.GRASSROOTS) == [world.unit(code) for code in ("A1", "A2", "B1")]
    assert units(Level.CELLS) == [world.unit(code) for code in ("A11", "A12", "A21", "B11")]
    assert units(Level.CELLS, lacking=True) == [world.unit(code) for code in ("A21", "B11")]
    assert units(Level.GRASSROOTS, lacking=True) == [world.unit(code) for code in ("A2", "B1")]


def test_a_period_that_is_not_over_is_open_and_not_lacking(world: World) -> None:
    say(world, "A1", CLASSES, 1, "2026-11")
    drain_all()
    chau = world.viewer("chau")
    found = completeness(chau, world.unit("A"), (parse("2026-11"),), meaning(CLASSES), Level.BELOW)
    assert [row.cells[0].state for row in found.rows] == [State.WHOLE, State.OPEN]
    assert not found.can_sift


def test_looking_at_months_makes_no_months(world: World) -> None:
    before = PeriodRow.objects.count()
    chau = world.viewer("chau")
    completeness(chau, world.unit("T"), columns(parse("2023"), chau, Kind.MONTH), meaning(CLASSES), Level.CELLS)
    assert PeriodRow.objects.count() == before


def test_who_has_reported_is_told_within_reach_only(world: World) -> None:
    lan, members = world.viewer("lan"), meaning("org.members_on_duty")
    for code in ("A12", "A1", "T"):
        with pytest.raises(Absent):
            completeness(lan, world.unit(code), (parse("2025"),), members, Level.CELLS)
        with pytest.raises(Absent):
            histories(lan, world.unit(code), [world.unit("A11")], parse("2025"), members, 8)


def test_histories_of_many_units_are_those_their_own_pages_show(world: World) -> None:
    say(world, "A1", CLASSES, 80, "2023", Covers.SUBTREE)
    drain_all()
    chau, period = world.viewer("chau"), parse("2025")
    for code in (CLASSES, STUDIED, "org.members_on_duty"):
        units = [world.unit("A"), world.unit("B")]
        found = histories(chau, world.unit("T"), units, period, meaning(code), 8)
        for unit in units:
            line = lines(chau, unit, period, codes=[code], trend=8).line(code)
            own = {at: (chosen.value, chosen.percent) for at, chosen in line.history if chosen and not chosen.missing}
            told = {at: (chosen.value, chosen.percent) for at, chosen in found[unit] if chosen and not chosen.missing}
            assert told == {at: known for at, known in own.items() if at != "2025"}, (code, unit)


def test_a_unit_that_stands_elsewhere_has_no_history_below_this_one(world: World) -> None:
    chau = world.viewer("chau")
    found = histories(chau, world.unit("A"), [world.unit("A1"), world.unit("B1")], parse("2025"), meaning(CLASSES), 8)
    assert set(found) == {world.unit("A1")}


def test_another_formula_is_not_compared(world: World) -> None:
    first = IndicatorDefinition.objects.get(indicator_id=meaning(CLASSES).indicator.pk)
    IndicatorDefinition.objects.create(
        indicator_id=first.indicator_id, number=2, name_vi="Lớp", name_en="Classes", since=date(2024, 1, 1),
        numerator=Measure.objects.get(code="study.units_done"),
    )  # fmt: skip
    say(world, "A1", "study.units_done", 1, "2024")
    say(world, "A1", "study.units_done", 2, "2025")
    drain_all()
    chau = world.viewer("chau")
    now = meanings([CLASSES], period=parse("2025"))[0]
    found = histories(chau, world.unit("T"), [world.unit("A")], parse("2025"), now, 8)
    known = [at for at, chosen in found[world.unit("A")] if chosen is not None and not chosen.missing]
    assert known == ["2024"]
