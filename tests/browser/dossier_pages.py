"""Files on a directive and helper sections as the tests of every page open them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chithi.directives.models import Directive
from chithi.dossiers.actions import begin, tick
from chithi.dossiers.kinds import Known, Part
from chithi.dossiers.sections import Named, name_section, seat
from tests.worlds import World, add_members

DAY = date(2026, 10, 1)


def dossier_pages(world: World, top: Directive) -> Iterator[tuple[str | None, str]]:
    """Who opens what. `top` asks grassroots organisations and cells."""
    lan, unit = world.viewer("lan"), world.unit("A11")
    entries = begin(by=world.viewer("chau"), directive_id=top.pk)
    by_hand = next(entry for entry in entries if entry.known == Known.BY_HAND)
    tick(by=lan, entry_id=by_hand.pk, unit_id=unit, done_on=DAY, note="Cặp hồ sơ số 1, tủ văn thư")
    section = name_section(by=lan, unit_id=unit, said=Named("Bộ phận giúp việc", DAY, "1-QĐ/CB"), directive_id=top.pk)
    member = add_members(world.units["A11"], 1)[0]
    sits = {"section_id": section.pk, "seen_version": 1, "part": Part.HEAD, "who": f"m{member.pk}", "since": DAY}
    row = seat(by=lan, **sits)  # type: ignore[arg-type]
    files = f"/chi-dao/{top.pk}/ho-so/"
    for path in ("", f"?don-vi={world.unit('A')}&ho-so=thieu", "danh-muc/", "danh-muc/moi/"):
        yield "chau", files + path
    yield "lan", f"{files}don-vi/{unit}/"
    yield "lan", f"/chi-dao/ho-so/muc/{by_hand.pk}/don-vi/{unit}/"
    for path in ("", f"moi/?theo={top.pk}", f"{section.pk}/", f"{section.pk}/nguoi/", f"nguoi/{row.pk}/thoi/"):
        yield "lan", f"/giup-viec/{path}"
