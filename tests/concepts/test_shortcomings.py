"""Shortcomings: how they stand follows from their tasks, in Python and in the database alike; figures count them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.duties import found, shortcomings
from chithi.duties.due import of_person
from chithi.duties.found import Sought
from chithi.duties.kinds import Answer, Found, Remedy
from chithi.duties.models import DutyAnswer, Recurrence, Shortcoming
from chithi.duties.reports import send_back
from chithi.duties.rules import Given, remedy
from chithi.duties.standing import stands
from chithi.freshness.models import Mark
from chithi.indicators.drain import drain_all, rebuild
from chithi.indicators.models import Measure
from chithi.indicators.period_rows import period_row
from chithi.indicators.queries import lines
from chithi.indicators.trace import records
from chithi.org.actions import merge
from chithi.tasks import actions as tasks
from chithi.tasks import decisions
from chithi.tasks.actions import Word
from chithi.tasks.models import Task
from tests.duty_world import list_in, remedy_of, reported, shortcoming_in
from tests.task_world import again, post_in
from tests.worlds import TODAY, World

PERIOD = parse("2026")
_WHY = "a test looks"


def stored(row: Shortcoming) -> Shortcoming:
    return Shortcoming.objects.everywhere(because=_WHY).get(pk=row.pk)


def finished_and_accepted(world: World, task: Task) -> Task:
    tasks.finish(by=world.viewer("lan"), task_id=task.pk, seen_version=again(task).version, word=Word(TODAY))
    return decisions.accept(by=world.viewer("minh"), task_id=task.pk, seen_version=again(task).version)


def state_of(world: World, row: Shortcoming, today: date = TODAY) -> Remedy:
    """By the rule, which the database must agree with."""
    said = shortcomings.standing(stored(row), today)
    for state in Remedy:
        rows = Shortcoming.objects.everywhere(because=_WHY).filter(stands(state, today), pk=row.pk)
        assert rows.exists() == (state is said), state
    return said


def test_a_shortcoming_is_remedied_once_somebody_else_accepted_the_work_and_may_come_back(world: World) -> None:
    row = shortcoming_in(world)
    assert state_of(world, row) is Remedy.OPEN
    task = remedy_of(world, row)
    assert (task.origin_kind, task.origin_id) == ("shortcoming", row.pk)
    assert state_of(world, row) is Remedy.BEING_REMEDIED
    tasks.finish(by=world.viewer("lan"), task_id=task.pk, seen_version=task.version, word=Word(TODAY))
    with pytest.raises(Refused, match=r"tasks.not_the_assigner"):
        decisions.accept(by=world.viewer("lan"), task_id=task.pk, seen_version=again(task).version)
    assert state_of(world, row) is Remedy.BEING_REMEDIED
    decisions.accept(by=world.viewer("minh"), task_id=task.pk, seen_version=again(task).version)
    assert state_of(world, row) is Remedy.REMEDIED
    with pytest.raises(Refused, match=r"shortcomings.remedied_already"):
        remedy_of(world, row)
    shortcomings.found_again(
        by=world.viewer("minh"), shortcoming_id=row.pk, seen_version=stored(row).version, on=TODAY, reason="Lại chậm"
    )
    assert state_of(world, row) is Remedy.REOPENED
    second = remedy_of(world, row)
    assert state_of(world, row) is Remedy.REOPENED
    finished_and_accepted(world, second)
    assert state_of(world, row) is Remedy.REMEDIED


def test_accepting_the_work_has_the_figures_of_shortcomings_counted_anew(world: World) -> None:
    task = remedy_of(world, shortcoming_in(world))
    tasks.finish(by=world.viewer("lan"), task_id=task.pk, seen_version=again(task).version, word=Word(TODAY))
    marks = Mark.objects.everywhere(because=_WHY)
    known = list(marks.values_list("pk", flat=True))
    decisions.accept(by=world.viewer("minh"), task_id=task.pk, seen_version=again(task).version)
    marked = marks.all().exclude(pk__in=known)
    assert list(marked.values_list("unit_id", "first")) == [(world.unit("A11"), TODAY)]


def test_the_rule_and_the_database_agree_on_every_mixture_of_tasks(world: World) -> None:
    row = shortcoming_in(world)
    post, past, ahead = post_in(world, "A11"), TODAY - timedelta(days=3), TODAY + timedelta(days=3)
    outcomes = list(itertools.product((None, past, ahead), (None, past, ahead)))
    for first, second in itertools.combinations_with_replacement(outcomes, 2):
        for after in (False, True):
            made = [
                Task.objects.create(
                    unit_id=row.unit_id, assigned_by_id=row.unit_id, title="x", folded="x", owner_post=post,
                    since=past, due_on=ahead, origin_kind="shortcoming", origin_id=row.pk, accepted_on=accepted,
                    cancelled_on=cancelled,
                )
                for accepted, cancelled in (first, second)
            ]  # fmt: skip
            seen = []
            if after:
                at = {"unit_id": row.unit_id, "shortcoming": row, "on": past, "reason": "x"}
                seen = [Recurrence.objects.create(after_id=made[0].pk, **at).after_id]
            given = [Given(one.pk, one.accepted_on, one.cancelled_on) for one in made]
            assert state_of(world, row) is remedy(given, seen, False, TODAY)
            Recurrence.objects.everywhere(because=_WHY).all().delete()
            Task.objects.everywhere(because=_WHY).filter(pk__in=[one.pk for one in made])._raw_delete("default")


def test_who_is_beside_reads_nothing_and_who_only_reads_writes_nothing(world: World) -> None:
    row = shortcoming_in(world)
    assert found.one_shortcoming(world.viewer("dung"), row.pk).row.wording == "Ghi biên bản chậm"
    assert found.called(world.viewer("hoa"), row.pk) is None
    with pytest.raises(Absent):
        found.one_shortcoming(world.viewer("hoa"), row.pk)
    assert found.shortcomings(world.viewer("hoa"), Sought(), page=1, size=9) == ([], 0)
    for name in ("hoa", "dung"):
        with pytest.raises(Absent):
            shortcomings.withdraw(by=world.viewer(name), shortcoming_id=row.pk, seen_version=row.version, reason="Nhầm")
        with pytest.raises(Absent):
            remedy_of(world, row, by=name)
        with pytest.raises(Absent):
            shortcoming_in(world, "A11", name)


def test_one_written_by_mistake_is_withdrawn_and_put_back_but_not_with_a_task_out(world: World) -> None:
    row, lan = shortcoming_in(world), world.viewer("lan")
    with pytest.raises(Refused, match=r"duties.no_reason"):
        shortcomings.withdraw(by=lan, shortcoming_id=row.pk, seen_version=row.version, reason=" ")
    with pytest.raises(Stale):
        shortcomings.withdraw(by=lan, shortcoming_id=row.pk, seen_version=9, reason="Nhầm")
    gone = shortcomings.withdraw(by=lan, shortcoming_id=row.pk, seen_version=row.version, reason="Nhầm")
    assert state_of(world, row) is Remedy.WITHDRAWN
    with pytest.raises(Refused, match=r"shortcomings.withdrawn"):
        remedy_of(world, row)
    back = shortcomings.put_back(by=lan, shortcoming_id=row.pk, seen_version=gone.version)
    remedy_of(world, row)
    with pytest.raises(Refused, match=r"shortcomings.has_tasks"):
        shortcomings.withdraw(by=lan, shortcoming_id=row.pk, seen_version=back.version, reason="Nhầm")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wording": " \u200b "}, "shortcomings.no_words"),
        ({"found_on": TODAY + timedelta(days=1)}, "shortcomings.in_the_future"),
        ({"found_on": date(1999, 1, 1)}, "duties.day_out_of_range"),
        ({"found_on": date(2005, 1, 1)}, "shortcomings.before_the_unit"),
    ],
)
def test_what_cannot_be_a_shortcoming_is_refused(world: World, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        shortcoming_in(world, **changes)


def test_a_duty_answered_short_leads_to_one_shortcoming(world: World) -> None:
    row = list_in(world, expects=("cells",))
    report = reported(world, row, "A11", "lan", Answer.DONE, Answer.PARTLY)
    answers = DutyAnswer.objects.everywhere(because=_WHY).filter(report_id=report.pk)
    done, partly = answers.order_by("pk")
    lan, unit = world.viewer("lan"), world.unit("A11")
    with pytest.raises(Absent):
        found.out_of_answer(lan, unit, done.pk)
    said = found.out_of_answer(lan, unit, partly.pk)
    assert (said.found, said.wording) == (Found.DUTY, "Mới làm một nửa")
    made = shortcomings.register(by=lan, unit_id=unit, said=said, answer_id=partly.pk)
    came = found.one_shortcoming(lan, made.pk).came
    assert came is not None
    assert came.duty == "2. Tiếp dân hằng tuần"
    with pytest.raises(Refused, match=r"shortcomings.there_already"):
        shortcomings.register(by=lan, unit_id=unit, said=said, answer_id=partly.pk)
    with pytest.raises(Absent):
        found.out_of_answer(world.viewer("hoa"), unit, partly.pk)


def test_an_answer_not_sent_leads_to_none_and_one_that_led_to_one_is_not_taken_away(world: World) -> None:
    row, lan, unit = list_in(world, expects=("cells",)), world.viewer("lan"), world.unit("A11")
    begun = reported(world, row, "A11", "lan", Answer.PARTLY, submit=False)
    partly = DutyAnswer.objects.everywhere(because=_WHY).get(report_id=begun.pk)
    with pytest.raises(Absent):
        found.out_of_answer(lan, unit, partly.pk)
    sent = reported(world, row, "A11", "lan", Answer.PARTLY, Answer.DONE, version=begun.version)
    said = found.out_of_answer(lan, unit, partly.pk)
    shortcomings.register(by=lan, unit_id=unit, said=said, answer_id=partly.pk)
    back = send_back(by=world.viewer("minh"), report_id=sent.pk, seen_version=sent.version, reason="Thiếu")
    with pytest.raises(Refused, match=r"duties.has_shortcoming"):
        reported(world, row, "A11", "lan", submit=False, version=back.version)


def test_what_nobody_was_told_to_remedy_stands_in_my_work(world: World) -> None:
    row = shortcoming_in(world)
    (item,) = of_person(world.viewer("lan"), TODAY)
    assert (item.kind, item.about, item.route) == ("shortcomings.remedy", row.pk, "shortcoming_task")
    assert of_person(world.viewer("hoa"), TODAY) == []
    remedy_of(world, row)
    assert of_person(world.viewer("lan"), TODAY) == []


def test_the_heir_of_a_closed_unit_is_given_the_task(world: World) -> None:
    row = shortcoming_in(world)
    merge(by=world.viewer("an"), unit_ids=[world.unit("A11")], heir_id=world.unit("A12"), on=TODAY)
    assert shortcomings.holder(row.unit_id, TODAY) == world.unit("A12")
    task = remedy_of(world, row, code="A12")
    assert task.unit_id == world.unit("A12")
    assert found.one_shortcoming(world.viewer("hoa"), row.pk).tasks[0].id == task.pk


def test_figures_count_what_was_found_and_remedied_and_open_to_exactly_those(world: World) -> None:
    first, second = shortcoming_in(world), shortcoming_in(world, wording="Sổ ghi thiếu")
    shortcoming_in(world, "A12", "hoa")
    shortcomings.withdraw(by=world.viewer("lan"), shortcoming_id=second.pk, seen_version=1, reason="Nhầm")
    duties = list_in(world)
    reported(world, duties, "A1", "minh", Answer.PARTLY, Answer.NOT_APPLICABLE)
    reported(world, duties, "A2", "chau", Answer.DONE, Answer.DONE)
    rebuild(period_row(PERIOD))
    told = {"shortcomings.found": (2, None), "shortcomings.known": (2, None), "duties.done": (2, 3)}
    assert {code: counted(world, code) for code in told} == told
    finished_and_accepted(world, remedy_of(world, first))
    drain_all()
    assert counted(world, "shortcomings.remedied") == (1, 2)
    assert counted(world, "shortcomings.remedied", "A11") == (1, 1)
    measure = Measure.objects.get(code="shortcomings.known")
    opened = records(world.viewer("minh"), measure.pk, world.unit("A11"), PERIOD)
    assert [one.label for one in opened.shown] == ["Ghi biên bản chậm"]
    answered = Measure.objects.get(code="duties.answered")
    assert [one.label for one in records(world.viewer("minh"), answered.pk, world.unit("A1"), PERIOD).shown] == [
        "1. Công khai thu chi"
    ]


def counted(world: World, code: str, unit: str = "T") -> tuple[int | None, int | None]:
    """Value and base of an indicator, as the province's agency reads it."""
    line = lines(world.viewer("chau"), world.unit(unit), PERIOD).line(code)
    return line.chosen.value, line.chosen.total
