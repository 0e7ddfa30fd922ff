"""The rows of requests by letter: see `tests.leaks.routes`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chithi.access.viewers import today
from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at

DUE = (today() + timedelta(days=5)).isoformat()
DRAFT, OUT = "/yeu-cau/{call_draft}/", "/yeu-cau/{call}/"
REPLY, ANSWERED = "/yeu-cau/tra-loi/{reply}/", "/yeu-cau/tra-loi/{answered}/"


def _worded(_things: Things) -> dict[str, Any]:
    return {"title": "Báo cáo nhanh", "due_on": DUE, "version": 1}


def _kept(_things: Things) -> dict[str, Any]:
    return {"version": 1, "lam": "luu"}


def _why(_things: Things) -> dict[str, Any]:
    return {"version": 1, "why": "Đã có số"}


CALLS: dict[str, Row] = {
    "GET calls": Row("GET", at("/yeu-cau/")),
    "GET call_new": area("GET", at("/yeu-cau/moi/"), "enter"),
    "POST call_new": area("POST", at("/yeu-cau/moi/"), "enter", inside=302, form=_worded),
    "GET call": Row("GET", at(OUT), "read"),
    "GET call_change": Row("GET", at(DRAFT + "sua/"), "enter"),
    "POST call_change": Row("POST", at(DRAFT + "sua/"), "enter", inside=302, form=_worded),
    "POST call_line_add": Row(
        "POST", at(DRAFT + "dong/"), "enter", inside=302, form=lambda _t: {"text": "Số buổi", "asks": "number"}
    ),
    "POST call_line_drop": Row(
        "POST", at("/yeu-cau/dong/{call_line}/bo/"), "enter", inside=302, form=lambda _t: {"version": 1}
    ),
    "GET call_send": Row("GET", at(DRAFT + "gui/"), "enter"),
    "POST call_send": Row("POST", at(DRAFT + "gui/"), "enter", inside=400, form=lambda _t: {"version": 1}),
    "POST call_discard": Row("POST", at(DRAFT + "bo/"), "enter", inside=302, form=lambda _t: {"version": 1}),
    "GET call_withdraw": Row("GET", at(OUT + "thu-hoi/"), "enter"),
    "POST call_withdraw": Row("POST", at(OUT + "thu-hoi/"), "enter", inside=302, form=_why),
    "POST call_remind": Row("POST", at(OUT + "don-doc/"), "enter", inside=302),
    "GET call_file": Row("GET", at("/yeu-cau/{answered_call}/bang.xlsx"), "read"),
    "GET reply": Row("GET", at(ANSWERED), "read"),
    "POST reply": Row("POST", at(REPLY), "enter", inside=302, form=_kept),
    "GET reply_pass": Row("GET", at(REPLY + "chuyen-xuong/"), "enter"),
    "POST reply_pass": Row(
        "POST", at(REPLY + "chuyen-xuong/"), "enter", inside=400, form=lambda _t: {"due_on": today().isoformat()}
    ),
    "GET reply_back": Row("GET", at(ANSWERED + "tra-lai/"), "enter"),
    "POST reply_back": Row(
        "POST", at(ANSWERED + "tra-lai/"), "enter", inside=302, form=lambda _t: {"version": 2, "why": "Thiếu"}
    ),
}
