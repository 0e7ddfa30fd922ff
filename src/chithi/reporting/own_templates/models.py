"""Templates of offices and their versions, kept for ever: what was made with one names it."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.reporting.own_templates.fields import NAME_LENGTH


class OwnTemplate(Guarded):
    """One template of a unit, which the unit and those below it may choose. `retired_on`: it is offered no longer."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    newest = models.PositiveIntegerField(default=1)
    retired_on = models.DateField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="own_template_name")]


class OwnTemplateVersion(Guarded):
    """One file of a template as it was uploaded; never rewritten.

    `sha256` of the file in hexadecimal, `fields` the keys of the fields it uses (`chithi.reporting.own_templates`).
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(OwnTemplate, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    filename = models.CharField(max_length=160)
    file = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    fields = models.JSONField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="own_template_version")]
