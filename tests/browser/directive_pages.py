"""Documents of a directive as the tests of every page open them: one with a plan below it, a draft, the cascade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chithi.directives.actions import draft, enter
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import attach, link
from chithi.files.checks import brought
from chithi.tasks.from_above import asked_of
from chithi.tasks.plan_rules import Line
from chithi.tasks.planning import write
from tests.browser.dossier_pages import dossier_pages
from tests.task_world import post_in
from tests.worlds import World

LATER = date(2027, 10, 1)
WORKS = ("Lập danh sách hộ khó khăn", "Mở lớp học chuyên đề cho đảng viên")


def _version(directive: int) -> int:
    return Directive.objects.everywhere(because="the browser tests write its work").get(pk=directive).version


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
    work = [Line(title=title, post=post_in(world, "T").pk, due_on=LATER, for_below=True) for title in WORKS]
    write(by=chau, directive_id=top.pk, seen_version=_version(top.pk), lines=work)
    asked_for = [one.task.pk for one in asked_of(minh, plan)]
    left = Line(above=asked_for[0], left_out=True, reason="Đã làm xong từ năm trước")
    write(by=minh, directive_id=plan.pk, seen_version=_version(plan.pk), lines=[left])
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
        f"{begun.pk}/viec/",
        f"{plan.pk}/viec/",
        f"{top.pk}/trien-khai/?tinh=missing",
    ):
        yield "minh", f"/chi-dao/{path}"
    yield "lan", f"/chi-dao/{top.pk}/"
    yield "chau", f"/chi-dao/{top.pk}/trien-khai/"
    yield "chau", f"/chi-dao/{top.pk}/cap-duoi/"
    yield "chau", f"/chi-dao/{top.pk}/cap-duoi/?viec={asked_for[0]}&tinh=left_out"
    yield "chau", f"/nhiem-vu/{asked_for[1]}/giao-xuong/?cho=cells"
    yield from dossier_pages(world, top)
