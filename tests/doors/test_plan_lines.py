"""The pages of a document's work: its lines, the units below, handing down, the filters of the list of tasks."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chithi.access.viewers import today
from chithi.directives import actions
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.org.models import Post
from chithi.tasks.actions import Said, assign
from chithi.tasks.models import PlanLine, Task
from chithi.tasks.plan_rules import Line
from chithi.tasks.planning import write
from tests.task_world import post_in
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def posts(world: World) -> dict[str, Post]:
    return {code: post_in(world, code) for code in ("T", "A", "B", "A1", "A11", "A12", "A21")}


def at(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def due() -> Any:
    return today() + timedelta(days=60)


@pytest.fixture
def top(world: World, posts: dict[str, Post]) -> Directive:
    """A directive of the province with two tasks for those below, out ten days ago."""
    by = world.viewer("chau", today())
    said = Written("directive", "Về việc chung", expects=("grassroots", "cells"), due_on=today())
    made = actions.draft(by=by, unit_id=world.unit("T"), written=said)
    lines = [
        Line(title=title, post=posts["T"].pk, due_on=due(), for_below=True)
        for title in ("Lập danh sách hộ khó khăn", "Mở lớp học chuyên đề")
    ]
    write(by=by, directive_id=made.pk, seen_version=made.version, lines=lines)
    made = now(made)
    return actions.put_out(
        by=by, directive_id=made.pk, seen_version=made.version, sign="01-CT", dated=today() - timedelta(days=10)
    )


def now(row: Directive) -> Directive:
    return Directive.objects.everywhere(because=LOOK).get(pk=row.pk)


def tasks_of(row: Directive) -> list[Task]:
    return list(Task.objects.everywhere(because=LOOK).filter(directive_id=row.pk).order_by("pk"))


@pytest.fixture
def plan(world: World, top: Directive) -> Directive:
    """The draft of commune A1 that carries it out."""
    by = world.viewer("chau", today())
    made = actions.draft(by=by, unit_id=world.unit("A1"), written=Written("plan", "Kế hoạch của xã"))
    link(by=by, directive_id=made.pk, target_id=top.pk, kind=LinkKind.IMPLEMENTS)
    return now(made)


def lines(plan: Directive, *said: dict[str, Any], version: int | None = None) -> dict[str, Any]:
    form: dict[str, Any] = {
        "version": plan.version if version is None else version,
        "viec-TOTAL_FORMS": len(said), "viec-INITIAL_FORMS": len(said),
    }  # fmt: skip
    for number, line in enumerate(said):
        form |= {f"viec-{number}-{name}": value for name, value in line.items()}
    return form


def carried(above: Task, post: Post, **said: Any) -> dict[str, Any]:
    words = {"above": above.pk, "how": "carry", "title": above.title, "owner": f"p{post.pk}", "due_on": due()}
    return {**words, "for_below": "on", **said}


def test_a_plan_is_drafted_from_the_directive_above_and_leads_on_to_its_work(world: World, top: Directive) -> None:
    minh = at(world, "minh")
    page = minh.get(f"/chi-dao/{top.pk}/").content.decode()
    assert "Soạn kế hoạch của đơn vị" in page
    assert "Lập danh sách hộ khó khăn" in page
    assert "Thực hiện Chỉ thị số 01-CT" in minh.get(f"/chi-dao/moi/?theo={top.pk}").content.decode()
    sent = {"unit": "A1", "kind": "plan", "summary": "Kế hoạch của xã", "follows": top.pk}
    answer = minh.post(f"/chi-dao/moi/?theo={top.pk}", sent)
    made = Directive.objects.everywhere(because=LOOK).order_by("-pk")[0]
    assert answer["Location"] == f"/chi-dao/{made.pk}/viec/"
    page = minh.get(answer["Location"]).content.decode()
    assert "Lập danh sách hộ khó khăn" in page
    assert "Mở lớp học chuyên đề" in page


def test_lines_are_kept_shown_again_and_run_when_the_plan_goes_out(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    minh, (first, second) = at(world, "minh"), tasks_of(top)
    own = {"title": "Mời lão thành nói chuyện", "owner": f"p{posts['A1'].pk}", "due_on": due()}
    left = {"above": second.pk, "how": "leave", "reason": "Đã mở từ đầu năm"}
    form = lines(plan, carried(first, posts["A1"], helpers="A11"), left, own, {})
    assert minh.post(f"/chi-dao/{plan.pk}/viec/", form)["Location"] == f"/chi-dao/{plan.pk}/"
    page = minh.get(f"/chi-dao/{plan.pk}/viec/").content.decode()
    assert "Đã mở từ đầu năm" in page
    assert "Mời lão thành nói chuyện" in page
    shown = minh.get(f"/chi-dao/{plan.pk}/").content.decode()
    assert "Chờ ban hành" in shown
    assert not tasks_of(plan)
    sent = {"sign": "02-KH", "dated": today(), "version": now(plan).version}
    assert minh.post(f"/chi-dao/{plan.pk}/ban-hanh/", sent).status_code == 302
    assert [task.parent_id for task in tasks_of(plan)] == [first.pk, None]
    below = at(world, "chau").get(f"/chi-dao/{top.pk}/cap-duoi/?viec={second.pk}&tinh=left_out").content.decode()
    assert "Đã mở từ đầu năm" in below
    assert "Đảng bộ xã An Một" in below


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"due_on": "2031-01-01"}, "Hạn không được sau hạn của việc cấp trên"),
        ({"title": " "}, "Hãy ghi việc phải làm"),
        ({"owner": "p999999"}, "owner"),
        ({"helpers": "KHÔNG-CÓ"}, "Không tìm thấy đơn vị, chức vụ hay người này"),
        ({"due_on": "hôm nào"}, "Hãy ghi ngày"),
    ],
)
def test_what_is_wrong_is_said_beside_the_line_with_what_was_typed(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post], wrong: dict[str, Any], told: str
) -> None:
    above = tasks_of(top)[0]
    form = lines(plan, carried(above, posts["A1"], clause="Mục gõ dở", **wrong))
    answer = at(world, "minh").post(f"/chi-dao/{plan.pk}/viec/", form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert told in page
    assert "Mục gõ dở" in page
    assert not PlanLine.objects.everywhere(because=LOOK).filter(directive_id=plan.pk).exists()


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    form = lines(plan, carried(tasks_of(top)[0], posts["A1"]), version=plan.version - 1)
    assert at(world, "minh").post(f"/chi-dao/{plan.pk}/viec/", form).status_code == 400


@pytest.mark.parametrize("form", [{}, {"version": 1}, {"viec-TOTAL_FORMS": "9" * 30, "viec-INITIAL_FORMS": "-1"}])
def test_a_form_that_was_never_ours_is_refused(world: World, plan: Directive, form: dict[str, Any]) -> None:
    assert at(world, "minh").post(f"/chi-dao/{plan.pk}/viec/", form).status_code == 400


def test_the_lines_of_others_are_out_of_reach(world: World, top: Directive, plan: Directive) -> None:
    hoa = at(world, "hoa")
    assert hoa.get(f"/chi-dao/{plan.pk}/viec/").status_code == 404
    assert hoa.get(f"/chi-dao/{top.pk}/viec/").status_code == 404
    assert hoa.get("/chi-dao/999999999999999999/viec/").status_code == 404
    assert hoa.get(f"/chi-dao/{plan.pk}/cap-duoi/").status_code == 404


def test_each_count_below_opens_the_list_of_its_units(world: World, top: Directive, posts: dict[str, Post]) -> None:
    chau, task = at(world, "chau"), tasks_of(top)[0]
    page = chau.get(f"/chi-dao/{top.pk}/cap-duoi/").content.decode()
    counts = re.findall(rf'href="([^"]*viec={task.pk}&amp;tinh=\w+[^"]*)">(\d+)<', page)
    assert [many for _href, many in counts] == ["7"]
    listed = chau.get(counts[0][0].replace("&amp;", "&")).content.decode()
    assert len(re.findall(r'role="rowheader" class="name"', listed)) == 7
    assert chau.get(f"/chi-dao/{top.pk}/cap-duoi/?viec=77777").status_code == 404
    for ending, many in (("csv", 15), ("xlsx", None)):
        answer = chau.get(f"/chi-dao/{top.pk}/cap-duoi/bang.{ending}")
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # Django's answer to a stream
        assert many is None or len(content.decode().splitlines()) == many
    assert chau.get(f"/chi-dao/{top.pk}/cap-duoi/bang.pdf").status_code == 404


def test_a_task_is_handed_to_all_below_at_once_and_taken_back(
    world: World, top: Directive, posts: dict[str, Post]
) -> None:
    chau, task = at(world, "chau"), tasks_of(top)[0]
    page = chau.get(f"/nhiem-vu/{task.pk}/giao-xuong/?cho=cells").content.decode()
    assert "Giao cho 3 đơn vị" in page
    assert "Chi bộ thôn Bình" in page, "nobody leads B11"
    form = {"due_on": due(), "key": str(uuid4())}
    answer = chau.post(f"/nhiem-vu/{task.pk}/giao-xuong/?cho=cells", form)
    assert answer["Location"] == f"/nhiem-vu/{task.pk}/"
    again = chau.post(f"/nhiem-vu/{task.pk}/giao-xuong/?cho=cells", form)
    assert again.status_code == 302
    children = Task.objects.everywhere(because=LOOK).filter(parent_id=task.pk)
    assert children.count() == 3
    page = chau.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "0 / 3 việc ở cấp dưới đã xong" in page
    listed = chau.get(f"/nhiem-vu/?tiep={task.pk}").content.decode()
    assert len(re.findall(r'role="rowheader" class="name"', listed)) == 3
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    chau.post("/hoan-tac/", {"key": key[1]})
    assert children.filter(cancelled_on__isnull=True).count() == 0


@pytest.mark.parametrize(
    ("asked", "form", "told"),
    [
        ("cho=cells", {"due_on": "2031-01-01"}, "Hạn không được sau"),
        ("cho=cells", {"due_on": "2020-01-01"}, ""),
        ("cho=cells", {"key": "x"}, ""),
        ("cho=ai-cung-duoc", {}, ""),
        ("ma=B11", {}, "Không có đơn vị nào bên dưới để giao"),
        ("ma=KHONG-CO", {}, "Không có đơn vị mang mã này"),
    ],
)
def test_handing_down_refuses_what_cannot_be(
    world: World, top: Directive, posts: dict[str, Post], asked: str, form: dict[str, Any], told: str
) -> None:
    task = tasks_of(top)[0]
    sent = {"due_on": due(), "key": str(uuid4()), **form}
    answer = at(world, "chau").post(f"/nhiem-vu/{task.pk}/giao-xuong/?{asked}", sent)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Task.objects.everywhere(because=LOOK).filter(parent_id=task.pk).exists()


def test_units_that_do_not_stand_below_are_not_found(world: World, top: Directive, posts: dict[str, Post]) -> None:
    said = Said("Lập sổ", today(), due(), post=posts["A1"].pk)
    task = assign(by=world.viewer("chau", today()), unit_id=world.unit("A1"), said=said)
    assert at(world, "chau").get(f"/nhiem-vu/{task.pk}/giao-xuong/?ma=A21").status_code == 404
    assert at(world, "lan").get(f"/nhiem-vu/{task.pk}/giao-xuong/").status_code == 404


def test_the_list_of_tasks_is_narrowed_by_unit_document_and_owner(
    world: World, top: Directive, plan: Directive, posts: dict[str, Post]
) -> None:
    minh, first = at(world, "minh"), tasks_of(top)[0]
    minh.post(f"/chi-dao/{plan.pk}/viec/", lines(plan, carried(first, posts["A1"])))
    minh.post(f"/chi-dao/{plan.pk}/ban-hanh/", {"sign": "02-KH", "dated": today(), "version": now(plan).version})
    own = Said("Lập sổ", today(), due(), post=posts["A11"].pk)
    assign(by=world.viewer("chau", today()), unit_id=world.unit("A11"), said=own)

    def many(asked: str) -> int:
        answer = at(world, "chau").get(f"/nhiem-vu/?{asked}")
        assert answer.status_code == 200
        return len(re.findall(r'role="rowheader" class="name"', answer.content.decode()))

    assert many("") == 4
    assert many("ma=A1") == many("ma=Đảng+bộ+xã+An+Một") == many(f"don_vi={world.unit('A1')}") == 2
    assert many("ma=A1&rieng=on") == 1
    assert many(f"van_ban={top.pk}") == 3, "its own two and what carries it out"
    assert many(f"van_ban={plan.pk}") == 1
    assert many(f"ma=A1&nguoi=p{posts['A11'].pk}") == 1
    assert many("nguoi=p2%25&van_ban=x&trang_thai=y") == 4
    assert at(world, "chau").get("/nhiem-vu/?ma=KHONG-CO").status_code == 400
