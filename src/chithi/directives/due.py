"""What somebody is to do next about documents of directives: units of theirs that must issue their own, for My work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import F

from chithi.core.due import DueItem, Said
from chithi.db.viewer import Capability, Viewer
from chithi.directives.models import Descent, Directive, Recipient
from chithi.directives.queries import holds_on
from chithi.directives.reading import all_readable
from chithi.directives.rules import is_asked, read
from chithi.org.held import states_held
from chithi.org.models import UnitState, valid_on
from chithi.org.places import reach_tree
from chithi.registry.kinds import NAMES, DocumentKind

MOST = 50
_WHY = "units that the person holds a role in, and documents they may read"
_ACT = Said("Soạn văn bản", "Write the document")


def of_person(viewer: Viewer, today: date) -> list[DueItem]:
    """Directives in force that ask the very unit of the person for a document not there yet. Up to eight queries."""
    reach, tree = viewer.reach(Capability.ENTER), reach_tree(today)
    held = {unit: tree.find(unit) for _role, unit in viewer.roles}
    units = sorted(unit for unit, at in held.items() if at is not None and reach.covers(at))
    if not units:
        return []
    asking = all_readable(viewer).filter(holds_on(today)).exclude(expects="").exclude(unit_id__in=units, issuer="")
    said = ("unit_id", "kind", "sign", "expects", "to_all", "due_on")
    rows = list(asking.order_by(F("due_on").asc(nulls_last=True), "pk").only(*said))
    if not rows:
        return []
    kinds = states_held(units, today)
    answered = Descent.objects.everywhere(because=_WHY).filter(valid_on(today), unit_id__in=units)
    done = set(answered.values_list("unit_id", "root_id"))
    named = Recipient.objects.everywhere(because=_WHY).filter(unit_id__in=units)
    addressed = set(named.values_list("unit_id", "directive_id"))
    found = (
        _item(row, unit)
        for row in rows
        for unit in _asked(row, kinds, addressed)
        if (unit, row.pk) not in done and tree.holds(row.unit_id, unit)
    )
    return list(islice(found, MOST))


def _asked(row: Directive, kinds: dict[int, UnitState], addressed: set[tuple[int, int]]) -> Iterator[int]:
    for unit, state in sorted(kinds.items()):
        asked = any(is_asked(one, state.is_cell, state.is_grassroots, state.kind) for one in read(row.expects))
        if asked and (row.to_all or (unit, row.pk) in addressed):
            yield unit


def _item(row: Directive, unit_id: int) -> DueItem:
    name = f"{NAMES[DocumentKind(row.kind)][0]} {row.sign}"
    what = Said(f"Ban hành văn bản triển khai {name}", f"Issue a document that carries out {name}")
    return DueItem("directives.answer", f"{row.pk}-{unit_id}", unit_id, what, row.due_on, "directive", (row.pk,), _ACT)
