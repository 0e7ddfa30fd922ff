"""How work stands on a day: state, turning points, bands of overdue work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chithi.following.kinds import Age, State
from chithi.following.rules import (
    Facts,
    age,
    days_late,
    state,
    turns,
    why_not_dates,
    why_not_files,
    why_not_past,
    why_not_word,
)

D = date(2026, 3, 1)
TASK = Facts(since=D, due_on=D + timedelta(days=100), update_every=30)

days = st.integers(-40, 200).map(lambda n: D + timedelta(days=n))
maybe = st.none() | days


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Any facts at all, likely and unlikely."""
    since = draw(days)
    due = since + timedelta(days=draw(st.integers(0, 150)))
    return Facts(
        since=since,
        due_on=due,
        update_every=draw(st.integers(1, 60)),
        updated_on=draw(maybe),
        share=draw(st.none() | st.integers(0, 100)),
        next_step_on=draw(maybe),
        finished_on=draw(maybe),
        cancelled_on=draw(st.none() | st.none() | days),
        suspended_from=draw(st.none() | st.none() | days),
        suspended_until=draw(maybe),
    )


@pytest.mark.parametrize(
    ("day", "changes", "wanted"),
    [
        (-1, {}, State.NOT_JUDGED),
        (0, {}, State.NOT_JUDGED),
        (30, {}, State.NOT_JUDGED),
        (31, {}, State.AT_RISK),
        (74, {}, State.AT_RISK),
        (75, {}, State.LIKELY_MISSED),
        (101, {}, State.OVERDUE),
        (31, {"updated_on": D + timedelta(days=20), "share": 10}, State.ON_TRACK),
        (41, {"updated_on": D + timedelta(days=20), "share": 10}, State.AT_RISK),
        (51, {"updated_on": D + timedelta(days=20), "share": 90}, State.AT_RISK),
        (80, {"updated_on": D + timedelta(days=79), "share": 39}, State.LIKELY_MISSED),
        (80, {"updated_on": D + timedelta(days=79), "share": 40}, State.AT_RISK),
        (80, {"updated_on": D + timedelta(days=79), "share": 50}, State.ON_TRACK),
        (80, {"updated_on": D + timedelta(days=79)}, State.ON_TRACK),
        (80, {"updated_on": D + timedelta(days=79), "next_step_on": D + timedelta(days=79)}, State.AT_RISK),
        (80, {"updated_on": D + timedelta(days=79), "next_step_on": D + timedelta(days=80)}, State.ON_TRACK),
        (101, {"finished_on": D + timedelta(days=100)}, State.DONE),
        (101, {"finished_on": D + timedelta(days=101)}, State.DONE_LATE),
        (100, {"finished_on": D + timedelta(days=101)}, State.LIKELY_MISSED),
        (50, {"suspended_from": D + timedelta(days=50)}, State.SUSPENDED),
        (20, {"suspended_from": D + timedelta(days=21)}, State.NOT_JUDGED),
        (120, {"suspended_from": D}, State.SUSPENDED),
        (120, {"suspended_from": D, "suspended_until": D + timedelta(days=120)}, State.OVERDUE),
        (120, {"cancelled_on": D, "finished_on": D}, State.CANCELLED),
        (20, {"cancelled_on": D + timedelta(days=21)}, State.NOT_JUDGED),
    ],
)  # fmt: skip
def test_the_state_follows_from_facts_and_day(day: int, changes: dict[str, object], wanted: State) -> None:
    assert state(replace(TASK, **changes), D + timedelta(days=day)) is wanted  # type: ignore[arg-type]


@given(facts(), days)
def test_the_turning_points_say_the_same_as_the_rule_looked_at_day_by_day(one: Facts, today: date) -> None:
    risk_on, miss_on = turns(one)
    found = state(one, today)
    reached = (miss_on is not None and miss_on <= today, risk_on is not None and risk_on <= today)
    if found is State.LIKELY_MISSED:
        assert reached[0]
    elif found is State.AT_RISK:
        assert reached == (False, True)
    elif found is State.ON_TRACK or (found is State.NOT_JUDGED and today >= one.since):
        assert reached == (False, False)


@given(facts(), days)
def test_unfinished_work_past_its_day_is_never_shown_better_than_overdue(one: Facts, today: date) -> None:
    if today > one.due_on and one.finished_on is None and one.cancelled_on is None and one.suspended_from is None:
        assert state(one, today) is State.OVERDUE
        assert days_late(one, today) == (today - one.due_on).days


@pytest.mark.parametrize(
    ("late", "band"),
    [
        (1, Age.NEW),
        (30, Age.NEW),
        (31, Age.OVER_30),
        (90, Age.OVER_30),
        (91, Age.OVER_90),
        (180, Age.OVER_90),
        (181, Age.OVER_180),
    ],
)
def test_overdue_work_falls_into_bands(late: int, band: Age) -> None:
    assert age(late) is band


@pytest.mark.parametrize(
    ("day", "changes", "late"),
    [
        (100, {}, 0),
        (103, {}, 3),
        (103, {"finished_on": D + timedelta(days=102)}, 2),
        (103, {"finished_on": D + timedelta(days=90)}, 0),
        (103, {"finished_on": D + timedelta(days=110)}, 3),
        (103, {"cancelled_on": D + timedelta(days=90)}, 0),
    ],
)
def test_work_is_late_until_it_is_done_or_called_off(day: int, changes: dict[str, object], late: int) -> None:
    assert days_late(replace(TASK, **changes), D + timedelta(days=day)) == late  # type: ignore[arg-type]


def test_days_and_words_are_checked() -> None:
    assert why_not_dates(D, D) is None
    assert why_not_dates(D, D - timedelta(days=1)).code == "following.due_before_beginning"  # type: ignore[union-attr]
    assert why_not_dates(date(1000, 1, 1), D).field == "since"  # type: ignore[union-attr]
    assert why_not_dates(D, date(9999, 1, 1)).field == "due_on"  # type: ignore[union-attr]
    assert why_not_past(D, D, D) is None
    assert why_not_past(D, D + timedelta(days=5), D) is None, "work that begins later may be spoken of today"
    assert why_not_past(D + timedelta(days=1), D, D).code == "following.in_the_future"  # type: ignore[union-attr]
    assert why_not_past(D - timedelta(days=1), D, D).code == "following.before_beginning"  # type: ignore[union-attr]
    assert why_not_word(None, "").code == "following.says_nothing"  # type: ignore[union-attr]
    assert why_not_word(101, "").code == "following.share_out_of_range"  # type: ignore[union-attr]
    assert why_not_word(0, "") is None
    assert why_not_files([1] * 5) is None
    assert why_not_files([1] * 6).code == "following.too_many_files"  # type: ignore[union-attr]


def test_a_day_past_the_calendar_is_none_rather_than_a_failure() -> None:
    far = Facts(since=date.max - timedelta(days=5), due_on=date.max, update_every=366)
    assert turns(far)[0] is None or turns(far)[0] <= date.max  # type: ignore[operator]
