"""Bringing the members on duty of an invented province to the counts that its size names, day after day. Pure.

The ordinary lives of people (`chithi.org.demo.people`) come out as they do. Between one named day and the next just so
many more join, or leave, that the count on the day is the named one; every later day is counted again with them in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, islice

from chithi.org.demo import words
from chithi.org.demo.people import ALWAYS, PROBATION, PeoplePlan, PlannedExemption, PlannedPerson, Stay
from chithi.org.demo.sizes import BEGAN, ENDS
from chithi.org.demo.streams import Stream

_DAY = timedelta(days=1)


def balance(plan: PeoplePlan) -> None:
    """Make `TreeSize.on_duty` true; does nothing where it names no day."""
    days = plan.tree.size.on_duty
    if not days:
        return
    plan.exemptions = [_open_ended(exemption) for exemption in plan.exemptions]
    exempt = _exempt_by_person(plan)
    before = date(days[0][0].year - 1, 12, 31)
    for day, wanted in days:
        lacking = wanted - sum(1 for person in plan.people if on_duty(person, day, exempt))
        if lacking > 0:
            _join(plan, before, day, lacking)
        else:
            _leave(plan, before, day, -lacking, exempt)
        before = day


def on_duty(person: PlannedPerson, day: date, exempt: dict[str, list[PlannedExemption]]) -> bool:
    """A member of some cell on the day, and not exempt: what `org.members_on_duty` counts."""
    stays = [*person.stays, person.second] if person.second else person.stays
    return any(stay.covers(day) for stay in stays) and not any(
        e.since <= day and (e.until is None or e.until > day) for e in exempt.get(person.ref, ())
    )


def _open_ended(exemption: PlannedExemption) -> PlannedExemption:
    """What has not ended when the records end has no known end, so that later days count like the last one."""
    ends_later = exemption.until is not None and exemption.until > ENDS
    return replace(exemption, until=None) if ends_later else exemption


def _exempt_by_person(plan: PeoplePlan) -> dict[str, list[PlannedExemption]]:
    found: dict[str, list[PlannedExemption]] = {}
    for exemption in plan.exemptions:
        found.setdefault(exemption.person.ref, []).append(exemption)
    return found


def _join(plan: PeoplePlan, after: date, day: date, count: int) -> None:
    """So many are admitted on days in (after, day], one cell after the other in a shuffled order. They stay."""
    stream = Stream(plan.seed, "org.joining", day.isoformat())
    lasting = [u.code for u in plan.tree.units.values() if u.is_cell and u.closed is None and u.opened == BEGAN]
    for number, cell in enumerate(islice(cycle(stream.shuffled(lasting)), count)):
        on = stream.day(after + _DAY, day)
        name, born = words.person_name(stream), on.year - stream.between(20, 38)
        person = PlannedPerson(f"{cell}/joined/{day.year}/{number}", name, born, admitted=True, bound_until=ALWAYS)
        person.stays = [Stay(cell, on, on + PROBATION, probationary=True), Stay(cell, on + PROBATION)]
        plan.rosters[cell].append(plan.add(person))


def _leave(plan: PeoplePlan, after: date, day: date, count: int, exempt: dict[str, list[PlannedExemption]]) -> None:
    """So many move away on days in (after, day], of those whom no post, exemption or second cell binds."""
    stream = Stream(plan.seed, "org.leaving", day.isoformat())
    free = [
        person
        for person in plan.people
        if person.bound_until <= after
        and person.second is None
        and person.ref not in exempt
        and person.stays
        and person.stays[-1].until is None
        and person.stays[-1].since <= after
    ]
    leaving = stream.some(free, count)
    if len(leaving) < count:
        raise ValueError(f"{day}: only {len(free)} members are free to leave, {count} must")
    for person in leaving:
        person.stays[-1].until = stream.day(after + _DAY, day)
