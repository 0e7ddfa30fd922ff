"""What is stored of a unit's records office: its letterhead, terms of its committee, numbers, documents issued."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.registry.kinds import DocumentKind, Side, Signing
from chithi.text.tone_places import Spelling


class Office(Guarded):
    """How the documents of a unit look. What is empty follows from the tree and the register of posts.

    `signer_post` is the id of the post whose holder signs; `signer_name` names somebody who is in no register.
    `recipients` and `basis` hold one a line.
    """

    unit = models.OneToOneField("org.Unit", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, blank=True, choices=[(s.value, s.value) for s in Side])
    place = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=160, blank=True)
    parent = models.CharField(max_length=160, blank=True)
    symbol = models.CharField(max_length=20, blank=True)
    signing = models.CharField(max_length=24, blank=True, choices=[(s.value, s.value) for s in Signing])
    body = models.CharField(max_length=120, blank=True)
    head = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=120, blank=True)
    signer_post = models.BigIntegerField(null=True)
    signer_name = models.CharField(max_length=120, blank=True)
    recipients = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    spelling = models.CharField(max_length=12, blank=True, choices=[(s.value, s.value) for s in Spelling])


class Term(Guarded):
    """A term of a unit's committee: numbers of its documents run through it. `until` no longer counts."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["unit", "since"], name="term_begins_once"),
            models.CheckConstraint(
                name="term_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
            ),
        ]


class Series(Guarded):
    """The numbers of one kind of document through a term, or through a year on the State's side.

    `first` is where it begins, `last` the last number given (0: none yet).
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in DocumentKind])
    term = models.ForeignKey(Term, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    first = models.PositiveIntegerField(default=1)
    last = models.PositiveIntegerField(default=0)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "term"], name="series_once_a_term"),
            models.UniqueConstraint(fields=["unit", "kind", "year"], name="series_once_a_year"),
            models.CheckConstraint(
                name="series_term_or_year",
                condition=models.Q(term__isnull=True, year__isnull=False)
                | models.Q(term__isnull=False, year__isnull=True),
            ),
        ]


class Issued(Guarded):
    """A document that went out: one line of the register. Its number stays used when it is withdrawn.

    `sign` is number and symbol as printed, `signed_as` in which capacity it was signed (no name: that stands in the
    file), `source` the code of the made report it is, or goes with.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in DocumentKind])
    number = models.PositiveIntegerField()
    sign = models.CharField(max_length=60)
    dated = models.DateField()
    summary = models.CharField(max_length=300)
    signed_as = models.CharField(max_length=200, blank=True)
    recipients = models.TextField(blank=True)
    source = models.CharField(max_length=20, blank=True)
    file = models.BinaryField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "-dated", "-id"], name="issued_unit_dated")]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="issued_number_once"),
            models.UniqueConstraint(
                fields=["source", "kind"],
                condition=models.Q(withdrawn_on__isnull=True) & ~models.Q(source=""),
                name="issued_source_once",
            ),
        ]
