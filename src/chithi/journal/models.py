"""One table: an entry per deed."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded


class Entry(Guarded):
    """A deed. `verb` is a stable code such as `figures.confirmed`; `facts` holds codes, ids and counts, no texts
    about people. `by_id` is the account (null: the machine), `unit` the unit whose affair it was."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["unit", "-at"], name="journal_unit_at"),
            models.Index(fields=["about_kind", "about_id"], name="journal_about"),
        ]
