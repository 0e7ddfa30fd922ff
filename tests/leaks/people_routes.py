"""The rows of the register of people, transfers and hand-overs: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at


def _new(things: Things) -> dict[str, Any]:
    return {"name": "Vừ A Thử", "kind": "official", "unit": things.code, "since": "2025-01-01"}


def _ends(_things: Things) -> dict[str, Any]:
    return {"on": "2026-01-01", "version": 1}


def _version(_things: Things) -> dict[str, Any]:
    return {"version": 1, "why": "chưa có hồ sơ", "paper": "tủ hồ sơ"}


def _handed(_things: Things) -> dict[str, Any]:
    return {"name": "Vừ A Thử", "on": "2026-01-01", "version": 1}


PEOPLE: dict[str, Row] = {
    "GET people": area("GET", at("/quan-tri/nguoi/"), "people"),
    "GET person_add": area("GET", at("/quan-tri/nguoi/them/lam-viec/?don-vi={code}"), "people"),
    "POST person_add": Row(
        "POST", at("/quan-tri/nguoi/them/lam-viec/?nguoi={person}"), "people", inside=302, nowhere=403, form=_new
    ),
    "GET person": Row("GET", at("/quan-tri/nguoi/{person}/"), "people"),
    "GET person_correct": Row("GET", at("/quan-tri/nguoi/{person}/sua/"), "people"),
    "POST person_correct": Row(
        "POST", at("/quan-tri/nguoi/{person}/sua/"), "people", inside=302, form=lambda t: _new(t) | {"version": 1}
    ),
    "GET person_end": Row("GET", at("/quan-tri/nguoi/thoi/chuc-vu/{post}/"), "people"),
    "POST person_end": Row("POST", at("/quan-tri/nguoi/thoi/chuc-vu/{post}/"), "people", inside=302, form=_ends),
    "GET person_exempt": Row("GET", at("/quan-tri/nguoi/mien/{stay}/"), "people"),
    # The planted stay never held, so that no total moves: there is nothing to be exempt from or to transfer.
    "POST person_exempt": Row(
        "POST", at("/quan-tri/nguoi/mien/{stay}/"), "people", inside=400, form=lambda _: {"since": "2026-01-01"}
    ),
    "GET transfer_propose": Row("GET", at("/quan-tri/nguoi/chuyen/{stay}/"), "people"),
    "POST transfer_propose": Row(
        "POST", at("/quan-tri/nguoi/chuyen/{stay}/"), "people", inside=400, form=lambda t: _ends(t) | {"to": "A21"}
    ),
    "GET transfers": area("GET", at("/quan-tri/chuyen-sinh-hoat/"), "people"),
    "GET transfer": Row("GET", at("/quan-tri/chuyen-sinh-hoat/{proposal}/"), "people"),
    "POST transfer_accept": Row(
        "POST", at("/quan-tri/chuyen-sinh-hoat/{proposal}/nhan/"), "people", inside=400, form=_version
    ),
    "POST transfer_refuse": Row(
        "POST", at("/quan-tri/chuyen-sinh-hoat/{proposal}/khong-nhan/"), "people", inside=302, form=_version
    ),
    "POST transfer_withdraw": Row(
        "POST", at("/quan-tri/chuyen-sinh-hoat/{proposal}/rut/"), "people", inside=302, form=_version
    ),
    "GET posts": area("GET", at("/quan-tri/chuc-vu/"), "people"),
    "GET handover_prepare": Row("GET", at("/quan-tri/chuc-vu/{post}/ban-giao/"), "people"),
    # One hand-over of the post is open already.
    "POST handover_prepare": Row("POST", at("/quan-tri/chuc-vu/{post}/ban-giao/"), "people", inside=400, form=_handed),
    "GET handovers": Row("GET", at("/quan-tri/ban-giao/")),
    "GET handover": Row("GET", at("/quan-tri/ban-giao/{handover}/"), "people"),
    "POST handover_sign": Row(
        "POST", at("/quan-tri/ban-giao/{handover}/ky/giver/"), "people", inside=302, form=_version
    ),
    "POST handover_withdraw": Row(
        "POST", at("/quan-tri/ban-giao/{handover}/rut/"), "people", inside=302, form=_version
    ),
    # Nothing waits for roles before both have signed.
    "POST handover_roles": Row(
        "POST", at("/quan-tri/ban-giao/{handover}/vai-tro/"), "accounts", inside=400, form=_version
    ),
}
