"""The numbers of a unit's page as somebody would write them who keeps no totals: plain SQL over the tree, each time.

One statement a measure; each walks the subtree of the period's end down from the unit, closed units under their heirs.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection

from chithi.core.periods import Period
from chithi.indicators.meanings import Definitions
from chithi.indicators.models import Measure, PeriodRow

_SUBTREE = """
WITH RECURSIVE edge(unit_id, parent_id) AS (
    SELECT unit_id, parent_id FROM org_unitstate WHERE since <= %(day)s AND (until IS NULL OR until > %(day)s)
    UNION ALL
    SELECT unit_id, heir_id FROM org_closing WHERE since <= %(day)s AND (until IS NULL OR until > %(day)s)
), sub(unit_id) AS (
    SELECT CAST(%(unit)s AS bigint)
    UNION
    SELECT edge.unit_id FROM edge JOIN sub ON edge.parent_id = sub.unit_id
)
"""
_RECORDED = {
    "org.cells": """SELECT count(*) FROM org_unitstate s JOIN sub USING (unit_id)
        WHERE s.since <= %(day)s AND (s.until IS NULL OR s.until > %(day)s)
        AND s.is_cell""",
    "org.grassroots": """SELECT count(*) FROM org_unitstate s JOIN sub USING (unit_id)
        WHERE s.since <= %(day)s AND (s.until IS NULL OR s.until > %(day)s)
        AND s.is_grassroots""",
    "org.villages": """SELECT count(*) FROM org_unitstate s JOIN sub USING (unit_id)
        WHERE s.since <= %(day)s AND (s.until IS NULL OR s.until > %(day)s)
        AND s.kind = 'village'""",
    "org.villages_with_cell": """SELECT count(*) FROM org_unitstate s JOIN sub USING (unit_id)
        WHERE s.since <= %(day)s AND (s.until IS NULL OR s.until > %(day)s)
        AND s.kind = 'village' AND s.unit_id IN (SELECT l.unit_id FROM org_unitlink l
            WHERE l.kind = 'village_cell' AND l.since <= %(day)s AND (l.until IS NULL OR l.until > %(day)s))""",
    "org.members_on_duty": """SELECT count(DISTINCT m.person_id) FROM org_membership m JOIN sub USING (unit_id)
        WHERE m.since <= %(day)s AND (m.until IS NULL OR m.until > %(day)s)
        AND m.person_id NOT IN (SELECT e.person_id FROM org_exemption e
            WHERE e.since <= %(day)s AND (e.until IS NULL OR e.until > %(day)s))""",
    "org.key_leaders": """SELECT count(DISTINCT p.person_id) FROM org_post p JOIN sub USING (unit_id)
        WHERE p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s) AND p.is_key_leader""",
}
_ENTERED = """SELECT sum(f.value) FROM indicators_figure f JOIN sub USING (unit_id)
    WHERE f.period_id = %(period)s AND f.measure_id = %(measure)s AND f.member_id IS NULL
    AND f.state = 'live' AND f.covers = 'own' AND f.role = 'level'"""


def plain_numbers(unit_id: int, period: Period, codes: Collection[str] | None = None) -> dict[str, int]:
    """Numerators by indicator code (all or these), in each measure's fixed scale; what nobody entered is left out."""
    row = PeriodRow.objects.get(code=period.code)
    found = {}
    for meaning in Definitions().on(period):
        if not is_counted(meaning.numerator) or (codes is not None and meaning.code not in codes):
            continue
        value = _counted(meaning.numerator, unit_id, row)
        if value is not None:
            found[meaning.code] = value
    return found


def is_counted(measure: Measure) -> bool:
    """Whether the plain count of this measure is written here: all entered ones, and the recorded ones named above."""
    return not measure.recorded or measure.code in _RECORDED


_OF_PEOPLE = frozenset({"org.members_on_duty", "org.key_leaders"})


def _counted(measure: Measure, unit_id: int, row: PeriodRow) -> int | None:
    """What is counted from records of people was entered by hand where there are none, as in the demo of a nation."""
    facts: dict[str, int | date] = {"unit": unit_id, "day": row.last, "period": row.pk, "measure": measure.pk}
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM org_person)")
        entered = measure.code in _OF_PEOPLE and not cursor.fetchone()[0]
        cursor.execute(_SUBTREE + (_ENTERED if entered else _RECORDED.get(measure.code, _ENTERED)), facts)
        value = cursor.fetchone()[0]
    return None if value is None else int(value)
