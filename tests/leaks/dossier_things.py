"""Files on a directive, planted: a document brought from outside that asks one unit for a file, an entry it ticked, and
a helper section with somebody in it.

The province is asked for no file; its document asks a commune of the other district, beside everybody who reads a part.
"""

from __future__ import annotations

from datetime import date

from chithi.directives.actions import enter
from chithi.directives.models import Recipient
from chithi.directives.rules import Written
from chithi.dossiers.actions import begin, tick
from chithi.dossiers.kinds import Known, Part
from chithi.dossiers.sections import Named, name_section, seat
from chithi.org.models import Post
from tests.worlds import World

DAY = date(2026, 10, 1)


def file_of(world: World, code: str, word: str) -> dict[str, int]:
    """The document, the unit that keeps a file on it, an entry and its tick, a section and a seat."""
    by, unit = world.viewer("chau"), world.unit(code)
    keeper = world.unit("B1" if code == "T" else code)
    about = f"Chuyên đề {word}".strip()
    written = Written(
        "directive",
        about,
        about,
        f"07-CT {word}".strip(),
        DAY,
        issuer="Trung ương",
        expects=("grassroots", "cells", "districts"),
        recipients=(keeper,),
    )
    made = enter(by=by, unit_id=unit, written=written)
    if keeper == unit:  # no form names a unit its own recipient; here nobody below is to read it
        Recipient.objects.create(unit_id=unit, directive=made)
    entry = next(one for one in begin(by=by, directive_id=made.pk) if one.known == Known.BY_HAND)
    said = tick(by=by, entry_id=entry.pk, unit_id=keeper, done_on=DAY, note=f"Cặp số 1 {word}".strip())
    named = Named(f"Bộ phận giúp việc {word}".strip(), DAY, "1-QĐ")
    section = name_section(by=by, unit_id=unit, said=named, directive_id=made.pk)
    post = Post.objects.everywhere(because="planting").filter(unit_id=unit, is_head=True).order_by("pk")[0]
    who = {"part": Part.HEAD, "who": f"p{post.pk}", "since": DAY}
    sits = seat(by=by, section_id=section.pk, seen_version=1, **who)  # type: ignore[arg-type]
    return {
        "led": made.pk, "keeper": keeper, "file_entry": entry.pk, "tick": said.pk, "section": section.pk,
        "seat": sits.pk,
    }  # fmt: skip
