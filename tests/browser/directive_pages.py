"""Documents of a directive as the tests of every page open them: one with a plan below it, a draft, the cascade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chithi.directives.actions import draft, enter
from chithi.directives.kinds import LinkKind
from chithi.directives.rules import Written
from chithi.directives.tying import attach, link
from chithi.files.checks import brought
from tests.worlds import World


def directive_pages(world: World) -> Iterator[tuple[str | None, str]]:
    """Who opens what."""
    chau, minh = world.viewer("chau"), world.viewer("minh")
    asked = Written(
        "directive",
        "Về thực hiện chuyên đề năm 2026",
        "Gần dân, sát việc, nói đi đôi với làm",
        "03-CT/TU",
        date(2026, 9, 1),
        due_on=date(2026, 10, 15),
        expects=("grassroots", "cells"),
    )
    top = enter(by=chau, unit_id=world.unit("T"), written=asked)
    attach(by=chau, directive_id=top.pk, file=brought("Mỗi chi bộ chọn một việc cụ thể".encode(), "chi-thi.txt"))
    written = Written("plan", "Thực hiện Chỉ thị 03-CT/TU", "", "05-KH/ĐU", date(2026, 10, 20))
    plan = enter(by=minh, unit_id=world.unit("A1"), written=written)
    link(by=minh, directive_id=plan.pk, target_id=top.pk, kind=LinkKind.IMPLEMENTS)
    begun = draft(by=minh, unit_id=world.unit("A1"), written=Written("plan", "Dự thảo kế hoạch năm 2027"))
    for path in (
        "",
        "?q=chi+bo+viec",
        "?q=khongco",
        f"moi/?theo={top.pk}",
        f"{plan.pk}/",
        f"{plan.pk}/sua/",
        f"{plan.pk}/thu-hoi/",
        f"{plan.pk}/tep/",
        f"{plan.pk}/noi/",
        f"{begun.pk}/",
        f"{begun.pk}/ban-hanh/",
        f"{top.pk}/trien-khai/?tinh=missing",
    ):
        yield "minh", f"/chi-dao/{path}"
    yield "lan", f"/chi-dao/{top.pk}/"
    yield "chau", f"/chi-dao/{top.pk}/trien-khai/"
