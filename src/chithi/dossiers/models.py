"""What is stored of units' files on a directive and of helper sections. What can be read elsewhere is not stored."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.directives.models import Directive
from chithi.dossiers.kinds import Known, Part
from chithi.org.models import Person, Post, Unit


class Entry(Guarded):
    """One thing that belongs into the file of every unit that a directive asks; `unit` is the directive's.

    `known` says by what it is known to be there. An entry that was taken away keeps its row (`ended_on`), because
    units have said something about it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, on_delete=models.DO_NOTHING, related_name="+")
    known = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Known])
    title = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()
    ended_on = models.DateField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["directive", "place", "id"], name="entry_directive")]


class Tick(Guarded):
    """A unit says that an entry known by hand is there: since when, where it is found, by which document."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(Directive, null=True, on_delete=models.DO_NOTHING, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["entry", "unit"], name="tick_once")]


class Section(Guarded):
    """The helper section of a unit: for one directive, or (none named) for whatever has none of its own.

    `decision` is number and symbol of the decision that named it. `carried_from` is the section of a closed unit that
    this one carries on.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, null=True, on_delete=models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=200)
    decision = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "since", "until"], name="section_unit_days")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "directive"],
                condition=models.Q(until__isnull=True, directive__isnull=False),
                name="section_once_a_directive",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(until__isnull=True, directive__isnull=True),
                name="section_standing_once",
            ),
            models.CheckConstraint(
                name="section_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]


class Seat(Guarded):
    """Somebody's part in a section over an interval: of a post, which follows a hand-over, or of a person."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Part])
    post = models.ForeignKey(Post, null=True, on_delete=models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["section", "since"], name="seat_section"),
            models.Index(fields=["person"], name="seat_person", condition=models.Q(person__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="seat_of_one",
                condition=models.Q(post__isnull=True, person__isnull=False)
                | models.Q(post__isnull=False, person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["section"], condition=models.Q(until__isnull=True, part="head"), name="seat_one_head"
            ),
        ]
