"""The work calendar of a unit: its lines, the year that is made of them, what is offered to those below."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.directives.actions import enter
from chithi.directives.rules import Written
from chithi.journal.models import Entry
from chithi.org.models import Handover, Post
from chithi.routine.actions import (
    Said,
    add_line,
    begin,
    change_line,
    decline,
    drop_line,
    keep_own,
    put_line_back,
    take,
    take_anew,
)
from chithi.routine.due import of_person
from chithi.routine.handed import lines_follow
from chithi.routine.kinds import Makes, Rhythm, Standing
from chithi.routine.making import finish_reminder, make, reopen_reminder
from chithi.routine.models import Line, Turn
from chithi.routine.queries import lines_of, offers, planned, waiting, year_of
from chithi.routine.rules import When
from chithi.routine.shipped import SHIPPED
from chithi.tasks.models import Task
from tests.task_world import post_in
from tests.worlds import TODAY, World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks again"
MARCH = When(Rhythm.YEARLY, 3, 25, span=20)


@pytest.fixture
def world() -> World:
    return build_world()


def line_in(world: World, code: str, *, by: str = "chau", **said: Any) -> Line:
    words: dict[str, Any] = {"title": f"Mở lớp của {code}", "when": MARCH}
    return add_line(by=world.viewer(by), unit_id=world.unit(code), said=Said(**(words | said)))


def made_in(world: World, code: str, year: int = 2027, *, by: str = "chau", post: Post | None = None) -> Any:
    viewer, unit = world.viewer(by), world.unit(code)
    wanted = {one.code for one in planned(viewer, unit, year)}
    return make(by=viewer, unit_id=unit, year=year, wanted=wanted, post=post.pk if post else None)


def tasks_of(world: World, code: str) -> list[Task]:
    return list(Task.objects.everywhere(because=LOOK).filter(unit_id=world.unit(code)).order_by("due_on"))


def test_a_year_becomes_tasks_and_reminders_on_their_days_and_again_nothing(world: World) -> None:
    post = post_in(world, "A1")
    line_in(world, "A1", by="minh", post=post.pk, product="Danh sách")
    line_in(world, "A1", by="minh", title="Sinh hoạt", when=When(Rhythm.MONTHLY, 1, 5), makes=Makes.REMINDER)
    first = made_in(world, "A1", by="minh")
    assert (first.tasks, first.reminders) == (1, 12)
    (task,) = tasks_of(world, "A1")
    assert (task.due_on, task.since, task.product) == (date(2027, 3, 25), date(2027, 3, 5), "Danh sách")
    assert (task.owner_post_id, task.assigned_by_id) == (post.pk, world.unit("A1"))
    again = made_in(world, "A1", by="minh")
    assert (again.tasks, again.reminders) == (0, 0)
    assert len(tasks_of(world, "A1")) == 1
    assert Entry.objects.everywhere(because=LOOK).filter(verb="routine.year_made").count() == 2


def test_only_what_is_ticked_is_made_and_the_rest_can_be_made_later(world: World) -> None:
    post = post_in(world, "A1")
    line = line_in(world, "A1", post=post.pk, when=When(Rhythm.QUARTERLY, 3))
    by, unit = world.viewer("minh"), world.unit("A1")
    make(by=by, unit_id=unit, year=2027, wanted={f"{line.pk}:2027-Q2", "nonsense", "9:9:9"})
    assert [task.due_on for task in tasks_of(world, "A1")] == [date(2027, 6, 30)]
    assert made_in(world, "A1").tasks == 3
    with pytest.raises(Refused, match=r"routine\.nothing_chosen"):
        make(by=by, unit_id=unit, year=2027, wanted=set())


def test_a_line_changed_after_it_was_made_stays_as_it_was_made(world: World) -> None:
    post = post_in(world, "A1")
    line = line_in(world, "A1", post=post.pk)
    made_in(world, "A1")
    by = world.viewer("minh")
    said = Said("Tên khác", When(Rhythm.YEARLY, 4, 1), post=post.pk)
    change_line(by=by, line_id=line.pk, seen_version=line.version, said=said)
    (turn,) = planned(by, world.unit("A1"), 2027)
    assert (turn.standing, turn.due_on) == (Standing.MADE, date(2027, 3, 25))
    assert made_in(world, "A1").tasks == 0


def test_a_task_whose_line_names_nobody_needs_a_post_of_the_unit(world: World) -> None:
    line_in(world, "A1")
    elsewhere, here = post_in(world, "A2"), post_in(world, "A1")
    with pytest.raises(Refused, match=r"routine\.no_owner"):
        made_in(world, "A1")
    with pytest.raises(Refused, match=r"routine\.owner_elsewhere"):
        made_in(world, "A1", post=elsewhere)
    assert tasks_of(world, "A1") == []
    made_in(world, "A1", post=here)
    assert tasks_of(world, "A1")[0].owner_post_id == here.pk


def test_days_that_have_passed_are_not_made_and_other_years_are_refused(world: World) -> None:
    post = post_in(world, "A1")
    line_in(world, "A1", post=post.pk)
    assert [one.standing for one in planned(world.viewer("minh"), world.unit("A1"), TODAY.year)] == [Standing.OVER]
    assert made_in(world, "A1", TODAY.year).tasks == 0
    for year in (2025, 2029):
        with pytest.raises(Refused, match=r"routine\.year_outside"):
            made_in(world, "A1", year)


def test_somebody_beside_or_below_neither_writes_nor_makes(world: World) -> None:
    line = line_in(world, "A1", post=post_in(world, "A1").pk)
    hoa = world.viewer("hoa")
    for deed in (
        lambda: add_line(by=hoa, unit_id=world.unit("A1"), said=Said("Họp", MARCH)),
        lambda: change_line(by=hoa, line_id=line.pk, seen_version=1, said=Said("Họp", MARCH)),
        lambda: drop_line(by=hoa, line_id=line.pk, seen_version=1),
        lambda: make(by=hoa, unit_id=world.unit("A1"), year=2027, wanted={f"{line.pk}:2027"}),
        lambda: begin(by=hoa, unit_id=world.unit("A1"), codes={"topic"}, language="vi"),
        lambda: lines_of(hoa, world.unit("A11")),
        lambda: year_of(hoa, world.unit("A1"), 2027),
    ):
        with pytest.raises(Absent):
            deed()


def test_a_line_names_a_post_of_its_unit_and_a_document_in_sight(world: World) -> None:
    with pytest.raises(Refused, match=r"routine\.owner_elsewhere"):
        line_in(world, "A1", post=post_in(world, "A2").pk)
    with pytest.raises(Absent):
        line_in(world, "A1", directive=999_999)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(world: World) -> None:
    line = line_in(world, "A1")
    by, said = world.viewer("minh"), Said("Họp", MARCH)
    change_line(by=by, line_id=line.pk, seen_version=1, said=said)
    for deed in (
        lambda: change_line(by=by, line_id=line.pk, seen_version=1, said=said),
        lambda: drop_line(by=by, line_id=line.pk, seen_version=1),
    ):
        with pytest.raises(Stale):
            deed()


def test_a_line_left_out_is_gone_from_the_calendar_and_may_come_back(world: World) -> None:
    line = line_in(world, "A1")
    by, unit = world.viewer("minh"), world.unit("A1")
    dropped = drop_line(by=by, line_id=line.pk, seen_version=1)
    assert lines_of(by, unit) == []
    assert planned(by, unit, 2027) == []
    put_line_back(by=by, line_id=line.pk, seen_version=dropped.version)
    assert [one.pk for one in lines_of(by, unit)] == [line.pk]


def test_the_shipped_year_is_taken_in_either_language_and_once(world: World) -> None:
    by, unit = world.viewer("minh"), world.unit("A1")
    codes = [one.code for one in SHIPPED]
    assert begin(by=by, unit_id=unit, codes=codes[:3], language="en") == 3
    assert begin(by=by, unit_id=unit, codes=[*codes, "nonsense"], language="vi") == len(codes) - 3
    found = lines_of(by, unit)
    assert len(found) == len(codes)
    assert SHIPPED[0].en in {line.title for line in found}
    assert not any(line.offers_to for line in found)
    with pytest.raises(Refused, match=r"routine\.nothing_chosen"):
        begin(by=by, unit_id=unit, codes=["nonsense"], language="vi")


def test_an_offer_reaches_the_kinds_it_is_for_and_is_taken_with_its_document_and_without_its_owner(
    world: World,
) -> None:
    written = Written(kind="plan", summary="Kế hoạch", sign="1-KH", dated=TODAY)
    paper = enter(by=world.viewer("chau"), unit_id=world.unit("T"), written=written)
    theirs = line_in(world, "T", post=post_in(world, "T").pk, directive=paper.pk, offers_to=("grassroots",))
    line_in(world, "T", title="Riêng của tỉnh")
    minh, unit = world.viewer("minh"), world.unit("A1")
    assert [one.line.pk for one in offers(minh, unit)] == [theirs.pk]
    assert offers(world.viewer("lan"), world.unit("A11")) == []
    assert waiting(minh, [unit, world.unit("A11")]) == {unit: 1}
    assert take(by=minh, unit_id=unit, line_ids=[theirs.pk]) == 1
    assert take(by=minh, unit_id=unit, line_ids=[theirs.pk]) == 0
    (ours,) = lines_of(minh, unit)
    assert (ours.title, ours.directive_id, ours.owner_post_id, ours.offers_to) == (theirs.title, paper.pk, None, "")
    assert offers(minh, unit) == []
    assert waiting(minh, [unit]) == {}


def test_a_line_not_offered_to_the_unit_is_not_taken(world: World) -> None:
    own, other = line_in(world, "T"), line_in(world, "B", offers_to=("grassroots",))
    for line in (own, other):
        with pytest.raises(Absent):
            take(by=world.viewer("minh"), unit_id=world.unit("A1"), line_ids=[line.pk])
        with pytest.raises(Absent):
            decline(by=world.viewer("minh"), unit_id=world.unit("A1"), line_ids=[line.pk])


def test_what_changes_above_is_shown_and_taken_or_left_line_by_line(world: World) -> None:
    theirs = line_in(world, "T", offers_to=("grassroots",))
    minh, unit, chau = world.viewer("minh"), world.unit("A1"), world.viewer("chau")
    take(by=minh, unit_id=unit, line_ids=[theirs.pk])
    moved = Said(theirs.title, When(Rhythm.YEARLY, 4, 20, span=20), offers_to=("grassroots",))
    theirs = change_line(by=chau, line_id=theirs.pk, seen_version=theirs.version, said=moved)
    (offer,) = offers(minh, unit)
    assert offer.ours is not None
    assert set(offer.fields) == {"month", "day"}
    kept = keep_own(by=minh, line_id=offer.ours.pk, seen_version=offer.ours.version)
    assert offers(minh, unit) == []
    assert kept.month == 3
    again = Said("Tên mới", moved.when, offers_to=("grassroots",))
    change_line(by=chau, line_id=theirs.pk, seen_version=theirs.version, said=again)
    (offer,) = offers(minh, unit)
    taken = take_anew(by=minh, line_id=kept.pk, seen_version=kept.version)
    assert (taken.title, taken.month, taken.day) == ("Tên mới", 4, 20)
    assert offers(minh, unit) == []
    change_line(by=minh, line_id=taken.pk, seen_version=taken.version, said=Said("Tên của xã", MARCH))
    assert offers(minh, unit) == []  # what the unit itself says otherwise is no news from above


def test_what_is_declined_is_not_offered_again_and_stands_in_my_work_until_then(world: World) -> None:
    theirs = line_in(world, "T", offers_to=("grassroots",))
    minh, unit = world.viewer("minh"), world.unit("A1")
    assert [item.name for item in of_person(minh, TODAY)] == [f"routine.offered:{unit}"]
    decline(by=minh, unit_id=unit, line_ids=[theirs.pk, theirs.pk])
    assert of_person(minh, TODAY) == []
    assert offers(minh, unit) == []


def test_a_reminder_comes_to_my_work_when_its_days_come_and_goes_when_it_is_done(world: World) -> None:
    when = When(Rhythm.YEARLY, 12, 1)
    line_in(world, "A1", title="Sinh hoạt", when=when, makes=Makes.REMINDER, remind=10)
    made_in(world, "A1", 2026)
    turn = Turn.objects.everywhere(because=LOOK).get()
    early, late = world.viewer("minh", date(2026, 11, 20)), world.viewer("minh", date(2026, 11, 21))
    assert of_person(early, early.today) == []
    (item,) = of_person(late, late.today)
    assert item.due_on == date(2026, 12, 1)
    assert item.step is not None
    assert of_person(world.viewer("lan"), late.today) == []
    done = finish_reminder(by=late, turn_id=turn.pk, seen_version=turn.version)
    assert of_person(late, late.today) == []
    with pytest.raises(Refused, match=r"routine\.done_already"):
        finish_reminder(by=late, turn_id=turn.pk, seen_version=done.version)
    reopen_reminder(by=late, turn_id=turn.pk, seen_version=done.version)
    assert len(of_person(late, late.today)) == 1
    with pytest.raises(Absent):
        finish_reminder(by=world.viewer("hoa"), turn_id=turn.pk, seen_version=1)


def test_lines_follow_their_post_to_the_new_holder_also_those_left_out(world: World) -> None:
    held = post_in(world, "A1")
    kept, left = line_in(world, "A1", post=held.pk), line_in(world, "A1", post=held.pk)
    drop_line(by=world.viewer("minh"), line_id=left.pk, seen_version=left.version)
    other = line_in(world, "A1", post=post_in(world, "A1", title="Phó bí thư").pk)
    taken = post_in(world, "A1", title="Bí thư mới")
    handover = Handover(unit_id=held.unit_id, post=held, giver_id=held.person_id, taker_id=taken.person_id, on=TODAY)
    lines_follow(handover, taken, world.viewer("minh"))
    owners = dict(Line.objects.everywhere(because=LOOK).values_list("pk", "owner_post_id"))
    assert owners == {kept.pk: taken.pk, left.pk: taken.pk, other.pk: other.owner_post_id}


def test_the_page_of_a_year_holds_tasks_reminders_and_what_is_not_made_yet(world: World) -> None:
    post = post_in(world, "A1")
    line_in(world, "A1", post=post.pk)
    line_in(world, "A1", title="Nhắc", when=When(Rhythm.YEARLY, 5, 19), makes=Makes.REMINDER)
    made_in(world, "A1")
    line_in(world, "A1", title="Thêm sau", when=When(Rhythm.YEARLY, 6, 1), post=post.pk)
    found, more = year_of(world.viewer("minh"), world.unit("A1"), 2027)
    assert [(due.on.month, due.kind) for due in found] == [(3, "task"), (5, "reminder"), (6, "planned")]
    assert not more
