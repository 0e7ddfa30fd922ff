"""What may be said of duties and shortcomings, and how they stand on a day. Pure: decided over plain facts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chithi.core.errors import Refused
from chithi.core.periods import Kind, Period, containing, following, previous
from chithi.duties.kinds import Answer, Concerns, ListState, Remedy, ReportState, Rhythm

MOST_DUTIES = 40
MOST_PERIODS = 6
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
REPORT_WITHIN = 15
"""Days after the end of a period in which its report is due; no public text fixes them."""
ASKED_BEFORE = 45
"""Days before the end of a period from which its report stands in My work: self-criticism begins in November."""


@dataclass(frozen=True)
class DutySaid:
    """One duty as somebody writes it."""

    code: str
    wording: str
    concerns: Concerns


@dataclass(frozen=True)
class Said:
    """What a unit says about one duty; `answer` None: nothing yet."""

    answer: Answer | None
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Given:
    """One task of a shortcoming, as its state follows from it; ids grow as tasks are given."""

    id: int
    accepted_on: date | None = None
    cancelled_on: date | None = None


def list_state(is_draft: bool, since: date, until: date | None, today: date) -> ListState:
    """How a list stands on a day; `until` no longer counts."""
    if is_draft:
        return ListState.DRAFT
    if until is not None and until <= today:
        return ListState.ENDED
    return ListState.IN_FORCE if since <= today else ListState.AHEAD


def report_state(submitted_on: date | None, returned_on: date | None) -> ReportState:
    """How far a report that was begun has come."""
    if submitted_on is not None:
        return ReportState.SUBMITTED
    return ReportState.RETURNED if returned_on is not None else ReportState.BEGUN


def remedy(tasks: Collection[Given], recurrences: Sequence[int], withdrawn: bool, today: date) -> Remedy:
    """How a shortcoming stands: remedied once every task still wanted was accepted, one at least since it recurred.

    `recurrences` holds, for each time it was found again, the highest id of the tasks given before.
    """
    if withdrawn:
        return Remedy.WITHDRAWN
    wanted = [one for one in tasks if one.cancelled_on is None or one.cancelled_on > today]
    waiting = any(one.accepted_on is None or one.accepted_on > today for one in wanted)
    since = max(recurrences, default=0)
    if not waiting and any(one.id > since for one in wanted):
        return Remedy.REMEDIED
    if recurrences:
        return Remedy.REOPENED
    return Remedy.BEING_REMEDIED if wanted else Remedy.OPEN


def belongs(period: Period, since: date, until: date | None) -> bool:
    """A period belongs to the version that is in force on its last day."""
    return since <= period.last and (until is None or period.last < until)


def periods_open(rhythm: Rhythm, since: date, until: date | None, today: date) -> list[Period]:
    """The periods a list is reported on today, oldest first: the last one that is over and the one that runs."""
    running = containing(today, Kind(rhythm.value))
    return [period for period in (previous(running), running) if period is not None and belongs(period, since, until)]


def periods_past(rhythm: Rhythm, since: date, until: date | None, today: date) -> list[Period]:
    """The periods of a list that have begun by today, the newest first, six at most."""
    found: list[Period] = []
    period = following(containing(today, Kind(rhythm.value)))
    while period is not None and len(found) < MOST_PERIODS and period.last >= since:
        if period.first <= today and (until is None or period.last < until):
            found.append(period)
        period = previous(period)
    return found


def due_on(period: Period) -> date:
    """By when a period's report is due."""
    return period.last + timedelta(days=REPORT_WITHIN)


def is_asked_for(period: Period, today: date) -> bool:
    """Whether it is time to remind somebody of a period's report: from some weeks before its end."""
    return today >= period.last - timedelta(days=ASKED_BEFORE)


def why_not_list(name: str, expects: Collection[str], since: date, duties: Sequence[DutySaid]) -> Refused | None:
    """A list has a name, somebody who reports on it, a day to begin on, and duties with a code of their own."""
    if not name:
        return Refused("duties.no_name", field="name")
    if not expects:
        return Refused("duties.nobody_asked", field="expects")
    if not EARLIEST <= since <= LATEST:
        return Refused("duties.day_out_of_range", field="since", low=EARLIEST, high=LATEST)
    if len(duties) > MOST_DUTIES:
        return Refused("duties.too_many", most=MOST_DUTIES)
    codes = [duty.code for duty in duties]
    if not all(codes) or not all(duty.wording for duty in duties):
        return Refused("duties.half_a_duty")
    if len(set(codes)) < len(codes):
        return Refused("duties.code_twice", code=next(code for code in codes if codes.count(code) > 1))
    return None


def why_not_answers(said: Mapping[int, Said]) -> Refused | None:
    """Nothing but "done" goes without a sentence. By the ids of the duties, in their order."""
    for duty, one in said.items():
        if one.answer is not None and one.answer is not Answer.DONE and not one.note:
            return Refused("duties.no_sentence", field=f"note_{duty}")
    return None


def why_not_submitted(said: Mapping[int, Said]) -> Refused | None:
    """A report answers every duty."""
    left = [duty for duty, one in said.items() if one.answer is None]
    if left:
        return Refused("duties.not_answered", field=f"answer_{left[0]}", count=len(left))
    return why_not_answers(said)


def why_not_shortcoming(wording: str, found_on: date, today: date) -> Refused | None:
    """A shortcoming is said in words and was found by today."""
    if not wording:
        return Refused("shortcomings.no_words", field="wording")
    if found_on > today:
        return Refused("shortcomings.in_the_future", field="found_on")
    if found_on < EARLIEST:
        return Refused("duties.day_out_of_range", field="found_on", low=EARLIEST, high=LATEST)
    return None


def why_not_task(standing: Remedy, since: date, today: date) -> Refused | None:
    """A remedy is given while there is something to remedy, and begins by today."""
    if standing is Remedy.WITHDRAWN:
        return Refused("shortcomings.withdrawn")
    if standing is Remedy.REMEDIED:
        return Refused("shortcomings.remedied_already")
    return Refused("shortcomings.begins_later", field="since") if since > today else None
