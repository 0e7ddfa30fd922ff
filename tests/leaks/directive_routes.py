"""Rows of documents of a directive: the list, one, its files and links, every act, the cascade."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at


def _written(_things: Things) -> dict[str, Any]:
    return {"kind": "plan", "summary": "Sửa lại", "sign": "01-KH", "dated": "2026-10-01", "version": 2}


def _new(things: Things) -> dict[str, Any]:
    return {"unit": things.code, "kind": "plan", "summary": "Mới", "sign": "77-KH", "dated": "2026-10-02"}


def _file(_things: Things) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("them.txt", b"them mot tep")}


def _target(things: Things) -> dict[str, Any]:
    return {"kind": "concludes", "target": f"/chi-dao/{things.directive}/"}


def _lines(_things: Things) -> dict[str, Any]:
    return {"version": 1, "viec-TOTAL_FORMS": 0, "viec-INITIAL_FORMS": 0}


ONE, DRAFT = "/chi-dao/{directive}/", "/chi-dao/{draft}/"
SEEN = {"version": 1}

DIRECTIVES: dict[str, Row] = {
    "GET directives": area("GET", at("/chi-dao/"), "read"),
    "GET directive_new": area("GET", at("/chi-dao/moi/"), "enter"),
    "POST directive_new": Row("POST", at("/chi-dao/moi/"), "enter", inside=302, outside=400, nowhere=403, form=_new),
    "GET directive": Row("GET", at(ONE), "read"),
    "GET directive_file": Row("GET", at("/chi-dao/tep/{paper}/"), "read"),
    "GET cascade": Row("GET", at(ONE + "trien-khai/"), "read"),
    "GET cascade_file": Row("GET", at(ONE + "trien-khai/bang.csv"), "read"),
    "GET directive_change": Row("GET", at(ONE + "sua/"), "enter"),
    "POST directive_change": Row("POST", at(ONE + "sua/"), "enter", inside=302, form=_written),
    "GET directive_out": Row("GET", at(DRAFT + "ban-hanh/"), "enter"),
    "POST directive_out": Row(
        "POST",
        at(DRAFT + "ban-hanh/"),
        "enter",
        inside=302,
        form=lambda _: {"sign": "09-KH", "dated": "2026-10-05", "version": 1},
    ),
    "GET directive_withdraw": Row("GET", at(ONE + "thu-hoi/"), "enter"),
    "POST directive_withdraw": Row(
        "POST",
        at(ONE + "thu-hoi/"),
        "enter",
        inside=302,
        form=lambda _: {"on": "2026-11-01", "why": "nhầm", "version": 2},
    ),
    "POST directive_discard": Row("POST", at(DRAFT + "bo/"), "enter", inside=302, form=lambda _: SEEN),
    "POST directive_remind": Row(
        "POST", at(ONE + "don-doc/"), "enter", inside=400, form=lambda things: {"unit": things.unit}
    ),
    "POST directive_count": Row(
        "POST", at("/chi-dao/{led}/chi-tieu/"), "define", inside=302, nowhere=403, form=lambda _: {}
    ),
    "GET plan_lines": Row("GET", at(DRAFT + "viec/"), "enter"),
    "POST plan_lines": Row("POST", at(DRAFT + "viec/"), "enter", inside=302, form=_lines),
    "GET plan_below": Row("GET", at(ONE + "cap-duoi/"), "read"),
    "GET plan_below_file": Row("GET", at(ONE + "cap-duoi/bang.csv"), "read"),
    "GET directive_attach": Row("GET", at(ONE + "tep/"), "enter"),
    "POST directive_attach": Row("POST", at(ONE + "tep/"), "enter", inside=302, form=_file),
    "POST directive_detach": Row("POST", at("/chi-dao/tep/{paper}/go/"), "enter", inside=302, form=lambda _: SEEN),
    "GET directive_link": Row("GET", at(DRAFT + "noi/"), "enter"),
    "POST directive_link": Row("POST", at(DRAFT + "noi/"), "enter", inside=400, form=_target),
    "POST directive_unlink": Row("POST", at("/chi-dao/noi/{tie}/go/"), "enter", inside=302, form=lambda _: SEEN),
}
