"""Setting how the documents of a unit look: done by whoever reports for it (`Capability.REPORT`), journaled."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.org.queries import one_unit
from chithi.registry import rules
from chithi.registry.kinds import Side, Signing
from chithi.registry.models import Office
from chithi.registry.queries import SET, Letterhead, signers
from chithi.text.vietnamese import clean

_LINES = ("recipients", "basis")
MOST_LINES = 30


def set_letterhead(*, by: Viewer, unit_id: int, said: Letterhead, seen_version: int) -> Office:
    """Keep what was said; `seen_version` is 0 where nothing was set before. What is empty follows from the tree."""
    with only_one(f"registry:{unit_id}"):
        if not Unit.objects.visible_to(by.reach(Capability.REPORT)).filter(pk=unit_id).exists():
            raise Absent("org.no_unit", unit=unit_id)
        said = _cleaned(said)
        _must_fit(by, unit_id, said)
        office = Office.objects.visible_to(by.reach(Capability.REPORT)).filter(unit_id=unit_id).first()
        if (office.version if office else 0) != seen_version:
            raise Stale("db.stale", kind="office")
        office = office or Office(unit_id=unit_id)
        changed = [name for name in SET if getattr(office, name) != getattr(said, name)]
        for name in changed:
            setattr(office, name, getattr(said, name))
        office.save()
        record("registry.office_set", by=by, unit_id=unit_id, about=office, fields=", ".join(changed))
        office.must_lie_inside(by.reach(Capability.REPORT))
        return office


def _cleaned(said: Letterhead) -> Letterhead:
    """Texts in one form; lists without empty lines."""
    texts: dict[str, Any] = {n: clean(value).strip() for n, value in asdict(said).items() if isinstance(value, str)}
    for name in _LINES:
        lines = [line.strip() for line in texts[name].splitlines() if line.strip()]
        texts[name] = "\n".join(lines[:MOST_LINES])
    return replace(said, **texts)


def _must_fit(by: Viewer, unit_id: int, said: Letterhead) -> None:
    unit = one_unit(by, unit_id, by.today)
    side = Side(said.side) if said.side else rules.side_of(unit.kind, unit.name)
    if problem := rules.why_not_signed(side, Signing(said.signing), said.body, said.head):
        raise problem
    if said.signer_post is not None:
        held = {signer.post_id for signer in signers(by, unit_id, by.today)}
        if said.signer_post not in held:
            raise Refused("registry.not_a_signer", field="signer_post")
