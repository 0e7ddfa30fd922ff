"""Rows of a records office: letterhead, terms, numbers, the register, issuing."""

from __future__ import annotations

from typing import Any

from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at


def _term(_things: Things) -> dict[str, Any]:
    return {"name": "2020–2025", "since": "2020-01-01", "until": "2025-01-01"}


def _same_term(_things: Things) -> dict[str, Any]:
    return {"name": "2025–2030", "since": "2025-01-01", "version": 1}


def _first(_things: Things) -> dict[str, Any]:
    return {"kind": "plan", "on": "2026-10-01", "first": "12"}


OFFICES: dict[str, Row] = {
    "GET offices": area("GET", at("/quan-tri/the-thuc/"), "report"),
    "GET office": Row("GET", at("/quan-tri/the-thuc/{unit}/"), "report"),
    "POST office": Row(
        "POST",
        at("/quan-tri/the-thuc/{unit}/"),
        "report",
        inside=302,
        form=lambda _: {"place": "Nơi thử", "version": 0},
    ),
    "GET office_term_new": Row("GET", at("/quan-tri/the-thuc/{unit}/nhiem-ky/"), "report"),
    "POST office_term_new": Row("POST", at("/quan-tri/the-thuc/{unit}/nhiem-ky/"), "report", inside=302, form=_term),
    "GET office_term": Row("GET", at("/quan-tri/the-thuc/nhiem-ky/{term}/"), "report"),
    "POST office_term": Row("POST", at("/quan-tri/the-thuc/nhiem-ky/{term}/"), "report", inside=302, form=_same_term),
    "GET office_first": Row("GET", at("/quan-tri/the-thuc/{unit}/so-dau/"), "report"),
    "POST office_first": Row("POST", at("/quan-tri/the-thuc/{unit}/so-dau/"), "report", inside=302, form=_first),
    "GET outgoing": area("GET", at("/quan-tri/van-ban-di/"), "report"),
    "GET outgoing_file": area("GET", at("/quan-tri/van-ban-di/so.csv"), "report"),
    "GET outgoing_document": Row("GET", at("/quan-tri/van-ban-di/{issued}.docx"), "report"),
    "GET outgoing_pdf": Row("GET", at("/quan-tri/van-ban-di/{issued}.pdf"), "report"),
    "GET outgoing_withdraw": Row("GET", at("/quan-tri/van-ban-di/{issued}/thu-hoi/"), "report"),
    "POST outgoing_withdraw": Row(
        "POST",
        at("/quan-tri/van-ban-di/{issued}/thu-hoi/"),
        "report",
        inside=302,
        form=lambda _: {"on": "2026-11-01", "why": "nhầm", "version": 1},
    ),
    "GET report_issue": Row("GET", at("/bao-cao/{report}/ban-hanh/"), "report"),
    "POST report_issue": Row(
        "POST", at("/bao-cao/{report}/ban-hanh/"), "report", inside=302, form=lambda _: {"on": "2026-11-01"}
    ),
    "GET report_letter": Row("GET", at("/bao-cao/{report}/cong-van.docx"), "report"),
}
