"""What is stored of work that is followed: the columns its state follows from, and each word on its progress."""

from __future__ import annotations

from typing import Any

from django.db import models

from chithi.db.models import Guarded
from chithi.files.kinds import FileKind
from chithi.files.models import Content
from chithi.following.kinds import Event, Followed
from chithi.following.rules import Facts, month_number, turns


class FollowedRow(Guarded):
    """The facts of a piece of work (`chithi.following.rules.Facts`), for a concept's own model to extend.

    `risk_on` and `miss_on` are reckoned from the other columns on each save (`rules.turns`), `due_month` is the month
    of the due day as a whole number (`rules.month_number`), to count by; who writes past `save` writes them too.
    """

    since = models.DateField()
    due_on = models.DateField()
    update_every = models.PositiveSmallIntegerField(default=30)
    updated_on = models.DateField(null=True)
    share = models.PositiveSmallIntegerField(null=True)
    next_step_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    suspended_from = models.DateField(null=True)
    suspended_until = models.DateField(null=True)
    risk_on = models.DateField(null=True, editable=False)
    miss_on = models.DateField(null=True, editable=False)
    due_month = models.PositiveIntegerField(default=0, editable=False)

    class Meta(Guarded.Meta):
        abstract = True

    def facts(self) -> Facts:
        """The same as plain data."""
        return Facts(
            since=self.since,
            due_on=self.due_on,
            update_every=self.update_every,
            updated_on=self.updated_on,
            share=self.share,
            next_step_on=self.next_step_on,
            finished_on=self.finished_on,
            cancelled_on=self.cancelled_on,
            suspended_from=self.suspended_from,
            suspended_until=self.suspended_until,
        )

    def save(self, **options: Any) -> None:
        """As every guarded row, with its turning points."""
        self.risk_on, self.miss_on = turns(self.facts())
        self.due_month = month_number(self.due_on)
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "risk_on", "miss_on", "due_month"}
        super().save(**options)


class Progress(Guarded):
    """One word on how far something is: a share in whole percent, words or both, and where its evidence is found.

    `kind` and `about_id` say what it is about; `unit` is whose it was then; `event` what was done with it, "" where it
    only reports. It speaks of the day `on` and was said at `at`. Words are added, never changed.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Followed])
    about_id = models.BigIntegerField()
    event = models.CharField(max_length=12, blank=True, choices=[(e.value, e.value) for e in Event])
    on = models.DateField()
    share = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["kind", "about_id", "on"], name="progress_about")]
        constraints = [
            models.CheckConstraint(
                name="progress_share_is_percent", condition=models.Q(share__isnull=True) | models.Q(share__lte=100)
            )
        ]


class Evidence(Guarded):
    """A file that shows what a word of progress says; `unit` is the word's, `size` in bytes.

    `content` is None once what it held is no longer kept, since `withheld_on`.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="+")
    content = models.ForeignKey(Content, null=True, on_delete=models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in FileKind])
    size = models.PositiveIntegerField()
    withheld_on = models.DateField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["progress", "content"], name="evidence_once"),
            models.CheckConstraint(
                name="evidence_is_kept_or_withheld",
                condition=models.Q(content__isnull=False, withheld_on__isnull=True)
                | models.Q(content__isnull=True, withheld_on__isnull=False),
            ),
        ]
