"""Who may do what to a task, and when. Pure: decided over plain facts.

Two sides. The doing side is the owner and whoever enters for the unit whose task it is: it reports, finishes, asks for
another day, explains. The assigning side is whoever enters or confirms for the unit that gave the task: it words,
judges and decides; so does whoever heads that unit (`chithi.tasks.heading`). Nobody judges their own work: the owner
decides nothing about it, and whoever reported the end does not accept it. The level above always can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chithi.core.errors import Refused
from chithi.following.rules import LONGEST_INTERVAL, MOST_WEIGHT, why_not_dates
from chithi.tasks.kinds import Act, Dated

EXPLAIN_WITHIN = 5
"""Days in which an explanation is to be given where the machine asks for one."""
ESCALATED_AFTER = (15, 45, 90)
"""Overdue by more than so many days, a task is brought before the level above, the one above that, and so on."""
MOST_STEPS, MOST_HELPERS = 30, 20

DOING = frozenset({Act.REPORT, Act.STEP, Act.FINISH, Act.ASK_DAY, Act.ANSWER_WHY})
WORDING = frozenset({Act.CHANGE})


@dataclass(frozen=True)
class Party:
    """What somebody is to a task: `does` its work, `words` it, `decides` about it; the owner; the account."""

    does: bool = False
    words: bool = False
    decides: bool = False
    is_owner: bool = False
    user_id: int | None = None

    @property
    def is_any(self) -> bool:
        return self.does or self.words or self.decides


@dataclass(frozen=True)
class Standing:
    """How far a task has come, as these rules see it. `suspended`: it rests, or a rest is arranged that has not begun.
    `explained`: None nothing asked, else whether it was answered."""

    finished_on: date | None = None
    finished_by_id: int | None = None
    accepted_on: date | None = None
    cancelled_on: date | None = None
    suspended: bool = False
    asked_day: bool = False
    explained: bool | None = None


def why_not(act: Act, party: Party, standing: Standing) -> Refused | None:
    """Whether somebody may do this to a task now: first whose it is to do, then whether there is anything to do."""
    return _why_not_they(act, party, standing) or _why_not_now(act, standing)


def _why_not_they(act: Act, party: Party, standing: Standing) -> Refused | None:
    if act in DOING:
        return None if party.does else Refused("tasks.not_the_doer")
    if act in WORDING:
        return None if party.words else Refused("tasks.not_the_assigner")
    if party.is_owner:
        return Refused("tasks.owner_decides_not")
    if not party.decides:
        return Refused("tasks.not_the_assigner")
    if act is Act.ACCEPT and party.user_id is not None and party.user_id == standing.finished_by_id:
        return Refused("tasks.reporter_accepts_not")
    return None


def _why_not_now(act: Act, standing: Standing) -> Refused | None:
    if act is Act.PUT_BACK:
        return Refused("tasks.not_cancelled") if standing.cancelled_on is None else None
    if standing.cancelled_on is not None:
        return Refused("tasks.cancelled", day=standing.cancelled_on)
    if act in (Act.ACCEPT, Act.REOPEN):
        if standing.finished_on is None:
            return Refused("tasks.not_finished")
        if act is Act.ACCEPT and standing.accepted_on is not None:
            return Refused("tasks.accepted_already", day=standing.accepted_on)
        return None
    if act in (Act.ANSWER_WHY, Act.JUDGE_WHY):
        if standing.explained is None:
            return Refused("tasks.nothing_asked")
        return Refused("tasks.not_answered") if act is Act.JUDGE_WHY and not standing.explained else None
    if standing.finished_on is not None:
        return Refused("tasks.finished", day=standing.finished_on)
    return _why_not_open(act, standing)


def _why_not_open(act: Act, standing: Standing) -> Refused | None:
    """Of a task that is neither finished nor cancelled."""
    if act is Act.RESUME:
        return None if standing.suspended else Refused("tasks.not_suspended")
    if act is Act.SUSPEND and standing.suspended:
        return Refused("tasks.suspended_already")
    if act in (Act.ASK_DAY, Act.SET_DAY) and standing.asked_day:
        return Refused("tasks.day_asked_already")
    if act is Act.DECIDE_DAY and not standing.asked_day:
        return Refused("tasks.no_day_asked")
    if act is Act.ASK_WHY and standing.explained is not None:
        return Refused("tasks.why_asked_already")
    return None


def why_not_worded(title: str, owners: int, since: date, due_on: date, weight: int, every: int) -> Refused | None:
    """A task needs one piece of work, one owner, one day. `owners` is how many were named."""
    if not title:
        return Refused("tasks.no_title", field="title")
    if owners != 1:
        return Refused("tasks.no_owner", field="owner")
    if not 1 <= weight <= MOST_WEIGHT:
        return Refused("tasks.bad_weight", field="weight", low=1, high=MOST_WEIGHT)
    if not 1 <= every <= LONGEST_INTERVAL:
        return Refused("tasks.bad_interval", field="update_every", low=1, high=LONGEST_INTERVAL)
    return why_not_dates(since, due_on)


def why_not_new_day(old: date, new: date, since: date, reason: str) -> Refused | None:
    """Another day is another one, not before the beginning, with a reason."""
    if new == old:
        return Refused("tasks.same_day", field="new")
    if not reason:
        return Refused("tasks.no_reason", field="reason")
    return why_not_dates(since, new, "new")


def why_not_rest(since: date, until: date | None, today: date, reason: str) -> Refused | None:
    """A suspension begins today or up to a year ago or ahead, ends after it began, has a reason."""
    if not reason:
        return Refused("tasks.no_reason", field="reason")
    if abs(since - today) > timedelta(days=366):
        return Refused("tasks.rest_far_off", field="since")
    if until is not None and until <= since:
        return Refused("tasks.rest_ends_before", field="until", since=since)
    return None


def dated(finished_on: date | None, told_on: date | None, due_on: date) -> Dated | None:
    """Whether the end was told on a later day than it is said to have come, and when it was late already.

    The day on which the work was done counts, whenever it was told; whoever accepts it sees both.
    """
    if finished_on is None or told_on is None or told_on <= finished_on:
        return None
    return Dated.INTO_TIME if finished_on <= due_on < told_on else Dated.BACK
