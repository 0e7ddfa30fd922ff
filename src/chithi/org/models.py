"""What is stored of units and people. Intervals of days are half-open: `since` counts, `until` does not."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date

from django.db import models

from chithi.db.models import Guarded, Open
from chithi.db.reach import Reach
from chithi.org.kinds import EmploymentKind, GroupKind, LinkKind, PlanState, StepKind, TreeEventKind, UnitKind


def valid_on(day: date) -> models.Q:
    """The condition that a dated row holds on this day."""
    return models.Q(since__lte=day) & (models.Q(until__isnull=True) | models.Q(until__gt=day))


class Unit(Guarded):
    """An organisation from its opening to its closing. What may change about it stands in `UnitState`.

    `code` is given once and never reused. A closed unit names exactly one heir, which reads its records and
    carries on its figures. `closed_on` and `heir` are those of the closing now in force (`Closing` holds all).
    """

    unit_column = "id"

    code = models.CharField(max_length=40, unique=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, db_index=True)
    heir = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        constraints = [
            models.CheckConstraint(
                name="unit_closes_after_opening",
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
            ),
        ]


class Reorganisation(Guarded):
    """A plan: this becomes that, from this day, by this document. `unit` is the one under which it happens."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in PlanState], default=PlanState.DRAFT.value
    )
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    undone_on = models.DateField(null=True)
    undone_document = models.CharField(max_length=200, blank=True)


class ReorganisationStep(Guarded):
    """One row of a plan, as typed: codes and words, looked up only when the plan is tried or applied.

    `row` is the row of the sheet it came from. `codes` and `people` hold one name a line. The flags are null where the
    row leaves them as they are. A row that could not be understood has no `what`; its `cells` hold what was typed, by
    column, until somebody mends it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    what = models.CharField(max_length=20, blank=True, choices=[(s.value, s.value) for s in StepKind])
    cells = models.JSONField(default=dict, blank=True)
    codes = models.TextField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, blank=True, choices=[(k.value, k.value) for k in UnitKind])
    is_cell = models.BooleanField(null=True)
    is_grassroots = models.BooleanField(null=True)
    parent_code = models.CharField(max_length=40, blank=True)
    heir_code = models.CharField(max_length=40, blank=True)
    people = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="reorganisation_step_order")]


class TreeEvent(Guarded):
    """One change of the tree with its day and the document that ordered it, and the plan it belonged to."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in TreeEventKind])
    on = models.DateField(db_index=True)
    document = models.CharField(max_length=200, blank=True)
    plan = models.ForeignKey(Reorganisation, null=True, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)


class Closing(Guarded):
    """A unit is closed over an interval, its work carried on by one heir. It ends where the unit is opened again."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    heir = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(db_index=True)
    until = models.DateField(null=True, db_index=True)
    event = models.ForeignKey(TreeEvent, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["heir", "since"], name="closing_heir")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(until__isnull=True), name="closing_once_in_force"
            ),
            models.CheckConstraint(
                name="closing_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]


class UnitState(Guarded):
    """What a unit was called, what it was and under whom it stood, over an interval of days.

    An interval without days is what is left of a unit that was opened and closed again on the same day.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(db_index=True)
    until = models.DateField(null=True, db_index=True)
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in UnitKind])
    is_cell = models.BooleanField(default=False)
    is_grassroots = models.BooleanField(default=False)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    folded = models.CharField(max_length=300, db_index=True)
    order = models.PositiveIntegerField(default=0)
    event = models.ForeignKey(TreeEvent, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["unit", "since"], name="unit_state_once_a_day"),
            models.CheckConstraint(
                name="unit_state_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]


class UnitLink(Guarded):
    """A tie beside the tree, e.g. which cell is the own cell of a village; `unit` is the side that owns it.

    `passed_on`: it ended because one of its sides closed. `came_from` is the tie that this one carries on.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in LinkKind])
    since = models.DateField()
    until = models.DateField(null=True)
    passed_on = models.BooleanField(default=False)
    came_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["kind", "unit"], name="unit_link_kind_unit"),
            models.Index(fields=["other", "kind"], name="unit_link_other_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="unit_link_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]


class Group(Guarded):
    """Units put together under a name: pilot units, a cluster. `unit` owns it; whoever reads a member sees it too."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in GroupKind])
    note = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "folded"], name="group_name_once_an_owner")]

    @classmethod
    def reach_condition(cls, reach: Reach) -> models.Q:
        return super().reach_condition(reach) | models.Q(
            id__in=GroupMember.objects.visible_to(reach).values("group_id")
        )


