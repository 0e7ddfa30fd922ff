"""Documents of a directive, planted: one that went out with a file, a draft that carries it out.

They go to their own unit alone, so that whoever reads the unit reads them and nobody below does: what comes down to all
is tried in tests/concepts/test_directives.py.
"""

from __future__ import annotations

from datetime import date

from chithi.directives.actions import draft, enter
from chithi.directives.kinds import LinkKind
from chithi.directives.rules import Written
from chithi.directives.tying import attach, link
from chithi.files.checks import brought
from chithi.org.models import Post
from chithi.tasks.models import PlanLine
from tests.worlds import World


def directives_of(world: World, code: str, word: str) -> dict[str, int]:
    """A document that went out, its file, a draft, the link between the two; by the names of `Things`."""
    by, unit = world.viewer("chau"), world.unit(code)
    about = f"Việc riêng {word}".strip()
    written = Written("plan", about, about, f"01-KH {word}".strip(), date(2026, 10, 1), recipients=(unit,),
                      expects=("grassroots", "cells"))  # fmt: skip
    made = enter(by=by, unit_id=unit, written=written)
    file = brought(f"Nội dung tệp {word} của {code}".encode(), f"tep {word}.txt")
    kept = attach(by=by, directive_id=made.pk, file=file)
    begun = draft(by=by, unit_id=unit, written=Written("plan", f"Dự thảo {about}", recipients=(unit,)))
    post = Post.objects.everywhere(because="who does the work of the draft").get(unit_id=unit, is_head=True)
    PlanLine.objects.create(unit_id=unit, directive=begun, number=1, title=f"Việc {word}", product=f"Sổ {word}",
                            owner_post=post, due_on=date(2027, 6, 30))  # fmt: skip
    tie = link(by=by, directive_id=begun.pk, target_id=made.pk, kind=LinkKind.IMPLEMENTS)
    return {"directive": made.pk, "draft": begun.pk, "tie": tie.pk, "paper": kept.pk}
