"""What stands beside an invented tree: mass organisations with their ties, and two named groups across districts."""

from __future__ import annotations

from chithi.org.demo import words
from chithi.org.demo.plan import PlannedGroup, PlannedUnit, Tie, TreePlan
from chithi.org.demo.streams import key
from chithi.org.kinds import GroupKind, LinkKind, UnitKind
from chithi.org.models import Group, GroupMember, UnitLink
from chithi.text.vietnamese import clean, fold

PILOTS = 4
"""So many communes of the first district are pilot units, and the first commune of each other one."""


def add_beside(plan: TreePlan) -> None:
    """Mass organisations of the first district, tied to its committee and to the Party organisation of its offices."""
    first = plan.size.districts[0]
    code = plan.code_of(first)
    if first.kind == UnitKind.DISTRICT:
        offices = [unit for unit in plan.below(code, UnitKind.GRASSROOTS) if unit.closed is None][first.communes :]
        for at, name in enumerate(words.MASS_ORGANISATIONS, start=1):
            mass = PlannedUnit(f"{code}-D{at}", code, UnitKind.MASS_ORGANISATION, name, name, 900 + at)
            plan.add(mass)
            plan.ties.append(Tie(LinkKind.COMMITTEE_LEVEL, mass.code, code))
            if offices:
                plan.ties.append(Tie(LinkKind.PARTY_ORGANISATION, mass.code, offices[0].code))
    communes = [
        [unit.code for unit in plan.below(plan.code_of(district), UnitKind.GRASSROOTS)][: district.communes]
        for district in plan.size.districts
        if district.communes
    ]
    if communes:
        note = "Theo kế hoạch làm điểm của Tỉnh ủy"
        pilots = (*communes[0][:PILOTS], *(of_district[0] for of_district in communes[1:]))
        plan.groups.append(PlannedGroup("Đơn vị làm điểm", GroupKind.PILOT, note, pilots))
        cluster = tuple(of_district[-1] for of_district in communes)
        plan.groups.append(PlannedGroup("Cụm thi đua các xã", GroupKind.CLUSTER, "", cluster))


def store_beside(plan: TreePlan, ids: dict[str, int], seed: int) -> None:
    """Store ties and groups; three statements."""
    UnitLink.objects.bulk_create(
        UnitLink(
            unit_id=ids[tie.unit],
            other_id=ids[tie.other],
            kind=tie.kind,
            since=tie.since,
            key=key(seed, "tie", tie.unit, tie.kind),
        )
        for tie in plan.ties
    )
    stored = Group.objects.bulk_create(
        Group(
            unit_id=ids[plan.size.code],
            name=clean(group.name),
            folded=fold(group.name),
            kind=group.kind,
            note=group.note,
            key=key(seed, "group", group.name),
        )
        for group in plan.groups
    )
    GroupMember.objects.bulk_create(
        GroupMember(group=row, unit_id=ids[code], since=group.since, key=key(seed, "group member", group.name, code))
        for row, group in zip(stored, plan.groups, strict=True)
        for code in group.members
    )
