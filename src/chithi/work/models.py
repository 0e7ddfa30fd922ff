"""What somebody was told of, how they want to be told, and the secret of their calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from chithi.db.models import Guarded, Open
from chithi.work.kinds import How, Topic


class Notice(Guarded):
    """Somebody was told of a thing to do, once for each stage (`chithi.work.rules.stage`).

    `unit` is whose work it is: out of reach, the notice is gone with it. `item` names the thing
    (`chithi.core.due.DueItem.name`); `mail_on` is the day of the letter it is to stand in, null where none was wanted.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    item = models.CharField(max_length=120)
    stage = models.CharField(max_length=10)
    what_vi = models.CharField(max_length=300)
    what_en = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    address = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mail_on = models.DateField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "item", "stage"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_user_at"),
            models.Index(fields=["user", "read_at"], name="notice_user_read"),
        ]


class Choice(Open):
    """How an account wants to be told of a topic; without a row as `chithi.work.choices.USUAL` says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20, choices=[(t.value, t.value) for t in Topic])
    how = models.CharField(max_length=10, choices=[(h.value, h.value) for h in How])

    class Meta(Open.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="choice_once")]


class Feed(Open):
    """The secret address of somebody's calendar. Only its digest is kept; a new one ends the one before."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
