"""The rows of the pages for units and reorganisation plans: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at

PLAN = "/quan-tri/sap-xep/{plan}/"
HEAD = {"title": "Phương án thử", "on": "2026-11-21", "document": "1-QĐ", "version": 1}


def _new(things: Things) -> dict[str, Any]:
    return {**HEAD, "unit": things.code}


def _head(_things: Things) -> dict[str, Any]:
    return HEAD


def _sheet(things: Things) -> dict[str, Any]:
    text = f"Việc;Mã;Tên\r\nđổi tên;{things.code};Tên khác".encode("utf-8-sig")
    return {"version": 1, "file": SimpleUploadedFile("bang.csv", text)}


def _row(things: Things) -> dict[str, Any]:
    return {"version": 1, "what": "đổi tên", "codes": things.code, "name": "Tên khác"}


def _seen(_things: Things) -> dict[str, Any]:
    return {"version": 1}


def _renamed(_things: Things) -> dict[str, Any]:
    return {"name": "Tên khác", "on": "2026-11-21", "document": "1-QĐ"}


TREE: dict[str, Row] = {
    "GET units": area("GET", at("/quan-tri/don-vi/"), "tree"),
    "GET unit_manage": Row("GET", at("/quan-tri/don-vi/{unit}/"), "tree", nowhere=403),
    "GET unit_act": Row("GET", at("/quan-tri/don-vi/{unit}/doi-ten/"), "tree", nowhere=403),
    "POST unit_act": Row(
        "POST", at("/quan-tri/don-vi/{unit}/doi-ten/"), "tree", inside=302, nowhere=403, form=_renamed
    ),
    "GET plans": area("GET", at("/quan-tri/sap-xep/"), "tree"),
    "GET plan_new": area("GET", at("/quan-tri/sap-xep/moi/"), "tree"),
    "POST plan_new": area("POST", at("/quan-tri/sap-xep/moi/"), "tree", inside=302, form=_new),
    "GET plan_template": area("GET", at("/quan-tri/sap-xep/mau/vi/"), "tree"),
    "GET plan": Row("GET", at(PLAN), "tree"),
    "GET plan_head": Row("GET", at(PLAN + "sua/"), "tree"),
    "POST plan_head": Row("POST", at(PLAN + "sua/"), "tree", inside=302, form=_head),
    "GET plan_sheet": Row("GET", at(PLAN + "bang/"), "tree"),
    "POST plan_sheet": Row("POST", at(PLAN + "bang/"), "tree", inside=302, form=_sheet),
    "GET plan_file": Row("GET", at(PLAN + "tai/"), "tree"),
    "POST plan_cancel": Row("POST", at(PLAN + "bo/"), "tree", inside=302, form=_seen),
    "GET plan_row_new": Row("GET", at(PLAN + "dong/"), "tree"),
    "POST plan_row_new": Row("POST", at(PLAN + "dong/"), "tree", inside=302, form=_row),
    "GET plan_row": Row("GET", at(PLAN + "dong/2/"), "tree"),
    "POST plan_row": Row("POST", at(PLAN + "dong/2/"), "tree", inside=302, form=_row),
    "POST plan_row_drop": Row("POST", at(PLAN + "dong/2/bo/"), "tree", inside=302, form=_seen),
    "GET plan_preview": Row("GET", at(PLAN + "xem-truoc/"), "tree"),
    "POST plan_try": Row("POST", at(PLAN + "tinh-thu/"), "tree", inside=302),
    "GET plan_progress": Row("GET", at(PLAN + "tien-do/"), "tree"),
    "POST plan_apply": Row("POST", at(PLAN + "ap-dung/"), "tree", inside=302, form=_seen),
    "GET plan_result": Row("GET", at(PLAN + "ket-qua/"), "tree"),
    "GET plan_undo": Row("GET", at(PLAN + "huy/"), "tree"),
    "POST plan_undo": Row("POST", at(PLAN + "huy/"), "tree", inside=400, form=_renamed),  # a draft: nothing to undo
}
