"""Marks, which the drainer of `chithi.indicators` takes away, whose turn it is, and when each process was at work."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded, Open


class Mark(Guarded):
    """Something of `unit` changed on days from `first` to `last`; `measure_id` null means any measure.

    `whole`: a definition changed, so the measure is to be added up anew for every unit; `unit` is then only the root.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.CASCADE, related_name="+")
    measure_id = models.IntegerField(null=True)
    first = models.DateField()
    last = models.DateField()
    whole = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit"], name="mark_unit")]


class Beat(Open):
    """A process of the installation was at work at this moment."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()


class Turn(Open):
    """How often totals were stored: one row, which whoever stores compares with what it read before it reckoned."""

    number = models.BigIntegerField()
