"""The rows of retention, one person's request and other names of units: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at

KEEP = "/quan-tri/luu-giu/"
WHO = KEEP + "nguoi/{former}/"


def _rule(_things: Things) -> dict[str, Any]:
    return {"months": "48", "basis": "", "seen": "0"}


def _sure(_things: Things) -> dict[str, Any]:
    return {"sure": "on", "reason": "Đơn", "version": "1"}


def _named(things: Things) -> dict[str, Any]:
    return {"unit": things.code, "text": "Tên quen gọi thử"}


PRIVACY: dict[str, Row] = {
    "GET retention": area("GET", at(KEEP), "system"),
    "GET retention_done": area("GET", at(KEEP + "da-lam/"), "system"),
    "GET retention_rule": area("GET", at(KEEP + "notes/sua/"), "system"),
    "POST retention_rule": area("POST", at(KEEP + "notes/sua/"), "system", inside=302, form=_rule),
    "GET retention_due": area("GET", at(KEEP + "person_name/"), "system"),
    "POST retention_due": area("POST", at(KEEP + "notes/"), "system", inside=302, form=_sure),
    "GET retention_people": area("GET", at(KEEP + "nguoi/?ten=nguoi"), "system"),
    "GET retention_person": Row("GET", at(WHO), "system", nowhere=403),
    "POST retention_hold": Row("POST", at(WHO + "giu/"), "system", inside=302, nowhere=403, form=_sure),
    "POST retention_release": Row("POST", at(WHO + "thoi-giu/"), "system", inside=404, nowhere=403, form=_sure),
    "GET retention_forget": Row("GET", at(WHO + "thay-ten/"), "system", nowhere=403),
    "POST retention_forget": Row("POST", at(WHO + "thay-ten/"), "system", inside=302, nowhere=403, form=_sure),
    "GET other_names": area("GET", at("/quan-tri/ten-khac/"), "tree"),
    "POST other_names": area("POST", at("/quan-tri/ten-khac/"), "tree", inside=302, form=_named),
    "POST other_name_drop": Row(
        "POST", at("/quan-tri/ten-khac/{other_name}/bo/"), "tree", inside=302, nowhere=403, form=_sure
    ),
}
