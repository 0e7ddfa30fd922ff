"""The file of one unit on a directive, entry by entry, with the record behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count

from chithi.core.errors import Absent
from chithi.db.viewer import Viewer
from chithi.directives.heirs import closed_below
from chithi.directives.models import Directive
from chithi.directives.reading import readable
from chithi.dossiers.completeness import Dossiers, reports_since, tasks_under
from chithi.dossiers.kinds import Known
from chithi.dossiers.models import Entry, Tick
from chithi.dossiers.queries import section_for, ticks_of
from chithi.registry.models import Issued
from chithi.tasks.models import Task

_WHY = "what is in the file of a unit found in reach"


class Behind(StrEnum):
    """What the record behind an entry is."""

    NOTHING = "nothing"
    DOCUMENT = "document"
    SECTION = "section"
    TASKS = "tasks"
    ISSUED = "issued"


@dataclass(frozen=True)
class Found:
    """An entry of a unit's file: whether it is there, the record behind it, what the unit said by hand.

    `id` is the record's; of tasks the id of the document they are under, and `count` how many there are. `tick` is the
    unit's own word, which it may take back, or that of a unit it was made out of.
    """

    entry: Entry
    there: bool
    behind: Behind = Behind.NOTHING
    id: int = 0
    text: str = ""
    on: date | None = None
    count: int = 0
    tick: Tick | None = None


def file_of(viewer: Viewer, directive: Directive, unit_id: int) -> list[Found]:
    """Every entry, in order. `Absent` where the unit is out of reach or not asked. Up to twenty-four queries."""
    dossiers = Dossiers(viewer, directive, unit_id)
    if not dossiers.asks(unit_id):
        raise Absent("dossiers.not_asked")
    there = dossiers.there(unit_id)
    units = [unit_id, *closed_below(dossiers.cascade.tree, [unit_id])]
    ticks = {row.entry_id: row for row in ticks_of(units, there) if row.unit_id != unit_id}
    ticks |= {row.entry_id: row for row in ticks_of([unit_id], there)}
    signs = _signs(viewer, ticks.values())
    found = []
    for entry in dossiers.entries:
        tick = ticks.get(entry.pk)
        if entry.pk not in there:
            found.append(Found(entry, there=False))
        elif tick is not None:
            document = tick.document_id if tick.document_id in signs else None
            behind = Behind.DOCUMENT if document else Behind.NOTHING
            found.append(
                Found(entry, True, behind, document or 0, signs.get(document or 0, ""), tick.done_on, tick=tick)
            )
        else:
            found.append(_record(viewer, dossiers, entry, units))
    return found


def _signs(viewer: Viewer, ticks: Iterable[Tick]) -> dict[int, str]:
    """By id, the numbers of those documents named as evidence that the reader may read."""
    named = {tick.document_id for tick in ticks if tick.document_id}
    return dict(readable(viewer).filter(pk__in=named).values_list("pk", "sign")) if named else {}


def _record(viewer: Viewer, dossiers: Dossiers, entry: Entry, units: list[int]) -> Found:
    """The record behind an entry that is known without anybody's word."""
    directive, unit_id = dossiers.cascade.directive, units[0]
    if entry.known == Known.PLAN:
        pk, sign = dossiers.cascade.documents([unit_id])[unit_id]
        return Found(entry, True, Behind.DOCUMENT, pk, sign, dossiers.cascade.issued_on(unit_id))
    if entry.known == Known.TASKS:
        rows = Task.objects.everywhere(because=_WHY).filter(tasks_under(directive), unit_id__in=units)
        counts = dict(rows.order_by().values_list("directive_id").annotate(n=Count("pk")))
        most = max(counts, key=lambda pk: (counts[pk], pk))
        return Found(entry, True, Behind.TASKS, int(most or 0), count=sum(counts.values()))
    if entry.known == Known.REPORT:
        lines = Issued.objects.everywhere(because=_WHY).filter(reports_since(directive), unit_id__in=units)
        pk, sign, dated = lines.order_by("-dated", "-pk").values_list("pk", "sign", "dated")[0]
        return Found(entry, True, Behind.ISSUED, pk, sign, dated)
    section = section_for([unit_id], directive.pk, viewer.today)[unit_id]
    return Found(entry, True, Behind.SECTION, section.pk, section.name, section.since)
