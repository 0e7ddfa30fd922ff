"""When something is due as people say it, when one is reminded, how long one waits for another try."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chithi.core.due import DueItem, Said
from chithi.jobs.rules import MOST_TRIES, wait_after
from chithi.work.kinds import Topic, When, topic_of
from chithi.work.rules import WEEKS_REMINDED, stage, when

WEDNESDAY = date(2026, 11, 25)


def days(count: int) -> date:
    return WEDNESDAY + timedelta(days=count)


@pytest.mark.parametrize(
    ("due_on", "part"),
    [
        (None, When.UNDATED),
        (days(-1), When.LATE),
        (days(0), When.TODAY),
        (days(1), When.THIS_WEEK),
        (days(4), When.THIS_WEEK),
        (days(5), When.LATER),
    ],
)
def test_a_week_ends_on_sunday(due_on: date | None, part: When) -> None:
    assert when(due_on, WEDNESDAY) is part


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (8, None), (7, "d7"), (4, "d7"), (3, "d3"), (2, "d3"), (1, "d1"), (0, "d0"),
        (-1, "w0"), (-7, "w0"), (-8, "w1"), (-14, "w1"), (-15, "w2"),
    ],
)  # fmt: skip
def test_each_stage_lasts_until_the_next(left: int, said: str | None) -> None:
    assert stage(days(left), WEDNESDAY) == said


def test_what_has_no_day_and_what_is_long_overdue_is_not_reminded_of() -> None:
    assert stage(None, WEDNESDAY) is None
    assert stage(days(-7 * WEEKS_REMINDED), WEDNESDAY) == f"w{WEEKS_REMINDED - 1}"
    assert stage(days(-7 * WEEKS_REMINDED - 1), WEDNESDAY) is None


def test_over_all_days_a_thing_has_each_stage_in_one_piece() -> None:
    told = [stage(WEDNESDAY, WEDNESDAY + timedelta(days=at)) for at in range(-20, 80)]
    changes = [one for before, one in zip([None, *told], told, strict=False) if one != before]
    assert changes == ["d7", "d3", "d1", "d0", *(f"w{week}" for week in range(WEEKS_REMINDED)), None]


def test_waits_grow_and_end() -> None:
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]
    assert [wait.total_seconds() / 60 for wait in waits if wait] == [1, 4, 16, 64]
    assert wait_after(MOST_TRIES) is None


@pytest.mark.parametrize(
    ("kind", "topic"),
    [
        ("indicators.confirm", Topic.FIGURES),
        ("org.handover", Topic.PEOPLE),
        ("org.trial", Topic.SHEETS),
        ("tasks.finish", Topic.TASKS),
        ("unheard.of", Topic.TASKS),
    ],
)
def test_every_kind_has_a_topic(kind: str, topic: Topic) -> None:
    assert topic_of(kind) is topic


def test_a_thing_keeps_its_name_whatever_is_said_of_it() -> None:
    def item(words: str, on: date | None) -> DueItem:
        return DueItem("tasks.finish", 7, 1, Said(words, words), on, "task", (7,), Said("Mở", "Open"))

    assert item("Làm", None).name == item("Làm ngay", WEDNESDAY).name == "tasks.finish:7"
    assert Said("Mở", "Open").in_language("en") == "Open"
    assert Said("Mở", "Open").in_language("fr") == "Mở"