class GroupMember(Guarded):
    """A unit belongs to a group over an interval; `passed_on` and `came_from` as in `UnitLink`."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    passed_on = models.BooleanField(default=False)
    came_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["group", "since", "until"], name="group_member_days")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "unit"], condition=models.Q(until__isnull=True), name="group_member_once"
            ),
            models.CheckConstraint(
                name="group_member_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]


class Person(Guarded):
    """Somebody the organisation works with: no more than a name and what tells two namesakes apart.

    A person is inside a reach when a membership, a post or an employment of theirs is. Party card numbers are not kept.
    """

    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, db_index=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    forgotten_on = models.DateField(null=True, db_index=True)  # since then `name` is a pseudonym (`chithi.privacy`)

    @classmethod
    def reach_condition(cls, reach: Reach, column: str = "id", among: Collection[int] | None = None) -> models.Q:
        """`among`: only these people are asked about, so that nobody else's rows need to be read."""
        inside = models.Q()
        for kind in (Membership, Post, Employment):
            rows = kind.objects.visible_to(reach)
            rows = rows if among is None else rows.filter(person_id__in=among)
            inside |= models.Q(**{f"{column}__in": rows.values("person_id")})
        return inside


class Membership(Guarded):
    """A member belongs to a cell over an interval."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    probationary = models.BooleanField(default=False)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["unit", "since", "until"], name="membership_unit_days"),
            models.Index(fields=["person", "since"], name="membership_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="membership_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]


class Transfer(Guarded):
    """A member whom a plan put into another cell: the membership that ended and the one that began.

    The database alone protects the two: deleting memberships must not have to ask a guarded table first.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey(Membership, on_delete=models.DO_NOTHING, related_name="+")
    joined = models.ForeignKey(Membership, on_delete=models.DO_NOTHING, related_name="+")


class Exemption(Guarded):
    """A member is exempt from work and meetings over an interval and leaves the denominators for it.

    `unit` is the cell that granted it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["person", "since"], name="exemption_person"),
            models.Index(fields=["unit", "since", "until"], name="exemption_unit_days"),
        ]


class Post(Guarded):
    """Who holds which post where. `is_key_leader` and `is_head` belong to the post, for as long as it is held."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    is_key_leader = models.BooleanField(default=False)
    is_head = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["unit", "since", "until"], name="post_unit_days"),
            models.Index(fields=["person", "since"], name="post_person"),
        ]


class Employment(Guarded):
    """Somebody works in an agency over an interval, as an official, civil servant or public employee.

    They may be a member of a cell as well. The head of the agency reviews them, not a cell.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in EmploymentKind])
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["unit", "since", "until"], name="employment_unit_days"),
            models.Index(fields=["person", "since"], name="employment_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="employment_interval",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]


class Edition(Open):
    """The tree as it stood from `since` until `until`, packed (`chithi.rollup.shape.Shape.to_bytes`).

    A cache: made when needed, dropped by a change of the tree on or after its days. What was dropped serves nobody
    new; its places stay for a few minutes, so that requests under way keep the reach they began with. `token` tells an
    edition from another that got the same id after a rollback, so that a process never serves the wrong shape from
    memory.
    """

    token = models.UUIDField(default=uuid.uuid4)
    since = models.DateField()
    until = models.DateField(null=True)
    shape = models.BinaryField()
    placed = models.BooleanField(default=False)
    dropped_at = models.DateTimeField(null=True)

    class Meta(Open.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["since"], condition=models.Q(dropped_at__isnull=True), name="edition_in_force"
            ),
        ]


class Place(Open):
    """Where a unit stands in an edition whose rows serve reach: pre-order position `lo`, subtree [lo, hi)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    unit_id = models.BigIntegerField()
    lo = models.IntegerField()
    hi = models.IntegerField()

    class Meta(Open.Meta):
        constraints = [
            models.UniqueConstraint(fields=["edition", "lo", "unit_id"], name="place_lo"),
            models.UniqueConstraint(fields=["edition", "unit_id"], name="place_unit"),
        ]


from chithi.org.agreements import Handover as Handover  # noqa: E402 -- Django finds models in this module
from chithi.org.agreements import TransferProposal as TransferProposal  # noqa: E402
from chithi.org.spellings import OtherName, PersonSpelling, UnitSpelling  # noqa: E402, F401 -- likewise
from chithi.org.trial_models import PlanTrial as PlanTrial  # noqa: E402 -- likewise
