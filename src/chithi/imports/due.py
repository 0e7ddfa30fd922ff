"""Sheets that somebody brought, that were checked and now wait to be applied, or left."""

from __future__ import annotations

from datetime import date

from chithi.core.due import DueItem, Said
from chithi.db.viewer import Viewer
from chithi.imports.kinds import NEEDS, ImportState
from chithi.imports.models import Import

MOST = 10
_WORDS = Said("Ghi bảng đã kiểm tra: {name}", "Apply the sheet that was checked: {name}")
_ACT = Said("Mở", "Open")


def of_person(viewer: Viewer, _today: date) -> list[DueItem]:
    """Their own, the newest first. One query a capability that imports ask for."""
    found: dict[int, Import] = {}
    for needed in sorted(set(NEEDS.values())):
        if viewer.user_id is None or not viewer.may_anywhere(needed):
            continue
        kinds = [kind.value for kind, need in NEEDS.items() if need is needed]
        mine = Import.objects.visible_to(viewer.reach(needed)).defer("problems", "alike")
        for row in mine.filter(by_id=viewer.user_id, state=ImportState.CHECKED, kind__in=kinds).order_by("-pk")[:MOST]:
            found[row.pk] = row
    return [
        DueItem("imports.apply", pk, row.unit_id, _named(row.filename), None, "import_page", (pk,), _ACT)
        for pk, row in found.items()
    ]


def _named(filename: str) -> Said:
    return Said(*(words.format(name=filename[:60]) for words in _WORDS))
