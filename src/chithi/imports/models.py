"""What is stored of an import: how far it has come, what was found, and for a while its file."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.imports.kinds import ImportKind, ImportState
from chithi.org.models import Unit


class Import(Guarded):
    """One sheet brought for a unit and what is below it.

    `counts`, `problems` (at most `rows.MOST_KEPT`) and `alike` are what the check found. The work on it is asked for
    with `chithi.jobs` (`rules.check_key`, `rules.apply_key`).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ImportKind])
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ImportState], default=ImportState.UPLOADED.value
    )
    filename = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    alike = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "-at"], name="import_unit_at")]


class ImportFile(Guarded):
    """The file as it was brought; deleted some time after its import has ended (`rules.KEPT`)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    batch = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="+")
    data = models.BinaryField()
