"""Understanding one cell: what was typed becomes a value, or the reason why not. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from uuid import UUID

from chithi.core.errors import Refused
from chithi.imports.columns import Field, Holds
from chithi.org.kinds import EmploymentKind, UnitKind
from chithi.org.plan_words import FLAGS, KINDS, understood
from chithi.text.vietnamese import clean, fold

Value = str | int | bool | date | UUID | UnitKind | EmploymentKind

EMPLOYMENTS: dict[EmploymentKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    EmploymentKind.OFFICIAL: (("cán bộ",), ("official",)),
    EmploymentKind.CIVIL_SERVANT: (("công chức",), ("civil servant",)),
    EmploymentKind.PUBLIC_EMPLOYEE: (("viên chức",), ("public employee",)),
}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?: 00:00(?::00)?)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def value_of(field: Field, typed: str) -> Value:
    """The value of a cell that is not blank. Refused: `imports.*` with the fact `said`, cut to 60 letters."""
    return _READERS[field.holds](field, typed)


def _text(field: Field, typed: str) -> str:
    text = clean(typed).strip()
    if len(text) > field.limit:
        raise Refused("imports.too_long", limit=field.limit)
    return text


def _code(_: Field, typed: str) -> str:
    if not _CODE.fullmatch(typed):
        raise Refused("imports.bad_code", said=typed[:60])
    return typed


def _date(_: Field, typed: str) -> date:
    return day_of(typed)


@lru_cache(maxsize=4096)
def day_of(typed: str) -> date:
    """05/06/2024, 5-6-2024, 5.6.2024 or 2024-06-05."""
    found = _DAY_FIRST.fullmatch(typed)
    parts = found.group(3, 2, 1) if found else None
    if parts is None and (found := _YEAR_FIRST.fullmatch(typed)):
        parts = found.group(1, 2, 3)
    if parts is None:
        raise Refused("imports.bad_date", said=typed[:60])
    try:
        return date(*map(int, parts))
    except ValueError as problem:
        raise Refused("imports.no_such_day", said=typed[:60]) from problem


def _year(_: Field, typed: str) -> int:
    if _YEAR.fullmatch(typed):
        return int(typed)
    try:
        return day_of(typed).year
    except Refused as problem:
        raise Refused("imports.bad_year", said=typed[:60]) from problem


def _flag(_: Field, typed: str) -> bool:
    said = FLAGS.get(fold(typed).strip())
    if said is None:
        raise Refused("imports.bad_flag", said=typed[:60])
    return said


def _unit_kind(_: Field, typed: str) -> UnitKind:
    found = _known_kind(typed)
    if found is None:
        raise Refused("imports.bad_kind", said=typed[:60])
    return found


@lru_cache(maxsize=256)
def _known_kind(typed: str) -> UnitKind | None:
    return understood(KINDS, typed)


def _employment(_: Field, typed: str) -> EmploymentKind:
    found = _known_employment(typed)
    if found is None:
        raise Refused("imports.bad_employment", said=typed[:60])
    return found


@lru_cache(maxsize=64)
def _known_employment(typed: str) -> EmploymentKind | None:
    return understood(EMPLOYMENTS, typed)


def _key(_: Field, typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as problem:
        raise Refused("imports.bad_key") from problem


_READERS: dict[Holds, Callable[[Field, str], Value]] = {
    Holds.TEXT: _text,
    Holds.CODE: _code,
    Holds.DATE: _date,
    Holds.YEAR: _year,
    Holds.FLAG: _flag,
    Holds.UNIT_KIND: _unit_kind,
    Holds.EMPLOYMENT: _employment,
    Holds.KEY: _key,
}
