"""Lists of duties go out, are reported on, sent back, followed by newer versions; nobody beside reads them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.db.viewer import Capability
from chithi.duties import actions, matrix, queries, reports
from chithi.duties.due import of_person
from chithi.duties.kinds import Answer, Concerns, ListState, ReportState, Rhythm
from chithi.duties.matrix import Behind
from chithi.duties.models import DutyList
from chithi.duties.reports import Place
from chithi.duties.rules import DutySaid, list_state, periods_open, periods_past, report_state
from chithi.duties.shipped import SHIPPED
from tests.duty_world import DUTIES, PERIOD, duties_of, list_in, reported, said_of, words
from tests.worlds import TODAY, World

DONE, PARTLY, NOT_DONE, NO = Answer.DONE, Answer.PARTLY, Answer.NOT_DONE, Answer.NOT_APPLICABLE


def test_a_list_is_read_below_its_unit_and_a_draft_only_by_those_who_write_it(world: World) -> None:
    row = list_in(world, "A1", "minh", is_draft=True, expects=("cells",))
    assert queries.one(world.viewer("minh"), row.pk).line.state is ListState.DRAFT
    for name in ("lan", "dung"):
        with pytest.raises(Absent):
            queries.one(world.viewer(name), row.pk)
    actions.issue(by=world.viewer("minh"), list_id=row.pk, seen_version=row.version)
    for name in ("lan", "hoa", "minh", "dung", "chau"):
        assert [one.id for one in queries.lists(world.viewer(name), page=1, size=9)[0]] == [row.pk]
    beside = list_in(world, "A2", "chau", expects=("cells",))
    assert beside.pk not in [one.id for one in queries.lists(world.viewer("lan"), page=1, size=9)[0]]


def test_only_those_who_write_for_its_unit_change_it(world: World) -> None:
    row = list_in(world)
    for name in ("minh", "lan", "dung"):
        with pytest.raises(Absent):
            actions.end(by=world.viewer(name), list_id=row.pk, seen_version=row.version, on=TODAY)
    with pytest.raises(Stale):
        actions.end(by=world.viewer("chau"), list_id=row.pk, seen_version=row.version + 7, on=TODAY)
    ended = actions.end(by=world.viewer("chau"), list_id=row.pk, seen_version=row.version, on=TODAY)
    assert queries.one(world.viewer("lan"), row.pk).line.state is ListState.ENDED
    again = actions.go_on(by=world.viewer("chau"), list_id=row.pk, seen_version=ended.version)
    assert again.until is None


def test_what_units_reported_on_is_followed_by_a_new_version(world: World) -> None:
    row = list_in(world)
    chau = world.viewer("chau")
    changed = actions.change(
        by=chau, list_id=row.pk, seen_version=row.version, said=said_of(name="Gương mẫu"), duties=DUTIES
    )
    reported(world, changed, "A1", "minh", DONE, DONE)
    with pytest.raises(Refused, match=r"duties.reported_on"):
        actions.change(by=chau, list_id=row.pk, seen_version=changed.version, said=said_of(), duties=DUTIES)
    newer = actions.next_version(by=chau, list_id=row.pk, seen_version=changed.version)
    assert actions.next_version(by=chau, list_id=row.pk, seen_version=changed.version).pk == newer.pk
    assert [one.wording for one in queries.duties_of(newer.pk)] == [one.wording for one in DUTIES]
    early = actions.change(
        by=chau, list_id=newer.pk, seen_version=newer.version, said=said_of(since=date(2024, 1, 1)), duties=DUTIES
    )
    with pytest.raises(Refused, match=r"duties.begins_too_early"):
        actions.issue(by=chau, list_id=newer.pk, seen_version=early.version)
    late = actions.change(
        by=chau, list_id=newer.pk, seen_version=early.version, said=said_of(since=date(2027, 1, 1)), duties=DUTIES
    )
    actions.issue(by=chau, list_id=newer.pk, seen_version=late.version)
    old = DutyList.objects.everywhere(because="a test looks").get(pk=row.pk)
    assert old.until == date(2027, 1, 1)
    with pytest.raises(Refused, match=r"duties.followed_already"):
        actions.go_on(by=chau, list_id=row.pk, seen_version=old.version)


def follower(world: World, row: DutyList, since: date) -> DutyList:
    """The version that follows a list, issued from a day on."""
    chau = world.viewer("chau")
    newer = actions.next_version(by=chau, list_id=row.pk, seen_version=again(row).version)
    said = said_of(since=since)
    newer = actions.change(by=chau, list_id=newer.pk, seen_version=newer.version, said=said, duties=DUTIES)
    return actions.issue(by=chau, list_id=newer.pk, seen_version=newer.version)


def again(row: DutyList) -> DutyList:
    return DutyList.objects.everywhere(because="a test looks").get(pk=row.pk)


def test_a_version_that_begins_later_after_all_leaves_no_time_without_a_list(world: World) -> None:
    row, chau = list_in(world), world.viewer("chau")
    newer = follower(world, row, date(2026, 1, 1))
    said = said_of(since=date(2027, 1, 1))
    actions.change(by=chau, list_id=newer.pk, seen_version=newer.version, said=said, duties=DUTIES)
    assert again(row).until == date(2027, 1, 1)


def test_a_version_that_ended_by_itself_goes_on_no_longer_for_the_one_that_follows(world: World) -> None:
    row, chau = list_in(world), world.viewer("chau")
    actions.end(by=chau, list_id=row.pk, seen_version=row.version, on=date(2026, 6, 1))
    follower(world, row, date(2027, 1, 1))
    assert again(row).until == date(2026, 6, 1)


def test_what_was_reported_once_is_not_asked_for_again_by_a_new_version(world: World) -> None:
    row = list_in(world)
    reported(world, row, "A1", "minh", DONE, DONE)
    for since in (date(2026, 7, 1), date(2026, 12, 31)):
        with pytest.raises(Refused, match=r"duties.reported_before"):
            follower(world, row, since)
    assert follower(world, row, date(2027, 1, 1)).since == date(2027, 1, 1)


def test_a_report_begun_on_a_version_whose_period_passed_to_the_next_is_not_written_on(world: World) -> None:
    row = list_in(world)
    begun = reported(world, row, "A1", "minh", DONE, submit=False)
    follower(world, row, date(2026, 7, 1))
    with pytest.raises(Absent):
        reported(world, row, "A1", "minh", DONE, DONE, version=begun.version)
    page = queries.report(world.viewer("minh"), Place(world.unit("A1"), row.pk, PERIOD))
    assert (page.may_write, page.may_submit) == (False, False)


def test_a_list_worded_anew_keeps_its_duties_and_words_for_one_that_is_gone_are_not_lost_unsaid(world: World) -> None:
    row, chau = list_in(world), world.viewer("chau")
    first, second = duties_of(row)
    said = words(row, DONE, DONE)
    fewer = (DutySaid("2", "Tiếp dân hằng tuần tại trụ sở", Concerns.HEAD), DutySaid("3", "Giữ sổ", Concerns.HEAD))
    actions.change(by=chau, list_id=row.pk, seen_version=row.version, said=said_of(), duties=fewer)
    assert duties_of(row)[0] == second
    assert first not in duties_of(row)
    place = Place(world.unit("A1"), row.pk, PERIOD)
    with pytest.raises(Stale):
        reports.answer(by=world.viewer("minh"), place=place, seen_version=None, said=said)


@pytest.mark.parametrize(
    ("changes", "duties", "code"),
    [
        ({"name": "  "}, DUTIES, "duties.no_name"),
        ({"expects": ()}, DUTIES, "duties.nobody_asked"),
        ({"expects": ("nobody",)}, DUTIES, "duties.nobody_asked"),
        ({"since": date(1900, 1, 1)}, DUTIES, "duties.day_out_of_range"),
        ({}, (DutySaid("1", "", Concerns.HEAD),), "duties.half_a_duty"),
        ({}, (DUTIES[0], DUTIES[0]), "duties.code_twice"),
        ({}, tuple(DutySaid(str(n), "x", Concerns.HEAD) for n in range(41)), "duties.too_many"),
    ],
)
def test_what_is_wrong_with_a_list_is_refused(
    world: World, changes: dict[str, object], duties: tuple[DutySaid, ...], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        actions.draft(by=world.viewer("chau"), unit_id=world.unit("T"), said=said_of(**changes), duties=duties)


def test_an_empty_list_does_not_go_out_and_a_draft_can_be_thrown_away(world: World) -> None:
    chau = world.viewer("chau")
    made = actions.draft(by=chau, unit_id=world.unit("T"), said=said_of(), duties=())
    with pytest.raises(Refused, match=r"duties.no_duty"):
        actions.issue(by=chau, list_id=made.pk, seen_version=made.version)
    actions.discard(by=chau, list_id=made.pk, seen_version=made.version)
    out = list_in(world)
    with pytest.raises(Refused, match=r"duties.issued_already"):
        actions.discard(by=chau, list_id=out.pk, seen_version=out.version)


def test_a_unit_reports_is_sent_back_and_reports_again(world: World) -> None:
    row = list_in(world)
    place = Place(world.unit("A1"), row.pk, PERIOD)
    begun = reported(world, row, "A1", "minh", DONE, submit=False)
    assert queries.report(world.viewer("minh"), place).state is ReportState.BEGUN
    assert queries.report(world.viewer("dung"), place).state is ReportState.MISSING
    with pytest.raises(Refused, match=r"duties.not_answered") as left:
        reported(world, row, "A1", "minh", DONE, version=begun.version)
    assert left.value.field == f"answer_{duties_of(row)[1]}"
    with pytest.raises(Stale):
        reported(world, row, "A1", "minh", DONE, PARTLY)
    sent = reported(world, row, "A1", "minh", DONE, PARTLY, version=begun.version)
    with pytest.raises(Refused, match=r"duties.submitted_already"):
        reported(world, row, "A1", "minh", DONE, DONE, version=sent.version)
    with pytest.raises(Absent):
        reports.send_back(by=world.viewer("minh"), report_id=sent.pk, seen_version=sent.version, reason="Thiếu")
    with pytest.raises(Absent):
        reports.send_back(by=world.viewer("hoa"), report_id=sent.pk, seen_version=sent.version, reason="Thiếu")
    back = reports.send_back(by=world.viewer("chau"), report_id=sent.pk, seen_version=sent.version, reason="Thiếu")
    shown = queries.report(world.viewer("minh"), place)
    assert (shown.state, shown.returned_why) == (ReportState.RETURNED, "Thiếu")
    again = reported(world, row, "A1", "minh", DONE, DONE, version=back.version)
    assert (again.returned_on, again.returned_by_id, again.returned_why) == (None, None, "")
    taken = reports.take_back(by=world.viewer("minh"), report_id=again.pk, seen_version=again.version)
    assert taken.submitted_on is None


def test_whoever_writes_but_does_not_confirm_keeps_a_report_and_submits_none(world: World) -> None:
    row, minh = list_in(world), world.viewer("minh")
    kept = replace(minh, reaches={**minh.reaches, Capability.CONFIRM: world.viewer("lan").reach(Capability.CONFIRM)})
    place = Place(world.unit("A1"), row.pk, PERIOD)
    begun = reports.answer(by=kept, place=place, seen_version=None, said=words(row, DONE, DONE))
    with pytest.raises(Refused, match=r"duties.submits_not"):
        reports.answer(by=kept, place=place, seen_version=begun.version, said=words(row, DONE, DONE), submit=True)


def test_a_list_ends_once_and_a_draft_neither_ends_nor_is_followed(world: World) -> None:
    chau, draft = world.viewer("chau"), list_in(world, is_draft=True)
    with pytest.raises(Refused, match=r"duties.still_a_draft"):
        actions.end(by=chau, list_id=draft.pk, seen_version=draft.version, on=TODAY)
    with pytest.raises(Refused, match=r"duties.still_a_draft"):
        actions.next_version(by=chau, list_id=draft.pk, seen_version=draft.version)
    row = list_in(world)
    ended = actions.end(by=chau, list_id=row.pk, seen_version=row.version, on=TODAY)
    with pytest.raises(Refused, match=r"duties.ended_already"):
        actions.end(by=chau, list_id=row.pk, seen_version=ended.version, on=TODAY)
    with pytest.raises(Refused, match=r"duties.issued_already"):
        actions.discard(by=chau, list_id=row.pk, seen_version=ended.version)


def test_nothing_but_done_goes_without_a_sentence(world: World) -> None:
    row = list_in(world)
    said = {duty: one.__class__(one.answer) for duty, one in words(row, DONE, NO).items()}
    with pytest.raises(Refused, match=r"duties.no_sentence"):
        reports.answer(
            by=world.viewer("minh"), place=Place(world.unit("A1"), row.pk, PERIOD), seen_version=None, said=said
        )


@pytest.mark.parametrize(
    ("code", "by", "period"),
    [("A11", "lan", PERIOD), ("A2", "minh", PERIOD), ("A1", "dung", PERIOD), ("A1", "minh", "2019")],
)
def test_who_is_not_asked_or_not_of_the_unit_reports_nothing(world: World, code: str, by: str, period: str) -> None:
    row = list_in(world)
    place = Place(world.unit(code), row.pk, period)
    with pytest.raises(Absent):
        reports.answer(by=world.viewer(by), place=place, seen_version=None, said=words(row, DONE, DONE))


def test_counts_open_exactly_the_units_behind_them_and_only_those_in_reach(world: World) -> None:
    row = list_in(world)
    reported(world, row, "A1", "minh", DONE, PARTLY)
    reported(world, row, "A2", "chau", DONE, NOT_DONE)
    first, second = duties_of(row)
    chau, period = world.viewer("chau"), parse(PERIOD)
    found = matrix.matrix(chau, row.pk, world.unit("T"), period, page=1, size=50)
    assert {one.name: (one.asked, one.submitted) for one in found.rows} == {
        "Đảng bộ huyện An": (2, 2), "Đảng bộ huyện Bình": (1, 0),
    }  # fmt: skip
    assert found.total.answers == {first: Counter({DONE: 2}), second: Counter({PARTLY: 1, NOT_DONE: 1})}
    which = Behind(second, PARTLY.value)
    units, total = matrix.behind(chau, row.pk, world.unit("T"), period, which, page=1, size=50)
    assert ([one.unit.code for one in units], total) == (["A1"], 1)
    missing = Behind(state=ReportState.MISSING.value)
    units, total = matrix.behind(chau, row.pk, world.unit("T"), period, missing, page=1, size=50)
    assert [one.unit.code for one in units] == ["B1"]
    own = matrix.matrix(world.viewer("minh"), row.pk, world.unit("A1"), period, page=1, size=50)
    assert (own.total.asked, own.total.submitted) == (1, 1)
    with pytest.raises(Absent):
        matrix.matrix(world.viewer("minh"), row.pk, world.unit("A2"), period, page=1, size=50)


def test_what_is_owed_stands_in_my_work_until_it_is_submitted(world: World) -> None:
    row = list_in(world)
    minh = world.viewer("minh")
    owed = [item for item in of_person(minh, TODAY) if item.kind == "duties.report"]
    assert [(item.args[2], item.due_on) for item in owed] == [("2025", date(2026, 1, 15)), ("2026", date(2027, 1, 15))]
    reported(world, row, "A1", "minh", DONE, DONE)
    assert [item.args[2] for item in of_person(minh, TODAY) if item.kind == "duties.report"] == ["2025"]
    assert of_person(world.viewer("dung"), TODAY) == []
    assert of_person(world.viewer("lan"), TODAY) == []


def test_a_period_belongs_to_the_version_in_force_on_its_last_day() -> None:
    today = date(2026, 11, 21)
    assert [p.code for p in periods_open(Rhythm.YEAR, date(2026, 7, 1), None, today)] == ["2026"]
    assert [p.code for p in periods_open(Rhythm.YEAR, date(2020, 1, 1), date(2026, 7, 1), today)] == ["2025"]
    assert [p.code for p in periods_open(Rhythm.HALF, date(2020, 1, 1), None, today)] == ["2026-H1", "2026-H2"]
    assert periods_open(Rhythm.YEAR, date(2030, 1, 1), None, today) == []
    assert [p.code for p in periods_past(Rhythm.YEAR, date(2025, 1, 1), None, today)] == ["2026", "2025"]


def test_states_follow_from_days() -> None:
    day = date(2026, 1, 1)
    assert list_state(True, day, None, TODAY) is ListState.DRAFT
    assert list_state(False, date(2027, 1, 1), None, TODAY) is ListState.AHEAD
    assert list_state(False, day, TODAY, TODAY) is ListState.ENDED
    assert list_state(False, day, date(2027, 1, 1), TODAY) is ListState.IN_FORCE
    assert report_state(None, None) is ReportState.BEGUN
    assert report_state(day, day) is ReportState.SUBMITTED


def test_the_lists_that_ship_can_be_drafted_as_they_are(world: World) -> None:
    for one in SHIPPED:
        said = said_of(name=one.name, sign=one.sign, expects=one.expects)
        made = actions.draft(by=world.viewer("chau"), unit_id=world.unit("T"), said=said, duties=one.duties)
        assert len(queries.duties_of(made.pk)) == len(one.duties)
