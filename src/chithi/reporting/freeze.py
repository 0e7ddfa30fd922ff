"""What a made report printed, as plain data, and the short code derived from it.

The same figures for the same unit, period and date give the same code, so making a report twice makes one. Pure.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from chithi.reporting.content import Line, ReportContent

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another on paper


def frozen_lines(content: ReportContent, unit_id: int) -> list[dict[str, Any]]:
    """One object a line: what was printed, without addresses."""
    return [_frozen(line, unit_id) for line in content.lines]


def _frozen(line: Line, unit_id: int) -> dict[str, Any]:
    return {
        "indicator": line.code,
        "name": line.name,
        "unit": unit_id,
        "value": _text(line.value),
        "value_max": _text(line.value_max),
        "bound": line.bound.value,
        "total": _text(line.total),
        "percent": _text(line.percent),
        "stated": line.percent_stated,
        "spoke": line.spoke,
        "expected": line.expected,
        "source": line.source.value,
        "before": _text(line.previous.value) if line.previous else None,
        "of_period": line.of_period,
        "unconfirmed": line.unconfirmed,
        "target": line.is_target,
        "members": [[member.code, _text(member.value)] for member in line.members],
        "parts": [[part.about, _text(part.value), _text(part.value_max)] for part in line.parts],
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def code_of(lines: list[dict[str, Any]], unit_code: str, period_code: str, dated: str) -> str:
    """Twelve letters in three groups, e.g. `K3MW-97TQ-HXVD`."""
    said = json.dumps([unit_code, period_code, dated, lines], ensure_ascii=False, sort_keys=True)
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:12], "big")
    letters = []
    for _ in range(12):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "-".join("".join(letters[i : i + 4]) for i in (0, 4, 8))
