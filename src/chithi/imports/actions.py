"""What people do with an import: bring a file, have it applied, cancel it. The work itself is `chithi.imports.work`."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Viewer
from chithi.imports import rules
from chithi.imports.kinds import NEEDS, ImportKind, ImportState
from chithi.imports.models import Import, ImportFile
from chithi.jobs.actions import ask
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.sheets.reading import DEFAULT
from chithi.text.vietnamese import clean

FORGOTTEN_AT_ONCE = 100
_WHY = "files of imports that have ended are forgotten, whoever brought them"


@transaction.atomic
def bring(*, by: Viewer, kind: ImportKind, unit_id: int, filename: str, data: bytes) -> Import:
    """Keep a sheet to be checked; nothing else changes."""
    reach = by.reach(NEEDS[kind])
    if not Unit.objects.visible_to(reach).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", field="unit", unit=unit_id)
    if not data:
        raise Refused("sheets.empty", field="file")
    if len(data) > DEFAULT.size:
        raise Refused("sheets.too_large", field="file", limit=DEFAULT.size // 1_000_000)
    batch = Import.objects.create(
        unit_id=unit_id,
        kind=kind.value,
        filename=clean(filename).strip()[-200:],
        size=len(data),
        by_id=by.user_id,
    )
    ImportFile.objects.create(unit_id=unit_id, batch=batch, data=data)
    ask(rules.SHEET, rules.check_key(batch.pk), {"import": batch.pk})
    record("imports.brought", by=by, unit_id=unit_id, about=batch, kind=kind.value)
    batch.must_lie_inside(reach)
    return batch


@transaction.atomic
def apply(*, by: Viewer, import_id: int, seen_version: int) -> Import:
    """Have a checked import applied; a worker does it next."""
    batch = _seen(by, import_id, seen_version)
    if problem := rules.why_not_apply(batch.state):
        raise problem
    batch.state, batch.done, batch.by_id = ImportState.APPLYING.value, 0, by.user_id
    batch.save(update_fields=["state", "done", "by_id"])
    ask(rules.SHEET, rules.apply_key(batch.pk), {"import": batch.pk})
    record("imports.asked_for", by=by, unit_id=batch.unit_id, about=batch, kind=batch.kind)
    return batch


@transaction.atomic
def cancel(*, by: Viewer, import_id: int, seen_version: int) -> Import:
    """Let an import be; a worker that has it in hand drops it."""
    batch = _seen(by, import_id, seen_version)
    if problem := rules.why_not_cancel(batch.state):
        raise problem
    batch.state, batch.finished_at = ImportState.CANCELLED.value, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    record("imports.cancelled", by=by, unit_id=batch.unit_id, about=batch, kind=batch.kind)
    return batch


def forget_files() -> int:
    """Delete files kept long enough, and what was said about their rows; how many. A chore of the worker."""
    latest = timezone.now() - rules.KEPT
    old = Import.objects.everywhere(because=_WHY).filter(at__lt=latest, size__gt=0)
    ready = old.filter(finished_at__lt=latest) | old.filter(finished_at__isnull=True, state=ImportState.CHECKED)
    batches = list(ready.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    if not batches:
        return 0
    with transaction.atomic():
        ImportFile.objects.everywhere(because=_WHY).filter(batch_id__in=batches).delete()
        forgotten = Import.objects.everywhere(because=_WHY).filter(pk__in=batches)
        forgotten.filter(state=ImportState.CHECKED).update(
            state=ImportState.CANCELLED.value, finished_at=timezone.now()
        )
        forgotten.update(problems=[], alike=[], size=0)
    return len(batches)


def _seen(by: Viewer, import_id: int, seen_version: int) -> Import:
    """The import as the doer saw it; `Absent` out of reach, `Stale` where it has gone on since."""
    for capability in sorted(set(NEEDS.values())):
        kinds = [kind.value for kind, needed in NEEDS.items() if needed is capability]
        batch = Import.objects.visible_to(by.reach(capability)).filter(pk=import_id, kind__in=kinds).first()
        if batch is not None:
            if batch.version != seen_version:
                raise Stale("db.stale")
            return batch
    raise Absent("imports.no_import", id=import_id)
