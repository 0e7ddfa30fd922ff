"""The rows of accounts, roles, one's own account and the second step of the log-in: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from tests.leaks.planted import OWN_ROLE, Things
from tests.leaks.row import Row, area, at

ACCOUNT = "/quan-tri/tai-khoan/{account}/"
ROLE = f"/quan-tri/vai-tro/{OWN_ROLE}/"


def _opened(things: Things) -> dict[str, Any]:
    given = {"name": "Người thử", "username": f"thu-{things.code.lower()}", "language": "vi"}
    return {**given, **_given(things)}


def _given(things: Things) -> dict[str, Any]:
    return {"role": "leader", "unit": things.code, "since": "2026-01-01"}


def _renamed(things: Things) -> dict[str, Any]:
    return {"name": "Tên khác", "language": "vi", "version": 1}


def _nobody(things: Things) -> dict[str, Any]:
    return {"person": "", "version": 1}


def _ended(things: Things) -> dict[str, Any]:
    return {"until": "2026-06-01", "version": 1}


def _acted(things: Things) -> dict[str, Any]:
    return {"version": 1}


def _role(things: Things) -> dict[str, Any]:
    given = {"name_vi": "Vai trò khác", "name_en": "Another role", "may": ["read"]}
    return {**given, "code": f"role_{things.code.lower()}", "version": 1}


def _retired(things: Things) -> dict[str, Any]:
    return {"on": "", "version": 1}


def _code(things: Things) -> dict[str, Any]:
    return {"code": "abc"}


def _password(things: Things) -> dict[str, Any]:
    return {"old": "không phải", "new": "con đường làng năm ấy", "again": "con đường làng năm ấy"}


def _about(method: str, more: str, **how: Any) -> Row:
    """A page about one account, looked after by whoever has ACCOUNTS over its unit."""
    return Row(method, at(ACCOUNT + more), "accounts", **{"nowhere": 403, **how})


def _whole(method: str, address: str, **how: Any) -> Row:
    """A page for whoever has SYSTEM over the whole installation."""
    return area(method, at(address), "system", **how)


ACCOUNTS: dict[str, Row] = {
    "GET accounts": area("GET", at("/quan-tri/tai-khoan/?q=a"), "accounts"),
    "GET accounts_locked": area("GET", at("/quan-tri/tai-khoan/bi-khoa/"), "accounts"),
    "GET account_open": area("GET", at("/quan-tri/tai-khoan/mo/"), "accounts"),
    "POST account_open": area("POST", at("/quan-tri/tai-khoan/mo/"), "accounts", form=_opened),
    "GET account": _about("GET", ""),
    "GET account_change": _about("GET", "sua/"),
    "POST account_change": _about("POST", "sua/", inside=302, form=_renamed),
    "GET account_person": _about("GET", "nguoi/"),
    "POST account_person": _about("POST", "nguoi/", inside=302, form=_nobody),
    "GET account_give": _about("GET", "giao/"),
    "POST account_give": _about("POST", "giao/", inside=302, form=_given),
    "GET account_act": _about("GET", "lam/dong/"),
    "POST account_act": _about("POST", "lam/dong/", inside=302, form=_acted),
    "GET grant_end": Row("GET", at("/quan-tri/tai-khoan/vai-tro/{grant}/thoi/"), "accounts", nowhere=403),
    "POST grant_end": Row(
        "POST", at("/quan-tri/tai-khoan/vai-tro/{grant}/thoi/"), "accounts", inside=302, nowhere=403, form=_ended
    ),
    "GET roles": _whole("GET", "/quan-tri/vai-tro/"),
    "GET role_define": _whole("GET", "/quan-tri/vai-tro/dat/"),
    "POST role_define": _whole("POST", "/quan-tri/vai-tro/dat/", inside=302, form=_role),
    "GET role_change": _whole("GET", f"{ROLE}sua/"),
    "POST role_change": _whole("POST", f"{ROLE}sua/", inside=302, form=_role),
    "GET role_retire": _whole("GET", f"{ROLE}ngung/"),
    "POST role_retire": _whole("POST", f"{ROLE}ngung/", inside=302, form=_retired),
    "GET my_account": Row("GET", at("/tai-khoan/")),
    "GET my_password": Row("GET", at("/tai-khoan/mat-khau/")),
    "POST my_password": Row("POST", at("/tai-khoan/mat-khau/"), inside=400, form=_password),
    "GET my_second_factor": Row("GET", at("/tai-khoan/hai-buoc/")),
    "POST my_second_factor": Row("POST", at("/tai-khoan/hai-buoc/"), inside=400, form=_code),
    "GET my_second_factor_picture": Row("GET", at("/tai-khoan/hai-buoc/hinh.svg")),
    "GET my_second_factor_end": Row("GET", at("/tai-khoan/hai-buoc/tat/")),
    "POST my_second_factor_end": Row("POST", at("/tai-khoan/hai-buoc/tat/"), inside=400, form=_code),
    "GET my_recovery_codes": Row("GET", at("/tai-khoan/ma-du-phong/")),
    "POST my_recovery_codes": Row("POST", at("/tai-khoan/ma-du-phong/"), inside=400, form=_code),
    "POST my_session_end": Row("POST", at("/tai-khoan/phien/999999999/"), inside=404),
    "GET tour": Row("GET", at("/lam-quen/")),
    "POST tour": Row("POST", at("/lam-quen/"), inside=302, form=lambda _things: {"buoc": "1"}),
    "POST my_sessions_end": Row("POST", at("/tai-khoan/phien/"), inside=302),
    "GET second_step": Row("GET", at("/vao/ma/"), inside=302),
    "POST second_step": Row("POST", at("/vao/ma/"), inside=302, form=_code),
}
