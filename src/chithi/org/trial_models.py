"""What is kept of a plan tried: what it would do, worked out once, until the plan or the tree changes."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.org.kinds import TrialState


class PlanTrial(Guarded):
    """A trial that somebody asked for, one a plan and asker: others may reach further and see something else.

    `plan_version`, `tree` (the newest event of the tree) and `reach` (a digest of the asker's) say what it was worked
    out for; where one of them is another by now, it says so and is worked out anew. `applying`: the plan is to be
    carried out, not only tried; `undo_on`: it was, and is to be undone from that day, by `document`. `found` holds the
    preview, or the reasons why it cannot be undone (`chithi.org.trial_form`), `work` what is open in units that
    close; `problem` is the refusal that ended it, a code and its facts.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey("org.Reorganisation", on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField()  # 0: whoever runs the installation
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in TrialState])
    applying = models.BooleanField(default=False)
    undo_on = models.DateField(null=True)
    document = models.CharField(max_length=200, blank=True, default="")
    plan_version = models.PositiveIntegerField()
    tree = models.BigIntegerField()
    reach = models.CharField(max_length=64)
    found = models.JSONField(default=dict, blank=True)
    work = models.JSONField(default=dict, blank=True)
    problem = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "by_id"], name="plan_trial_once"),
        ]
