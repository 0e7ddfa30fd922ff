"""The rows of duties and shortcomings: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from chithi.access.viewers import today
from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at
from tests.leaks.task_routes import worded

ONE, DRAFT = "/nghia-vu/{duty_list}/", "/nghia-vu/{duty_draft}/"
SHORT, DONE = "/han-che/{shortcoming}/", "/han-che/{remedied}/"
REPORT = ONE + "bao-cao/{unit}/2026/"
SEEN = {"version": 1}


def _list(things: Things) -> dict[str, Any]:
    return {
        "unit": things.code, "name": "Nêu gương", "expects": ["grassroots"], "rhythm": "year", "since": "2026-01-01",
        "code_0": "1", "wording_0": "Công khai thu chi", "concerns_0": "head", **SEEN,
    }  # fmt: skip


def _said(things: Things) -> dict[str, Any]:
    return {
        "unit": things.code, "wording": "Họp muộn", "found": "other", "found_on": today(), **SEEN,
    }  # fmt: skip


def _seen(_things: Things) -> dict[str, Any]:
    return SEEN


def _reason(_things: Things) -> dict[str, Any]:
    return {**SEEN, "reason": "Nhầm", "on": today()}


DUTIES: dict[str, Row] = {
    "GET duties": area("GET", at("/nghia-vu/"), "read"),
    "GET duty_list_new": area("GET", at("/nghia-vu/moi/"), "enter"),
    "POST duty_list_new": Row("POST", at("/nghia-vu/moi/"), "enter", inside=302, outside=400, nowhere=403, form=_list),
    "GET duty_list": Row("GET", at(DRAFT), "enter"),
    "GET duty_list_change": Row("GET", at(DRAFT + "sua/"), "enter"),
    "POST duty_list_change": Row("POST", at(DRAFT + "sua/"), "enter", inside=302, form=_list),
    "POST duty_list_issue": Row("POST", at(DRAFT + "ban-hanh/"), "enter", inside=302, form=_seen),
    "POST duty_list_next": Row("POST", at(ONE + "phien-ban-moi/"), "enter", inside=302, form=_seen),
    "POST duty_list_discard": Row("POST", at(DRAFT + "bo/"), "enter", inside=302, form=_seen),
    "GET duty_list_end": Row("GET", at(ONE + "het-hieu-luc/"), "enter"),
    "POST duty_list_end": Row("POST", at(ONE + "het-hieu-luc/"), "enter", inside=302, form=_reason),
    "GET duty_matrix": Row("GET", at(ONE + "tong-hop/?don_vi={unit}&cho=2025"), "read"),
    "GET duty_matrix_file": Row("GET", at(ONE + "tong-hop/tep.xlsx?don_vi={unit}&cho=2025"), "read"),
    "GET duty_report": Row("GET", at(REPORT), "read"),
    "POST duty_report": Row("POST", at(REPORT), "enter", inside=302, form=_seen),
    "GET duty_send_back": Row("GET", at("/nghia-vu/bao-cao/{duty_report}/tra-lai/"), "above"),
    "POST duty_send_back": Row(
        "POST", at("/nghia-vu/bao-cao/{duty_report}/tra-lai/"), "above", inside=302, form=_reason
    ),
    "GET shortcomings": Row("GET", at("/han-che/?don_vi={unit}"), "read"),
    "GET shortcoming": Row("GET", at(DONE), "read"),
    "GET shortcoming_new": Row("GET", at("/han-che/moi/?don_vi={unit}&nghia_vu={duty_answer}"), "enter", nowhere=403),
    "POST shortcoming_new": Row(
        "POST", at("/han-che/moi/?don_vi={unit}&nghia_vu={duty_answer}"), "enter", inside=302, nowhere=403, form=_said
    ),
    "GET shortcoming_change": Row("GET", at(SHORT + "sua/"), "enter"),
    "POST shortcoming_change": Row("POST", at(SHORT + "sua/"), "enter", inside=302, form=_said),
    "GET shortcoming_task": Row("GET", at(SHORT + "giao-viec/"), "enter"),
    "POST shortcoming_task": Row("POST", at(SHORT + "giao-viec/"), "enter", inside=302, form=worded),
    "GET shortcoming_again": Row("GET", at(DONE + "tai-dien/"), "enter"),
    "POST shortcoming_again": Row("POST", at(DONE + "tai-dien/"), "enter", inside=302, form=_reason),
    "GET shortcoming_withdraw": Row("GET", at(SHORT + "rut/"), "enter"),
    "POST shortcoming_withdraw": Row("POST", at(SHORT + "rut/"), "enter", inside=302, form=_reason),
}
