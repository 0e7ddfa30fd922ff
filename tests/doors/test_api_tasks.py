"""Tasks and documents of a directive by the API: the same acts as on the pages, once for each key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from chithi.access.viewers import today
from chithi.directives.actions import draft, enter
from chithi.directives.kinds import LinkKind
from chithi.directives.rules import Written
from chithi.directives.tying import link
from chithi.tasks.models import Task
from tests.doors.test_api import caller, send
from tests.task_world import again, post_in, task_in
from tests.worlds import World, add_members

pytestmark = pytest.mark.django_db
TODAY = today()
DUE = TODAY + timedelta(days=30)


def asked(world: World, code: str = "A11", **changes: Any) -> dict[str, Any]:
    said = {
        "key": str(uuid4()),
        "unit_id": world.unit(code), "title": "Lập danh sách hộ cần giúp đỡ", "post": post_in(world, code).pk,
        "since": str(TODAY), "due_on": str(DUE),
    }  # fmt: skip
    return said | changes


def test_a_task_is_given_reported_finished_and_accepted(world: World) -> None:
    minh, lan = caller(world, "minh"), caller(world, "lan")
    body = asked(world)
    made = send(minh, "POST", "/api/tasks", body)
    assert (made.status_code, send(minh, "POST", "/api/tasks", body).status_code) == (201, 200)
    task = made.json()
    assert (task["state"], task["assigned_by"], task["due_on"]) == ("not_judged", "Đảng bộ xã An Một", str(DUE))
    assert Task.objects.everywhere(because="a test counts").count() == 1
    word = {"key": str(uuid4()), "on": str(TODAY), "share": 40, "note": "Đã hỏi 12 hộ"}
    first, second = (send(lan, "POST", f"/api/tasks/{task['id']}/progress", word) for _ in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    done = {"version": again_of(task["id"]).version, "on": str(TODAY)}
    assert send(lan, "POST", f"/api/tasks/{task['id']}/finish", done).json()["share"] == 100
    assert send(lan, "POST", f"/api/tasks/{task['id']}/finish", done).status_code == 409
    version = {"version": again_of(task["id"]).version}
    assert send(minh, "POST", f"/api/tasks/{task['id']}/accept", version).json()["accepted"] is True
    read = lan.get(f"/api/tasks/{task['id']}").json()
    assert [one["note"] for one in read["progress"]] == ["", "Đã hỏi 12 hộ"]
    assert read["state"] == "done"


def again_of(task_id: int) -> Task:
    return Task.objects.everywhere(because="a test looks").get(pk=task_id)


def test_lists_hold_what_lies_in_reach_and_are_narrowed(world: World) -> None:
    first, _beside = task_in(world, "A11"), task_in(world, "A12")
    lan, minh = caller(world, "lan"), caller(world, "minh")
    assert [one["id"] for one in lan.get("/api/tasks").json()["items"]] == [first.pk]
    assert minh.get("/api/tasks").json()["total"] == 2
    assert minh.get(f"/api/tasks?unit_id={world.unit('A11')}").json()["total"] == 1
    assert minh.get("/api/tasks?state=done").json()["total"] == 0
    assert minh.get("/api/tasks?q=lap ke hoach").json()["total"] == 2
    assert lan.get(f"/api/tasks?unit_id={world.unit('A12')}").status_code == 404
    assert lan.get("/api/tasks?state=nothing").status_code == 422


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"title": " "}, 400, "tasks.no_title"),
        ({"post": None}, 400, "tasks.no_owner"),
        ({"person": 1}, 400, "tasks.no_owner"),
        ({"due_on": str(TODAY - timedelta(days=9))}, 400, "following.due_before_beginning"),
        ({"due_on": "9999-12-31"}, 400, "following.day_out_of_range"),
        ({"post": 999_999}, 400, "tasks.owner_elsewhere"),
        ({"helpers": [999_999]}, 404, "org.no_unit"),
        ({"helper_posts": [999_999]}, 404, "tasks.no_helper"),
        ({"helper_people": [999_999]}, 404, "tasks.no_helper"),
        ({"helper_people": ["1"]}, 422, "api.invalid"),
        ({"directive_id": 999_999}, 404, "tasks.no_directive"),
        ({"weight": 101}, 422, "api.invalid"),
        ({"unknown": 1}, 422, "api.invalid"),
        ({"title": "a\x00b"}, 422, "api.invalid"),
    ],
)
def test_what_cannot_be_given_is_a_problem(world: World, changes: dict[str, Any], status: int, code: str) -> None:
    answer = send(caller(world, "minh"), "POST", "/api/tasks", asked(world, **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Task.objects.everywhere(because="a test counts").exists()


def test_units_posts_and_people_are_named_as_helpers(world: World) -> None:
    minh, post, (member,) = caller(world, "minh"), post_in(world, "A12"), add_members(world.units["A11"], 1)
    named = {"helpers": [world.unit("A12")], "helper_posts": [post.pk], "helper_people": [member.pk]}
    answer = send(minh, "POST", "/api/tasks", asked(world, **named))
    assert answer.status_code == 201, answer.json()
    assert {name: answer.json()[name] for name in named} == named


def test_a_key_of_a_task_out_of_reach_says_nothing_of_it(world: World) -> None:
    kept = task_in(world, "A12")
    answer = send(caller(world, "lan"), "POST", "/api/tasks", asked(world, key=str(kept.key)))
    assert (answer.status_code, answer.json()["code"]) == (404, "tasks.no_task")
    assert send(caller(world, "hoa"), "POST", f"/api/tasks/{again(kept).pk}/accept", {"version": 1}).status_code == 400


def test_documents_are_read_with_what_hangs_together(world: World) -> None:
    chau, minh = world.viewer("chau", TODAY), world.viewer("minh", TODAY)
    above = enter(by=chau, unit_id=world.unit("T"), written=Written("directive", "Về học tập", "", "03-CT/TU", TODAY))
    own = draft(by=minh, unit_id=world.unit("A1"), written=Written("plan", "Kế hoạch học tập", ""))
    link(by=minh, directive_id=own.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    program = caller(world, "minh")
    found = program.get("/api/directives").json()
    assert [(one["id"], one["force"]) for one in found["items"]] == [(own.pk, "draft"), (above.pk, "holds")]
    assert program.get("/api/directives?size=1").json()["more"] is True
    opened = program.get(f"/api/directives/{own.pk}").json()
    assert [(one["kind"], one["outward"], one["directive"]["id"]) for one in opened["ties"]] == [
        ("implements", True, above.pk)
    ]
    assert caller(world, "lan").get(f"/api/directives/{own.pk}").status_code == 404
    assert caller(world, "hoa").get(f"/api/directives?unit_id={world.unit('A1')}").json()["items"] == []
