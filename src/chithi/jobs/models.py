"""One row for each piece of work."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Open
from chithi.jobs.kinds import JobState


class Job(Open):
    """A piece of work: which `deed`, under which `key` (asking twice under one key is asking once), about what.

    `facts` holds ids and days, never names or texts. `due_at`: not before. `held_by` and `held_until`: which worker
    has it in hand, and until when one believes so. `problem`: what went wrong the last time, without anybody's data.
    """

    deed = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, default=JobState.WAITING.value, choices=[(s.value, s.value) for s in JobState]
    )
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    held_by = models.CharField(max_length=80, default="")
    held_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, default="")
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Open.Meta):
        constraints = [models.UniqueConstraint(fields=["deed", "key"], name="job_once")]
        indexes = [
            models.Index(fields=["state", "deed", "due_at"], name="job_to_take"),
            models.Index(fields=["state", "id"], name="job_state"),
            models.Index(fields=["state", "-ended_at"], name="job_ended"),
        ]
