"""The filter of tasks in an address, both ways."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from chithi.following.kinds import Age, State
from chithi.org.queries import MOST_ID
from chithi.tasks.queries import Wanted
from chithi.web.whole import whole


def wanted_of(asked: QueryDict) -> Wanted:
    """The filter that an address names; what is no plausible value asks for nothing."""
    state, age = asked.get("trang_thai", ""), asked.get("qua_han", "")
    return Wanted(
        unit=whole(asked.get("don_vi")) or 0,
        told=min(whole(asked.get("bao_len")) or 0, MOST_ID),
        day=day_of(asked.get("ngay", "")),
        alone=bool(asked.get("rieng")),
        state=state if state in set(State) else "",
        age=age if age in set(Age) else "",
        month=month_of(asked.get("thang", "")),
        directive=whole(asked.get("van_ban")) or 0,
        mine=bool(asked.get("cua_toi")),
        text=asked.get("q", "").strip()[:100],
        parent=whole(asked.get("tiep")) or 0,
        owner=_owner(asked.get("nguoi", "")),
    )


def address_of(wanted: Wanted, route: str = "tasks") -> str:
    """The address of a filter."""
    asked: dict[str, Any] = {
        "don_vi": wanted.unit,
        "bao_len": wanted.told,
        "ngay": wanted.day.isoformat() if wanted.day else "",
        "rieng": int(wanted.alone),
        "trang_thai": wanted.state,
        "qua_han": wanted.age,
        "thang": f"{wanted.month:%Y-%m}" if wanted.month else "",
        "van_ban": wanted.directive,
        "cua_toi": int(wanted.mine),
        "q": wanted.text,
        "tiep": wanted.parent,
        "nguoi": wanted.owner,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse(route)}?{query}" if query else reverse(route)


def _owner(text: str) -> str:
    """ "p12", a post, or "m34", a member; nothing for anything else."""
    return text if text[:1] in ("p", "m") and whole(text[1:]) else ""


def day_of(text: str) -> date | None:
    """A day written as 2026-11-22; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-22") else None
    except ValueError:
        return None


def month_of(text: str) -> date | None:
    """The first day of a month written as 2026-11; None for anything else."""
    year, _dash, month = text.partition("-")
    found = whole(year), whole(month)
    if found[0] is None or found[1] is None or not (2000 <= found[0] <= 2100 and 1 <= found[1] <= 12):
        return None
    return date(found[0], found[1], 1)
