"""Reading imports: the list, one with what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from chithi.core.errors import Absent
from chithi.db.viewer import Viewer
from chithi.imports.kinds import NEEDS, ImportKind
from chithi.imports.models import Import, ImportFile
from chithi.imports.rows import Problem
from chithi.imports.rules import SHEET, apply_key, check_key
from chithi.jobs import queries as jobs
from chithi.org.places import tree_on

HEAVY = ("problems", "alike")


@dataclass(frozen=True)
class Found:
    """What the check of an import found: problems in the order of the sheet, rows that look alike."""

    problems: tuple[Problem, ...]
    alike: tuple[tuple[int, int, str], ...]


def imports(viewer: Viewer, *, page: int, size: int) -> tuple[list[Import], int]:
    """A page of the imports in reach, newest first, without what was found in them; how many there are. Two queries."""
    found = [
        Import.objects.visible_to(viewer.reach(needed)).filter(kind=kind.value).values("pk")
        for kind, needed in NEEDS.items()
        if viewer.may_anywhere(needed)
    ]
    inside = Q(pk__in=[])
    for some in found:
        inside |= Q(pk__in=some)
    rows = Import.objects.everywhere(because="each kind within the reach of its own capability").filter(inside)
    return list(rows.defer(*HEAVY).order_by("-pk")[(page - 1) * size : page * size]), rows.count()


def topmost(viewer: Viewer) -> int:
    """The unit at the top of today's tree; `Absent` on an empty one."""
    ids = tree_on(viewer.today).shape.unit_ids
    if not len(ids):
        raise Absent("org.no_unit", unit=0)
    return int(ids[0])


def one_import(viewer: Viewer, import_id: int) -> Import:
    """An import in the reach of the capability that its kind needs; `Absent` else. At most three queries."""
    for kind, needed in NEEDS.items():
        batch = Import.objects.visible_to(viewer.reach(needed)).filter(pk=import_id, kind=kind.value).first()
        if batch is not None:
            return batch
    raise Absent("imports.no_import", id=import_id)


def is_in_hand(batch: Import) -> bool:
    """Whether a worker is at it just now. One query."""
    return jobs.is_in_hand(SHEET, (check_key(batch.pk), apply_key(batch.pk)))


def found_in(batch: Import) -> Found:
    """Problems and rows that look alike, as the check wrote them down."""
    problems = tuple(Problem(p["row"], p["column"], p["code"], p["facts"]) for p in batch.problems)
    return Found(problems, tuple((row, other, name) for row, other, name in batch.alike))


def file_of(viewer: Viewer, import_id: int) -> tuple[Import, bytes]:
    """An import in reach with its file; `Absent("imports.file_gone")` where that was deleted."""
    batch = one_import(viewer, import_id)
    reach = viewer.reach(NEEDS[ImportKind(batch.kind)])
    stored = ImportFile.objects.visible_to(reach).filter(batch_id=batch.pk).first()
    if stored is None:
        raise Absent("imports.file_gone")
    return batch, bytes(stored.data)
