"""Who works where: officials, civil servants and public employees of an agency, members and not.

The head of the agency reviews them, not a cell. Whoever writes them down keeps the register of people there.
"""

from __future__ import annotations

from datetime import date

from chithi.db.viewer import Viewer
from chithi.org.kinds import EmploymentKind
from chithi.org.models import Employment
from chithi.org.people_ground import NewPerson, act, end, may_begin, note, person_within, seen, unit_within


def employ(*, by: Viewer, person: int | NewPerson, unit_id: int, kind: EmploymentKind, since: date) -> Employment:
    """Somebody works in a unit from a day on; once at a time in the same unit."""
    with act():
        unit_within(by, unit_id, since)
        person_id = person_within(by, person)
        may_begin(Employment, by, since, None, person_id=person_id, unit_id=unit_id)
        made = Employment.objects.create(person_id=person_id, unit_id=unit_id, kind=kind.value, since=since)
        note("org.employed", by, made, since, kind=kind.value)
        return made


def end_employment(*, by: Viewer, employment_id: int, seen_version: int, on: date) -> Employment:
    """Somebody works there no longer; the day itself does not count."""
    with act():
        return end(seen(Employment, by, employment_id, seen_version), "org.employment_ended", by, on)
