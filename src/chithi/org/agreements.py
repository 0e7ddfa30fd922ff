"""What two sides agree upon before anything moves: a member's transfer, the hand-over of a post. Models only."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Guarded
from chithi.db.reach import Reach
from chithi.org.kinds import HandoverState, ProposalState, RolesMove


class TransferProposal(Guarded):
    """A cell proposes that its member goes over to another cell on a day; the other side accepts or refuses.

    `unit` is the cell left, `to_unit` the receiving one; the row lies in the reach of both. `note` and `answer` are
    the reasons given. The membership is protected by the database alone, as in `Transfer`.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("org.Membership", on_delete=models.DO_NOTHING, related_name="+")
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ProposalState], default=ProposalState.PROPOSED.value
    )
    answer = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["unit", "state"], name="proposal_unit_state"),
            models.Index(fields=["to_unit", "state"], name="proposal_to_state"),
            models.Index(fields=["person"], name="proposal_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=models.Q(state="proposed"), name="proposal_once_at_a_time"
            ),
        ]

    @classmethod
    def reach_condition(cls, reach: Reach) -> models.Q:
        from chithi.org.places import ids_within

        return models.Q(unit_id__in=ids_within(reach)) | models.Q(to_unit_id__in=ids_within(reach))


class Handover(Guarded):
    """A post passes from one person to another on a day; it takes effect with the second signature.

    `giver_user_id` and `taker_user_id` are the accounts that sign for themselves; a side without one signs on paper
    and `*_paper` says where that lies. `pending` holds what was open when the form was made, as {code, count} each,
    `lines` what the form's maker added. `came_from` is the unit that closed and left this form to its heir.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    came_from = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("org.Post", on_delete=models.DO_NOTHING, related_name="+")
    giver = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    giver_user_id = models.BigIntegerField(null=True, db_index=True)
    taker_user_id = models.BigIntegerField(null=True, db_index=True)
    on = models.DateField()
    pending = models.JSONField(default=list)
    lines = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in HandoverState], default=HandoverState.OPEN.value
    )
    giver_at = models.DateTimeField(null=True)
    giver_by_id = models.BigIntegerField(null=True)
    giver_paper = models.CharField(max_length=200, blank=True)
    taker_at = models.DateTimeField(null=True)
    taker_by_id = models.BigIntegerField(null=True)
    taker_paper = models.CharField(max_length=200, blank=True)
    roles = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in RolesMove], default=RolesMove.NONE.value
    )
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    ended_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["unit", "state"], name="handover_unit_state")]
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=models.Q(state="open"), name="handover_once_at_a_time"),
        ]
