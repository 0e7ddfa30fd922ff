"""Figures by the key their maker gave them; a statement sent twice under one key is one statement.

The key is made by the device; sending it again, after a lost answer or from a queue, gives the figure back that the
first sending made. The same key with other contents is refused and changes nothing.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from chithi.core.errors import Absent, Refused
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.kinds import Source
from chithi.indicators.models import Figure


def figure_by_key(viewer: Viewer, key: UUID) -> Figure:
    """The figure with this key; `Absent` outside the reach. One query."""
    found = Figure.objects.visible_to(viewer.reach(Capability.READ)).filter(key=key).first()
    if found is None:
        raise Absent("indicators.no_figure", figure=str(key))
    return found


def entered_by_key(viewer: Viewer, key: UUID) -> Figure:
    """The same for a figure that was entered: one read out of a document is taken back at its sentence."""
    found = figure_by_key(viewer, key)
    if found.source != Source.ENTERED:
        raise Absent("indicators.no_figure", figure=str(key))
    return found


def state_once(*, by: Viewer, key: UUID, slot: Slot, saying: Saying, seen: int | None, why: str) -> tuple[Figure, bool]:
    """The figure of this key and whether it was made just now."""
    with only_one(f"figure {key}"):
        known = Figure.objects.visible_to(by.reach(Capability.ENTER)).filter(key=key).first()
        if known is not None:
            if not _is(known, by, slot, saying, seen):
                raise Refused("indicators.key_taken", field="key")
            return known, False
        figure = enter(by=by, slot=slot, saying=saying, seen=seen, why=why)
        figure.key = key
        try:
            with transaction.atomic():
                figure.save(update_fields=["key"])
        except IntegrityError as taken:  # by a figure outside the caller's reach
            raise Refused("indicators.key_taken", field="key") from taken
        return figure, True


def _is(figure: Figure, by: Viewer, slot: Slot, saying: Saying, seen: int | None) -> bool:
    """Whether the stored figure is what is being sent."""
    period = figure.period.code
    return (
        figure.by_id, figure.unit_id, figure.measure_id, period, figure.member_id, figure.covers,
        figure.value, figure.value_max, figure.bound, figure.stated_total, figure.role, figure.replaces_id,
    ) == (
        by.user_id, slot.unit_id, slot.measure_id, slot.period.code, slot.member_id, slot.covers,
        saying.value, saying.value_max, saying.bound, saying.stated_total, saying.role, seen,
    )  # fmt: skip
