"""The words a span is described by. Pure."""

from __future__ import annotations

from enum import StrEnum


class SpanState(StrEnum):
    """What people decided about a span."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
