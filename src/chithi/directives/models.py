"""What is stored of the documents of a directive: themselves, how they hang together, their files, their words.

What belongs to a document is taken away before it by the act that takes it away: the database alone protects the ties
(DO_NOTHING), so that deleting a draft does not ask guarded tables.
"""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.directives.kinds import LinkKind
from chithi.files.kinds import FileKind
from chithi.files.models import Content
from chithi.registry.kinds import DocumentKind


class Directive(Guarded):
    """A document that leads: `unit` is the issuer, or whoever entered it where it came from outside the tree.

    `issuer` names the outside issuer (empty: the unit itself), `sign` is number and symbol as printed. A draft has
    neither number nor readers beyond those who write for its unit. `to_all`: addressed to everybody below; else to
    those in `Recipient`. `expects` holds the kinds of units that must issue a document of their own by `due_on`
    (`chithi.org.kinds.Expected`, with commas). `issued` is its line in the unit's own register, where it has one.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in DocumentKind])
    is_draft = models.BooleanField(default=True)
    sign = models.CharField(max_length=60, blank=True)
    dated = models.DateField(null=True)
    issuer = models.CharField(max_length=160, blank=True)
    summary = models.CharField(max_length=300)
    abstract = models.TextField(blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    due_on = models.DateField(null=True)
    expects = models.CharField(max_length=80, blank=True)
    to_all = models.BooleanField(default=True)
    issued = models.ForeignKey("registry.Issued", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["unit", "-dated", "-id"], name="directive_unit_dated"),
            models.Index(fields=["-dated", "-id"], name="directive_dated"),
        ]
        constraints = [
            models.CheckConstraint(
                name="directive_out_is_dated",
                condition=models.Q(is_draft=True) | models.Q(dated__isnull=False),
            ),
            models.CheckConstraint(
                name="directive_valid_interval",
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
            ),
        ]


class DirectiveLink(Guarded):
    """What one document is to another; `unit` is that of `source`, which says it."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Directive, on_delete=models.DO_NOTHING, related_name="+")
    target = models.ForeignKey(Directive, on_delete=models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in LinkKind])

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="directive_link_once")]


class Descent(Guarded):
    """A document that went out stands below another in the cascade, however many steps lie between.

    Kept beside the links, so that a cascade of thousands is counted at once. `unit` is the document's; it counts from
    `since` (its date) until it is withdrawn.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, on_delete=models.DO_NOTHING, related_name="+")
    root = models.ForeignKey(Directive, on_delete=models.DO_NOTHING, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["root", "unit", "since"], name="descent_root_unit"),
            models.Index(fields=["unit", "since", "until"], name="descent_unit_days"),
        ]
        constraints = [models.UniqueConstraint(fields=["directive", "root"], name="descent_once")]


class Recipient(Guarded):
    """A unit to which a document that does not go to everybody below is addressed."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, on_delete=models.DO_NOTHING, related_name="+")

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["directive", "unit"], name="recipient_once")]


class Attachment(Guarded):
    """A file that belongs to a document; `unit` is the document's, `size` in bytes."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, on_delete=models.DO_NOTHING, related_name="+")
    content = models.ForeignKey(Content, on_delete=models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in FileKind])
    size = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["directive", "content"], name="attachment_once")]


class SoughtWords(Guarded):
    """The words by which a document that went out is found: folded, with one space between, in one column.

    `newest` puts documents in order: the day of the date, then the id (`chithi.directives.search_rules.place_of`); the
    index of SQLite bears it as its row number. `unit` and `to_all` are the document's.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    directive = models.OneToOneField(Directive, on_delete=models.DO_NOTHING, related_name="+")
    newest = models.BigIntegerField()
    to_all = models.BooleanField()
    folded = models.TextField()

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["-newest", "unit", "to_all", "directive"], name="sought_newest"),
            models.Index(fields=["unit", "-newest"], name="sought_unit"),
        ]
