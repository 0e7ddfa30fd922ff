"""Rules, holds and what was done. No row here holds a name."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded, Open
from chithi.privacy.kinds import Kept

KINDS = [(kind.value, kind.value) for kind in Kept]


class Rule(Open):
    """How long one kind is kept. Rules are added, never rewritten: the newest of a kind holds.

    `months` None: for ever. `automatic`: the worker applies it every night; else somebody does it from the page.
    """

    kind = models.CharField(max_length=20, choices=KINDS)
    months = models.PositiveIntegerField(null=True)
    automatic = models.BooleanField(default=False)
    basis = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Open.Meta):
        indexes = [models.Index(fields=["kind", "-id"], name="privacy_rule_kind")]


class Hold(Guarded):
    """A person whose data must not be touched while a case runs. `unit` is the last one the person was in."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)
    by_id = models.BigIntegerField(null=True)
    ended_by_id = models.BigIntegerField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until__isnull=True), name="privacy_hold_once_at_a_time"
            ),
        ]


class Run(Open):
    """One time that rules were applied: when, by whom (null: the worker), how many of each kind.

    The proof, with its digests, stands in the journal of the units concerned. `single` marks a person's own request.
    """

    day = models.DateField(db_index=True)
    at = models.DateTimeField(auto_now_add=True)
    by_id = models.BigIntegerField(null=True)
    single = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
