"""The rows of tasks: see `tests.leaks.routes`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chithi.access.viewers import today
from chithi.org.models import Post
from tests.leaks.planted import Things, new_key
from tests.leaks.row import Row, api, area, at

ONE, DONE, ASKED, REST, GONE = (
    f"/nhiem-vu/{{{name}}}/" for name in ("task", "finished", "asked", "resting", "cancelled")
)
LATER = today() + timedelta(days=30)


def worded(things: Things) -> dict[str, Any]:
    post = Post.objects.everywhere(because="a test names an owner").filter(unit_id=things.unit).order_by("pk")[0]
    return {
        "title": "Lập danh sách mới", "owner": f"p{post.pk}", "since": today(), "due_on": LATER, "weight": 1,
        "update_every": 30, "version": 1,
    }  # fmt: skip


def _handed(_things: Things) -> dict[str, Any]:
    return {"due_on": LATER, "key": "6a1f0a52-0a1c-4d0e-9c53-0d6f3f1f3c11"}


def _act(word: str, address: str, needs: str = "enter", **said: Any) -> tuple[Row, Row]:
    """The form of an act and its sending."""
    form = {"version": 1, **said}
    return (
        Row("GET", at(f"{address}{word}/"), needs),
        Row("POST", at(f"{address}{word}/"), needs, inside=302, form=lambda _things: form),
    )


def _new_task(things: Things) -> dict[str, Any]:
    """A task of a unit as a program gives it."""
    post = Post.objects.everywhere(because="a test names an owner").filter(unit_id=things.unit).order_by("pk")[0]
    days = {"since": str(today()), "due_on": str(LATER)}
    return {"key": str(new_key()), "unit_id": things.unit, "title": "Lập danh sách mới", "post": post.pk, **days}


def _seen(_things: Things) -> dict[str, Any]:
    return {"version": 1, "on": str(today())}


def _report(_things: Things) -> dict[str, Any]:
    return {"key": str(new_key()), "on": str(today()), "share": 5}


ACTS = {
    "task_report": _act("tien-do", ONE, share=5, on=today()),
    "task_step": _act("buoc", ONE, title="Họp", due_on=today()),
    "task_finish": _act("xong", ONE),
    "task_accept": _act("nghiem-thu", DONE, "confirm"),
    "task_reopen": _act("lam-tiep", DONE, "confirm", reason="Thiếu"),
    "task_cancel": _act("huy", ONE, "confirm", reason="Trùng"),
    "task_put_back": _act("khoi-phuc", GONE, "confirm", reason="Vẫn cần"),
    "task_suspend": _act("tam-dung", ONE, "confirm", since=today(), reason="Chờ"),
    "task_resume": _act("tiep-tuc", REST, "confirm"),
    "task_ask_day": _act("doi-han", ONE, new=LATER, reason="Chờ"),
    "task_decide_day": _act("quyet-han", ASKED, "confirm", agreed="yes"),
    "task_set_day": _act("han-moi", ONE, "confirm", new=LATER, reason="Chờ"),
    "task_ask_why": _act("yeu-cau-giai-trinh", ONE, "confirm", question="Vì sao", due_on=LATER),
    "task_answer_why": _act("giai-trinh", ASKED, answer="Vì thiếu người"),
    "task_judge_why": _act("ket-luan", ASKED, "confirm", agreed="yes"),
}
TASKS: dict[str, Row] = {
    "GET /api/directives": api("GET", at("/api/directives?unit_id={unit}")),
    "GET /api/directives/{directive_id}": api("GET", at("/api/directives/{directive}"), needs="read"),
    "GET /api/tasks": api("GET", at("/api/tasks?unit_id={unit}"), needs="read"),
    "GET /api/tasks/{task_id}": api("GET", at("/api/tasks/{task}"), needs="read"),
    "POST /api/tasks": api("POST", at("/api/tasks"), needs="enter", inside=201, body=_new_task),
    "POST /api/tasks/{task_id}/progress": api(
        "POST", at("/api/tasks/{task}/progress"), needs="enter", inside=201, body=_report
    ),
    "POST /api/tasks/{task_id}/finish": api("POST", at("/api/tasks/{task}/finish"), needs="enter", body=_seen),
    "POST /api/tasks/{task_id}/accept": api(
        "POST", at("/api/tasks/{finished}/accept"), needs="confirm", body=lambda _things: {"version": 1}
    ),
    **{
        f"POST /api/tasks/{{task_id}}/{word}": api(
            "POST",
            at(f"/api/tasks/{{{about}}}/{word}"),
            needs="confirm",
            body=lambda _things, more=more: {"version": 1, "reason": "Trùng", **more},
        )
        for word, about, more in (
            ("cancel", "task", {}),
            ("put-back", "cancelled", {}),
            ("new-day", "task", {"due_on": str(LATER)}),
        )
    },
    "GET tasks": Row("GET", at("/nhiem-vu/?don_vi={unit}"), "read"),
    "GET tasks_overview": Row("GET", at("/nhiem-vu/tong-hop/?don_vi={unit}"), "read"),
    "GET tasks_overview_file": Row("GET", at("/nhiem-vu/tong-hop/tep.xlsx?don_vi={unit}"), "read"),
    "GET tasks_calendar": Row("GET", at("/nhiem-vu/lich/?don_vi={unit}"), "read"),
    "GET task": Row("GET", at(ONE), "read"),
    "GET task_new": Row("GET", at("/nhiem-vu/moi/?don_vi={unit}"), "enter", nowhere=403),
    "POST task_new": Row("POST", at("/nhiem-vu/moi/?don_vi={unit}"), "enter", inside=302, nowhere=403, form=worded),
    "GET task_change": Row("GET", at(ONE + "sua/"), "enter"),
    "POST task_change": Row("POST", at(ONE + "sua/"), "enter", inside=302, form=worded),
    "GET task_hand_down": Row("GET", at(ONE + "giao-xuong/"), "enter"),
    "POST task_hand_down": Row("POST", at(ONE + "giao-xuong/"), "enter", inside=400, form=_handed),
    "POST task_hand_again": Row(
        "POST", at(ONE + "giao-xuong/lai/"), "enter", inside=302, form=lambda _things: {"lam": "thoi"}
    ),
    "POST task_hints": area("POST", at("/nhiem-vu/goi-y/"), "", form=lambda _things: {"title": "Tăng cường"}),
    "GET task_helpers": Row("GET", at("/nhiem-vu/phoi-hop/?don_vi={unit}&helpers=B%C3%AD"), "enter", nowhere=403),
    "GET task_evidence": Row("GET", at("/nhiem-vu/minh-chung/{evidence}/"), "read"),
    "POST task_step_done": Row(
        "POST", at("/nhiem-vu/buoc/{step}/xong/"), "enter", inside=302, form=lambda _things: {"version": 1}
    ),
    **{f"GET {name}": shown for name, (shown, _sent) in ACTS.items()},
    **{f"POST {name}": sent for name, (_shown, sent) in ACTS.items()},
}
