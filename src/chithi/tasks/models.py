"""What is stored of tasks. Facts only: state and colour follow from them and the day (`chithi.following`).

Posts and documents that a task names are protected by the database alone (DO_NOTHING), so that deleting an unused one
does not ask guarded tables.
"""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.directives.models import Directive
from chithi.following.models import FollowedRow
from chithi.org.models import Person, Post, Unit
from chithi.tasks.kinds import Origin


class Task(FollowedRow):
    """One piece of work of one unit, with one owner and one day.

    `unit` is whose task it is today (`Holding` says whose it was before). The owner is a post, which follows a
    hand-over, or a person. `assigned_by` is the unit that gave it, the same one where a unit gave it to itself: it
    alone changes the wording and the day, and judges. `parent` is the task of the level above that this one carries
    on. `folded` is the title without tone marks. `finished_by` is the account that reported the end, `told_on` the day
    on which it did; `accepted_on` the day on which somebody else than the owner found it good. `for_below`: units below
    that carry the document out are to carry this piece of work on as well (`PlanLine`). `origin_kind` and `origin_id`
    name what it came out of, where that is kept (`chithi.tasks.origins`).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    product = models.CharField(max_length=300, blank=True)
    directive = models.ForeignKey(Directive, null=True, on_delete=models.DO_NOTHING, related_name="+")
    clause = models.CharField(max_length=120, blank=True)
    owner_post = models.ForeignKey(Post, null=True, on_delete=models.DO_NOTHING, related_name="+")
    owner_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    for_below = models.BooleanField(default=False)
    origin_kind = models.CharField(max_length=20, blank=True, choices=[(k.value, k.value) for k in Origin])
    origin_id = models.BigIntegerField(null=True)
    weight = models.PositiveSmallIntegerField(default=1)
    finished_by_id = models.BigIntegerField(null=True)
    told_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    accepted_by_id = models.BigIntegerField(null=True)
    cancel_reason = models.CharField(max_length=500, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(FollowedRow.Meta):
        indexes = [
            models.Index(
                fields=[
                    "unit",
                    "due_on",
                    "since",
                    "finished_on",
                    "cancelled_on",
                    "suspended_from",
                    "suspended_until",
                    "risk_on",
                    "miss_on",
                    "updated_on",
                    "due_month",
                    "directive",
                ],
                name="task_counted",
            ),
            models.Index(fields=["due_on"], name="task_due"),
            models.Index(fields=["assigned_by"], name="task_assigned_by"),
            models.Index(
                fields=["origin_kind", "origin_id"], name="task_origin", condition=models.Q(origin_id__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_has_one_owner",
                condition=models.Q(owner_post__isnull=True, owner_person__isnull=False)
                | models.Q(owner_post__isnull=False, owner_person__isnull=True),
            ),
            models.CheckConstraint(
                name="task_origin_whole",
                condition=models.Q(origin_kind="", origin_id__isnull=True)
                | (~models.Q(origin_kind="") & models.Q(origin_id__isnull=False)),
            ),
            models.CheckConstraint(name="task_due_after_beginning", condition=models.Q(due_on__gte=models.F("since"))),
        ]


class Holding(Guarded):
    """A task is a unit's over an interval: from its beginning, or from the day on which its former unit closed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "since", "until"], name="holding_unit_days")]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(until__isnull=True), name="holding_one_at_a_time"
            )
        ]


class Helper(Guarded):
    """A unit that helps with a task; or a post or a person in it, where one is named: then they alone help."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit"],
                condition=models.Q(post__isnull=True, person__isnull=True),
                name="helper_unit_once",
            ),
            models.UniqueConstraint(
                fields=["task", "post"], condition=models.Q(post__isnull=False), name="helper_post_once"
            ),
            models.UniqueConstraint(
                fields=["task", "person"], condition=models.Q(person__isnull=False), name="helper_person_once"
            ),
            models.CheckConstraint(
                name="helper_is_one", condition=models.Q(post__isnull=True) | models.Q(person__isnull=True)
            ),
        ]


class Step(Guarded):
    """One step of a task's roadmap."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True)


class DeadlineChange(Guarded):
    """Another day was asked for; somebody of the assigning unit agrees or not. The history stays."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    old = models.DateField()
    new = models.DateField()
    reason = models.CharField(max_length=500)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    agreed = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(agreed__isnull=True), name="deadline_change_one_open"
            )
        ]


class Suspension(Guarded):
    """A task rests from `since` on, until the day `until`, which no longer counts (None: until it goes on)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)


class Explanation(Guarded):
    """Somebody is asked to explain by a day; they answer; the assigning unit says whether that is good enough.

    `missed` is the day that passed, where the asking is the machine's: it asks once for each. `enough` is None until
    judged; an answer that was not enough may be given anew.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    missed = models.DateField(null=True)
    question = models.CharField(max_length=500, blank=True)
    asked_on = models.DateField()
    asked_by_id = models.BigIntegerField(null=True)
    due_on = models.DateField()
    answer = models.CharField(max_length=2000, blank=True)
    answered_on = models.DateField(null=True)
    answered_by_id = models.BigIntegerField(null=True)
    enough = models.BooleanField(null=True)
    verdict = models.CharField(max_length=500, blank=True)
    judged_on = models.DateField(null=True)
    judged_by_id = models.BigIntegerField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["task", "missed"], name="explanation_once_a_day_missed"),
            models.UniqueConstraint(
                fields=["task"],
                condition=models.Q(enough__isnull=True) | models.Q(enough=False),
                name="explanation_one_open",
            ),
        ]


class Escalation(Guarded):
    """An overdue task was brought before a level above: `level` 1 is the unit directly above whose task it is."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    missed = models.DateField()
    on = models.DateField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["task", "missed", "level"], name="escalation_once")]


class PlanLine(Guarded):
    """What a document of a unit says of one piece of work; it becomes a task when the document goes out.

    `above` is the task of the level above that it carries on, or (`left_out`) does not take up, for a `reason`; None
    for work that the unit adds. `helpers` holds choices (`chithi.tasks.helping.Helping.of`). `task` is what became of
    it. `number` is its place.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, on_delete=models.DO_NOTHING, related_name="+")
    above = models.ForeignKey(Task, null=True, on_delete=models.DO_NOTHING, related_name="+")
    number = models.PositiveSmallIntegerField()
    left_out = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300)
    product = models.CharField(max_length=300, blank=True)
    clause = models.CharField(max_length=120, blank=True)
    owner_post = models.ForeignKey(Post, null=True, on_delete=models.DO_NOTHING, related_name="+")
    owner_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    for_below = models.BooleanField(default=False)
    helpers = models.JSONField(default=list)
    task = models.ForeignKey(Task, null=True, on_delete=models.DO_NOTHING, related_name="+")

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["directive", "number"], name="plan_line_in_order")]
        constraints = [models.UniqueConstraint(fields=["directive", "above"], name="plan_line_once_for_each_above")]
