"""What is stored of work calendars: the lines that come back each year, what was made of them, what was not wanted."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.directives.models import Directive
from chithi.org.models import Post, Unit
from chithi.routine.kinds import DayOff, Makes, Rhythm
from chithi.routine.rules import When
from chithi.tasks.models import Task


class Line(Guarded):
    """One thing that a unit does each year; see `chithi.routine.rules.When` for its days.

    `shipped` is the code of the shipped line it began with (`chithi.routine.shipped`). `origin` is the line of a unit
    above it was taken from, `origin_version` the version of that one as it was taken, or kept aside, last. `offers_to`
    holds the kinds of units below it is offered to (`chithi.org.kinds.Expected`, with commas). A line is never deleted,
    for what was made of it points here: it is left out from `dropped_on` on.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    content = models.CharField(max_length=1000, blank=True)
    product = models.CharField(max_length=300, blank=True)
    rhythm = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Rhythm])
    month = models.PositiveSmallIntegerField()
    until_month = models.PositiveSmallIntegerField(default=12)
    day = models.PositiveSmallIntegerField(null=True)
    day_off = models.CharField(max_length=8, choices=[(k.value, k.value) for k in DayOff])
    span = models.PositiveSmallIntegerField(default=0)
    makes = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Makes])
    remind = models.PositiveSmallIntegerField(default=7)
    owner_post = models.ForeignKey(Post, null=True, on_delete=models.DO_NOTHING, related_name="+")
    directive = models.ForeignKey(Directive, null=True, on_delete=models.DO_NOTHING, related_name="+")
    offers_to = models.CharField(max_length=80, blank=True)
    shipped = models.CharField(max_length=40, blank=True)
    origin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    origin_version = models.PositiveIntegerField(default=0)
    dropped_on = models.DateField(null=True)
    by_id = models.BigIntegerField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "dropped_on"], name="routine_line_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "origin"], condition=models.Q(dropped_on__isnull=True), name="routine_origin_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "shipped"],
                condition=models.Q(dropped_on__isnull=True) & ~models.Q(shipped=""),
                name="routine_shipped_once",
            ),
        ]

    def when(self) -> When:
        """Its days, for the rules."""
        return When(Rhythm(self.rhythm), self.month, self.day, self.until_month, DayOff(self.day_off), self.span)


class Turn(Guarded):
    """What a line became once: a task, or a reminder that is there until somebody says it is done.

    `slot` names the turn within the line ("2027", "2027-03"), so that making a year again makes only what is missing.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    slot = models.CharField(max_length=10)
    due_on = models.DateField()
    task = models.ForeignKey(Task, null=True, on_delete=models.DO_NOTHING, related_name="+")
    done_on = models.DateField(null=True)
    by_id = models.BigIntegerField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "due_on"], name="routine_turn_unit_due")]
        constraints = [models.UniqueConstraint(fields=["line", "slot"], name="routine_turn_once")]


class Declined(Guarded):
    """A unit does not take a line that a unit above offers; it is not asked again."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "line"], name="routine_declined_once")]
