"""What is stored of requests by letter: the request with its outline, who is asked, what they answer.

What belongs to a request is taken away before it by the act that takes it away: the database alone protects the ties
(DO_NOTHING), so that deleting a draft does not ask guarded tables.
"""

from __future__ import annotations

from django.db import models

from chithi.calls.kinds import Asks
from chithi.calls.rules import Days
from chithi.db.models import Guarded
from chithi.directives.models import Directive
from chithi.indicators.models import Indicator
from chithi.org.models import Unit


class Call(Guarded):
    """A request of `unit`; a draft until `sent_on`. `directive` is the letter it goes out with, `period` the code of
    the period that figures of indicators are asked for ("" where the outline asks for none). `out_of` is the answer
    that the unit itself owes, where it passes a request on (`chithi.calls.passing`)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    content = models.TextField(blank=True)
    due_on = models.DateField()
    period = models.CharField(max_length=60, blank=True)
    directive = models.ForeignKey(Directive, null=True, on_delete=models.DO_NOTHING, related_name="+")
    out_of = models.ForeignKey("Reply", null=True, on_delete=models.DO_NOTHING, related_name="+")
    sent_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "-id"], name="call_unit_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["out_of"],
                condition=models.Q(out_of__isnull=False, withdrawn_on__isnull=True),
                name="call_passed_on_once",
            )
        ]

    def days(self) -> Days:
        """How far it has come, for the rules."""
        return Days(self.due_on, self.sent_on, self.withdrawn_on)


class Question(Guarded):
    """A line of the outline, in the order of its id; `unit` is the request's. `indicator`: whose figure it asks for.

    `out_of`: the line above that it was passed on from.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.DO_NOTHING, related_name="+")
    text = models.CharField(max_length=500)
    asks = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Asks])
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="+")
    out_of = models.ForeignKey("self", null=True, on_delete=models.DO_NOTHING, related_name="+")


class Reply(Guarded):
    """A unit that is asked. `done_on` is the day its answer was sent; `first_on` the day it first was, which says
    whether it came in time; `back_why` why it was sent back last."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.DO_NOTHING, related_name="+")
    done_on = models.DateField(null=True)
    first_on = models.DateField(null=True)
    back_on = models.DateField(null=True)
    back_why = models.CharField(max_length=500, blank=True)
    by_id = models.BigIntegerField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["call", "unit"], name="reply_once")]
        indexes = [models.Index(fields=["unit", "done_on"], name="reply_unit_done")]


class Answer(Guarded):
    """What a unit says to one line: words or a number. `unit` is the reply's."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reply = models.ForeignKey(Reply, on_delete=models.DO_NOTHING, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.DO_NOTHING, related_name="+")
    text = models.TextField(blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=4, null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["reply", "question"], name="answer_once")]
