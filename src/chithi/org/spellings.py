"""By what units and people are found as one types: derived rows, and the names an administrator adds. Models only.

`text` is compared by code point on both databases (see the migration), so that a range finds what begins alike.
The derived rows are written by `chithi.org.spelling` alone, all of a unit's or person's at once, and need neither a
key of their own nor a version.
"""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.db.reach import Reach


class OtherName(Guarded):
    """A short or popular name of a unit that somebody typed in so that it is found by it."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=80)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "text"], name="other_name_once_a_unit")]


class UnitSpelling(Guarded):
    """One string by which a unit is found (`chithi.org.spelling_rules`).

    `until` is the last day of the name it comes from, exclusive; 9999-12-31 where no end is known. `level` puts what
    stands higher first.
    """

    key = None  # type: ignore[assignment]  # a derived row
    version = None  # type: ignore[assignment]

    unit = models.ForeignKey("org.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=120)
    how = models.PositiveSmallIntegerField()
    at = models.PositiveSmallIntegerField()
    until = models.DateField()
    level = models.PositiveSmallIntegerField()

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["text", "until", "how", "level", "at", "unit"], name="unit_spelling_text"),
            models.Index(fields=["unit", "at", "text", "how", "until"], name="unit_spelling_unit"),
        ]


class PersonSpelling(Guarded):
    """One string by which a person is found; in reach where the person is."""

    key = None  # type: ignore[assignment]  # a derived row
    version = None  # type: ignore[assignment]

    person = models.ForeignKey("org.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=120)
    at = models.PositiveSmallIntegerField()

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["text", "at", "person"], name="person_spelling_text"),
            models.Index(fields=["person", "at", "text"], name="person_spelling_person"),
        ]

    @classmethod
    def reach_condition(cls, reach: Reach) -> models.Q:
        from chithi.org.models import Person

        return Person.reach_condition(reach, "person_id")
