"""Indicators as an administrator defines them: new ones, versions in time, retiring; what an upgrade may overwrite."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.indicators import catalogue, catalogue_sync
from chithi.indicators.actions import Saying, Slot, confirm_period, enter
from chithi.indicators.catalogue_sync import FIRST_OWN_ID, sync_catalogue
from chithi.indicators.defining import define, redefine, retire
from chithi.indicators.defining_rules import Draft, NewMeasure
from chithi.indicators.definitions import draft_of, listed, opened
from chithi.indicators.drain import drain_all
from chithi.indicators.meanings import meanings
from chithi.indicators.models import Indicator, IndicatorDefinition, Measure
from chithi.indicators.queries import lines
from chithi.indicators.trace import trace
from chithi.indicators.verify import verify
from chithi.journal.models import Entry
from tests.worlds import World, add_members

pytestmark = pytest.mark.django_db
YEAR, BEFORE = parse("2025"), parse("2024")
NEW = Draft(
    name_vi="Buổi phát thanh về học tập",
    name_en="Radio broadcasts",
    measure=NewMeasure(noun_vi="buổi", noun_en="broadcasts", noun_en_one="broadcast"),
    group="media",
    words=("phát thanh", "  Loa  truyền thanh "),
)


def defined(world: World, **more: object) -> Indicator:
    return define(by=world.viewer("chau"), draft=replace(NEW, **more))  # type: ignore[arg-type]


def say(world: World, who: str, unit: str, measure: int, value: int, period=YEAR) -> None:  # type: ignore[no-untyped-def]
    enter(by=world.viewer(who), slot=Slot(world.unit(unit), measure, period), saying=Saying(value), seen=None)


def chosen(world: World, code: str, unit: str = "T", period=YEAR):  # type: ignore[no-untyped-def]
    drain_all()
    return lines(world.viewer("chau"), world.unit(unit), period).line(code).chosen


def numerator(indicator: Indicator) -> int:
    return IndicatorDefinition.objects.filter(indicator=indicator).latest("number").numerator_id


def change(world: World, indicator: Indicator, **more: object) -> IndicatorDefinition:
    """As the form does it: the newest version as a draft, some of it changed."""
    by = world.viewer("chau")
    found = opened(by, indicator.pk)
    return redefine(by=by, indicator_id=indicator.pk, draft=replace(draft_of(found), **more), seen=found.seen)  # type: ignore[arg-type]


def test_a_new_indicator_is_entered_and_added_up_like_any_other(world: World) -> None:
    lines(world.viewer("chau"), world.unit("T"), YEAR)  # totals of the year are stored before it is defined
    indicator = defined(world)
    assert indicator.pk > FIRST_OWN_ID
    silent = chosen(world, indicator.code)
    assert (silent.missing, silent.spoke, silent.expected) == (True, 0, 3)
    say(world, "minh", "A1", numerator(indicator), 7)
    say(world, "chau", "B1", numerator(indicator), 5)
    spoken = chosen(world, indicator.code)
    assert (spoken.value, spoken.spoke, spoken.expected) == (12, 2, 3)
    assert verify().ok
    assert indicator.words == "phát thanh\nloa truyền thanh"


def test_the_drainer_alone_carries_a_new_measure_into_totals_that_are_stored_already(world: World) -> None:
    lines(world.viewer("chau"), world.unit("T"), YEAR)
    indicator = defined(world)
    assert lines(world.viewer("dung"), world.unit("A"), YEAR).recomputing
    drain_all()
    assert not verify().differences
    found = lines(world.viewer("dung"), world.unit("A"), YEAR)
    assert not found.recomputing
    assert found.line(indicator.code).chosen.expected == 2


def test_ids_of_indicators_are_given_once(world: World) -> None:
    first = defined(world)
    second = defined(world, name_vi="Cuộc thi", words=())
    assert second.pk == first.pk + 1
    assert len({numerator(first), numerator(second)}) == 2


def test_only_who_may_define_everywhere_defines_and_the_journal_says_it(world: World) -> None:
    for name in ("lan", "minh", "dung"):
        with pytest.raises(Refused) as refused:
            define(by=world.viewer(name), draft=NEW)
        assert refused.value.code == "access.not_everywhere"
    indicator = defined(world)
    entry = Entry.objects.everywhere(because="a test").latest("pk")
    assert (entry.verb, entry.about_id, entry.unit_id) == ("indicators.defined", indicator.pk, world.unit("T"))


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"name_vi": "  "}, "indicators.no_name", "name_vi"),
        ({"name_vi": "lớp học tập chuyên đề đã mở"}, "indicators.name_taken", "name_vi"),
        ({"measure": NewMeasure(noun_vi="")}, "indicators.no_noun", "noun_vi"),
        ({"measure": NewMeasure(noun_vi="buổi", scale=9)}, "indicators.decimals", "scale"),
        ({"measure": NewMeasure(noun_vi="buổi", counting="average")}, "indicators.choose", "counting"),
        ({"measure": NewMeasure(noun_vi="buổi", expected="everybody")}, "indicators.choose", "expected"),
        ({"measure": NewMeasure(noun_vi="buổi", breakdown_id=99)}, "indicators.no_breakdown", "breakdown"),
        (
            {"measure": NewMeasure(noun_vi="buổi", roll_up="none"), "denominator_id": 2},
            "indicators.cannot_sum",
            "denominator",
        ),
        ({"numerator_id": 999_999}, "indicators.no_measure", "numerator"),
        ({"numerator_id": 20, "denominator_id": 20}, "indicators.over_itself", "denominator"),
        ({"denominator_id": 134}, "indicators.cannot_sum", "denominator"),
        ({"denominator_id": 2, "target": Decimal("100.01")}, "indicators.target", "target"),
        ({"target": Decimal("NaN")}, "indicators.target", "target"),
        ({"target": Decimal("1.5")}, "indicators.target_places", "target"),
        ({"kind": "share"}, "indicators.choose", "kind"),
        ({"group": "unheard"}, "indicators.choose", "group"),
        ({"decimals": 4}, "indicators.decimals", "decimals"),
        ({"words": ("12 buổi phát",)}, "indicators.bad_words", "words"),
        ({"words": ("ba",)}, "indicators.bad_words", "words"),
        ({"since": date(1815, 1, 1)}, "indicators.day_out_of_range", "since"),
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_is_refused_beside_its_field(
    world: World, wrong: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        defined(world, **wrong)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Indicator.objects.filter(pk__gt=FIRST_OWN_ID).exists()


def test_a_phrase_names_one_indicator_only(world: World) -> None:
    defined(world)
    with pytest.raises(Refused) as refused:
        defined(world, name_vi="Cuộc thi", words=("PHÁT THANH",))
    assert refused.value.code == "indicators.words_taken"


def test_an_old_period_keeps_the_formula_of_its_time_and_is_not_compared_with_the_new_one(world: World) -> None:
    add_members(world.units["A11"], 4)
    classes = Indicator.objects.get(code="study.classes")
    for period in (BEFORE, YEAR):
        say(world, "lan", "A11", 20, 3, period)
        confirm_period(by=world.viewer("lan"), unit_id=world.unit("A11"), period=period)
    drain_all()
    asked = lines(world.viewer("chau"), world.unit("T"), YEAR).line("study.classes")
    assert (asked.chosen.percent, asked.before and asked.before.value) == (None, 3)
    members = Measure.objects.get(code="org.members_on_duty").pk
    change(world, classes, denominator_id=members, since=date(2025, 1, 1))
    now = lines(world.viewer("chau"), world.unit("T"), YEAR).line("study.classes")
    assert (now.chosen.percent, now.meaning.definition.kind) == (Decimal("75.0"), "share")
    assert now.before is None, "a share is not compared with a count"
    assert [value for code, value in now.trend if code == "2024"] == [None]
    then = lines(world.viewer("chau"), world.unit("T"), BEFORE).line("study.classes")
    assert (then.chosen.percent, then.chosen.value) == (None, 3)
    opened_then = trace(world.viewer("chau"), classes.pk, world.unit("T"), BEFORE)
    assert opened_then.line.meaning.definition.number == 1


def test_a_name_holds_for_all_periods_at_once_and_a_target_from_its_day(world: World) -> None:
    members = Indicator.objects.get(code="study.members")
    change(world, members, name_vi="Đảng viên đã học", target=Decimal("95"), since=date(2025, 1, 1))
    then, now = ({m.code: m for m in meanings(period=p)}["study.members"] for p in (BEFORE, YEAR))
    assert then.name("vi") == now.name("vi") == "Đảng viên đã học"
    assert (then.definition.target, now.definition.target) == (10000, 9500)
    version = IndicatorDefinition.objects.filter(indicator=members).latest("number")
    assert version.changed == [
        ["name_vi", "Đảng viên học tập chuyên đề", "Đảng viên đã học"],
        ["target", "100", "95"],
    ]


def test_a_change_says_from_which_day_and_something_must_differ(world: World) -> None:
    members = Indicator.objects.get(code="study.members")
    with pytest.raises(Refused) as refused:
        change(world, members, target=Decimal("95"))
    assert (refused.value.code, refused.value.field) == ("indicators.since_needed", "since")
    with pytest.raises(Refused) as refused:
        change(world, members)
    assert refused.value.code == "indicators.nothing_changed"


def test_two_who_change_at_once_do_not_overwrite_each_other_unseen(world: World) -> None:
    classes = Indicator.objects.get(code="study.classes")
    by = world.viewer("chau")
    draft = replace(draft_of(opened(by, classes.pk)), name_vi="Lớp đã mở")
    redefine(by=by, indicator_id=classes.pk, draft=draft, seen=1)
    with pytest.raises(Stale):
        redefine(by=by, indicator_id=classes.pk, draft=replace(draft, name_vi="Lớp học"), seen=1)
    with pytest.raises(Absent):
        redefine(by=by, indicator_id=777_777, draft=draft, seen=1)


def test_a_retired_indicator_leaves_later_periods_and_opens_in_the_earlier_ones(world: World) -> None:
    classes = Indicator.objects.get(code="study.classes")
    say(world, "lan", "A11", 20, 3, BEFORE)
    say(world, "lan", "A11", 20, 4)
    drain_all()
    by = world.viewer("chau")
    retire(by=by, indicator_id=classes.pk, on=date(2025, 1, 1), seen=1)
    with pytest.raises(Absent):
        lines(by, world.unit("T"), YEAR).line("study.classes")
    assert lines(by, world.unit("T"), BEFORE).line("study.classes").chosen.value == 3
    assert trace(by, classes.pk, world.unit("T"), YEAR).line.chosen.value == 4, "its address lasts"
    assert "study.classes" not in {m.code for m in meanings()}
    retire(by=by, indicator_id=classes.pk, on=None, seen=1)
    assert lines(by, world.unit("T"), YEAR).line("study.classes").chosen.value == 4


def test_an_indicator_begins_on_its_day(world: World) -> None:
    indicator = defined(world, since=date(2025, 6, 1))
    assert indicator.code in {m.code for m in meanings(period=YEAR)}
    assert indicator.code not in {m.code for m in meanings(period=BEFORE)}


def test_synchronising_leaves_alone_what_was_changed_here_and_shows_what_the_catalogue_says(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = (Indicator.objects.get(code=code) for code in ("study.classes", "study.officials"))
    found = opened(world.viewer("chau"), ours.pk)
    wording = replace(draft_of(found).measure, noun_vi="buổi học")  # type: ignore[type-var]
    change(world, ours, name_vi="Buổi học đã mở", group="media", measure=wording)
    upgraded = tuple(
        replace(row, direction="down") if row.code in ("study.classes", "study.officials") else row
        for row in catalogue.INDICATORS
    )
    monkeypatch.setattr(catalogue_sync, "INDICATORS", upgraded)
    monkeypatch.setattr("chithi.indicators.definitions.INDICATORS", upgraded)
    sync_catalogue()
    sync_catalogue()
    now = {m.code: m for m in meanings()}
    assert (now["study.classes"].name("vi"), now["study.classes"].noun("vi")) == ("Buổi học đã mở", "buổi học")
    assert (now["study.classes"].indicator.group, now["study.classes"].definition.direction) == ("media", "up")
    assert (now["study.officials"].definition.direction, now["study.officials"].definition.number) == ("down", 2)
    after = opened(world.viewer("chau"), ours.pk)
    assert after.origin == "changed"
    assert dict(after.differs) == {"name_vi": "Lớp học tập chuyên đề đã mở", "direction": "down"}
    assert opened(world.viewer("chau"), theirs.pk).origin == "shipped"


def test_the_list_tells_who_spoke_where_the_totals_know_it(world: World) -> None:
    say(world, "lan", "A11", 20, 3)
    say(world, "minh", "A1", 20, 3)
    lines(world.viewer("chau"), world.unit("T"), YEAR)
    drain_all()
    rows = {row.meaning.code: row for row in listed(world.viewer("chau"), YEAR)}
    assert (rows["study.classes"].spoke, rows["study.classes"].expected) == (1, 3)
    assert (rows["study.classes"].state, rows["study.classes"].origin) == ("in_use", "shipped")


def test_a_measure_of_years_only_is_not_entered_for_a_month(world: World) -> None:
    measure = replace(NEW.measure, period_kinds=("year",))  # type: ignore[type-var]
    indicator = defined(world, measure=measure)
    with pytest.raises(Refused) as refused:
        say(world, "lan", "A11", numerator(indicator), 3, parse("2025-03"))
    assert refused.value.code == "indicators.wrong_period_kind"
    say(world, "lan", "A11", numerator(indicator), 3)


def test_one_member_and_two_members_in_english(world: World) -> None:
    meaning = {m.code: m for m in meanings()}["study.members"]
    assert [meaning.noun("en", n) for n in (0, 1, 2)] == ["members", "member", "members"]
    assert meaning.noun("vi", 1) == "đảng viên"
    assert all(Measure.objects.exclude(noun_en_one="").filter(pk=m.id).exists() for m in catalogue.MEASURES)
