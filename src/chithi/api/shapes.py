"""Shapes that several operations share: exact numbers, ids, period codes, texts, pages.

Figures travel as strings of plain decimal digits ("98.1"), never as floats; counts of rows are integers.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import AfterValidator, ConfigDict, Field, StrictInt, StringConstraints

MOST = 2**63 - 1

Exact = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", examples=["40539", "98.1"])]
"""A number as plain digits with a decimal point, exact."""

Id = Annotated[int, Field(ge=1, le=MOST)]
StrictId = Annotated[StrictInt, Field(ge=1, le=MOST)]
Version = Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]

PeriodCode = Annotated[
    str,
    Field(pattern=r"^[0-9A-Za-z=:.@\-]{4,40}$", examples=["2025", "2025-Q2", "2011-05-14..2013-08-23"]),
]
"""The lasting code of a period (docs/decisions/periods.md)."""


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a NUL character is not text")
    return text


def _plain(text: str) -> str:
    if any(letter < " " and letter not in "\t\n\r" for letter in text):
        raise ValueError("control characters are not text")
    return text


Line = Annotated[str, StringConstraints(max_length=300), AfterValidator(_plain)]
"""A short text of one line."""

LongText = Annotated[str, StringConstraints(min_length=1, max_length=2_000_000), AfterValidator(_no_nul)]
"""The text of a document."""


class Shape(Schema):
    """What is answered. The sentence below each field is its description in OpenAPI."""

    model_config = ConfigDict(use_attribute_docstrings=True, from_attributes=True)


class Asked(Shape):
    """What is sent in: a field nobody knows is refused rather than ignored."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="forbid")


class Paging(Schema):
    """Which part of a list."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    page: Annotated[int, Field(ge=1, le=10_000)] = 1
    """Number of the page, from 1."""
    size: Annotated[int, Field(ge=1, le=200)] = 50
    """Rows a page."""


PageQuery = Query[Paging]


def cut(rows: list[Any], paging: Paging) -> tuple[list[Any], bool]:
    """One page of a whole list, and whether another follows."""
    start = (paging.page - 1) * paging.size
    return rows[start : start + paging.size], len(rows) > start + paging.size


def exact(value: Decimal | None) -> str | None:
    """Plain digits without idle zeros: 5200.00 is "5200"."""
    return None if value is None else f"{value.normalize() + 0:f}"


def as_written(value: Decimal | None) -> str | None:
    """Plain digits with the decimals the source wrote: 94.0 stays "94.0"."""
    return None if value is None else f"{value:f}"
