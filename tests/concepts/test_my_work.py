"""What a person must do next: their own, in order, from every concept, and nothing of anybody else's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from chithi.access.actions import grant, open_account
from chithi.access.models import User
from chithi.access.roles import Role
from chithi.access.viewers import viewer_for
from chithi.core.due import DueItem
from chithi.core.periods import parse
from chithi.imports.kinds import ImportKind
from chithi.indicators.actions import confirm_period
from chithi.indicators.drain import rebuild
from chithi.indicators.period_rows import period_row
from chithi.narrative.actions import Incoming, take_in
from chithi.org import handover, transfers
from chithi.org.handover import NewHandover
from chithi.org.handover_rules import Side
from chithi.org.models import Membership, Person, Post
from chithi.org.places import remembering
from chithi.reporting.actions import make_report
from chithi.tasks import decisions
from chithi.work.below import waits_below
from chithi.work.feeds import calendar_of, renew
from chithi.work.kinds import TOPIC_OF, When
from chithi.work.queries import due_items, my_work
from tests.concepts.import_desk import brought, said, sheet
from tests.task_world import task_in
from tests.worlds import BEGAN, TODAY, World, add_members

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"
QUARTER = parse("2026-Q3")


@pytest.fixture
def begun(world: World) -> World:
    """The third quarter of 2026 and the year before are in use."""
    for code in ("2026-Q3", "2025"):
        rebuild(period_row(parse(code)))
    return world


def items(world: World, name: str, kind: str = "") -> list[DueItem]:
    found = due_items(world.viewer(name), TODAY)
    for item in found:
        assert reverse(item.route, args=item.args), "its link leads somewhere"
        assert item.kind.split(".")[0] in TOPIC_OF, "one can choose about it"
    return [item for item in found if item.kind.startswith(kind)]


def test_a_secretary_is_asked_for_each_period_that_ended_until_it_is_confirmed(begun: World) -> None:
    mine = items(begun, "lan")
    assert [(item.about, item.due_on) for item in mine] == [
        (f"{begun.unit('A11')}@2025", date(2026, 1, 5)),
        (f"{begun.unit('A11')}@2026-Q3", date(2026, 10, 3)),
    ]
    confirm_period(by=begun.viewer("lan"), unit_id=begun.unit("A11"), period=QUARTER)
    assert [item.args for item in items(begun, "lan")] == [(begun.unit("A11"), "2025")]
    assert len(items(begun, "hoa")) == 2, "the cell beside has its own"


def test_a_grassroots_committee_has_more_days_and_the_levels_above_confirm_nothing(begun: World) -> None:
    assert [item.due_on for item in items(begun, "minh", "indicators")] == [date(2026, 1, 10), date(2026, 10, 7)]
    assert items(begun, "chau", "indicators") == []


def test_a_unit_is_not_asked_about_the_time_before_it(begun: World) -> None:
    unit = begun.units["A11"]
    unit.opened_on = date(2026, 1, 1)
    unit.save()
    assert [item.args[1] for item in items(begun, "lan")] == ["2026-Q3"]


def test_figures_in_a_text_wait_for_whoever_confirms_there(begun: World) -> None:
    text = Incoming("Báo cáo năm", "Đã mở 5 lớp, 40 đảng viên dự.", "test", "2025")
    given = take_in(by=begun.viewer("minh"), unit_id=begun.unit("A1"), incoming=text)
    (one,) = items(begun, "minh", "narrative")
    assert (one.args, one.due_on) == ((given.pk,), None)
    assert "Báo cáo năm" in one.what.vi
    assert items(begun, "lan", "narrative") == items(begun, "dung", "narrative") == []


def test_reports_wait_to_be_made_and_then_to_be_issued_by_those_who_write_them(begun: World) -> None:
    (make,) = items(begun, "minh", "reporting")
    assert (make.kind, make.args, make.due_on) == (
        "reporting.make", (begun.unit("A1"), "2026-Q3"), date(2026, 10, 7),
    )  # fmt: skip
    made = make_report(by=begun.viewer("minh"), unit_id=begun.unit("A1"), period=QUARTER)
    (issue,) = items(begun, "minh", "reporting")
    assert (issue.kind, issue.args) == ("reporting.issue", (made.code,))
    assert items(begun, "dung", "reporting") == [], "a leader has others write it"


def test_a_proposed_transfer_waits_for_the_receiving_cell_and_the_level_just_above(world: World) -> None:
    add_members(world.units["A11"], 1)
    stay = Membership.objects.everywhere(because=BECAUSE).get(unit_id=world.unit("A11"))
    transfers.propose(
        by=world.viewer("lan"), membership_id=stay.pk, seen_version=1, to_unit_id=world.unit("A12"), on=TODAY
    )
    (one,) = items(world, "hoa", "org.transfer")
    assert (one.due_on, one.unit_id) == (TODAY, world.unit("A12"))
    assert [item.name for item in items(world, "minh", "org.transfer")] == [one.name]
    assert items(world, "lan", "org.transfer") == items(world, "an", "org.transfer") == []
    assert "Đảng viên" not in one.what.vi, "no name of a person"


def test_a_hand_over_waits_for_each_side_until_it_has_signed(world: World) -> None:
    giver, taker = add_members(world.units["A11"], 2)
    post = Post.objects.create(
        unit_id=world.unit("A11"), person=giver, title="Bí thư chi bộ", is_head=True, since=BEGAN
    )
    form = NewHandover(
        taker=taker.pk, on=TODAY, giver_user_id=world.users["lan"].pk, taker_user_id=world.users["hoa"].pk, lines=""
    )
    for person, name in ((giver, "lan"), (taker, "hoa")):
        _belongs(world, name, person)
    made = handover.prepare(by=world.viewer("minh"), post_id=post.pk, seen_version=1, form=form)
    assert [item.args for name in ("lan", "hoa") for item in items(world, name, "org.handover")] == [(made.pk,)] * 2
    handover.sign(by=world.viewer("lan"), handover_id=made.pk, seen_version=made.version, side=Side.GIVER)
    assert items(world, "lan", "org.handover") == []
    assert len(items(world, "hoa", "org.handover")) == 1


def _belongs(world: World, name: str, person: Person) -> None:
    user = world.users[name]
    user.person = person
    user.save()


def test_a_checked_sheet_waits_for_who_brought_it(world: World) -> None:
    data = sheet(ImportKind.PEOPLE, {"name": "Sen", "cell": "A11", "since": date(2026, 1, 1)})
    batch = brought(world.viewer("minh"), ImportKind.PEOPLE, world.unit("A1"), data)
    assert batch.state == "checked", said(batch)
    assert [item.args for item in items(world, "minh", "imports")] == [(batch.pk,)]
    assert items(world, "lan", "imports") == items(world, "an", "imports") == []


def test_lines_stand_by_day_and_their_counts_are_of_all_pages(begun: World) -> None:
    text = Incoming("Báo cáo năm", "Đã mở 5 lớp, 40 đảng viên dự.", "test", "2025")
    take_in(by=begun.viewer("minh"), unit_id=begun.unit("A1"), incoming=text)
    first, counts = my_work(begun.viewer("minh"), TODAY, start=0, most=2)
    rest, again = my_work(begun.viewer("minh"), TODAY, start=2, most=50)
    assert counts == again
    assert {when: count for when, count in counts.items() if count} == {When.LATE: 3, When.UNDATED: 1}
    days = [line.item.due_on for line in (*first, *rest)]
    assert days == sorted(days, key=lambda on: on or date.max)
    assert {line.unit for line in first} == {"Đảng bộ xã An Một"}


def test_whoever_holds_nothing_has_nothing_to_do(begun: World) -> None:
    user = open_account(username="moi", name="Mới", password="mật khẩu của mới")
    viewer = viewer_for(user, TODAY)
    assert due_items(viewer, TODAY) == []
    assert waits_below(viewer, TODAY) == []


def test_a_leader_is_told_how_many_below_have_not_spoken(begun: World) -> None:
    for code in ("A11", "A12", "A21"):
        add_members(begun.units[code], 1)
    rebuild(period_row(QUARTER))
    (one,) = waits_below(begun.viewer("dung"), TODAY)
    assert one.what.vi.startswith("3 đơn vị")
    assert dict(one.query)["ky"] == "2026-Q3"
    confirm_period(by=begun.viewer("lan"), unit_id=begun.unit("A11"), period=QUARTER)
    rebuild(period_row(QUARTER))
    assert waits_below(begun.viewer("dung"), TODAY)[0].what.en.startswith("2 units")
    assert waits_below(begun.viewer("lan"), TODAY) == [], "a cell has nobody below"


def test_a_leader_is_told_nothing_once_all_below_have_spoken_nor_before_the_period_is_over(begun: World) -> None:
    for name, code in (("lan", "A11"), ("hoa", "A12")):
        add_members(begun.units[code], 1)
        confirm_period(by=begun.viewer(name), unit_id=begun.unit(code), period=QUARTER)
    add_members(begun.units["A21"], 1)
    rebuild(period_row(QUARTER))
    assert waits_below(begun.viewer("minh"), TODAY) == []
    for day, many in ((QUARTER.last, 0), (QUARTER.last + timedelta(days=1), 1)):
        assert len(waits_below(begun.viewer("dung", day), day)) == many


def test_a_calendar_knows_a_thing_again_when_its_day_changes(world: World) -> None:
    task = task_in(world, "A11", by="minh", giver="A1")
    secret = renew(by=world.viewer("lan"))

    def read() -> tuple[str, date, date, str, str]:
        made = Calendar.from_ical(calendar_of(secret) or b"")
        (event,) = (one for one in made.walk("VEVENT") if str(one["uid"]).startswith(f"tasks.finish:{task.pk}"))
        days = event.decoded("dtstart"), event.decoded("dtend")
        return str(event["uid"]), *days, str(event["summary"]), str(made["x-wr-calname"])

    later = task.due_on + timedelta(days=5)
    uid = read()[0]
    decisions.set_day(by=world.viewer("minh"), task_id=task.pk, seen_version=task.version, new=later, reason="Chờ")
    assert read() == (uid, later, later + timedelta(days=1), f"Làm: {task.title}", "Việc của tôi")
    User.objects.filter(username="lan").update(language="en")
    assert read()[3:] == (f"Do: {task.title}", "My work")


def test_reading_costs_the_same_however_much_there_is_to_do(begun: World) -> None:
    def cost() -> int:
        with remembering():
            viewer = begun.viewer("minh")
            with CaptureQueriesContext(connection) as counted:
                my_work(viewer, TODAY)
        return len(counted)

    few = cost()
    for month in range(1, 11):
        rebuild(period_row(parse(f"2026-{month:02}")))
    for code in ("A11", "A12"):
        grant(by=None, user=begun.users["minh"], role=Role.CLERK, unit_id=begun.unit(code), since=BEGAN)
    assert len(due_items(begun.viewer("minh"), TODAY)) > 30
    assert cost() == few <= 36
