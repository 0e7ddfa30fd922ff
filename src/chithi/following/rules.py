"""How work stands on a day: state and colour from data and date, never typed. Pure.

Source: "Following tasks" among the rules of the field. Grey: not yet judged; green: on track, or done on time; orange:
at risk, or no word within the interval; red: overdue, or likely missed; done late is told apart from done on time. No
public text fixes the thresholds: the defaults stand below as data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chithi.core.errors import Refused
from chithi.following.kinds import Age, State

LAGGING = 30
"""Percentage points by which the reported share may stay behind the share of the time that has passed."""
LATE_IN_TIME = 75
"""From so many percent of the time on, work not even half as far as the time is likely to be missed."""
AGES = ((180, Age.OVER_180), (90, Age.OVER_90), (30, Age.OVER_30))
"""Overdue by more than so many days."""
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_INTERVAL = 366
MOST_WEIGHT = 100
MOST_FILES, MOST_TOGETHER = 5, 40_000_000
"""Of files that come with one word: how many, how many bytes together."""


@dataclass(frozen=True)
class Facts:
    """What the state of a piece of work follows from.

    `share` is the last one reported, in whole percent; `updated_on` the day of the last word; `next_step_on` when the
    earliest unfinished step is due. It is suspended from `suspended_from` on, until the day `suspended_until`, which no
    longer counts (None: until somebody lets it go on).
    """

    since: date
    due_on: date
    update_every: int
    updated_on: date | None = None
    share: int | None = None
    next_step_on: date | None = None
    finished_on: date | None = None
    cancelled_on: date | None = None
    suspended_from: date | None = None
    suspended_until: date | None = None


def state(facts: Facts, today: date) -> State:
    """How the work stands on a day; the reasons are looked at in the order in which they weigh."""
    if facts.cancelled_on is not None and facts.cancelled_on <= today:
        return State.CANCELLED
    if facts.finished_on is not None and facts.finished_on <= today:
        return State.DONE if facts.finished_on <= facts.due_on else State.DONE_LATE
    if is_suspended(facts, today):
        return State.SUSPENDED
    if today > facts.due_on:
        return State.OVERDUE
    if today < facts.since:
        return State.NOT_JUDGED
    if _likely_missed(facts, today):
        return State.LIKELY_MISSED
    if _silent(facts, today) or _lags(facts, today) or _step_late(facts, today):
        return State.AT_RISK
    return State.NOT_JUDGED if facts.updated_on is None else State.ON_TRACK


def is_suspended(facts: Facts, today: date) -> bool:
    """Whether the day lies in the last suspension."""
    if facts.suspended_from is None or today < facts.suspended_from:
        return False
    return facts.suspended_until is None or today < facts.suspended_until


def rests_ahead(facts: Facts, today: date) -> bool:
    """Whether a suspension is arranged that has not begun."""
    return facts.suspended_from is not None and facts.suspended_from > today


def days_late(facts: Facts, today: date) -> int:
    """By how many days unfinished work is late, or finished work was; 0 for neither."""
    if facts.cancelled_on is not None:
        return 0
    ended = facts.finished_on if facts.finished_on is not None and facts.finished_on <= today else today
    return max((ended - facts.due_on).days, 0)


def age(late: int) -> Age:
    """Which band so many days late (at least one) fall into."""
    return next((band for days, band in AGES if late > days), Age.NEW)


def turns(facts: Facts) -> tuple[date | None, date | None]:
    """The days from which the work, if nothing more is heard, is at risk and likely to be missed.

    They follow from the facts alone, whatever today is: stored beside the facts they let a database say how any number
    of rows stand without looking at each. A day past the calendar is none.
    """
    span = _span(facts)
    heard = max(facts.since, facts.updated_on or facts.since)
    risks = [_after(heard, facts.update_every + 1)]
    if facts.next_step_on is not None:
        risks.append(_after(facts.next_step_on, 1))
    share = _share(facts)
    missed = None
    if share is not None:
        risks.append(_after(facts.since, (share + LAGGING) * span // 100 + 1))
        missed = _after(facts.since, max(-(-LATE_IN_TIME * span // 100), 2 * share * span // 100 + 1))
    return min((day for day in risks if day is not None), default=None), missed


def month_number(day: date) -> int:
    """The month of a day as a whole number: twelve a year, January of the year 0 is 0."""
    return day.year * 12 + day.month - 1


def month_of(number: int) -> date:
    """The first day of the month of a number."""
    return date(number // 12, number % 12 + 1, 1)


def why_not_dates(since: date, due_on: date, field: str = "due_on") -> Refused | None:
    """A piece of work begins on a usable day and is due on it or later."""
    if not EARLIEST <= since <= LATEST:
        return Refused("following.day_out_of_range", field="since", low=EARLIEST, high=LATEST)
    if not EARLIEST <= due_on <= LATEST:
        return Refused("following.day_out_of_range", field=field, low=EARLIEST, high=LATEST)
    if due_on < since:
        return Refused("following.due_before_beginning", field=field, since=since)
    return None


def why_not_past(on: date, since: date, today: date, field: str = "on") -> Refused | None:
    """What is reported happened: not before the work began, not after today."""
    if on > today:
        return Refused("following.in_the_future", field=field)
    if on < min(since, today):
        return Refused("following.before_beginning", field=field, since=since)
    return None


def why_not_word(share: int | None, note: str, *, files: int = 0) -> Refused | None:
    """A word on progress says a share of 0 to 100, something in words, or brings files."""
    if share is None and not note and not files:
        return Refused("following.says_nothing", field="note")
    if share is not None and not 0 <= share <= 100:
        return Refused("following.share_out_of_range", field="share", low=0, high=100)
    return None


def why_not_files(sizes: Sequence[int]) -> Refused | None:
    """So many files, so large together (sizes in bytes), may come with one word."""
    if len(sizes) > MOST_FILES:
        return Refused("following.too_many_files", field="attached", most=MOST_FILES)
    if sum(sizes) > MOST_TOGETHER:
        return Refused("following.too_much_at_once", field="attached", most=MOST_TOGETHER // 1_000_000)
    return None


def _span(facts: Facts) -> int:
    return max((facts.due_on - facts.since).days, 1)


def _share(facts: Facts) -> int | None:
    """The share to measure by: nothing where nothing was ever heard, none where only words came."""
    return facts.share if facts.updated_on is not None else 0


def _likely_missed(facts: Facts, today: date) -> bool:
    share, passed, span = _share(facts), (today - facts.since).days, _span(facts)
    return share is not None and passed * 100 >= LATE_IN_TIME * span and 2 * share * span < passed * 100


def _lags(facts: Facts, today: date) -> bool:
    share, passed, span = _share(facts), (today - facts.since).days, _span(facts)
    return share is not None and passed * 100 > (share + LAGGING) * span


def _silent(facts: Facts, today: date) -> bool:
    heard = max(facts.since, facts.updated_on or facts.since)
    return (today - heard).days > facts.update_every


def _step_late(facts: Facts, today: date) -> bool:
    return facts.next_step_on is not None and facts.next_step_on < today


def _after(day: date, days: int) -> date | None:
    return day + timedelta(days=days) if (date.max - day).days >= days else None
