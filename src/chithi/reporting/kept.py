"""The content of a made report as plain data and back, so that it can be written again with its number. Pure."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from chithi.reporting.content import ReportContent


@cache
def _adapter() -> TypeAdapter[ReportContent]:
    return TypeAdapter(ReportContent)


def as_data(content: ReportContent) -> dict[str, Any]:
    """Everything it says; numbers as text, days as 2026-11-22."""
    data: dict[str, Any] = _adapter().dump_python(content, mode="json")
    return data


def from_data(data: dict[str, Any]) -> ReportContent:
    """The content kept; what has been added to contents since takes its default."""
    return _adapter().validate_python(data)
