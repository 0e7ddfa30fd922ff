"""What the planted world holds for the register of people: a post, a stay, a proposed transfer and a hand-over."""

from __future__ import annotations

from chithi.org.models import Handover, Membership, Person, Post, TransferProposal
from tests.worlds import BEGAN, TODAY, World


def people_of(world: World, code: str, word: str) -> dict[str, int]:
    """Of one unit: its head's post, a membership that never held (so that no total moves), a proposal and a hand-over.

    The proposal stays within the unit, so that it lies in the reach of nobody else. `word` is the canary, if any.
    """
    unit = world.units[code]
    post = Post.objects.everywhere(because="planting").filter(unit_id=unit.pk).order_by("pk")[0]
    person = Person.objects.everywhere(because="planting").get(pk=post.person_id)
    stay = Membership.objects.create(person=person, unit=unit, since=BEGAN, until=BEGAN)
    proposal = TransferProposal.objects.create(
        unit=unit, to_unit=unit, person=person, membership=stay, on=TODAY, note=f"Giấy giới thiệu {word}"
    )
    form = Handover.objects.create(
        unit=unit, post=post, giver=person, taker=person, on=TODAY, lines=f"Con dấu {word}", pending=[]
    )
    return {
        "person": person.pk,
        "post": post.pk,
        "stay": stay.pk,
        "proposal": proposal.pk,
        "handover": form.pk,
    }
