"""Tasks over time: states in the database, what the machine does, heirs, hand-overs, what is due, counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from chithi.core.periods import parse
from chithi.following.kinds import Age, State
from chithi.following.rules import Facts, age, days_late, state
from chithi.following.states import STANDS, stand_on, state_on
from chithi.freshness.models import Mark
from chithi.journal.models import Entry
from chithi.org.actions import merge
from chithi.org.handover import NewHandover, prepare, sign
from chithi.org.handover_rules import Side
from chithi.org.kinds import RolesMove
from chithi.org.models import Closing
from chithi.org.pending import in_unit
from chithi.tasks import actions, decisions, heirs, measures, turns
from chithi.tasks.actions import Word
from chithi.tasks.due import of_person
from chithi.tasks.models import DeadlineChange, Escalation, Explanation, Holding, Step, Task
from chithi.tasks.overview import by_day, picture
from chithi.tasks.queries import Wanted, found, tasks
from tests.task_world import again, overdue_in, post_in, task_in
from tests.worlds import TODAY, World, add_members, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def random_facts(stream: Random) -> Facts:
    """Any facts whose days a row may hold."""

    def some(low: int, high: int, likely: float):  # type: ignore[no-untyped-def]
        return TODAY + timedelta(days=stream.randrange(low, high)) if stream.random() < likely else None

    since = TODAY + timedelta(days=stream.randrange(-300, 30))
    facts = Facts(
        since=since,
        due_on=since + timedelta(days=stream.randrange(0, 300)),
        update_every=stream.randrange(1, 90),
        updated_on=some(-300, 1, 0.6),
        share=stream.choice((None, 0, 10, 40, 80, 100)),
        next_step_on=some(-60, 60, 0.3),
        finished_on=some(-200, 1, 0.3),
        cancelled_on=some(-200, 1, 0.05),
        suspended_from=some(-60, 30, 0.1),
    )
    return replace(facts, suspended_until=some(-20, 60, 0.5)) if facts.suspended_from else facts


def test_the_database_says_of_every_task_what_the_rule_says(world: World) -> None:
    stream, kept = Random(7), {}
    model = task_in(world, "A11")
    for _ in range(150):
        facts = random_facts(stream)
        row = Task(
            unit_id=model.unit_id, assigned_by_id=model.unit_id, title="Việc", folded="viec",
            owner_post_id=model.owner_post_id, **{name: getattr(facts, name) for name in Facts.__dataclass_fields__},
        )  # fmt: skip
        row.save()
        kept[row.pk] = facts
    for day in (TODAY - timedelta(days=100), TODAY, TODAY + timedelta(days=100)):
        rows = Task.objects.everywhere(because=LOOK).filter(pk__in=kept)
        said = rows.annotate(said=state_on(day), stand=stand_on(day)).values_list("pk", "said", "stand")
        for pk, stored, stand in said:
            rule = state(kept[pk], day)
            assert stored == rule, (kept[pk], day)
            band = age(days_late(kept[pk], day)) if rule is State.OVERDUE else None
            assert STANDS[stand] == (rule, band)
    seen = {state(facts, TODAY) for facts in kept.values()}
    assert seen == set(State), "every state must occur for this to mean something"


def test_lists_filtered_by_state_are_the_tasks_whose_rule_says_so_and_counts_are_their_lengths(world: World) -> None:
    chau = world.viewer("chau")
    for code in ("A11", "A12", "B11", "A1"):
        overdue_in(world, code, 3)
        overdue_in(world, code, 40)
        overdue_in(world, code, 200)
        task_in(world, code)
        actions.report(by=chau, task_id=task_in(world, code).pk, word=Word(TODAY, 50))
    whole = picture(chau, Wanted(), TODAY)
    assert whole.whole.total == 20
    for one in whole.units:
        for wanted_state in State:
            wanted = Wanted(unit=one.unit.id, alone=one.alone, state=wanted_state.value)
            listed, many = tasks(chau, wanted, TODAY, page=1, size=50)
            assert len(listed) == many == one.counts.states.get(wanted_state, 0)
            assert {line.state for line in listed} <= {wanted_state}
        for band, count in one.counts.ages.items():
            wanted = Wanted(unit=one.unit.id, alone=one.alone, age=band.value)
            assert found(chau, wanted, TODAY).count() == count
    for month, counts in whole.months.items():
        wanted = Wanted(month=month)
        assert found(chau, wanted, TODAY).count() == counts.total
        assert sum(one.total for one in by_day(chau, wanted, TODAY).values()) == counts.total
    assert picture(world.viewer("lan"), Wanted(), TODAY).whole.total == 5


def test_each_day_of_being_overdue_falls_into_one_band_and_its_list(world: World) -> None:
    lan = world.viewer("lan")
    for days in (1, 30, 31, 90, 91, 180, 181):
        overdue_in(world, "A11", days)
    counted = picture(lan, Wanted(), TODAY).whole.ages
    assert counted == {Age.NEW: 2, Age.OVER_30: 2, Age.OVER_90: 2, Age.OVER_180: 1}
    for band, many in counted.items():
        listed, total = tasks(lan, Wanted(age=band.value), TODAY, page=1, size=50)
        assert [age(line.late) for line in listed] == [band] * many
        assert total == many


def test_explanations_are_asked_for_once_a_missed_day_however_often_the_machine_runs(world: World) -> None:
    task, rested = overdue_in(world, "A11", 2), overdue_in(world, "A12", 2)
    task_in(world, "A1")
    rest = decisions.Rest(TODAY, None, "Chờ")
    decisions.suspend(by=world.viewer("minh"), task_id=rested.pk, seen_version=rested.version, rest=rest)
    assert [turns.ask_explanations(TODAY) for _ in range(3)] == [1, 0, 0]
    asked = Explanation.objects.everywhere(because=LOOK).get()
    assert (asked.task_id, asked.missed, asked.due_on) == (task.pk, task.due_on, TODAY + timedelta(days=5))
    assert Entry.objects.everywhere(because=LOOK).filter(verb="tasks.why_asked").count() == 1


def test_the_next_missed_day_is_asked_about_once_the_answer_before_was_good(world: World) -> None:
    task, later = overdue_in(world, "A11", 2, giver="A1", by="minh"), TODAY + timedelta(days=2)
    lan, minh = world.viewer("lan"), world.viewer("minh")
    assert turns.ask_explanations(TODAY) == 1
    decisions.set_day(by=minh, task_id=task.pk, seen_version=task.version, new=TODAY, reason="Chờ mẫu mới")
    asked = Explanation.objects.everywhere(because=LOOK).get()
    assert turns.ask_explanations(later) == 0, "nobody has answered"
    told = {"by": lan, "task_id": task.pk, "answer": "Chờ hướng dẫn"}
    given = decisions.answer_why(**told, seen_version=asked.version)
    verdict = {"by": minh, "task_id": task.pk, "verdict": "Chưa rõ"}
    back = decisions.judge_why(**verdict, seen_version=given.version, enough=False)
    assert turns.ask_explanations(later) == 0, "what was sent back is still open"
    given = decisions.answer_why(**told, seen_version=back.version)
    decisions.judge_why(**verdict, seen_version=given.version, enough=True)
    assert [turns.ask_explanations(later) for _ in range(2)] == [1, 0]


def test_what_another_process_stored_meanwhile_is_neither_counted_nor_told_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    overdue_in(world, "A11", 16)
    read = list(turns._portions(turns._overdue(TODAY)))
    assert (turns.ask_explanations(TODAY), turns.escalate(TODAY)) == (1, 1)
    monkeypatch.setattr(turns, "_portions", lambda _tasks: read)
    assert turns.ask_explanations(TODAY) == 0
    verbs = Entry.objects.everywhere(because=LOOK).filter(verb__in=["tasks.why_asked", "tasks.escalated"])
    assert verbs.count() == 2


def test_a_task_climbs_from_the_day_after_as_far_as_there_are_levels(world: World) -> None:
    cell, district, _top = (overdue_in(world, code, 15) for code in ("A11", "A", "T"))
    assert turns.escalate(TODAY) == 0, "fifteen days are not more than fifteen"
    assert turns.escalate(TODAY + timedelta(days=76)) == 4
    rows = Escalation.objects.everywhere(because=LOOK).order_by("task_id", "level")
    assert list(rows.values_list("task_id", "level", "unit_id")) == [
        *((cell.pk, level, world.unit(code)) for level, code in enumerate(("A1", "A", "T"), start=1)),
        (district.pk, 1, world.unit("T")),
    ]


def test_overdue_tasks_climb_a_level_at_a_time_and_once_each(world: World) -> None:
    task = overdue_in(world, "A11", 16)
    assert [turns.escalate(TODAY), turns.escalate(TODAY)] == [1, 0]
    later = TODAY + timedelta(days=40)
    assert [turns.escalate(later), turns.escalate(later)] == [1, 0]
    rows = Escalation.objects.everywhere(because=LOOK).order_by("level").values_list("task_id", "level", "unit_id")
    assert list(rows) == [(task.pk, 1, world.unit("A1")), (task.pk, 2, world.unit("A"))]


def test_a_unit_merged_away_hands_its_open_tasks_to_its_heir(world: World) -> None:
    an, lan = world.viewer("an"), world.viewer("lan")
    done, kept = task_in(world, "A11"), task_in(world, "A11", giver="A1")
    own, late = task_in(world, "A11"), overdue_in(world, "A11", 2)
    turns.ask_explanations(TODAY)
    new = TODAY + timedelta(days=9)
    decisions.ask_day(by=lan, task_id=late.pk, seen_version=late.version, new=new, reason="Chờ mẫu")
    actions.add_step(by=lan, task_id=kept.pk, title="Họp", due_on=TODAY)
    actions.finish(by=lan, task_id=done.pk, seen_version=done.version, word=Word(TODAY))
    merge(by=an, unit_ids=[world.unit("A11")], heir_id=world.unit("A12"), on=TODAY)
    assert again(kept).unit_id == world.unit("A12")
    assert again(done).unit_id == world.unit("A11"), "what was done stays with who did it"
    assert (again(own).assigned_by_id, again(done).assigned_by_id) == (world.unit("A12"), world.unit("A11"))
    for model in (Step, DeadlineChange, Explanation):
        assert model.objects.everywhere(because=LOOK).get().unit_id == world.unit("A12")
    hoa = world.viewer("hoa")
    actions.report(by=hoa, task_id=kept.pk, word=Word(TODAY, 20))
    held = Holding.objects.everywhere(because=LOOK).filter(task_id=kept.pk).order_by("pk")
    assert list(held.values_list("unit_id", "since", "until")) == [
        (world.unit("A11"), kept.since, TODAY),
        (world.unit("A12"), TODAY, None),
    ]
    before = measures._in_force(TODAY, TODAY - timedelta(days=1)).everywhere(because=LOOK)
    assert set(before.values_list("unit_id", flat=True)) == {world.unit("A11")}


def test_what_the_heir_has_not_finished_goes_back_when_the_merger_is_undone(world: World) -> None:
    kept, done, an = task_in(world, "A11"), task_in(world, "A11"), world.viewer("an")
    on, undone = TODAY - timedelta(days=5), TODAY
    merge(by=an, unit_ids=[world.unit("A11")], heir_id=world.unit("A12"), on=on)
    hoa = world.viewer("hoa")
    actions.finish(by=hoa, task_id=done.pk, seen_version=again(done).version, word=Word(TODAY))
    Closing.objects.everywhere(because=LOOK).filter(unit_id=world.unit("A11")).update(until=undone)
    marks = Mark.objects.everywhere(because=LOOK)
    known = set(marks.values_list("pk", flat=True))
    heirs.heir_gives_back(world.unit("A12"), world.unit("A11"), undone)
    marked = marks.all().exclude(pk__in=known).values_list("unit_id", "first")
    assert set(marked) == {(world.unit(code), undone) for code in ("A11", "A12")}
    assert (again(kept).unit_id, again(done).unit_id) == (world.unit("A11"), world.unit("A12"))
    held = Holding.objects.everywhere(because=LOOK).filter(task_id=kept.pk).order_by("pk")
    assert list(held.values_list("unit_id", "until")) == [
        (world.unit("A11"), on),
        (world.unit("A12"), undone),
        (world.unit("A11"), None),
    ]


def test_open_tasks_follow_a_post_that_was_handed_over(world: World) -> None:
    taker, post = add_members(world.units["A11"], 1)[0], post_in(world, "A11")
    task, an = task_in(world, "A11", owner=post), world.viewer("an")
    assert ("tasks", 1) in [(one.code, one.count) for one in in_unit(world.unit("A11"), TODAY)]
    made = prepare(by=an, post_id=post.pk, seen_version=post.version, form=NewHandover(taker.pk, TODAY))
    signed = sign(by=an, handover_id=made.pk, seen_version=made.version, side=Side.GIVER, paper="Tủ số 1")
    done = sign(by=an, handover_id=made.pk, seen_version=signed.version, side=Side.TAKER, paper="Tủ số 1")
    assert done.roles == RolesMove.NONE
    moved = again(task).owner_post_id
    assert moved != post.pk
    assert type(post).objects.everywhere(because=LOOK).get(pk=moved).person_id == taker.pk


def test_each_person_is_told_what_they_are_to_do_and_nobody_else_s(world: World) -> None:
    task = overdue_in(world, "A11", 2, giver="A1", by="minh")
    lan, minh = world.viewer("lan"), world.viewer("minh")
    turns.ask_explanations(TODAY)
    told = {(item.kind, item.route) for item in of_person(lan, TODAY)}
    assert told == {("tasks.finish", "task_report"), ("tasks.explain", "task_answer_why")}
    assert of_person(world.viewer("hoa"), TODAY) == []
    asked = decisions.ask_day(by=lan, task_id=task.pk, seen_version=task.version, new=TODAY, reason="Chờ")
    given = Explanation.objects.everywhere(because=LOOK).get()
    decisions.answer_why(by=lan, task_id=task.pk, seen_version=given.version, answer="Thiếu người")
    assert {item.kind for item in of_person(minh, TODAY)} == {"tasks.decide", "tasks.judge"}
    decisions.decide_day(by=minh, task_id=task.pk, seen_version=asked.version, agreed=True)
    actions.finish(by=lan, task_id=task.pk, seen_version=again(task).version, word=Word(TODAY))
    assert {item.kind for item in of_person(minh, TODAY)} == {"tasks.accept"}
    assert of_person(lan, TODAY) == []
    assert of_person(world.viewer("dung"), TODAY) == []


def test_the_counts_of_tasks_are_those_of_their_days(world: World) -> None:
    lan = world.viewer("lan")
    month = parse("2026-11")
    late, timely = overdue_in(world, "A11", 3), task_in(world, "A11")
    overdue_in(world, "A11", 5)
    resting, rest = overdue_in(world, "A11", 5), decisions.Rest(TODAY, None, "Chờ kinh phí")
    decisions.suspend(by=world.viewer("minh"), task_id=resting.pk, seen_version=resting.version, rest=rest)
    for task in (late, timely):
        actions.finish(by=lan, task_id=task.pk, seen_version=task.version, word=Word(TODAY))
    counted = {
        one.code: one.rows(month.first, month.last).everywhere(because=LOOK).count() for one in measures.MEASURES
    }
    assert counted == {
        "tasks.in_force": 2, "tasks.overdue": 1, "tasks.done": 2, "tasks.done_on_time": 1, "tasks.done_late": 1,
    }  # fmt: skip
