"""Rows of files on a directive and of helper sections: read, made, changed, ticked, ended."""

from __future__ import annotations

from typing import Any

from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at

LED, ENTRY, SECTION = "/chi-dao/{led}/ho-so/", "/chi-dao/ho-so/muc/{file_entry}/", "/giup-viec/{section}/"


def _sent(**said: Any) -> Any:
    return lambda _things: said


def _new(things: Things) -> dict[str, Any]:
    return {"unit": things.code, "name": "Bộ phận mới", "since": "2026-10-05"}


def _seat(things: Things) -> dict[str, Any]:
    return {"who": f"p{things.post}", "part": "member", "since": "2026-10-05", "version": 1}


NAMED = {"name": "Tên mới", "since": "2026-10-01", "version": 1}
ENDED = {"on": "2026-11-01", "version": 1}

DOSSIERS: dict[str, Row] = {
    "GET dossiers": Row("GET", at(LED), "read"),
    "GET dossiers_file": Row("GET", at(LED + "bang.csv"), "read"),
    "GET dossier": Row("GET", at(LED + "don-vi/{keeper}/"), "read"),
    "GET dossier_entries": Row("GET", at(LED + "danh-muc/"), "enter"),
    "POST dossier_begin": Row("POST", at(LED + "danh-muc/lap/"), "enter", inside=400, form=_sent()),
    "GET dossier_entry_new": Row("GET", at(LED + "danh-muc/moi/"), "enter"),
    "POST dossier_entry_new": Row(
        "POST", at(LED + "danh-muc/moi/"), "enter", inside=302, form=_sent(title="Mục mới", known="by_hand")
    ),
    "GET dossier_entry_change": Row("GET", at(ENTRY), "enter"),
    "POST dossier_entry_change": Row(
        "POST", at(ENTRY), "enter", inside=302, form=_sent(title="Mục đổi tên", version=1)
    ),
    "POST dossier_entry_first": Row("POST", at(ENTRY + "len-dau/"), "enter", inside=302, form=_sent(version=1)),
    "POST dossier_entry_end": Row("POST", at(ENTRY + "bo/"), "enter", inside=302, form=_sent(version=1)),
    "GET dossier_tick": Row("GET", at(ENTRY + "don-vi/{keeper}/"), "enter"),
    "POST dossier_tick": Row(
        "POST",
        at(ENTRY + "don-vi/{keeper}/"),
        "enter",
        inside=302,
        form=_sent(done_on="2026-10-02", note="Cặp số 2", version=1),
    ),
    "POST dossier_untick": Row(
        "POST", at("/chi-dao/ho-so/danh-dau/{tick}/bo/"), "enter", inside=302, form=_sent(version=1)
    ),
    "GET helper_sections": area("GET", at("/giup-viec/"), "read"),
    "GET helper_section_new": area("GET", at("/giup-viec/moi/"), "enter"),
    "POST helper_section_new": Row(
        "POST", at("/giup-viec/moi/"), "enter", inside=302, outside=400, nowhere=403, form=_new
    ),
    "GET helper_section": Row("GET", at(SECTION), "read"),
    "GET helper_section_change": Row("GET", at(SECTION + "sua/"), "enter"),
    "POST helper_section_change": Row("POST", at(SECTION + "sua/"), "enter", inside=302, form=_sent(**NAMED)),
    "GET helper_section_end": Row("GET", at(SECTION + "thoi/"), "enter"),
    "POST helper_section_end": Row("POST", at(SECTION + "thoi/"), "enter", inside=302, form=_sent(**ENDED)),
    "GET helper_seat": Row("GET", at(SECTION + "nguoi/"), "enter"),
    # whoever is planted there sits in it already, and the form says so
    "POST helper_seat": Row("POST", at(SECTION + "nguoi/"), "enter", inside=400, form=_seat),
    "GET helper_unseat": Row("GET", at("/giup-viec/nguoi/{seat}/thoi/"), "enter"),
    "POST helper_unseat": Row("POST", at("/giup-viec/nguoi/{seat}/thoi/"), "enter", inside=302, form=_sent(**ENDED)),
}
