"""The rows of administration: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from tests.leaks.account_routes import ACCOUNTS
from tests.leaks.call_routes import CALLS
from tests.leaks.directive_routes import DIRECTIVES
from tests.leaks.dossier_routes import DOSSIERS
from tests.leaks.duty_routes import DUTIES
from tests.leaks.import_routes import IMPORTS
from tests.leaks.office_routes import OFFICES
from tests.leaks.people_routes import PEOPLE
from tests.leaks.planted import Things
from tests.leaks.privacy_routes import PRIVACY
from tests.leaks.routine_routes import CALENDARS
from tests.leaks.row import Row, area, at
from tests.leaks.task_routes import TASKS
from tests.leaks.template_routes import TEMPLATES
from tests.leaks.tree_routes import TREE


def _group(things: Things) -> dict[str, Any]:
    return {"name": "Cụm thử", "kind": "cluster", "unit": things.code, "version": 1}


def _comes_in(things: Things) -> dict[str, Any]:
    return {"units": "A2" if things.code != "A2" else "A1", "since": "2025-01-01"}


def _ends(_things: Things) -> dict[str, Any]:
    return {"on": "2026-01-01", "version": 1}


def _ties(things: Things) -> dict[str, Any]:
    """A Party organisation owns no such tie: refused inside, forbidden outside."""
    return {"kind": "party_organisation", "unit": things.code, "other": "T", "since": "2025-01-01"}


def new_indicator(_things: Things) -> dict[str, Any]:
    """A definition as its form sends it."""
    return {
        "name_vi": "Buổi phát thanh", "noun_vi": "buổi", "group": "media", "decimals": "1", "kind": "count",
        "direction": "up", "legal_basis": "LOCAL_INTERNAL_BASIS", "counting": "flow", "expected": "grassroots",
        "scale": "0", "roll_up": "sum",
    }  # fmt: skip


def changed_indicator(things: Things) -> dict[str, Any]:
    """Another name for the classes."""
    return new_indicator(things) | {"numerator": "20", "group": "study", "version": "1"}


MANAGE: dict[str, Row] = {
    "GET health": area("GET", at("/quan-tri/tinh-trang/"), "system"),
    "GET journal_file": area("GET", at("/quan-tri/nhat-ky/tep.csv"), "journal"),
    "GET journal": area("GET", at("/quan-tri/nhat-ky/?unit={code}"), "journal"),
    "GET manage": area("GET", at("/quan-tri/"), "manage"),
    "GET indicators": area("GET", at("/quan-tri/chi-tieu/"), "define"),
    "GET indicator": area("GET", at("/quan-tri/chi-tieu/20/"), "define"),
    "GET indicator_define": area("GET", at("/quan-tri/chi-tieu/moi/"), "define"),
    "POST indicator_define": area("POST", at("/quan-tri/chi-tieu/moi/"), "define", form=new_indicator, inside=302),
    "GET indicator_change": area("GET", at("/quan-tri/chi-tieu/20/sua/"), "define"),
    "POST indicator_change": area(
        "POST", at("/quan-tri/chi-tieu/20/sua/"), "define", form=changed_indicator, inside=302
    ),
    "GET indicator_retire": area("GET", at("/quan-tri/chi-tieu/20/ngung/"), "define"),
    "POST indicator_retire": area(
        "POST",
        at("/quan-tri/chi-tieu/20/ngung/"),
        "define",
        form=lambda _: {"on": "2026-12-01", "version": "1"},
        inside=302,
    ),
    "GET breakdowns": area("GET", at("/quan-tri/cach-chia/"), "define"),
    "GET breakdown": area("GET", at("/quan-tri/cach-chia/1/"), "define"),
    "GET breakdown_define": area("GET", at("/quan-tri/cach-chia/moi/"), "define"),
    "POST breakdown_define": area(
        "POST",
        at("/quan-tri/cach-chia/moi/"),
        "define",
        form=lambda _: {"name_vi": "Kênh", "members": "Đài\nBáo"},
        inside=302,
    ),
    "GET breakdown_rename": area("GET", at("/quan-tri/cach-chia/1/ten/"), "define"),
    "POST breakdown_rename": area(
        "POST",
        at("/quan-tri/cach-chia/1/ten/"),
        "define",
        form=lambda _: {"name_vi": "Trong, ngoài Đảng", "version": "1"},
        inside=302,
    ),
    "GET member_add": area("GET", at("/quan-tri/cach-chia/1/them/"), "define"),
    "POST member_add": area(
        "POST", at("/quan-tri/cach-chia/1/them/"), "define", form=lambda _: {"name_vi": "Khác"}, inside=400
    ),
    "GET member_change": area("GET", at("/quan-tri/cach-chia/phan/1/"), "define"),
    "POST member_change": area(
        "POST",
        at("/quan-tri/cach-chia/phan/1/"),
        "define",
        form=lambda _: {"name_vi": "Đảng viên", "name_en": "Members", "version": "1"},
        inside=302,
    ),
    **TREE,
    **PRIVACY,
    **DIRECTIVES,
    **DOSSIERS,
    **OFFICES,
    **ACCOUNTS,
    **IMPORTS,
    **PEOPLE,
    **TEMPLATES,
    **TASKS,
    **DUTIES,
    **CALENDARS,
    **CALLS,
    "GET unit_suggest": Row("GET", at("/quan-tri/goi-y/don-vi/?o=unit&unit=xa")),
    "GET groups": Row("GET", at("/nhom/")),
    "GET group": Row("GET", at("/nhom/{group}/?ky={P}"), "read"),
    "GET group_trace": Row("GET", at("/nhom/{group}/so/20/{P}/"), "read"),
    "GET manage_groups": area("GET", at("/quan-tri/nhom/"), "tree"),
    "GET manage_group_new": area("GET", at("/quan-tri/nhom/moi/"), "tree"),
    "POST manage_group_new": area("POST", at("/quan-tri/nhom/moi/"), "tree", inside=302, form=_group),
    "GET manage_group": Row("GET", at("/quan-tri/nhom/{group}/"), "tree"),
    "POST manage_group": Row("POST", at("/quan-tri/nhom/{group}/"), "tree", inside=302, form=_comes_in),
    "GET manage_group_name": Row("GET", at("/quan-tri/nhom/{group}/ten/"), "tree"),
    "POST manage_group_name": Row("POST", at("/quan-tri/nhom/{group}/ten/"), "tree", inside=302, form=_group),
    "GET manage_group_end": Row("GET", at("/quan-tri/nhom/{group}/ket-thuc/"), "tree"),
    "POST manage_group_end": Row("POST", at("/quan-tri/nhom/{group}/ket-thuc/"), "tree", inside=302, form=_ends),
    "GET manage_group_member_end": Row("GET", at("/quan-tri/nhom/ra/{place}/"), "tree"),
    "POST manage_group_member_end": Row("POST", at("/quan-tri/nhom/ra/{place}/"), "tree", inside=302, form=_ends),
    "GET manage_links": area("GET", at("/quan-tri/gan/"), "tree"),
    "GET manage_link_new": area("GET", at("/quan-tri/gan/moi/"), "tree"),
    "POST manage_link_new": area("POST", at("/quan-tri/gan/moi/"), "tree", inside=400, form=_ties),
    "GET manage_link_end": Row("GET", at("/quan-tri/gan/{link}/thoi/"), "tree"),
    "POST manage_link_end": Row("POST", at("/quan-tri/gan/{link}/thoi/"), "tree", inside=302, form=_ends),
}
