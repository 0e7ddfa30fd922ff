"""The rows of imports and exports: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at

HOME = "/quan-tri/nhap-xuat/"


def _sheet(things: Things) -> dict[str, Any]:
    return {"unit": things.code, "file": SimpleUploadedFile("nguoi.csv", b"Ten\nSen")}


def _out(things: Things) -> dict[str, Any]:
    return {"kind": "nguoi", "unit": things.code, "day": "2026-11-21", "ending": "csv"}


def _seen(_things: Things) -> dict[str, Any]:
    return {"version": 1}


IMPORTS: dict[str, Row] = {
    "GET imports": area("GET", at(HOME), "people"),
    "GET import_bring": area("GET", at(f"{HOME}nhap/nguoi/"), "people"),
    "POST import_bring": Row(
        "POST", at(f"{HOME}nhap/nguoi/"), "people", inside=302, outside=400, nowhere=403, form=_sheet
    ),
    "GET import_form": area("GET", at(f"{HOME}mau/nguoi/vi.xlsx"), "people"),
    "GET import_page": Row("GET", at(HOME + "{sheet}/"), "people"),
    "GET import_progress": Row("GET", at(HOME + "{sheet}/tien-do/"), "people"),
    "GET import_problems": Row("GET", at(HOME + "{sheet}/can-sua.xlsx"), "people"),
    "POST import_apply": Row("POST", at(HOME + "{sheet}/ghi/"), "people", inside=302, form=_seen),
    "POST import_cancel": Row("POST", at(HOME + "{sheet}/bo/"), "people", inside=302, form=_seen),
    "GET export": area("GET", at(f"{HOME}xuat/"), "people"),
    "POST export": Row("POST", at(f"{HOME}xuat/"), "people", inside=302, outside=400, nowhere=403, form=_out),
    "GET export_file": Row("GET", at(HOME + "xuat/nguoi.csv?don-vi={code}"), "people", nowhere=403),
}
