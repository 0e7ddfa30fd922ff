"""What is stored of duties and shortcomings. Facts only: every state follows from them (`chithi.duties.rules`).

The database alone protects what hangs together (DO_NOTHING), so that deleting a draft does not ask guarded tables.
"""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.directives.models import Directive
from chithi.duties.kinds import Answer, Concerns, Found, Rhythm
from chithi.org.models import Unit


class DutyList(Guarded):
    """One version of a list of duties that a unit lays down for units of some kinds in its own subtree.

    `sign` names the regulation, `directive` the same in the register, where it stands there. `expects` holds the kinds
    of units that report (`chithi.org.kinds.Expected`, with commas). It is in force from `since` until the day `until`,
    which no longer counts. `follows` is the version it takes the place of. Drafts are read by those who write for the
    unit; what went out is read by everybody below it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sign = models.CharField(max_length=60, blank=True)
    directive = models.ForeignKey(Directive, null=True, on_delete=models.DO_NOTHING, related_name="+")
    expects = models.CharField(max_length=80)
    rhythm = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Rhythm])
    is_draft = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.DO_NOTHING, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "-since"], name="duty_list_unit")]
        constraints = [
            models.CheckConstraint(
                name="duty_list_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.UniqueConstraint(
                fields=["follows"], condition=models.Q(follows__isnull=False), name="duty_list_one_follows"
            ),
        ]


class Duty(Guarded):
    """One duty of a list, in our own short words."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    duties = models.ForeignKey(DutyList, on_delete=models.DO_NOTHING, related_name="+")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    wording = models.CharField(max_length=300)
    concerns = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Concerns])

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["duties", "code"], name="duty_code_once")]


class DutyReport(Guarded):
    """What a unit says about a list in a period (`period` is its code, `last` its last day).

    `submitted_on` is None while it is written, and again once it was sent back; `returned_why` says why it was.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    duties = models.ForeignKey(DutyList, on_delete=models.DO_NOTHING, related_name="+")
    period = models.CharField(max_length=40)
    last = models.DateField()
    submitted_on = models.DateField(null=True)
    submitted_by_id = models.BigIntegerField(null=True)
    returned_on = models.DateField(null=True)
    returned_by_id = models.BigIntegerField(null=True)
    returned_why = models.CharField(max_length=500, blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["duties", "period", "unit", "submitted_on"], name="duty_report_period")]
        constraints = [models.UniqueConstraint(fields=["unit", "duties", "period"], name="duty_report_once")]


class DutyAnswer(Guarded):
    """What a report says about one duty, in a word and a sentence, and where the evidence is found."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(DutyReport, on_delete=models.DO_NOTHING, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.DO_NOTHING, related_name="+")
    answer = models.CharField(max_length=16, choices=[(k.value, k.value) for k in Answer])
    note = models.CharField(max_length=500, blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["report", "duty"], name="duty_answer_once")]


class Shortcoming(Guarded):
    """A shortcoming of a unit as a body; those of persons are not kept (docs/decisions/duties.md).

    `source` says where it was found in words (which session, which conclusion), `found_on` when; `answer` is the duty
    it came out of, where it did. Withdrawn: written down by mistake. How it stands follows from its tasks
    (`chithi.tasks.origins`) and from `Recurrence`.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=16, choices=[(k.value, k.value) for k in Found])
    found_on = models.DateField()
    source = models.CharField(max_length=300, blank=True)
    answer = models.ForeignKey(DutyAnswer, null=True, on_delete=models.DO_NOTHING, related_name="+")
    wording = models.CharField(max_length=500)
    cause = models.CharField(max_length=500, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "found_on", "withdrawn_on"], name="shortcoming_unit_found")]
        constraints = [
            models.UniqueConstraint(
                fields=["answer"],
                condition=models.Q(answer__isnull=False, withdrawn_on__isnull=True),
                name="shortcoming_once_an_answer",
            )
        ]


class Recurrence(Guarded):
    """A remedied shortcoming was found again: tasks given before (up to `after_id`) no longer remedy it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    shortcoming = models.ForeignKey(Shortcoming, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=500)
    after_id = models.BigIntegerField()
    by_id = models.BigIntegerField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["shortcoming", "after_id", "on"], name="recurrence_of")]
