"""How a concept declares what it counts: one declaration yields both the count and the list behind it.

A declaration gives the rows of a span of days; counting and listing only group or filter those rows, so they
cannot part. `chithi.indicators.registry` holds the explicit list of all declarations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models

from chithi.db.guard import ScopedQuerySet


class Counting(StrEnum):
    """Events in the period, state at its end, or subjects counted once."""

    FLOW = "flow"
    STOCK = "stock"
    DISTINCT = "distinct"


@dataclass(frozen=True)
class Recorded:
    """A measure counted from records.

    `rows(first, last)` gives the records that count, each exactly once, still unscoped; `unit` is the column that
    says whose count it is. For a distinct measure `rows` keeps one record per `subject`, the one of its home.
    `members` maps breakdown member codes to conditions on those rows; together they partition the rows.
    `shows` names the kind of record for the page that lists them. `kept(first, last)` is given where not every unit
    keeps such records: a unit without any of those rows says nothing, also where it confirmed the period.
    `belonging(first, last)` is `rows` before the home rule: who is among these in a unit, but not among its `rows`, is
    counted at another one.
    """

    code: str
    counting: Counting
    rows: Callable[[date, date], ScopedQuerySet[Any]]
    shows: str
    unit: str = "unit_id"
    subject: str | None = None
    members: tuple[tuple[str, Callable[[date], models.Q]], ...] = ()
    kept: Callable[[date, date], ScopedQuerySet[Any]] | None = None
    belonging: Callable[[date, date], ScopedQuerySet[Any]] | None = None
