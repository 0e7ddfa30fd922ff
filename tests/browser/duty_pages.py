"""Duties and shortcomings as the tests of every page open them: a list reported on, a draft, one found wanting."""

from __future__ import annotations

from collections.abc import Iterator

from chithi.duties.kinds import Answer
from tests.duty_world import PERIOD, duties_of, list_in, remedy_of, reported, shortcoming_in
from tests.worlds import World


def duty_pages(world: World) -> Iterator[tuple[str | None, str]]:
    """Who opens what."""
    row, draft = list_in(world), list_in(world, "A1", "minh", is_draft=True, expects=("cells",))
    reported(world, row, "A1", "minh", Answer.DONE, Answer.PARTLY)
    found = shortcoming_in(world)
    remedy_of(world, found)
    open_one = shortcoming_in(world, wording="Sổ ghi thiếu")
    yield "minh", "/nghia-vu/"
    yield "minh", f"/nghia-vu/{draft.pk}/"
    yield "minh", f"/nghia-vu/{draft.pk}/sua/"
    yield "minh", f"/nghia-vu/{row.pk}/bao-cao/{world.unit('A1')}/{PERIOD}/"
    yield "minh", f"/nghia-vu/{row.pk}/bao-cao/{world.unit('A1')}/2025/"
    yield "chau", f"/nghia-vu/{row.pk}/tong-hop/?cho={PERIOD}"
    yield "chau", f"/nghia-vu/{row.pk}/tong-hop/?cho={PERIOD}&nghia_vu={duties_of(row)[1]}&tra_loi=partly"
    yield "minh", "/han-che/"
    yield "minh", f"/han-che/{found.pk}/"
    yield "lan", f"/han-che/{open_one.pk}/"
    yield "lan", f"/han-che/{open_one.pk}/giao-viec/"
    yield "lan", "/han-che/moi/"
